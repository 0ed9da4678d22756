//! Themes that are merged, moved or deleted with what lies below them.

use themata::project::{EditError, Tx};
use themata::study::{Origin, ThemeId};
use themata::text::Span;

use crate::support::{Scratch, project};

/// Themes with sub-themes of one name are merged all the way down; undo brings everything back.
#[test]
fn sub_themes_of_one_name_are_merged_with_their_themes() {
    // The themes there are, what is merged into what, and what is there then; every theme has a coding of words of its own.
    let check = |paths: &[&str], from: &str, into: &str, becoming_one: usize, expected: &[(&str, usize)]| {
        let scratch = Scratch::new();
        let (mut project, [source, _]) = project(&scratch);
        let codings = project.edit("Code", |tx| {
            for (end, path) in (22..).step_by(3).zip(paths) {
                let theme = tx.theme_at(path)?;
                tx.code(source, Span::new(18, end), theme, Origin::Hand)?;
            }
            Ok(())
        });
        codings.unwrap();
        let before = project.study().entities();
        let study = project.study();
        let (from, into) = (study.codebook().find_path(from).unwrap(), study.codebook().find_path(into).unwrap());
        assert_eq!(study.codebook().becoming_one(from, into), becoming_one, "{paths:?}");
        project.edit("Merge", |tx| tx.merge_themes(from, into)).unwrap();
        let study = project.study();
        let book = study.codebook();
        let codings = |theme| study.codings().filter(|(_, coded)| coded.coding.theme == theme).count();
        let found: Vec<_> = book.outline().iter().map(|row| (book.path(row.theme), codings(row.theme))).collect();
        let found: Vec<_> = found.iter().map(|(path, count)| (path.as_str(), *count)).collect();
        assert_eq!(found, expected, "{paths:?}");
        assert_eq!(project.check(false).unwrap(), []);
        project.undo().unwrap();
        assert_eq!(project.study().entities(), before, "{paths:?}");
    };
    check(
        &["A", "A > X", "A > X > Y", "A > Z", "B", "B > x", "B > x > Y", "B > W"],
        "A",
        "B",
        2,
        &[("B", 2), ("B › x", 2), ("B › x › Y", 2), ("B › W", 1), ("B › Z", 1)],
    );
    // A sub-theme with the name of the theme that goes takes its place.
    check(&["A", "A > B", "A > B > B"], "A > B", "A", 0, &[("A", 2), ("A › B", 1)]);
}

/// An act on themes that are found by their paths.
type OnThemes<'a> = &'a dyn Fn(&mut Tx<'_>, &dyn Fn(&str) -> ThemeId) -> Result<(), EditError>;

/// Several themes are moved, merged, recoloured or deleted in one act, and what lies below another goes with it.
#[test]
fn several_themes_are_restructured_at_once() {
    let scratch = Scratch::new();
    let (mut project, _) = project(&scratch);
    project.edit("Set up", |tx| ["A", "A > X", "B", "C", "C > Y", "D"].iter().try_for_each(|path| tx.theme_at(path).map(drop))).unwrap();
    let mut check = |act: OnThemes<'_>, expected: Result<&[&str], ()>| {
        let before = project.study();
        let theme = |path: &str| before.codebook().find_path(path).unwrap();
        let done = project.edit("Act", |tx| act(tx, &theme));
        let study = project.study();
        let book = study.codebook();
        let found: Vec<String> = book.outline().iter().map(|row| book.path(row.theme)).collect();
        match expected {
            Ok(expected) => {
                done.unwrap();
                assert_eq!(found, expected);
                project.undo().unwrap();
            }
            Err(()) => assert!(done.is_err()),
        }
        assert_eq!(project.study().entities(), before.entities(), "one undo, or nothing to undo");
    };
    let set = |themes: [ThemeId; 2]| themes.into();
    check(&|tx, of| tx.move_themes(&set([of("D"), of("A")]), None, Some(of("C"))), Ok(&["B", "A", "A › X", "D", "C", "C › Y"]));
    check(&|tx, of| tx.move_themes(&set([of("A > X"), of("A")]), Some(of("B")), None), Ok(&["B", "B › A", "B › A › X", "C", "C › Y", "D"]));
    check(&|tx, of| tx.move_themes(&set([of("A"), of("B")]), Some(of("A > X")), None), Err(()));
    check(&|tx, of| tx.merge_several(&set([of("A"), of("A > X")]), of("D")), Ok(&["B", "C", "C › Y", "D"]));
    check(&|tx, of| tx.merge_several(&set([of("A"), of("C")]), of("C")), Ok(&["B", "C", "C › Y", "C › X", "D"]));
    check(&|tx, of| tx.merge_several(&set([of("B"), of("C")]), of("C > Y")), Err(()));
    check(&|tx, of| tx.remove_themes(&set([of("A"), of("A > X")]), None), Ok(&["B", "C", "C › Y", "D"]));
    check(&|tx, of| tx.remove_themes(&set([of("A"), of("C")]), Some(of("C > Y"))), Err(()));
    check(&|tx, of| tx.recolour_themes(&set([of("A"), of("C")]), Some("plum")), Ok(&["A", "A › X", "B", "C", "C › Y", "D"]));
}
