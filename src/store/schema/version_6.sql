-- Version 6: what the report needs to know of a quote: what it stands for, consent, whether details were looked for, where it is used.

ALTER TABLE quote_mark ADD COLUMN facts ANY NOT NULL DEFAULT '{}';
