use super::{Measured, apart, figure, names, per_ten_thousand, told};
use crate::analysis::leads::Leads;
use crate::analysis::matrix::Filter;
use crate::analysis::words::{CRITICAL, Counts, Keyword, Said, Wanted, Word};
use crate::exchange::export::table::Table;

/// The words that are said most by all whom `filter` leaves in, of `counts`, as [`frequent`](crate::analysis::words::frequent) lists them.
#[must_use]
pub fn frequent_measured(counts: &Counts, words: &[Word], wanted: &Wanted, filter: &Filter) -> Measured {
    let row = |word: &Word| {
        let cells = vec![word.word.clone(), word.here.to_string(), per_ten_thousand(word.here, counts.size_here), word.people.to_string()];
        (cells, Some(Leads::Word { word: word.word.clone(), said: Said::ByAll, filter: filter.clone() }))
    };
    let (rows, leads) = apart(words.iter().map(row));
    let header = names(&["word", "count", "per_10000", "participants"]);
    let table = Table::new(header, rows).counting(|at, _| at > 0).headed(1);
    let computed = vec![
        format!("{}; interviewers’ words, labels and time stamps are not counted.", said_by(counts)),
        PERSONS.to_owned(),
        TOKENS.to_owned(),
        left_out(wanted),
    ];
    let found = told(&table, if counts.size_here == 0 { NOTHING_SAID } else { "No word is said that often by that many participants." });
    Measured { name: "Word frequencies".to_owned(), table, leads, found, computed }
}

const TOKENS: &str =
    "Words are those of Unicode’s rules (UAX #29), compared without case and accents; forms of one word are several words.";

/// What is told where there are no words.
const NOTHING_SAID: &str = "No words of participants are here to be counted.";

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

/// The keywords of a body of text.
#[derive(Clone, Debug)]
pub struct Keywords {
    /// What the body is called.
    pub name: String,
    /// What it is.
    pub said: Said,
    /// How often its words are said in it.
    pub counts: Counts,
    /// Those that are said more in it than elsewhere.
    pub words: Vec<Keyword>,
}

/// The keywords of several bodies of the text that `filter` leaves in, each against the rest.
#[must_use]
pub fn keywords_measured(of: &[Keywords], wanted: &Wanted, filter: &Filter) -> Measured {
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
    for Keywords { name, said, counts, words } in of {
        rows.extend(words.iter().map(|keyword| {
            let word = &keyword.word;
            let cells = vec![
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
            ];
            (cells, Some(Leads::Word { word: word.word.clone(), said: *said, filter: filter.clone() }))
        }));
    }
    let (rows, leads) = apart(rows);
    let table = Table::new(names(&header), rows).counting(|at, _| at > 1).headed(2);
    let size = |Keywords { name, counts, words, .. }: &Keywords| {
        let nothing = match (counts.size_here, counts.size_elsewhere) {
            (0, _) => ": nobody says anything here",
            (_, 0) => ": there is nothing to compare with",
            _ => "",
        };
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
    let found = if of.is_empty() { vec![NOTHING_SAID.to_owned()] } else { of.iter().map(size).collect() };
    Measured { name: "Keywords".to_owned(), table, leads, found, computed }
}

fn keyword_count(count: usize) -> String {
    if count == 1 { "1 keyword".to_owned() } else { format!("{count} keywords") }
}
