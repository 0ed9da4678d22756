//! What each column of the tables is, in a sentence.

use super::super::content::Content;
use super::super::names::Names;

/// What a column of a table is.
pub(super) fn column(names: &Names<'_>, of: Content, name: &str) -> String {
    if let Some(known) = known(of, name) {
        return known.to_owned();
    }
    let bare = name.strip_suffix(" (attribute)").unwrap_or(name);
    if let Some(attribute) = names.study().attributes().named(bare) {
        let of = if attribute.of == crate::study::AttributeOf::Cases { "cases" } else { "sources" };
        return format!("Attribute of {of}.");
    }
    if let Some(level) = name.strip_prefix("theme_") {
        return format!("Name of the theme at level {level} of the codebook; blank where the theme is higher.");
    }
    match (of, name.strip_suffix(" (passages)")) {
        (Content::Cases, Some(theme)) => format!("In how many passages the case says something under {theme}."),
        (Content::Cases, None) => format!("1 the case says something under {name} or a theme below it, 0 it does not."),
        _ => String::new(),
    }
}

fn known(of: Content, name: &str) -> Option<&'static str> {
    of_one(of, name).or_else(|| of_all(name))
}

/// Columns that mean something else in one table than in the others.
fn of_one(of: Content, name: &str) -> Option<&'static str> {
    Some(match (of, name) {
        (Content::Sources, "cases") => "Who speaks as a participant.",
        (Content::Sources, "words") => "How many words participants say.",
        (Content::Sources, "codings") => "How many codings there are.",
        (Content::Sources, "status") => "How far each coder says to be.",
        (Content::Cases, "case") => "The case, by its id.",
        (Content::Cases, "kind") => "person, pair, group, interview label (only that is known) or unidentified.",
        (Content::Codebook, "theme") => "The theme with those above it, joined by “ › ”.",
        (Content::Codebook, "id") => "Identity of the theme, as in project.json.",
        (Content::Codebook, "codings") => "Codings of the theme and of those below it.",
        (Content::Codebook, "passages") => "Stretches of text under the theme and those below it.",
        (Content::Codebook, "participants") => "How many persons say something under it.",
        (Content::Codings, "id") => "Identity of the coding, as in project.json.",
        (Content::Codings, "quote") => "1 the passage was chosen for the report, 0 not.",
        (Content::Codings, "text") => "The words.",
        (Content::Codings, "memo") => "Memos on the coding.",
        (Content::Quotes, "theme") => "The themes it stands for.",
        (Content::Memos, "kind") => "analytic, method or reflexive.",
        (Content::Memos, "id") => "Identity of the memo, as in project.json.",
        (Content::Memos, "memo") => "What it says.",
        (Content::Memos, "theme") => "The theme it is on.",
        (Content::Summaries, "id") => "Identity of the summary, as in project.json.",
        (Content::Summaries, "case") => "The case whose cell it is.",
        (Content::Summaries, "theme") => "The theme whose cell it is.",
        (Content::Cells, "words") => "Words of participants in these codings, each counted once.",
        (Content::Cells, "sources") => "Sources in which somebody with these values speaks.",
        (Content::Typologies, "state") => "placed, unplaced, open or empty type.",
        (Content::Propositions, "theme") => "The theme of the cell that is evidence.",
        _ => return None,
    })
}

fn of_all(name: &str) -> Option<&'static str> {
    Some(match name {
        "source_id" => "The source, by its id.",
        "source" => "The source, with its title where titles leave.",
        "title" => "Title of the source; blank by ids only.",
        "form" => "transcript or report.",
        "paragraphs" => "How many paragraphs there are.",
        "reconciled" => "1 coders have settled what they differed on, 0 not.",
        "paragraph" => "Number of the paragraph, from 1.",
        "start" => "First character of the passage in the source's text, from 0.",
        "end" => "Character after the last.",
        "time_anchor" => "The last time stamp at or before the passage.",
        "theme" | "Theme" => "The theme with those above it, joined by “ › ”.",
        "coder" => "Who did it.",
        "time" => "When, in UTC.",
        "cases" => "Who says it.",
        "case" => "The case, by its id.",
        "quote" => "The words that were chosen.",
        "contrary" => "1 it speaks against what most say under the theme, 0 not.",
        "contrary_to" => "Against what it speaks.",
        "broken" => "1 the words were corrected away since, 0 not.",
        "strength" => "typical, vivid or contrary.",
        "consent" => "Whether it may be quoted: not known, given or refused.",
        "checked" => "1 somebody looked for details that tell who speaks, 0 not.",
        "used_in" => "Where the quote is used.",
        "on" => "What it is on, or of what kind the evidence is.",
        "cell" => "The cell of the matrix, by its values.",
        "words" => "The words.",
        "number" => "Number of the theme, as shown.",
        "abbreviation" => "A few letters for the theme.",
        "colour" => "Name of a palette colour or #rrggbb.",
        "definition" => "What the theme means.",
        "use_when" => "When to use it.",
        "do_not_use_when" => "When not to use it.",
        "origin" => "a priori or emergent; blank: nobody has said.",
        "own_codings" => "Codings of the theme itself.",
        "values" => "The values whose cell it is.",
        "state" => "draft, charted or reviewed.",
        "silence" => "Why there is nothing to say.",
        "evidence_changed" => "1 something else lies under the cell than when it was written, 0 not.",
        "settle_from" => "Where it came from and waits to be settled.",
        "summary" => "What the analyst wrote.",
        "consensus" => "What several people agree on.",
        "range" => "What there is between them.",
        "dissent" => "Who says otherwise.",
        "citations" => "What it cites, each by number, place and words.",
        "cell_kind" => "coded; done, nothing found; sources not all done; or no such participants.",
        "passages" => "Stretches of text; codings that share a character are one.",
        "codings" => "Each theme applied to each passage by each coder.",
        "participants" => "Persons who say it.",
        "pairs" => "Pairs who say it.",
        "groups" => "Groups who say it.",
        "interview_labels" => "Interviews of which only the label is known.",
        "unidentified" => "Speakers who could not be told from others.",
        "share_row" => "Passages over the passages of the row, 0 to 1.",
        "share_column" => "Passages over the passages of the column, 0 to 1.",
        "n_participants" => "Persons with these values who speak in the sources counted.",
        "n_pairs" => "Pairs likewise.",
        "n_groups" => "Groups likewise.",
        "n_interview_labels" => "Interviews of which only the label is known, likewise.",
        "n_unidentified" => "Speakers who could not be told from others, likewise.",
        "sources_done" => "Those of the sources that are marked done.",
        "proposition" => "Number of the proposition.",
        "statement" => "What is stated.",
        "status" => "holds, revised or dropped.",
        "supports" => "How many pieces of evidence support it.",
        "qualifies" => "How many qualify it.",
        "contradicts" => "How many contradict it.",
        "untried" => "1 nothing contradicts it and nobody has looked for that, 0 otherwise.",
        "searched_by" => "Who looked last for what contradicts it.",
        "searched" => "When that was, in UTC.",
        "note" => "What is said beside it.",
        "weight" => "supports, qualifies or contradicts.",
        "evidence_note" => "Why the evidence bears so.",
        "typology" => "Name of the typology.",
        "type" => "The values of the case in every dimension.",
        "dimension" => "The dimension.",
        "value" => "The value the case has in it.",
        "reason" => "Why it is placed there.",
        "rests_on" => "The cells of the matrix that the placement rests on.",
        "gone" => "How many of these cells are not there any more.",
        _ => return None,
    })
}
