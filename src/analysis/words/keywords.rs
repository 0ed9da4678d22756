use super::counts::{Counts, Word};
use super::keyness::Keyness;
use super::stop::StopWords;

/// Which words are listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Words that are left out of the list; they are counted in the size of the bodies all the same.
    pub stop: StopWords,
    /// Only words said by at least so many persons: one who talks much makes no keyword.
    pub people: u32,
    /// Only words said at least so often.
    pub count: u32,
    /// Only words whose G² is at least this.
    pub likelihood: f64,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { stop: StopWords::english(), people: 3, count: 3, likelihood: 15.13 }
    }
}

/// A word that is said more here than elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    /// The word with its counts.
    pub word: Word,
    /// G² in the form with two terms.
    pub likelihood: f64,
    /// How many times as often it is said here, as a power of two.
    pub log_ratio: f64,
    /// What both are computed from.
    pub keyness: Keyness,
}

/// The words that are said more here than elsewhere, the most telling first: by G², then by how often, then by alphabet.
#[must_use]
pub fn keywords(counts: &Counts, wanted: &Wanted) -> Vec<Keyword> {
    let keyword = |word: &Word| {
        let keyness = Keyness {
            here: u64::from(word.here),
            elsewhere: u64::from(word.elsewhere),
            size_here: counts.size_here,
            size_elsewhere: counts.size_elsewhere,
        };
        let (likelihood, log_ratio) = (keyness.log_likelihood()?, keyness.log_ratio()?);
        let listed = keyness.is_more() && likelihood >= wanted.likelihood;
        listed.then(|| Keyword { word: word.clone(), likelihood, log_ratio, keyness })
    };
    let mut found: Vec<Keyword> = counts.words.iter().filter(|word| wanted.lets_in(word)).filter_map(keyword).collect();
    found.sort_by(|one, other| other.likelihood.total_cmp(&one.likelihood).then_with(|| by_count(&one.word, &other.word)));
    found
}

/// The words that are said most, the most frequent first, then by alphabet.
#[must_use]
pub fn frequent(counts: &Counts, wanted: &Wanted) -> Vec<Word> {
    let mut found: Vec<Word> = counts.words.iter().filter(|word| wanted.lets_in(word)).cloned().collect();
    found.sort_by(by_count);
    found
}

fn by_count(one: &Word, other: &Word) -> std::cmp::Ordering {
    other.here.cmp(&one.here).then_with(|| one.word.cmp(&other.word))
}

impl Wanted {
    fn lets_in(&self, word: &Word) -> bool {
        word.people >= self.people && word.here >= self.count && !self.stop.has(&word.word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::Filter;
    use crate::analysis::testing::{Builder, values};
    use crate::analysis::words::{Said, counts, counts_of_each};
    use crate::study::{AttributeOf, CaseKind, Role, Study, ValueId, Values};
    use crate::text::{BlobId, Geometry, NoSuchBlob, Texts, Voice};

    const ANY: u32 = 1;

    fn any() -> Wanted {
        Wanted { people: ANY, count: 1, likelihood: 0.0, ..Wanted::default() }
    }

    struct Made {
        builder: Builder,
        study: Study,
        theme: crate::study::ThemeId,
        group: crate::study::AttributeId,
        leads: ValueId,
    }

    /// Two leads who speak of letters, of which one passage is coded, and a worker who speaks of rooms.
    fn made() -> Made {
        let mut builder = Builder::new();
        let ann = builder.coder("Ann");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let (leads, workers) = (builder.value(group, "Leads"), builder.value(group, "Workers"));
        let theme = builder.theme(None, "Letters");
        let turns = [
            (Some("I"), Voice::Interviewer, "What of the letters, letters, letters?"),
            (Some("A"), Voice::Participant, "The letters came late, letters and more letters"),
            (Some("B"), Voice::Participant, "Our LETTERS were late"),
            (Some("W"), Voice::Participant, "The rooms were cold, no letters there"),
        ];
        let put = builder.source("S", None, Values::new(), &turns);
        for (label, value) in [("A", leads), ("B", leads), ("W", workers)] {
            let case = builder.case(label, CaseKind::Person, values(&[(group, value)]));
            builder.speaker(&put, label, Voice::Participant, Some(case));
        }
        builder.speaker(&put, "I", Voice::Interviewer, None);
        builder.code(&put, put.span("letters came late"), theme, ann);
        builder.code(&put, put.span("letters, letters, letters"), theme, ann);
        let study = builder.study();
        Made { builder, study, theme, group, leads }
    }

    impl Made {
        fn counts(&self, said: Said) -> Counts {
            counts(&self.study, &self.builder.blobs, &Filter::default(), said, |_, _| true).unwrap().unwrap()
        }
    }

    fn word(counts: &Counts, word: &str) -> (u32, u32, u32) {
        counts.words.iter().find(|other| other.word == word).map_or((0, 0, 0), |word| (word.here, word.elsewhere, word.people))
    }

    #[test]
    fn words_of_participants_are_counted_and_of_nobody_else() {
        let made = made();
        let all = made.counts(Said::ByAll);
        assert_eq!(word(&all, "letters"), (5, 0, 3));
        assert_eq!((all.size_here, all.size_elsewhere, all.people), (19, 0, 3));
        let listed: Vec<String> = frequent(&all, &any()).into_iter().map(|word| word.word).collect();
        assert_eq!(listed, ["letters", "late", "came", "cold", "no", "rooms"]);
        assert_eq!(frequent(&all, &Wanted { people: 3, ..any() }).len(), 1);
    }

    #[test]
    fn a_theme_and_a_group_stand_against_the_rest() {
        let made = made();
        let on = made.counts(Said::On(made.theme));
        assert_eq!((word(&on, "letters"), on.size_here, on.size_elsewhere), ((1, 4, 1), 3, 16));
        let by = made.counts(Said::By(made.group, Some(made.leads)));
        assert_eq!((word(&by, "letters"), word(&by, "late"), by.people), ((4, 1, 2), (2, 0, 2), 2));
        assert_eq!((by.size_here, by.size_elsewhere), (12, 7));
        let found = keywords(&by, &any());
        let listed: Vec<&str> = found.iter().map(|keyword| keyword.word.word.as_str()).collect();
        assert_eq!(listed, ["late", "came", "letters"]);
        assert!(found[0].log_ratio > 0.0 && found[0].likelihood > found[1].likelihood);
        // The usual demands leave nothing of so little.
        assert_eq!(keywords(&by, &Wanted::default()), []);
        assert_eq!(keywords(&made.counts(Said::ByAll), &any()), [], "there is nothing to compare with");
    }

    /// Texts that are counted as they are read.
    struct Read<'a>(&'a crate::analysis::testing::Blobs, std::sync::atomic::AtomicUsize);

    impl Texts for Read<'_> {
        fn text(&self, id: BlobId) -> Result<std::sync::Arc<str>, NoSuchBlob> {
            self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            self.0.text(id)
        }

        fn geometry(&self, id: BlobId) -> Result<std::sync::Arc<Geometry>, NoSuchBlob> {
            self.0.geometry(id)
        }
    }

    #[test]
    fn every_body_is_counted_in_one_reading_as_it_is_by_itself() {
        let mut made = made();
        let (top, ann) = (made.theme, made.builder.coder("Ann"));
        let below = made.builder.theme(Some(top), "Late letters");
        let turns =
            [(None, Voice::Participant, "Letters and letters again, cold as the rooms"), (Some("G"), Voice::Participant, "We are many")];
        let put = made.builder.source("T", None, Values::new(), &turns);
        let group = made.builder.case("G", CaseKind::Group, values(&[(made.group, made.leads)]));
        made.builder.speaker(&put, "G", Voice::Participant, Some(group));
        for (words, theme) in [("letters again", below), ("again, cold", top), ("Letters and letters", top), ("are many", below)] {
            made.builder.code(&put, put.span(words), theme, ann);
        }
        made.study = made.builder.study();
        let bodies = [Said::On(top), Said::By(made.group, Some(made.leads)), Said::ByAll, Said::On(below), Said::By(made.group, None)];
        let texts = Read(&made.builder.blobs, Default::default());
        let found = counts_of_each(&made.study, &texts, &Filter::default(), &bodies, |_, _| true).unwrap().unwrap();
        assert_eq!(found, bodies.map(|said| made.counts(said)));
        assert_eq!(texts.1.load(std::sync::atomic::Ordering::Relaxed), 2, "each of two texts once");
        // By hand: of the second source “Letters and letters again, cold” and “are many”.
        assert_eq!((found[0].size_here, word(&found[0], "letters"), word(&found[3], "letters")), (3 + 5 + 2, (3, 4, 1), (1, 6, 0)));
        assert_eq!((found[3].size_here, found[3].people), (4, 0), "a group is no person, and nobody is none");
        assert_eq!((found[1].size_here, found[1].size_by_people, found[1].people), (15, 12, 2));
        assert_eq!(found[2].size_here, 19 + 11);
    }

    #[test]
    fn it_can_be_called_off() {
        let made = made();
        assert_eq!(counts(&made.study, &made.builder.blobs, &Filter::default(), Said::ByAll, |_, _| false).unwrap(), None);
    }
}
