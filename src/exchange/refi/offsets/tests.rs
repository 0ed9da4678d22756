use super::*;
use crate::exchange::refi::Source;

/// Several lines with letters outside of the basic plane, as every way to count has to tell them apart.
const TEXT: &str = "Interviewer: How did it start 🙂?\nP1: With a kettle. It had stopped clicking off 😀😀, you see.\n\
P2: We moved in April; the boiler, that was new.\nInterviewer: And then?\nP1: 👩‍👩‍👧 came along. They bring lamps, always lamps.\n\
P2: Nobody asked us 𝔴hy. It is a small unit, warm enough.\n";
const PASSAGES: [&str; 7] = [
    "With a kettle.",
    "It had stopped clicking off",
    "We moved in April; the boiler, that was new.",
    "the boiler",
    "They bring lamps",
    "It is a small unit, warm enough.",
    "warm",
];

/// What a program that counts so would state.
fn stated(way: Convention, passage: &str) -> (i64, i64) {
    let start = TEXT.find(passage).unwrap();
    let count = |words: &str| -> i64 {
        let width = |c: char| match c {
            '\n' if way.wide_line_ends => 2,
            c if way.unit == Unit::Utf16 => i64::try_from(c.len_utf16()).unwrap(),
            _ => 1,
        };
        words.chars().map(width).sum()
    };
    let mark = i64::from(way.with_mark);
    let up_to = |byte: usize| mark + count(TEXT.get(..byte).unwrap());
    (up_to(start), up_to(start + passage.len()) - i64::from(way.end_included))
}

fn project(text: &str, selections: Vec<Selection>) -> Project {
    let source = Source { guid: Uuid::from_u128(1), text: Some(text.to_owned()), selections, ..Source::default() };
    Project { sources: vec![source], ..Project::default() }
}

fn at(stated: (i64, i64), name: &str) -> Selection {
    Selection { stated, name: name.to_owned(), ..Selection::default() }
}

/// The words of every passage, once placed, and what was told.
fn read(mut project: Project) -> (Vec<Option<String>>, Account) {
    let conventions = weigh(&project);
    let account = resolve(&mut project, &conventions);
    let source = &project.sources[0];
    let text = source.text.as_deref().unwrap();
    (source.selections.iter().map(|selection| selection.span.map(|span| words(text, span).to_owned())).collect(), account)
}

#[test]
fn every_way_is_found_by_itself() {
    for way in Convention::all() {
        let selections = PASSAGES.iter().map(|passage| at(stated(way, passage), "")).collect();
        let project = project(TEXT, selections);
        assert_eq!(weigh(&project).chosen, way, "{way}");
        let (found, account) = read(project);
        assert_eq!(found, PASSAGES.map(|passage| Some(passage.to_owned())), "{way}");
        assert_eq!(account, Account::default(), "{way}");
    }
}

#[test]
fn what_cannot_be_told_apart_is_the_standard() {
    let project = project("one two three", vec![at((4, 7), "")]);
    let conventions = weigh(&project);
    assert_eq!(conventions.chosen, Convention::STANDARD);
    assert_eq!(conventions.scores.len(), 16);
    assert_eq!(conventions.scores[0].0, Convention::STANDARD);
    assert_eq!(conventions.samples[0], ["two"]);
}

#[test]
fn a_source_can_be_an_exception() {
    let usual: Vec<Selection> = PASSAGES.iter().map(|passage| at(stated(Convention::STANDARD, passage), passage)).collect();
    let wide = Convention { unit: Unit::Utf16, wide_line_ends: true, ..Convention::STANDARD };
    let other: Vec<Selection> = PASSAGES.iter().take(4).map(|passage| at(stated(wide, passage), "")).collect();
    let mut project = project(TEXT, usual);
    project.sources.push(Source { guid: Uuid::from_u128(2), text: Some(TEXT.to_owned()), selections: other, ..Source::default() });
    let conventions = weigh(&project);
    assert_eq!(conventions.chosen, Convention::STANDARD);
    assert_eq!(conventions.exceptions, [(Uuid::from_u128(2), wide)]);
    resolve(&mut project, &conventions);
    let second = &project.sources[1];
    assert_eq!(second.selections[0].span.map(|span| words(TEXT, span)), Some("With a kettle."));
}

#[test]
fn an_analyst_can_choose_another_way() {
    let mut project = project(TEXT, PASSAGES.iter().map(|passage| at(stated(Convention::STANDARD, passage), "")).collect());
    let mut conventions = weigh(&project);
    conventions.choose(Convention { with_mark: true, ..Convention::STANDARD });
    resolve(&mut project, &conventions);
    assert_eq!(project.sources[0].selections[0].span.map(|span| words(TEXT, span)), Some(" With a kettle"));
    conventions.choose(Convention::STANDARD);
    resolve(&mut project, &conventions);
    assert_eq!(project.sources[0].selections[0].span.map(|span| words(TEXT, span)), Some("With a kettle."));
}

#[test]
fn strange_places_are_mended_or_told() {
    let selections = vec![at((0, 3), ""), at((7, 4), ""), at((4, 4), ""), at((8, 99), ""), at((20, 30), ""), at((-2, 3), "")];
    let (found, account) = read(project("one two three", selections));
    let some = |words: &str| Some(words.to_owned());
    assert_eq!(found, [some("one"), some("two"), None, some("three"), None, some("one")]);
    let told: Vec<(usize, &str)> = account.entries.iter().map(|entry| (entry.number, entry.sentence.split(' ').nth(1).unwrap())).collect();
    assert_eq!(told, [(1, "end"), (2, "passage"), (1, "passage"), (1, "passage")]);
}

#[test]
fn the_stored_quote_decides() {
    let text = "a b c. The boiler was new. The boiler was old.";
    let selections = vec![
        at((0, 6), "a b c."),
        at((28, 38), "The boiler"),
        at((7, 26), "Warmth and comfort"),
        at((9, 26), "The boiler w…"),
        at((7, 26), "new"),
    ];
    let (found, account) = read(project(text, selections));
    let some = |words: &str| Some(words.to_owned());
    let expected =
        [some("a b c."), some("The boiler"), some("The boiler was new."), some("The boiler was ne"), some("The boiler was new.")];
    assert_eq!(found, expected);
    assert_eq!(account.entries.iter().map(|entry| entry.number).sum::<usize>(), 2);
}
