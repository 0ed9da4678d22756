-- Version 8: who said last of a summary that it still holds, and when.

ALTER TABLE summary ADD COLUMN confirmed ANY;
