//! The uα family.

use serde_json::{Value, json};

use super::facts::{Facts, assert_is, continuum};
use crate::analysis::agreement::{Coincidences, Continuum, ContinuumError, Pool, Touching, Undefined, Unit, pooled};
use crate::text::Span;

const CLOSE: f64 = 1e-9;

#[test]
fn every_continuum_has_the_values_of_the_formulas() {
    let facts = Facts::read();
    for facts in &facts.continua {
        let (continuum, codes) = facts.continuum();
        let found = Coincidences::of(&continuum);
        let expected = &facts.expected;
        for (name, value) in [
            ("u_alpha", found.u_alpha()),
            ("bar_u_alpha", found.bar_u_alpha()),
            ("cu_alpha", found.cu_alpha()),
            ("coverage_cu", found.coverage()),
        ] {
            assert_is(value, &expected[name], CLOSE, &format!("{} {name}", facts.id));
        }
        for (code, name) in (0..).zip(&codes) {
            let of_code = expected["ku_alpha"].get(name).cloned().unwrap_or_default();
            assert_is(found.ku_alpha(code), of_code.get("alpha").unwrap_or(&Value::Null), CLOSE, &format!("{} ({name})uα", facts.id));
            if let Some(coverage) = of_code.get("coverage") {
                assert_is(found.coverage_of(code), coverage, CLOSE, &format!("{} coverage of {name}", facts.id));
            }
        }
    }
    assert_eq!(facts.continua.len(), 17);
}

#[test]
fn the_published_continuum() {
    let facts = Facts::read();
    let facts = facts.continua.iter().find(|facts| facts.id == "u_published").unwrap();
    let (continuum, codes) = facts.continuum();
    let found = Coincidences::of(&continuum);
    let printed = &facts.published;
    assert_is(found.u_alpha(), &printed["u_alpha"], 5e-4, "uα");
    assert_is(found.bar_u_alpha(), &printed["bar_u_alpha"], 5e-4, "|uα");
    assert_is(found.cu_alpha(), &printed["cu_alpha"], 5e-4, "cuα");
    assert_is(found.coverage(), &printed["coverage_cu"], 5e-5, "coverage");
    for (code, name) in (0..).zip(&codes) {
        assert_is(found.ku_alpha(code), &printed["ku"][name][0], 5e-4, name);
        assert_is(found.coverage_of(code), &printed["ku"][name][1], 5e-5, name);
    }
}

fn of(length: u32, coders: &[&str]) -> Coincidences {
    Coincidences::of(&continuum(length, coders, Touching::Apart).0)
}

#[test]
fn a_coder_without_units_counts() {
    let (two, three) = (of(30, &["a:0-10 b:15-20", "a:0-8"]), of(30, &["a:0-10 b:15-20", "a:0-8", ""]));
    assert!(three.u_alpha().unwrap() < two.u_alpha().unwrap());
    // All that the first coded is disagreed on by the second: chance alone.
    let one = of(30, &["a:0-10", ""]);
    assert_eq!((one.cu_alpha(), one.coverage()), (Err(Undefined::NothingShared), Ok(0.0)));
    assert!(one.bar_u_alpha().unwrap() < 0.0);
}

#[test]
fn without_variation_nothing_is_defined() {
    let whole = of(30, &["a:0-30", "a:0-30"]);
    assert_eq!(whole.u_alpha(), Err(Undefined::NoVariation));
    assert_eq!(whole.bar_u_alpha(), Err(Undefined::NoGaps));
    assert_eq!((whole.cu_alpha(), whole.ku_alpha(0)), (Err(Undefined::OneCodeShared), Err(Undefined::OneCodeShared)));
    let empty = of(30, &["", ""]);
    assert_eq!((empty.u_alpha(), empty.bar_u_alpha()), (Err(Undefined::OnlyGaps), Err(Undefined::OnlyGaps)));
    assert_eq!((empty.ku_alpha(3), empty.coverage_of(3)), (Err(Undefined::NothingShared), Err(Undefined::NotUsed)));
    assert_eq!(of(0, &["", ""]).u_alpha(), Err(Undefined::NoUnits));
    assert_eq!(of(0, &["", ""]).coverage(), Err(Undefined::NoUnits));
    assert_eq!(of(30, &["a:1-4"]).u_alpha(), Err(Undefined::OneCoder));
}

#[test]
fn alpha_is_never_more_than_one() {
    // Two of six coders share one stretch, with different codes.
    let few = of(100, &["a:0-10", "b:0-10", "a:20-30", "b:40-50", "", ""]);
    assert_eq!((few.cu_alpha(), few.ku_alpha(0)), (Err(Undefined::TooLittleShared), Err(Undefined::TooLittleShared)));
    assert!(few.u_alpha().is_ok());
}

#[test]
fn units_of_one_code_that_overlap_are_one_and_those_that_touch_as_asked() {
    let of = |units: &str, touching| Coincidences::of(&continuum(40, &[units, "a:0-9"], touching).0);
    let one = of("a:0-10", Touching::Apart);
    assert_eq!(of("a:0-7 a:3-10 a:5-5", Touching::Apart), one);
    assert_eq!(of("a:0-5 a:5-10", Touching::Joined), one);
    let apart = of("a:0-5 a:5-10", Touching::Apart);
    assert!(apart != one && apart.u_alpha() != one.u_alpha());
}

#[test]
fn units_that_are_no_partition_are_refused() {
    let unit = |start, end, code| Unit { span: Span::new(start, end), code };
    let refused = |units: Vec<Unit>| Continuum::new(20, &[vec![], units], Touching::Apart).unwrap_err();
    let (first, second) = (unit(0, 6, 0), unit(5, 9, 1));
    assert_eq!(refused(vec![second, first]), ContinuumError::Overlapping { coder: 1, first, second });
    assert_eq!(refused(vec![unit(5, 21, 0)]), ContinuumError::Outside { coder: 1, unit: unit(5, 21, 0) });
    // One code at a time they can be compared.
    let coders = [vec![first], vec![first, second]];
    let found = [0, 1].map(|code| Coincidences::of(&Continuum::of_code(20, &coders, code, Touching::Apart).unwrap()));
    assert_eq!(found[0].bar_u_alpha(), Ok(1.0));
    assert!(found[1].bar_u_alpha().unwrap() < 0.0);
}

#[test]
fn sources_put_together_are_one_long_text() {
    // In the long text the gap of the first coder goes on from one source to the other; a gap is no unit of its own.
    let parts = [of(20, &["a:2-5 b:12-20", "a:2-5 b:7-15"]), of(30, &["b:0-4", "a:5-9"])];
    let whole = of(50, &["a:2-5 b:12-20 b:20-24", "a:2-5 b:7-15 a:25-29"]);
    assert_eq!(pooled(&parts, |_| 1), Some(whole.clone()));
    assert!((whole.size() - 50.0).abs() < 1e-12);
    let twice = pooled(&parts, |at| if at == 0 { 2 } else { 0 }).unwrap();
    assert_eq!(twice, of(40, &["a:2-5 b:12-20 a:22-25 b:32-40", "a:2-5 b:7-15 a:22-25 b:27-35"]));
}

#[test]
fn pairs_of_three_coders() {
    let (three, _) = continuum(20, &["1:2-5 1:9-11 2:12-20", "1:2-5 2:7-15", "1:2-5 2:10-15"], Touching::Apart);
    let pair = Coincidences::of(&three.pair(1, 2));
    let (alone, _) = continuum(20, &["1:2-5 2:7-15", "1:2-5 2:10-15"], Touching::Apart);
    assert_eq!(pair, Coincidences::of(&alone));
    assert_eq!(pair.cu_alpha(), Ok(1.0));
    assert_is(pair.coverage(), &json!(0.4), 1e-12, "coverage");
}
