use proptest::prelude::*;

use super::*;
use crate::text::{Geometry, NO_SPEAKER, Paragraph, ParagraphKind, Span, Voice, word_spans};

/// A text with a paragraph for each of its lines.
fn geometry(text: &str) -> Geometry {
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::of(at..at + line.len()).trimmed(text);
        at += line.len();
        if !span.is_empty() {
            let label = Span::new(span.start, span.start);
            paragraphs.push(Paragraph { span, label, kind: ParagraphKind::Turn, level: 0, voice: Voice::Participant, speaker: NO_SPEAKER });
        }
    }
    Geometry::new(text, paragraphs, Vec::new(), Vec::new()).unwrap()
}

fn index(texts: &[&str]) -> QuoteIndex {
    let geometries: Vec<_> = texts.iter().map(|text| geometry(text)).collect();
    QuoteIndex::of(texts.iter().copied().zip(&geometries))
}

const FIRST: &str = "So the forms were late, aye, and nobody told us why.\n\
    We’d a bucket on the second stair [laughs] and the clients stepped over it, which they did not mind at all.\n\
    The co-location was the best of it. I said that to her. A nurse sat there, you see, and then the nurse went away to Perth.\n\
    They bang the drum for it every year until the money is gone.\n";
const SECOND: &str = "I never saw the café. What I said was that we share one room with four teams and a glass wall.\n\
    So the forms were late, aye, and nobody minded.\n";

/// What became of a quotation: `-missing-`, `+added+`, `~changed>into~`, `(left out)`, `[put in]`; kept words as they are.
fn told(quotation: &str) -> String {
    let texts = [FIRST, SECOND];
    let found = index(&texts).find(&Wording::of(quotation));
    let Some(first) = found.first() else { return "nothing".to_owned() };
    let source = texts[first.text];
    let shown = first.stretches.iter().map(|stretch| {
        let (quoted, there) = (stretch.quoted.slice(quotation), stretch.source.slice(source));
        match stretch.step {
            Step::Kept | Step::Inserted => quoted.to_owned(),
            Step::LeftOut => format!("({there})"),
            Step::Aside => format!("<{there}>"),
            Step::Missing => format!("-{there}-"),
            Step::Added => format!("+{quoted}+"),
            Step::Changed | Step::Replaced => format!("~{there}>{quoted}~"),
        }
    });
    format!("{}: {}", first.text, shown.collect::<Vec<_>>().join(" "))
}

#[test]
fn words_are_found_as_they_stand() {
    for (quotation, expected) in [
        ("the forms were late, aye, and nobody told us why", "0: the forms were late, aye, and nobody told us why"),
        ("“We'd a bucket — on the\nsecond stair”", "0: We'd a bucket — on the\nsecond stair"),
        ("I never saw the cafe", "1: I never saw the cafe"),
        ("four teams and a glass wall.", "1: four teams and a glass wall"),
        ("The colocation was the best", "0: The colocation was the best"),
        ("that we sh are one room", "1: that we sh are one room"),
        ("the cli-\nents stepped over it", "0: the cli-\nents stepped over it"),
        ("we sh\u{ad}are one room", "1: we sh\u{ad}are one room"),
        ("on the second stair and the clients", "0: on the second stair <laughs> and the clients"),
        ("perth", "0: perth"),
        ("zebra crossing", "nothing"),
        ("…", "nothing"),
    ] {
        assert_eq!(told(quotation), expected, "{quotation}");
    }
}

#[test]
fn ellipses_and_brackets_may_pass_words() {
    for (quotation, passed) in [
        ("We’d a bucket … and the clients stepped over it", "(on the second stair [laughs)"),
        ("I said that to her [...] and then the nurse went away", "(A nurse sat there, you see)"),
        ("They bang the drum (…) until the money is gone", "(for it every year)"),
        ("[The papers] were late, aye", "[The papers]"),
        ("I said that to [the manager]. A nurse sat there", "[the manager]"),
        ("I said that to [the manager] [sic]. A nurse sat there", "[the manager]"),
        ("A nurse sat there, [as] you see, and", "[as]"),
        // Nothing is passed: an ellipsis where nothing was left out, changed letters, a note that the source has too.
        ("the second stair … [laughs] and the clients", ""),
        ("bang[ing] the drum for it every year", ""),
        ("[T]he clients stepped over it", ""),
        ("second stair [laughs] and the clients", ""),
        ("[laughs] and the clients stepped over it", ""),
        ("We’d a bucket on the second stair [laughs]", ""),
    ] {
        let index = index(&[FIRST, SECOND]);
        let found = index.find(&Wording::of(quotation));
        assert!(found[0].is_exact() && (found[0].similarity - 1.0).abs() < f64::EPSILON, "{quotation}: {}", told(quotation));
        assert_eq!(found[0].is_marked(), !passed.is_empty(), "{quotation}: {}", told(quotation));
        assert!(told(quotation).contains(passed), "{quotation}: {}", told(quotation));
    }
    // As editors set words in brackets: letters within a word, the number of a footnote, marks that stand at it.
    for quotation in [
        "[W]e['d] a bucket on the second stair",
        "[I] said that to her. [A] nurse sat there[3], you see",
        "'[T]hat we share one room with four teams'",
        "'[W]e'd[1] a bucket on the second stair",
        "[t]he money['s] gone",
        "[t]hey['d] bang the drum for it",
    ] {
        let index = index(&[FIRST, SECOND]);
        assert!(index.find(&Wording::of(quotation))[0].is_exact(), "{quotation}: {}", told(quotation));
    }
    for (quotation, expected) in [
        ("[t]hey['d] share one room with four teams", "1: ~we>[t]hey['d]~ share one room with four teams"),
        ("and [n]obody['s] minded[1]", "1: and [n]obody['s] minded"),
        ("[T]his[1] we share one room with four", "1: ~that>[T]his[1]~ we share one room with four"),
        ("[t]he money['s] been gone", "0: [t]he money['s] +been+ gone"),
        ("the money['s] not gone", "0: the money['s] +not+ gone"),
        ("'[H]ey bang the drum for it", "0: ~They>[H]ey~ bang the drum for it"),
    ] {
        assert_eq!(told(quotation), expected, "{quotation}");
    }
    // A bracket stands for a few words, not for as many as an ellipsis.
    let long = "So the forms were late [they did] not mind at all";
    assert!(!index(&[FIRST]).find(&Wording::of(long))[0].is_exact(), "{}", told(long));
}

#[test]
fn what_differs_is_told() {
    for (quotation, expected) in [
        ("the clients stepped over it, which they did mind at all", "0: the clients stepped over it, which they did -not- mind at all"),
        ("we share one room with five teams and a glass wall", "1: we share one room with ~four>five~ teams and a glass wall"),
        ("Then so the forms were late", "0: +Then+ so the forms were late"),
        ("she never saw the café", "1: ~I>she~ never saw the café"),
        ("we share one room with five", "1: we share one room with ~four>five~"),
        ("a glass wall and more", "1: a glass wall +and more+"),
        ("with four teams and a wall", "1: with four teams and a -glass- wall"),
        ("share room with four teams", "1: share -one- room with four teams"),
        ("the nurse went away to [town].", "0: the nurse went away to [town]"),
        ("and [Rosie] told us why", "0: and ~nobody>[Rosie]~ told us why"),
        ("which they did[n't] mind at all", "0: which they did[n't] mind at all"),
        ("we [un]share one room with four teams", "1: we ~share>[un]share~ one room with four teams"),
        ("four teams and a [brick] wall", "1: four teams and a ~glass>[brick]~ wall"),
        ("I said was that [the staff] share one room with four teams", "1: I said was that [the staff] share one room with four teams"),
        ("we share one cold room with four teams", "1: we share one +cold+ room with four teams"),
        (
            "The co-location was the best of it and then the nurse went away",
            "0: The co-location was the best of it -I said that to her. A nurse sat there, you see- and then the nurse went away",
        ),
    ] {
        assert_eq!(told(quotation), expected, "{quotation}");
    }
}

#[test]
fn all_places_that_say_the_same_are_given() {
    let index = index(&[FIRST, SECOND]);
    let quotation = "So the forms were late, aye";
    let found = index.find(&Wording::of(quotation));
    assert_eq!(found.iter().map(|found| found.text).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(found[1].spans()[0].slice(SECOND), quotation);
    let quotation = "the nurse";
    assert_eq!(index.find(&Wording::of(quotation)).len(), 1);
}

#[test]
fn words_of_two_are_found_in_both_places() {
    let index = index(&[FIRST, SECOND]);
    let quotation = "we share one room with four teams and a glass wall and then the nurse went away to Perth";
    let wording = Wording::of(quotation);
    let found = index.find(&wording);
    assert_eq!((found.len(), found[0].text), (1, 1));
    let added = index.find_added(&wording, &found[0]);
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].0.slice(quotation), "and then the nurse went away to Perth");
    assert!(added[0].1.is_exact() && added[0].1.text == 0);
}

proptest! {
    /// Whatever is cut from a text is found there, at the very place or at one that says the same.
    #[test]
    fn what_was_copied_is_exact(
        words in proptest::collection::vec(prop_oneof!["[abc]{1,2}", "d’e", "É", "f-g", "[x y]", "😀"], 4..80),
        from in 0usize..80,
        length in 1usize..40,
        other in proptest::collection::vec("[abc]{1,2}", 0..40),
    ) {
        let text = words.join(" ");
        let spans: Vec<_> = word_spans(&text).collect();
        prop_assume!(!spans.is_empty());
        let first = from % spans.len();
        let last = (first + length).min(spans.len() - 1);
        let quotation = spans[first].hull(spans[last]).slice(&text).replace(['[', ']'], "");
        let texts = [other.join(" "), text.clone()];
        let index = index(&[&texts[0], &texts[1]]);
        let found = index.find(&Wording::of(&quotation));
        prop_assert!(found.first().is_some_and(Match::is_exact), "{quotation}: {found:?}");
        let wanted: Vec<String> = word_spans(&quotation).map(|span| key(span.slice(&quotation))).collect();
        for matched in &found {
            let source = &texts[matched.text];
            let there: Vec<String> = matched.spans().iter().flat_map(|span| word_spans(span.slice(source)).map(|at| key(at.slice(span.slice(source))))).collect();
            // A transcriber's note may lie between.
            prop_assert!(there == wanted || source.contains('['), "{there:?} {wanted:?}");
        }
    }

    /// One word dropped, put in or changed within a passage is told as that, and nothing else is.
    #[test]
    fn one_change_is_told_as_it_is(length in 7usize..40, from in 0usize..60, at in 2usize..30, what in 0usize..3) {
        let text: String = (0..120).flat_map(|number| [format!("w{number}"), if number % 9 == 8 { "\n".into() } else { " ".into() }]).collect();
        let mut words: Vec<String> = (from..from + length).map(|number| format!("w{number}")).collect();
        let at = 2 + at % (length - 4);
        let there = words[at].clone();
        let expected = match what {
            0 => { words.remove(at); (Step::Missing, String::new(), there) }
            1 => { words.insert(at, "x".into()); (Step::Added, "x".into(), String::new()) }
            _ => { words[at] = "x".into(); (Step::Changed, "x".into(), there) }
        };
        let quotation = words.join(" ");
        let index = index(&[&text]);
        let found = index.find(&Wording::of(&quotation));
        prop_assert_eq!(found.len(), 1);
        let told: Vec<_> = found[0].differences().map(|it| (it.step, it.quoted.slice(&quotation).to_owned(), it.source.slice(&text).to_owned())).collect();
        prop_assert_eq!(told, [expected]);
    }

    /// No text makes it fail, and every stretch lies on words.
    #[test]
    fn anything_can_be_looked_for(text in "[a-c …\\.\\[\\]'“”\n]{0,120}", quotation in "[a-c …\\.\\[\\]'“”]{0,60}") {
        let index = index(&[&text]);
        for matched in index.find(&Wording::of(&quotation)) {
            prop_assert!((0.0..=1.0).contains(&matched.similarity));
            for stretch in &matched.stretches {
                prop_assert!(text.get(stretch.source.range()).is_some() && quotation.get(stretch.quoted.range()).is_some());
            }
        }
    }
}
