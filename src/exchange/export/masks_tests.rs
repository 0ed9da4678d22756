//! What is masked, looked for in all else that leaves with it.

use super::tests::{lines, page_of};
use super::*;
use crate::analysis::matrix::{Arranged, Axis, CellAt, CellKey, Filter, Matrix, MatrixSpec, Measure, Point, matrix};
use crate::analysis::testing::{Builder, values};
use crate::exchange::picture::{Picture, Shape, bars, heat_table};
use crate::study::{AttributeId, AttributeOf, CaseKind, Role, Study, Values};
use crate::text::Voice;

/// Managers and clients in three areas, of whom some are alone in theirs, and what each says under nested themes.
fn places() -> (Builder, Study, [AttributeId; 2]) {
    let mut b = Builder::new();
    let ada = b.coder("Ada");
    let group = b.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
    let [managers, clients] = ["Managers", "Clients"].map(|name| b.value(group, name));
    let [moray, fife, skye, uist] = ["Moray", "Fife", "Skye", "Uist"].map(|name| b.value(area, name));
    let rooms = b.theme(None, "Rooms");
    let themes = [rooms, b.theme(Some(rooms), "Heating"), b.theme(Some(rooms), "Light"), b.theme(None, "Forms")];
    let people = [
        (managers, fife, 9),
        (managers, fife, 3),
        (managers, fife, 1),
        (managers, moray, 2),
        (clients, fife, 7),
        (clients, fife, 5),
        (clients, fife, 15),
        (clients, skye, 4),
        (clients, skye, 8),
        (clients, skye, 12),
        (managers, fife, 2),
        (clients, moray, 9),
        (clients, moray, 2),
        (clients, uist, 0),
    ];
    for (at, (group_of, area_of, says)) in people.into_iter().enumerate() {
        let label = format!("P{at}");
        let case = b.case(&label, CaseKind::Person, values(&[(group, group_of), (area, area_of)]));
        let put = b.source(&label, Some(case), Values::default(), &[(None, Voice::Participant, "One. Two. Three. Four.")]);
        for (bit, (words, theme)) in ["One.", "Two.", "Three.", "Four."].into_iter().zip(themes).enumerate() {
            if says & (1 << bit) != 0 {
                b.code(&put, put.span(words), theme, ada);
            }
        }
    }
    let study = b.study();
    (b, study, [group, area])
}

#[test]
fn cases_are_not_crossed_with_what_is_masked_of_them() {
    let (_, study, [group, area]) = places();
    let masking = Labels::IDS.masking(Some(3));
    let by = |rows: &[Axis], columns: &[Axis], pages: &[Axis], filter: Filter| MatrixSpec {
        rows: rows.to_vec(),
        columns: columns.to_vec(),
        pages: pages.to_vec(),
        filter,
    };
    let (cases, areas, themes) = (Axis::Cases, Axis::Attribute(area), Axis::Themes);
    let said_by = Filter { said_by: Some((area, None)), ..Filter::default() };
    for spec in [
        by(&[cases], &[areas], &[], Filter::default()),
        by(&[cases, areas], &[themes], &[], Filter::default()),
        by(&[cases], &[themes], &[areas], Filter::default()),
        by(&[cases], &[themes], &[], said_by),
    ] {
        let counted = matrix(&study, &spec).unwrap();
        let made = [matrix_table(&study, &counted, Measure::Passages, masking), cells_table(&study, &counted, masking)];
        for table in made {
            let said = table.unwrap_err().to_string();
            assert!(said.starts_with("Area is masked for some cases"), "{said}");
        }
        assert!(cells_table(&study, &counted, Labels::IDS).is_ok());
    }
    let told = by(&[cases], &[Axis::Attribute(group)], &[], Filter::default());
    assert!(matrix_table(&study, &matrix(&study, &told).unwrap(), Measure::Passages, masking).is_ok(), "no group is masked");
}

/// What a total holds: its own place, and those of its parts.
type Sum = (Place, Vec<Place>);
type Place = (usize, Option<usize>, Option<usize>);

/// Every sum that a reader knows of a matrix with themes in its rows.
fn sums(study: &Study, counted: &Matrix) -> Vec<Sum> {
    let book = study.codebook();
    let theme = |at: usize| match counted.rows[at].points[..] {
        [Point::Theme(theme)] => (theme, book.get(theme).unwrap().parent),
        [Point::ThemeOnly(theme)] => (theme, Some(theme)),
        _ => panic!("themes are in the rows"),
    };
    let rows = || (0..counted.rows.len()).map(Some).chain([None]);
    let columns = || (0..counted.columns.len()).map(Some).chain([None]);
    let mut found = Vec::new();
    for page in 0..counted.pages.len() {
        for row in rows() {
            found.push(((page, row, None), columns().flatten().map(|column| (page, row, Some(column))).collect()));
        }
        for column in columns() {
            for over in rows() {
                let over_theme =
                    over.map(|at| theme(at).0).filter(|_| !matches!(over.map(|at| counted.rows[at].points[0]), Some(Point::ThemeOnly(_))));
                let parts = (0..counted.rows.len()).filter(|at| theme(*at).1 == over_theme && (over.is_none() || over_theme.is_some()));
                found.push(((page, over, column), parts.map(|at| (page, Some(at), column)).collect()));
            }
        }
    }
    for (row, column) in rows().flat_map(|row| columns().map(move |column| (row, column))) {
        found.push(((0, row, column), (1..counted.pages.len()).map(|page| (page, row, column)).collect()));
    }
    found
}

#[test]
fn no_masked_figure_follows_from_a_sum() {
    let (_, study, [group, area]) = places();
    let mut several = 0;
    for (columns, pages) in [(vec![area], vec![]), (vec![group, area], vec![]), (vec![area], vec![group]), (vec![group], vec![area])] {
        let axes = |of: Vec<AttributeId>| of.into_iter().map(Axis::Attribute).collect();
        let spec = MatrixSpec { rows: vec![Axis::Themes], columns: axes(columns), pages: axes(pages), filter: Filter::default() };
        let counted = matrix(&study, &spec).unwrap();
        for smallest in 2..=4 {
            let names = Names::new(&study, Labels::IDS.masking(Some(smallest)));
            let masked = Masked::of(&names, &counted);
            let hides = |(page, row, column): &Place| masked.said(*page, *row, *column).is_some();
            for (total, parts) in sums(&study, &counted).into_iter().filter(|(_, parts)| !parts.is_empty()) {
                let hidden: Vec<&Place> = parts.iter().filter(|part| hides(part)).collect();
                assert!(hides(&total) || hidden.len() != 1, "{total:?} tells {hidden:?} of fewer than {smallest}");
                if !hides(&total) && !hidden.is_empty() {
                    let figures = hidden.iter().map(|(page, row, column)| counted.cell(*page, *row, *column).unwrap().passages);
                    assert!(figures.sum::<u32>() as usize > hidden.len(), "{total:?}: each would be 1");
                    several += 1;
                }
            }
        }
    }
    assert!(several > 0, "totals that can be told are");
}

#[test]
fn shares_and_sources_are_masked_with_what_they_would_tell() {
    let (_, study, [_, area]) = places();
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: vec![Axis::Attribute(area)], pages: Vec::new(), filter: Filter::default() };
    let counted = matrix(&study, &spec).unwrap();
    let masking = Labels::IDS.masking(Some(3));
    let table = cells_table(&study, &counted, masking).unwrap();
    let at = |name: &str| table.header.iter().position(|column| column == name).unwrap();
    let row = |theme: &str, area: &str| table.rows.iter().find(|row| row[0] == theme && row[1] == area).unwrap();
    let facts = |theme: &str, area: &str| {
        ["passages", "share_row", "n_participants", "sources", "sources_done"].map(|name| row(theme, area)[at(name)].as_str())
    };
    assert_eq!(facts("Forms", "Moray"), ["<3", "<3", "3", "3", "0"]);
    // A share would tell the total that is masked, and sources tell people.
    assert_eq!(facts("Forms", "Uist"), ["0", "masked", "<3", "<3", "0"]);
    assert_eq!(facts("Rooms › Heating", "Fife"), ["4", "masked", "7", "7", "0"]);
    let seen = matrix_table(&study, &counted, Measure::Passages, masking).unwrap();
    assert_eq!(seen.rows.iter().find(|row| row[0] == "Rooms › Heating").unwrap().last().unwrap(), "masked");
}

#[test]
fn neither_the_note_nor_the_order_of_passages_tells_what_is_masked() {
    let (b, study, [_, area]) = places();
    let masking = Labels::FULL.masking(Some(3));
    let moray = study.attributes().find_value(area, "Moray").unwrap().id;
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: vec![Axis::Attribute(area)], pages: Vec::new(), filter: Filter::default() };
    let at = CellAt { spec, key: CellKey { column: Some(vec![Point::Value(Some(moray))]), ..CellKey::default() } };
    let listed = |at: &CellAt, labels| {
        let (table, about) = passages_of(&study, &b.blobs, at, Arranged::default(), labels, 0).unwrap();
        (lines(&table).join("\n"), about.text("x.csv", 0, 0))
    };
    assert!(listed(&at, Labels::FULL).1.contains("All passages of Moray."));
    let (table, about) = listed(&at, masking);
    assert!(!table.contains("Moray") && !about.contains("Moray"), "{table}\n{about}");
    assert!(about.contains("All passages of masked (fewer than 3). Order: by participant, for"), "{about}");
    let whole = CellAt { key: CellKey::default(), ..at };
    let people = |labels| {
        let (table, _) = listed(&whole, labels);
        let mut people: Vec<usize> = Vec::new();
        for line in table.lines().skip(1) {
            let person = line.split(" | ").nth(2).unwrap().split(' ').next().unwrap().trim_start_matches('P').parse().unwrap();
            if !people.contains(&person) {
                people.push(person);
            }
        }
        people
    };
    assert!(!people(Labels::FULL).is_sorted(), "by group and area");
    assert!(people(masking).is_sorted());
}

#[test]
fn what_was_chosen_by_a_masked_value_does_not_leave() {
    let (mut b, study, [group, area]) = places();
    let masking = Labels::IDS.masking(Some(3));
    let material = study.source_labelled("P3").unwrap();
    let paragraph = &material.geometry.paragraphs()[0];
    let revision = std::sync::Arc::new(material.revision().unwrap().clone());
    let case = material.speaker_of(paragraph).1;
    let found = [FoundWords { revision, paragraph: 0, span: paragraph.span, found: Vec::new(), case }];
    let hits = |by: &[AttributeId], labels| {
        let asked = Asked { query: "area:Moray", layout: Layout::Paragraphs, listed: ["All.", "By place."], by };
        hits_table(&study, &b.blobs, labels, asked, &found, 0).map(drop)
    };
    assert!(matches!(hits(&[area], masking), Err(TableError::SinglesOut { .. })));
    assert!(hits(&[area], Labels::IDS).is_ok() && hits(&[group], masking).is_ok());
    let ada = *study.coders().keys().next().unwrap();
    let put = b.source("X", study.case_labelled("P3").map(|case| case.id), Values::default(), &[(None, Voice::Participant, "Cold.")]);
    b.quote(&put, put.span("Cold."), None, ada);
    let study = b.study();
    let marks: std::collections::BTreeSet<_> =
        study.materials().iter().flat_map(|material| material.quote_marks.iter().map(|mark| mark.id)).collect();
    let quotes = |by: &[_], labels| listed_quotes_table(&study, &b.blobs, labels, "Quotes: Moray.", (&marks, by), 0).map(drop);
    assert!(matches!(quotes(&[area], masking), Err(TableError::SinglesOut { .. })));
    assert!(quotes(&[area], Labels::IDS).is_ok() && quotes(&[], masking).is_ok());
}

#[test]
fn a_value_that_is_masked_for_one_is_masked_for_all_of_its_cell() {
    // Three managers in Moray are told, the only client there is not.
    let mut b = Builder::new();
    let ada = b.coder("Ada");
    let group = b.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
    let [managers, clients] = ["Managers", "Clients"].map(|name| b.value(group, name));
    let [moray, fife] = ["Moray", "Fife"].map(|name| b.value(area, name));
    let theme = b.theme(None, "Rooms");
    for (at, (group_of, area_of)) in
        [(managers, moray), (managers, moray), (managers, moray), (clients, moray), (clients, fife), (clients, fife), (clients, fife)]
            .into_iter()
            .enumerate()
    {
        let label = format!("P{at}");
        let case = b.case(&label, CaseKind::Person, values(&[(group, group_of), (area, area_of)]));
        let put = b.source(&label, Some(case), Values::default(), &[(None, Voice::Participant, "One.")]);
        b.code(&put, put.span("One."), theme, ada);
    }
    let study = b.study();
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: vec![Axis::Attribute(area)], pages: Vec::new(), filter: Filter::default() };
    let at = CellAt { spec, key: CellKey { column: Some(vec![Point::Value(Some(moray))]), ..CellKey::default() } };
    let (table, about) = passages_of(&study, &b.blobs, &at, Arranged::default(), Labels::FULL.masking(Some(3)), 0).unwrap();
    assert_eq!(table.rows.len(), 4);
    assert!(!lines(&table).concat().contains("Moray") && !about.text("x.csv", 0, 0).contains("Moray"), "{table:?}");
}

#[test]
fn numbers_of_participants_do_not_follow_from_their_sum() {
    let (b, study, _) = places();
    let masking = Labels::IDS.masking(Some(3));
    let method = page_of(&b, &study, Content::Method, masking);
    assert!(method.contains("14 participants speak as participants."), "{method}");
    let row = |name: &str| {
        let (_, from) = method.split_once(&format!("<tr><td>{name}</td>")).unwrap_or_else(|| panic!("no {name} in {method}"));
        format!("{name}{}", from.split("</tr>").next().unwrap().replace("</td>", ""))
    };
    let cells = |name: &str| row(name).replace(" class=\"number\"", "").replace("<td>", " ");
    assert_eq!(cells("Managers"), "Managers masked 4 – – masked");
    assert_eq!(cells("Clients"), "Clients masked 3 3 masked masked");
    assert_eq!(cells("All"), "All masked 7 3 masked 14");
    for content in [Content::Coreq, Content::Srqr] {
        let page = page_of(&b, &study, content, masking);
        // The account of the method tells no more of groups and areas than this, nor this more than that.
        assert!(page.contains("Managers masked, Clients masked"), "{page}");
        assert!(page.contains("Area: Moray masked, Fife 7, Skye 3, Uist masked."), "{page}");
        assert!(page.contains("“masked” stands for numbers of fewer than 3 people"), "{page}");
    }
}

/// The words written within the reach of a mark.
fn drawn_at(picture: &Picture, mark: usize) -> Vec<&str> {
    let reach = picture.marks[mark].reach;
    let words = picture.shapes.iter().filter_map(|shape| if let Shape::Words(words) = shape { Some(words) } else { None });
    words.filter(|words| reach.has(words.at)).map(|words| words.text.as_str()).collect()
}

/// Whether a figure in words is that of a table: counts, people and shares of one decimal.
fn is_figure(words: &str, figure: &str, measure: Measure) -> bool {
    let is_share = matches!(measure, Measure::ShareOfRow | Measure::ShareOfColumn);
    match figure.parse::<f64>() {
        _ if ["", "0", "–", "0.0000"].contains(&figure) => !words.starts_with(|letter: char| ('1'..='9').contains(&letter)),
        Ok(share) if is_share => words.starts_with(&format!("{:.1} %", 100.0 * share)),
        _ => words.split(' ').next() == figure.split(' ').next(),
    }
}

#[test]
fn pictures_show_what_the_masked_table_shows_and_nothing_that_it_withholds() {
    let (_, study, [group, area]) = places();
    let axes = |of: &[AttributeId]| of.iter().copied().map(Axis::Attribute).collect::<Vec<_>>();
    let mut withheld = 0;
    for (columns, pages) in
        [(vec![area], vec![]), (vec![group, area], vec![]), (vec![area], vec![group]), (vec![], vec![area]), (vec![], vec![])]
    {
        let spec = MatrixSpec { rows: vec![Axis::Themes], columns: axes(&columns), pages: axes(&pages), filter: Filter::default() };
        let counted = matrix(&study, &spec).unwrap();
        for (smallest, measure) in [None, Some(2), Some(3), Some(4)].into_iter().flat_map(|smallest| {
            let measures =
                [Measure::Passages, Measure::Codings, Measure::Participants, Measure::Words, Measure::ShareOfRow, Measure::ShareOfColumn];
            measures.map(|measure| (smallest, measure))
        }) {
            let labels = Labels::IDS.masking(smallest);
            let names = Names::new(&study, labels);
            let masked = Masked::of(&names, &counted);
            let table = matrix_table(&study, &counted, measure, labels).unwrap();
            let row_name = |row: &[String]| row[pages.len()].clone();
            for (what, picture) in [("heat", heat_table(&names, &counted, measure)), ("bars", bars(&names, &counted, measure))] {
                let picture = match picture {
                    Ok(picture) => picture,
                    Err(error) => {
                        assert!(error.to_string().ends_with("is masked"), "{what} of {measure:?}, {smallest:?}: {error}");
                        let heads = pages.len() + 1..table.header.len() - usize::from(!counted.columns.is_empty());
                        let told = |cells: &[String]| {
                            cells[heads.clone()].iter().any(|cell| cell.starts_with(['1', '2', '3', '4', '5', '6', '7', '8', '9']))
                        };
                        let parts = table.rows.iter().filter(|row| row_name(row) != "Total");
                        assert!(
                            parts.clone().count() > 0 && !parts.into_iter().any(|row| told(row)),
                            "{what} of {measure:?}, {smallest:?}"
                        );
                        continue;
                    }
                };
                let at = |page: usize, row: &str, column: Option<usize>| {
                    let mut parts = vec![row.to_owned()];
                    if !counted.columns.is_empty() {
                        let head = column.map(|column| names_of(&names, &counted.columns[column].points).join(" › "));
                        parts.push(head.unwrap_or_else(|| "Total".to_owned()));
                    }
                    parts.extend((page > 0).then(|| names_of(&names, &counted.pages[page].points).join(" › ")));
                    let name = parts.join(" × ") + ": ";
                    picture.marks.iter().position(|mark| mark.name.starts_with(&name)).map(|at| (at, name.len()))
                };
                let lines = counted.rows.len() + 1;
                let mut seen = 0;
                for (place, cells) in table.rows.iter().enumerate() {
                    let (page, row) = (place / lines, Some(place % lines).filter(|row| *row < counted.rows.len()));
                    for column in (0..counted.columns.len()).map(Some).chain([None]) {
                        let Some((mark, from)) = at(page, &row_name(cells), column) else { continue };
                        seen += 1;
                        let figure = &cells[pages.len() + 1 + column.unwrap_or(counted.columns.len())];
                        let (said, drawn) = (picture.marks[mark].name.get(from..).unwrap(), drawn_at(&picture, mark));
                        let about = format!("{what} of {measure:?}, {smallest:?}, {}: {drawn:?}, but {figure}", picture.marks[mark].name);
                        if figure.starts_with('<') || figure == WITHHELD {
                            let word = if figure == WITHHELD { figure.clone() } else { format!("{WITHHELD} ({figure})") };
                            assert_eq!(said, word, "{about}");
                            // A structural zero of bars is drawn, not written.
                            assert!(drawn.iter().all(|drawn| drawn == figure), "{about}");
                            withheld += 1;
                        } else {
                            assert!(is_figure(said, figure, measure), "{about}");
                        }
                        if masked.there(page, row, column).is_some() {
                            assert!(!said.contains(" of ") || !said.contains("could have been heard"), "{about}");
                            assert!(!drawn.iter().any(|drawn| drawn.contains('/')), "{about}");
                        }
                    }
                }
                assert!(seen >= (counted.rows.len() - 1) * counted.columns.len().max(1), "{what}: {seen}");
            }
        }
    }
    assert!(withheld > 100, "{withheld}");
    // Cases that stand by what is masked of them are not drawn either.
    let singled = MatrixSpec { rows: vec![Axis::Cases], columns: axes(&[area]), pages: Vec::new(), filter: Filter::default() };
    let counted = matrix(&study, &singled).unwrap();
    let drawn = |labels| heat_table(&Names::new(&study, labels), &counted, Measure::Passages).map(drop);
    assert!(drawn(Labels::IDS.masking(Some(3))).unwrap_err().to_string().contains("Area is masked for some cases"));
    assert!(drawn(Labels::IDS).is_ok());
}
