//! Characters, units that are given, segments, and several sources.

use crate::analysis::agreement::{
    Choices, CodedWhen, Coincidences, Comparing, Continuum, Counted, Fourfold, Ground, Level, Matched, Passage, Pool, Ranged, Resampling,
    Scale, Statistic, Table, Touching, Undefined, Unit, alpha, alpha_of_characters, by_theme, characters, cohen_kappa, conger_kappa,
    gwet_ac1, interval, intervals, match_frequency, match_presence, match_segments, over_sources, percent_agreement, pooled,
    predefined_units,
};
use crate::text::Span;

/// Spans written as `start-end`.
fn spans(words: &str) -> Vec<Span> {
    let span = |word: &str| {
        let (start, end) = word.split_once('-').unwrap();
        Span::new(start.parse().unwrap(), end.parse().unwrap())
    };
    words.split_whitespace().map(span).collect()
}

/// Segments written as `code:start-end`, the code a number.
fn segments(words: &str) -> Vec<Unit> {
    let unit = |word: &str| {
        let (code, span) = word.split_once(':').unwrap();
        Unit { span: spans(span)[0], code: code.parse().unwrap() }
    };
    words.split_whitespace().map(unit).collect()
}

fn ground(words: &str) -> Ground {
    Ground::of(&spans(words))
}

fn fourfold(first: &str, second: &str, text: &str) -> Fourfold {
    Fourfold::of(spans(first), spans(second), &ground(text))
}

#[test]
fn characters_are_counted_once_and_only_where_text_counts() {
    let whole = fourfold("5-20 0-10 7-7", "40-60 10-30", "0-100");
    assert_eq!(whole, Fourfold { both: 10, first: 10, second: 30, neither: 50 });
    // The turn of an interviewer, and what lies behind the end, is not text that counts.
    let turns = fourfold("5-20 0-10", "40-60 10-30", "15-50 80-90");
    assert_eq!(turns, Fourfold { both: 5, first: 0, second: 20, neither: 20 });
    assert_eq!(fourfold("5-20", "10-30", ""), Fourfold::default());
    assert_eq!(fourfold("", "", "0-7 3-9"), Fourfold { neither: 9, ..Fourfold::default() });
}

#[test]
fn nobodys_theme_and_no_text_have_no_agreement() {
    let unused = fourfold("", "", "0-50");
    assert_eq!((unused.cohen_kappa(), unused.alpha()), (Err(Undefined::NoVariation), Err(Undefined::NoVariation)));
    assert_eq!(unused.used().err(), Some(Undefined::NotUsed));
    assert_eq!(unused.percent_agreement(), Ok(1.0));
    let everything = fourfold("0-50", "0-50", "0-50");
    assert_eq!((everything.cohen_kappa(), everything.alpha()), (Err(Undefined::NoVariation), Err(Undefined::NoVariation)));
    assert!(everything.used().is_ok());
    let no_text = fourfold("0-50", "0-50", "");
    assert_eq!((no_text.cohen_kappa(), no_text.alpha()), (Err(Undefined::NoUnits), Err(Undefined::NoUnits)));
    let one = fourfold("10-20", "", "0-50");
    assert_eq!(one.cohen_kappa(), Ok(0.0));
    assert!(one.alpha().unwrap() < 0.0);
}

#[test]
fn three_coders_by_characters() {
    let coders = ["0-10", "5-15", "5-8 20-25"].map(spans).to_vec();
    let table = characters(&coders, &ground("0-30"));
    let patterns: Vec<(Vec<u32>, u64)> = table.units().map(|(values, times)| (values.iter().flatten().copied().collect(), times)).collect();
    assert_eq!(
        patterns,
        [(vec![0, 0, 0], 10), (vec![0, 0, 1], 5), (vec![0, 1, 0], 5), (vec![1, 0, 0], 5), (vec![1, 1, 0], 2), (vec![1, 1, 1], 3)]
    );
    assert_eq!(alpha_of_characters(&coders, &ground("0-30")), alpha(&table, Level::Nominal));
    assert_eq!(table.pair(0, 1), Fourfold::of(coders[0].clone(), coders[1].clone(), &ground("0-30")).table());
    // A group coded what any of its members did.
    let group = [coders[1].clone(), coders[2].clone()].concat();
    assert_eq!(Fourfold::of(coders[0].clone(), group, &ground("0-30")), fourfold("0-10", "5-15 20-25", "0-30"));
    assert_eq!(characters(&[], &ground("0-30")).coders(), 0);
}

#[test]
fn pooled_and_mean_over_sources() {
    let sources = [fourfold("0-10", "0-10", "0-20"), fourfold("0-10", "5-15", "0-80"), fourfold("", "", "0-100")];
    let kappa = over_sources(&sources, Fourfold::cohen_kappa);
    let second = sources[1].cohen_kappa().unwrap();
    assert_eq!((kappa.mean.defined, kappa.mean.all), (2, 3));
    assert_eq!(kappa.mean.mean, Ok(f64::midpoint(1.0, second)));
    assert!((kappa.mean_by_size.mean.unwrap() - (20.0 + 80.0 * second) / 100.0).abs() < 1e-12);
    assert_eq!(kappa.pooled, Fourfold { both: 15, first: 5, second: 5, neither: 175 }.cohen_kappa());
    // Of what is defined without variation too, sources without the theme are left out by asking.
    let percent = over_sources(&sources, |source| source.used().and_then(Fourfold::percent_agreement));
    assert_eq!((percent.mean.defined, percent.mean.mean), (2, Ok(f64::midpoint(1.0, 70.0 / 80.0))));
    let none: [Fourfold; 0] = [];
    let nothing = over_sources(&none, Fourfold::alpha);
    assert_eq!((nothing.pooled, nothing.mean.mean), (Err(Undefined::NoUnits), Err(Undefined::NoUnits)));
}

#[test]
fn paragraphs_are_coded_at_all_or_by_a_share() {
    let paragraphs = spans("0-10 10-20 20-20 20-40 40-50");
    let coders = ["8-22 30-31", "0-10 35-40 26-31"].map(spans);
    let coded = |when| predefined_units(&paragraphs, &coders, when);
    let counts = |table: &Table| table.units().map(|(values, times)| (values[0], values[1], times)).collect::<Vec<_>>();
    let (no, yes) = (Some(0), Some(1));
    assert_eq!(counts(&coded(CodedWhen::Any)), [(no, no, 1), (yes, no, 1), (yes, yes, 2)]);
    assert_eq!(counts(&coded(CodedWhen::Share(0.5))), [(no, no, 1), (no, yes, 2), (yes, no, 1)]);
    assert_eq!(counts(&coded(CodedWhen::Share(0.0))), counts(&coded(CodedWhen::Any)));
    assert_eq!(cohen_kappa(&coded(CodedWhen::Any)), Ok(0.5));
    assert!(predefined_units(&[], &coders, CodedWhen::Any).is_empty());
}

#[test]
fn segments_meet_by_code_and_overlap() {
    let first = segments("1:0-100 1:200-300 2:0-50 3:7-7");
    let second = segments("1:0-95 1:250-300 1:400-410 2:60-90");
    // 0-100 and 0-95 share 95 of 100; 200-300 and 250-300 only half.
    assert_eq!(match_segments(&first, &second, 0.9), Matched { agreements: 2, decisions: 7 });
    assert_eq!(match_segments(&first, &second, 0.5), Matched { agreements: 4, decisions: 7 });
    assert_eq!(match_segments(&second, &first, 0.9), match_segments(&first, &second, 0.9));
    let matched = match_segments(&first, &second, 0.5);
    assert_eq!(matched.percent_agreement(), Ok(4.0 / 7.0));
    assert!((matched.kappa(4).unwrap() - (4.0 / 7.0 - 0.25) / 0.75).abs() < 1e-12);
    assert_eq!(matched.kappa(1), Err(Undefined::OneCategory));
    assert_eq!(match_segments(&[], &[], 0.9).kappa(3), Err(Undefined::NoUnits));
    // Touching is not meeting, however little is asked.
    assert_eq!(match_segments(&segments("1:0-5"), &segments("1:5-9"), 0.0), Matched { agreements: 0, decisions: 2 });
}

#[test]
fn codes_are_compared_by_presence_and_by_frequency() {
    let (first, second) = (segments("1:0-5 1:9-12 2:0-5"), segments("1:3-5 3:0-5 2:7-9"));
    assert_eq!(match_presence(&first, &second, &[1, 2, 3, 4]), Matched { agreements: 3, decisions: 4 });
    assert_eq!(match_frequency(&first, &second, &[1, 2, 3, 4, 4]), Matched { agreements: 2, decisions: 4 });
    let both = pooled(&[match_presence(&first, &second, &[1, 3]), match_presence(&first, &first, &[1, 3])], |_| 1);
    assert_eq!(both.unwrap().percent_agreement(), Ok(0.75));
}

fn some_sources() -> Vec<Fourfold> {
    let lengths = (0..12u32).map(|at| (at, 40 + 7 * at));
    lengths
        .map(|(at, length)| Fourfold::of([Span::new(at, at + 20)], [Span::new(2 * at, 2 * at + 18)], &Ground::of(&[Span::new(0, length)])))
        .collect()
}

#[test]
fn intervals_are_the_same_for_a_seed_and_lie_around_the_coefficient() {
    let sources = some_sources();
    let of = |seed| interval(&sources, Fourfold::cohen_kappa, Resampling { seed, ..Resampling::default() }).unwrap();
    let found = of(7);
    assert_eq!(found, of(7));
    assert_ne!(found, of(8));
    let pooled = over_sources(&sources, Fourfold::cohen_kappa).pooled.unwrap();
    assert!(found.lower < pooled && pooled < found.upper && found.upper - found.lower < 0.6, "{found:?}");
    assert_eq!((found.undefined, found.resampling.seed), (0.0, 7));
    let wider = interval(&sources, Fourfold::cohen_kappa, Resampling { confidence: 0.99, seed: 7, ..Resampling::default() }).unwrap();
    assert!(wider.lower <= found.lower && wider.upper >= found.upper);
    // A table of the same characters is drawn alike.
    let tables: Vec<Table> = sources.iter().map(Fourfold::table).collect();
    let of_tables = interval(&tables, |table| Statistic::CohenKappa.of(table), Resampling { seed: 7, ..Resampling::default() }).unwrap();
    assert!((of_tables.lower - found.lower).abs() < 1e-12 && (of_tables.upper - found.upper).abs() < 1e-12);
}

#[test]
fn draws_without_a_value_are_left_out_and_told() {
    // Half of the sources have nothing; of two drawn both have nothing a quarter of the time.
    let sources = [fourfold("0-5", "0-5", "0-10"), fourfold("", "", "0-10")];
    let found = interval(&sources, Fourfold::cohen_kappa, Resampling::default()).unwrap();
    assert!((found.undefined - 0.25).abs() < 0.05, "{found:?}");
    assert_eq!((found.lower, found.upper), (1.0, 1.0));
    let nothing = [fourfold("", "", "0-10"); 3];
    assert_eq!(interval(&nothing, Fourfold::cohen_kappa, Resampling::default()), Err(Undefined::NoVariation));
    assert_eq!(interval(&nothing[..1], Fourfold::cohen_kappa, Resampling::default()), Err(Undefined::OneSource));
    let no_draws = Resampling { resamples: 0, ..Resampling::default() };
    assert_eq!(interval(&sources, Fourfold::cohen_kappa, no_draws), Err(Undefined::NoUnits));
}

#[test]
fn four_thousand_million_characters_lose_nothing() {
    // The expected disagreement is tiny beside one.
    let rare = Fourfold { both: 1, first: 1, second: 1, neither: 4_000_000_000 };
    let by_hand = 1.0 - (2.0 / 4_000_000_003.0) / (4.0 * 4_000_000_001.0 / 4_000_000_003f64.powi(2));
    assert!((rare.cohen_kappa().unwrap() - by_hand).abs() < 1e-12);
    assert!((cohen_kappa(&rare.table()).unwrap() - by_hand).abs() < 1e-12);
    assert!((rare.alpha().unwrap() - alpha(&rare.table(), Level::Nominal).unwrap()).abs() < 1e-12);
    assert!(gwet_ac1(&rare.table(), Choices::Declared).unwrap() > 0.999);
    assert!((rare.size() - 4_000_000_003.0).abs() < 1e-3);
}

fn passage<T>(theme: T, source: u32, coder: u32, words: &str) -> Passage<T> {
    Passage { theme, source, coder, units: spans(words)[0], span: spans(words)[0] }
}

fn ranged(units: &[u32]) -> Vec<Ranged> {
    units.iter().map(|units| Ranged { units: *units, by: vec![true, true] }).collect()
}

#[test]
fn every_theme_over_all_sources() {
    let sources = ranged(&[20, 80, 100]);
    let mut passages = vec![
        passage('b', 1, 1, "5-15"),
        passage('b', 0, 0, "0-10"),
        passage('b', 1, 0, "0-10"),
        passage('b', 0, 1, "0-10"),
        passage('a', 2, 1, "40-60"),
        // Behind the end of the text, and in a source that is not compared.
        passage('c', 0, 1, "30-40"),
        passage('b', 7, 1, "0-10"),
    ];
    let found = by_theme(&mut passages, &sources, Comparing::Units);
    assert_eq!(found.iter().map(|theme| (theme.theme, theme.used.len())).collect::<Vec<_>>(), [('a', 1), ('b', 2), ('c', 0)]);
    let parts = [fourfold("0-10", "0-10", "0-20"), fourfold("0-10", "5-15", "0-80"), fourfold("", "", "0-100")];
    let by_hand = over_sources(&parts, Fourfold::cohen_kappa);
    assert_eq!((found[1].kappa.pooled, found[1].kappa.mean.mean), (by_hand.pooled, by_hand.mean.mean));
    assert_eq!(found[1].together, Counted::Two(Fourfold { both: 15, first: 5, second: 5, neither: 175 }));
    assert_eq!((found[0].kappa.pooled, found[0].kappa.mean.mean), (Ok(0.0), Ok(0.0)));
    assert_eq!((found[2].alpha.pooled, found[2].alpha.mean.mean.is_err()), (Err(Undefined::NotUsed), true));
    assert!(by_theme(&mut Vec::<Passage<u8>>::new(), &sources, Comparing::Units).is_empty());
    // Intervals of all themes at once are those of each.
    let resampling = Resampling { resamples: 300, seed: 5, ..Resampling::default() };
    let all = intervals(&found, &sources, resampling, |_| true).unwrap();
    assert_eq!(all[1].kappa, interval(&parts, Fourfold::cohen_kappa, resampling));
    assert_eq!(all[1].alpha, interval(&parts, Fourfold::alpha, resampling));
    assert!(all[1].kappa.unwrap().undefined > 0.0, "in some draws the theme is not used");
    // That nobody used it is agreement all the same.
    assert_eq!(all[1].percent, interval(&parts, Fourfold::percent_agreement, resampling));
    assert_eq!((all[1].percent.unwrap().undefined, all[1].percent.unwrap().upper), (0.0, 1.0));
    assert_eq!(all[2].percent, Err(Undefined::NotUsed));
    assert_eq!(intervals(&found, &sources, resampling, |number| number < 3), None);
    let one = ranged(&[20]);
    let found = by_theme(&mut [passage('b', 0, 0, "0-10"), passage('b', 0, 1, "5-10")], &one, Comparing::Units);
    assert_eq!(intervals(&found, &one, resampling, |_| true).unwrap()[0].kappa, Err(Undefined::OneSource));
}

#[test]
fn what_a_coder_did_not_work_in_is_missing_of_that_coder() {
    let sources = [[true, true, true], [true, false, true], [false, true, true]].map(|by| Ranged { units: 10, by: by.to_vec() });
    let mut passages = vec![
        passage('a', 0, 0, "0-4"),
        passage('a', 0, 1, "2-6"),
        passage('a', 0, 2, "0-4"),
        passage('a', 1, 0, "5-10"),
        passage('a', 1, 2, "5-9"),
    ];
    let found = &by_theme(&mut passages, &sources, Comparing::Units)[0];
    let mut table = Table::new(Scale::coded_or_not(), 3);
    let (no, yes, none) = (Some(0), Some(1), None);
    for (values, times) in [
        ([yes, no, yes], 2),
        ([yes, yes, yes], 2),
        ([no, yes, no], 2),
        ([no, no, no], 4),
        ([yes, none, yes], 4),
        ([yes, none, no], 1),
        ([no, none, no], 5),
        // The last source has no passage of the theme, and nobody but two coders worked in it.
        ([none, no, no], 10),
    ] {
        table.push(&values, times);
    }
    assert_eq!(found.together, Counted::Several(Box::new(table.clone())));
    assert_eq!((found.alpha.pooled, found.kappa.pooled), (alpha(&table, Level::Nominal), conger_kappa(&table)));
    assert_eq!(found.percent.pooled, percent_agreement(&table));
}

#[test]
fn segments_of_a_theme_are_matched_and_unitized() {
    let sources = ranged(&[50, 50]);
    let mut passages = vec![passage('a', 0, 0, "0-10"), passage('a', 0, 1, "0-9"), passage('a', 0, 0, "20-30")];
    let found = &by_theme(&mut passages, &sources, Comparing::Segments(0.9))[0];
    assert_eq!((found.percent.pooled, found.kappa.pooled), (Ok(2.0 / 3.0), Err(Undefined::OneCategory)));
    // The source that nobody coded is one long gap of both.
    let unit = |words: &str| Unit { span: spans(words)[0], code: 0 };
    let coders = [vec![unit("0-10"), unit("20-30")], vec![unit("0-9")]];
    let apart = [&coders, &[Vec::new(), Vec::new()]].map(|coders| Coincidences::of(&Continuum::new(50, coders, Touching::Apart).unwrap()));
    assert_eq!(Coincidences::of_gaps(2, 50), apart[1]);
    assert_eq!(found.alpha.pooled, pooled(&apart, |_| 1).unwrap().bar_u_alpha());
    // Of a source without segments percent says nothing: draws of it alone are left out.
    let resampling = Resampling { resamples: 300, seed: 5, ..Resampling::default() };
    let drawn = intervals(std::slice::from_ref(found), &sources, resampling, |_| true).unwrap();
    assert!(drawn[0].percent.unwrap().undefined > 0.0);
}

#[test]
fn one_coder_s_segments_on_the_same_text_are_one() {
    let sources = ranged(&[50]);
    // Two themes below the one that is compared, given to the same text by the first coder.
    let mut passages =
        vec![passage('a', 0, 0, "0-10"), passage('a', 0, 0, "0-10"), passage('a', 0, 1, "0-10"), passage('a', 0, 1, "20-30")];
    let Counted::Segments(found) = &by_theme(&mut passages, &sources, Comparing::Segments(0.9))[0].together else { panic!() };
    assert_eq!(found.matched, Matched { agreements: 2, decisions: 3 });
}
