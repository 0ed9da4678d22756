use super::{Measured, figure, names, per_ten_thousand};
use crate::analysis::words::{CRITICAL, Counts, Keyword, Wanted, Word};
use crate::exchange::export::table::Table;

/// The words that are said most, of `counts`, as [`frequent`](crate::analysis::words::frequent) lists them.
#[must_use]
pub fn frequent_measured(counts: &Counts, words: &[Word], wanted: &Wanted) -> Measured {
    let row = |word: &Word| {
        vec![word.word.clone(), word.here.to_string(), per_ten_thousand(word.here, counts.size_here), word.people.to_string()]
    };
    let header = names(&["word", "count", "per_10000", "participants"]);
    let table = Table::new(header, words.iter().map(row).collect()).counting(|at, _| at > 0).headed(1);
    let computed = vec![
        format!("{}; interviewers’ words, labels and time stamps are not counted.", said_by(counts)),
        PERSONS.to_owned(),
        TOKENS.to_owned(),
        left_out(wanted),
    ];
    Measured { name: "Word frequencies".to_owned(), table, found: Vec::new(), computed }
}

const TOKENS: &str =
    "Words are those of Unicode’s rules (UAX #29), compared without case and accents; forms of one word are several words.";

/// What is counted as a participant.
const PERSONS: &str =
    "participants are persons. What pairs, groups and people who are not stated say is counted as words, and makes no participant.";

/// How many words there are, and whose.
fn said_by(counts: &Counts) -> String {
    let people = if counts.people == 1 { "1 participant".to_owned() } else { format!("{} participants", counts.people) };
    if counts.size_by_people == counts.size_here {
        return format!("{} words by {people}", counts.size_here);
    }
    let others = counts.size_here - counts.size_by_people;
    format!("{} words, {} by {people} and {others} by pairs, groups or people who are not stated", counts.size_here, counts.size_by_people)
}

fn left_out(wanted: &Wanted) -> String {
    let stop = match wanted.stop.len() {
        0 => "No stop words are left out.".to_owned(),
        count => format!("{count} stop words are left out of the list."),
    };
    format!("{stop} Listed are words said at least {} times and by at least {} participants.", wanted.count, wanted.people)
}

/// The keywords of several bodies of text, each against the rest.
#[must_use]
pub fn keywords_measured(of: &[(String, Counts, Vec<Keyword>)], wanted: &Wanted) -> Measured {
    let header = [
        "of",
        "word",
        "count",
        "elsewhere",
        "per_10000",
        "per_10000_elsewhere",
        "participants",
        "log_likelihood",
        "log_ratio",
        "percent_more",
        "bic",
    ];
    let mut rows = Vec::new();
    for (name, counts, words) in of {
        rows.extend(words.iter().map(|keyword| {
            let word = &keyword.word;
            vec![
                name.clone(),
                word.word.clone(),
                word.here.to_string(),
                word.elsewhere.to_string(),
                per_ten_thousand(word.here, counts.size_here),
                per_ten_thousand(word.elsewhere, counts.size_elsewhere),
                word.people.to_string(),
                figure(Some(keyword.likelihood)),
                figure(Some(keyword.log_ratio)),
                figure(keyword.keyness.per_cent_more()),
                figure(keyword.keyness.bayes()),
            ]
        }));
    }
    let table = Table::new(names(&header), rows).counting(|at, _| at > 1).headed(2);
    let size = |(name, counts, words): &(String, Counts, Vec<Keyword>)| {
        let nothing = if counts.size_here == 0 { ": nobody says anything here" } else { "" };
        format!("{name}: {}; {}, against {} words elsewhere{nothing}.", keyword_count(words.len()), said_by(counts), counts.size_elsewhere)
    };
    let critical: Vec<String> = CRITICAL.iter().map(|(value, chance)| format!("{value} for p = {chance}")).collect();
    let computed = vec![
        "log_likelihood: G² in the form with two terms (Rayson and Garside 2000), 2(a ln(a/E₁) + b ln(b/E₂)) with E₁ = c(a+b)/(c+d), E₂ = d(a+b)/(c+d); a and b are the counts here and elsewhere, c and d all words.".to_owned(),
        format!("Listed are words said more here than elsewhere with G² of at least {}. Critical values with one degree of freedom: {}.", wanted.likelihood, critical.join(", ")),
        "log_ratio = log₂((a/c)/(b/d)) with 0.5 for a count of 0; percent_more = 100 (a/c − b/d)/(b/d); bic = G² − ln(c+d).".to_owned(),
        "Descriptive only: what people of one study say is no random sample of anything.".to_owned(),
        PERSONS.to_owned(),
        TOKENS.to_owned(),
        left_out(wanted),
    ];
    Measured { name: "Keywords".to_owned(), table, found: of.iter().map(size).collect(), computed }
}

fn keyword_count(count: usize) -> String {
    if count == 1 { "1 keyword".to_owned() } else { format!("{count} keywords") }
}
