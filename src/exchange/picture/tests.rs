//! Every picture: all data have marks, nothing lies over anything, all words are on the page, and what is written is what was drawn.

use super::*;
use crate::analysis::agreement::Undefined;
use crate::analysis::by_source::by_source;
use crate::analysis::cooccurrence::{Basis, cooccurrence};
use crate::analysis::leads::{Leads, behind};
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::{Axis, Filter, Matrix, MatrixSpec, Measure, matrix};
use crate::analysis::saturation::{Rule, band, strata};
use crate::analysis::testing::{Builder, values};
use crate::analysis::timeline::timeline;
use crate::exchange::export::{ExportError, Labels, Names, Sensitivity};
use crate::exchange::picture::sheet::reach_of;
use crate::study::{AttributeId, AttributeOf, CaseKind, Role, SourceId, Study, ThemeId, Values};
use crate::text::Voice;

/// What names can be made of.
const NAMES: [&str; 5] = [
    "Caring <costs> & \"prices\"",
    "Wellbeing 🌊 of carers",
    "שלום לכולם",
    "Rooms",
    "A name that is so long that no row has the room for all of it",
];

struct Small {
    study: Study,
    themes: Vec<ThemeId>,
    sources: Vec<SourceId>,
    group: AttributeId,
}

/// Two groups, three people, and six themes of which one is never coded.
fn small() -> Small {
    let mut b = Builder::new();
    let ann = b.coder("Ann");
    let group = b.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let values_of = ["Carers & co", "Workers", "Nobody"].map(|name| b.value(group, name));
    let mut themes: Vec<ThemeId> = NAMES.iter().map(|name| b.theme(None, name)).collect();
    themes.push(b.theme(Some(themes[3]), "Below"));
    themes.push(b.theme(None, "Never"));
    let turns = [
        (Some("I"), Voice::Interviewer, "What about it?"),
        (Some("P"), Voice::Participant, "One two three four five six seven eight nine ten"),
        (Some("I"), Voice::Interviewer, "And?"),
        (Some("P"), Voice::Participant, "Eleven twelve"),
    ];
    let mut sources = Vec::new();
    for (place, label) in ["A-1", "B-2", "C-3"].into_iter().enumerate() {
        let case = b.case(label, CaseKind::Person, values(&[(group, values_of[place.min(1)])]));
        let put = b.source(label, Some(case), Values::new(), &turns);
        b.speaker(&put, "I", Voice::Interviewer, None);
        b.speaker(&put, "P", Voice::Participant, Some(case));
        for (number, words) in
            [(0, "One two three"), (1, "two three four"), (2, "three four five"), (3, "nine ten"), (5, "Eleven"), (4, "two")]
        {
            if (place + number) % 4 != 3 {
                b.code(&put, put.span(words), themes[number], ann);
            }
        }
        sources.push(put.id);
    }
    Small { study: b.study(), themes, sources, group }
}

/// A study with many themes, of which one is spoken of more than the others.
fn many(themes: usize) -> (Study, ThemeId) {
    let mut b = Builder::new();
    let ann = b.coder("Ann");
    let all: Vec<ThemeId> = (0..themes).map(|number| b.theme(None, &format!("Theme {number}"))).collect();
    let turns = [(None, Voice::Participant, "One two three four five six seven eight nine ten")];
    let mut put = || b.source("A", None, Values::new(), &turns);
    let source = put();
    for theme in &all {
        b.code(&source, source.span("One two"), *theme, ann);
    }
    let most = all[themes - 1];
    b.code(&source, source.span("nine ten"), most, ann);
    (b.study(), most)
}

fn crossed(study: &Study, columns: &[Axis]) -> Matrix {
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: columns.to_vec(), pages: Vec::new(), filter: Filter::default() };
    matrix(study, &spec).unwrap()
}

fn together(study: &Study) -> Vec<Together> {
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    vec![Together { whose: None, filter: Filter::default(), found: cooccurrence(study, &lines, &Filter::default(), Basis::Overlap) }]
}

fn how() -> AgreedHow {
    let [coefficient, coders, found, computed] = ["Cohen’s κ", "Ann and Ben", "No difference.", "By characters."].map(str::to_owned);
    AgreedHow { coefficient, coders, found: vec![found], computed: vec![computed] }
}

fn curve(study: &Study, by: Option<AttributeId>) -> Result<Picture, NoPicture> {
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    let strata = strata(study, &lines, &Filter::default(), by);
    let bands = strata.iter().map(|stratum| band(&stratum.heard(), lines.themes().len(), 50, 1, |_| true).unwrap()).collect();
    let sensitivity = Sensitivity { orders: 50, seed: 1, bands };
    let rule = Rule { base: 1, run: 1, threshold: 0.05 };
    saturation_curve(study, &strata, rule, Some(&sensitivity), |stratum| format!("{:?}", stratum.value.is_some()))
}

/// Every kind of picture of the small study.
fn all(of: &Small) -> Vec<(&'static str, Picture)> {
    let Small { study, themes, sources, group } = of;
    let names = Names::new(study, Labels::IDS);
    let by_group = crossed(study, &[Axis::Attribute(*group)]);
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    let agreed = [(0, Ok(0.81), Some((0.7, 0.9))), (1, Ok(-0.2), None), (2, Err(Undefined::NoVariation), None)];
    let agreed: Vec<ThemeAgreed> = agreed
        .into_iter()
        .map(|(theme, value, interval)| ThemeAgreed { theme: themes[theme], value, interval, percent: Ok(0.97), size: 10 })
        .collect();
    vec![
        ("heat", heat_table(&names, &by_group, Measure::Passages).unwrap()),
        ("heat of nothing", heat_table(&names, &crossed(study, &[]), Measure::Codings).unwrap()),
        ("heat of cases", heat_table(&names, &crossed(study, &[Axis::Attribute(*group), Axis::Cases]), Measure::Participants).unwrap()),
        ("shares", heat_table(&names, &by_group, Measure::ShareOfRow).unwrap()),
        ("bars", bars(&names, &by_group, Measure::Participants).unwrap()),
        ("pairs", pair_table(study, &together(study), Weighing::Count).unwrap()),
        ("pairs by c", pair_table(study, &together(study), Weighing::Coefficient).unwrap()),
        ("network", network(study, &together(study), Weighing::Count).unwrap()),
        ("curve", curve(study, None).unwrap()),
        ("curves", curve(study, Some(*group)).unwrap()),
        ("overview", source_overview(study, &by_source(study, &lines, &Filter::default()), &Filter::default(), Labels::IDS).unwrap()),
        ("timeline", code_timeline(study, &timeline(study, &Filter::default(), sources[0]).unwrap(), Labels::IDS).unwrap()),
        ("agreement", agreement_by_theme(study, &agreed, &how()).unwrap()),
    ]
}

fn boxes(picture: &Picture) -> Vec<Area> {
    picture.marks.iter().filter_map(|mark| if let Reach::Box(area) = mark.reach { Some(area) } else { None }).collect()
}

fn words(picture: &Picture) -> Vec<&Words> {
    picture.shapes.iter().filter_map(|shape| if let Shape::Words(words) = shape { Some(words) } else { None }).collect()
}

#[test]
fn everything_is_on_the_page_and_no_two_data_share_a_place() {
    let small = small();
    for (what, picture) in all(&small) {
        let page = Area { left: 0.0, top: 0.0, width: picture.width, height: picture.height };
        for shape in &picture.shapes {
            let reach = reach_of(shape);
            let inside = reach.left >= 0.0 && reach.top >= 0.0 && reach.right() <= page.right() && reach.bottom() <= page.bottom();
            assert!(inside, "{what}: {shape:?} is not on the page of {page:?}");
        }
        assert!(!picture.title.is_empty() && !picture.computed.is_empty() && !picture.marks.is_empty(), "{what}");
        let boxes = boxes(&picture);
        for (place, one) in boxes.iter().enumerate() {
            assert!(boxes.iter().skip(place + 1).all(|other| !one.overlaps(*other)), "{what}: {one:?} lies over another");
        }
        for (number, mark) in picture.marks.iter().enumerate() {
            assert!(!mark.name.is_empty() && !mark.name.contains('…'), "{what}: {}", mark.name);
            if matches!(mark.reach, Reach::Box(_)) {
                assert_eq!(picture.mark_at(mark.reach.area().centre()), Some(number), "{what}: {}", mark.name);
            }
        }
    }
}

#[test]
fn every_cell_has_a_mark_with_its_figure_and_leads_to_its_passages() {
    let small = small();
    let names = Names::new(&small.study, Labels::IDS);
    let counted = crossed(&small.study, &[Axis::Attribute(small.group)]);
    let picture = heat_table(&names, &counted, Measure::Passages).unwrap();
    // Rows that are never only themselves are left out, and the totals are there.
    let rows = (0..counted.rows.len()).filter(|row| counted.rows[*row].names[0].as_deref() != Some("(this level only)")).count();
    let only = counted.rows.iter().enumerate().filter(|(row, head)| {
        head.names[0].as_deref() == Some("(this level only)") && counted.cell(0, Some(*row), None).unwrap().codings > 0
    });
    assert_eq!(picture.marks.len(), (rows + only.count() + 1) * (counted.columns.len() + 1));
    let mark = picture.marks.iter().find(|mark| mark.name.starts_with("Rooms × Workers: ")).unwrap();
    assert_eq!(mark.name, "Rooms × Workers: 3 passages");
    let Some(Leads::Cell(cell)) = &mark.leads else { panic!("{mark:?}") };
    let (page, row, column) = counted.find(&cell.key).unwrap();
    assert_eq!(counted.cell(page, row, column).unwrap().passages, 3);
    let nobody = picture.marks.iter().find(|mark| mark.name.starts_with("Rooms × Nobody: ")).unwrap();
    assert_eq!((nobody.name.as_str(), &nobody.leads), ("Rooms × Nobody: no such participants", &None));
    let open = picture.marks.iter().find(|mark| mark.name.starts_with("Never × Workers")).unwrap();
    assert!(open.name.ends_with("nothing so far, and not all sources are marked done"), "{}", open.name);
    // Arrow keys go through the cells as they are seen.
    let at = picture.marks.iter().position(|other| other == mark).unwrap();
    let to = |way| picture.marks[picture.towards(at, way)].name.clone();
    assert!(to(Way::Left).starts_with("Rooms × Carers & co"), "{}", to(Way::Left));
    assert!(to(Way::Up).contains("× Workers: 1 passage"), "{}", to(Way::Up));
    assert_eq!((picture.towards(0, Way::Up), picture.towards(0, Way::Left), picture.towards(usize::MAX, Way::Down)), (0, 0, usize::MAX));
    let masked = Names::new(&small.study, Labels::IDS.masking(Some(2)));
    let picture = heat_table(&masked, &counted, Measure::Passages).unwrap();
    assert!(picture.marks.iter().any(|mark| mark.name == "Rooms × Carers & co: masked (<2)"));
    assert!(picture.computed.iter().any(|says| says.contains("masked")));
    let written = words(&picture);
    let head = written.iter().find(|words| words.text == "n participants").unwrap();
    let beside = written.iter().filter(|words| words.at.y.to_bits() == head.at.y.to_bits()).skip(1);
    assert_eq!(
        beside.map(|words| words.text.as_str()).collect::<Vec<_>>(),
        ["<2", "2", "0", "masked"],
        "how many there are, as far as none follows"
    );
    let none = heat_table(&Names::new(&small.study, Labels::IDS.masking(Some(9))), &counted, Measure::Passages).unwrap_err();
    assert!(none.to_string().ends_with("every figure rests on too few people and is masked"), "{none}");
}

#[test]
fn pairs_lines_sources_and_passages_have_marks() {
    let small = small();
    let pictures = all(&small);
    let of = |what: &str| &pictures.iter().find(|(name, _)| *name == what).unwrap().1;
    let found = &together(&small.study)[0].found;
    let pairs = found.pairs().count();
    let table = of("pairs");
    assert_eq!(table.marks.iter().filter(|mark| matches!(mark.leads, Some(Leads::Pair { .. }))).count(), pairs);
    let net = of("network");
    assert_eq!(net.marks.iter().filter(|mark| matches!(mark.reach, Reach::Strip { .. })).count(), pairs);
    assert!(net.marks.iter().all(|mark| mark.leads.is_some()));
    let overview = of("overview");
    assert_eq!(overview.marks.len(), small.study.codebook().len() * 4, "three sources and the total");
    let timeline = of("timeline");
    let passages = small.study.material(small.sources[0]).unwrap().codings.len();
    assert_eq!(timeline.marks.len(), passages);
    assert!(timeline.marks.iter().all(|mark| matches!(mark.leads, Some(Leads::Passage { .. }))));
    assert_eq!(of("curve").marks.len(), 3);
    let agreement = of("agreement");
    assert!(
        agreement.marks[1].name.contains("κ −0.20") && agreement.marks[0].name.contains("interval 0.70 to 0.90"),
        "{:?}",
        agreement.marks
    );
    assert!(agreement.marks[2].name.contains("not defined – no variation"));
    assert!(words(agreement).iter().any(|words| words.text == "not defined – no variation"));
}

/// The number before a word of what a mark says.
fn number_before(says: &str, word: &str) -> Option<usize> {
    let words: Vec<&str> = says.split([' ', ',', ';']).collect();
    let at = words.iter().position(|other| other.trim_end_matches('s') == word)?;
    words.get(at.checked_sub(1)?)?.parse().ok()
}

#[test]
fn every_mark_leads_to_as_much_as_it_says() {
    let small = small();
    let texts = crate::analysis::testing::Blobs::default();
    let mut checked = 0;
    for (what, picture) in all(&small) {
        for mark in &picture.marks {
            let Some(leads) = &mark.leads else { continue };
            let found = behind(&small.study, &texts, leads, |_, _| true).unwrap().unwrap();
            let figure = match leads {
                Leads::Pair { .. } => number_before(&mark.name, "together"),
                Leads::Cell(_) | Leads::ThemeIn { .. } | Leads::Theme { .. } => number_before(&mark.name, "passage"),
                _ => None,
            };
            if let Some(figure) = figure {
                assert_eq!(found.items.len(), figure, "{what}: {}", mark.name);
                checked += 1;
            }
            if matches!(leads, Leads::Passage { .. }) {
                assert!(!found.items[0].codings.is_empty(), "{what}: {}", mark.name);
            }
        }
    }
    assert!(checked > 40, "{checked}");
}

#[test]
fn names_in_a_network_lie_over_nothing() {
    let small = small();
    let net = network(&small.study, &together(&small.study), Weighing::Count).unwrap();
    let names: Vec<Area> = net
        .shapes
        .iter()
        .filter(|shape| matches!(shape, Shape::Words(Words { weight: Weight::Medium, anchor: Anchor::Middle, .. })))
        .map(reach_of)
        .collect();
    let discs: Vec<Area> = net.marks.iter().filter(|mark| matches!(mark.reach, Reach::Disc { .. })).map(|mark| mark.reach.area()).collect();
    assert_eq!(names.len(), discs.len(), "every theme has its name");
    for (place, name) in names.iter().enumerate() {
        assert!(names.iter().skip(place + 1).all(|other| !name.overlaps(*other)), "{name:?}");
        assert!(discs.iter().all(|disc| !name.overlaps(*disc)), "{name:?}");
    }
}

#[test]
fn of_very_many_themes_those_with_most_are_shown_and_it_is_said() {
    let (study, most) = many(2000);
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    let names = Names::new(&study, Labels::IDS);
    let counted = crossed(&study, &[]);
    let path = study.codebook().path(most);
    let overview = source_overview(&study, &by_source(&study, &lines, &Filter::default()), &Filter::default(), Labels::IDS);
    for picture in [heat_table(&names, &counted, Measure::Passages), bars(&names, &counted, Measure::Passages), overview] {
        let picture = picture.unwrap();
        assert!(picture.computed.iter().any(|says| says.contains("60 of 2,000")), "{:?}", picture.computed);
        assert!(picture.marks.iter().any(|mark| mark.name.starts_with(&path)), "the one with most is among them");
    }
    let (study, _) = many(60);
    let table = pair_table(&study, &together(&study), Weighing::Count).unwrap();
    assert!(table.computed.iter().any(|says| says.starts_with("Shown are 40 of 60 themes")), "{:?}", table.computed);
    let net = network(&study, &together(&study), Weighing::Count).unwrap();
    assert!(net.computed.iter().any(|says| says.starts_with("Shown are 30 of 60 themes")), "{:?}", net.computed);
    assert!(net.computed.iter().any(|says| says.starts_with("Shown are 60 of 435 lines")), "{:?}", net.computed);
}

#[test]
fn where_there_is_nothing_there_is_no_picture_and_it_is_said_why() {
    let mut b = Builder::new();
    b.theme(None, "Alone");
    let put = b.source("A", None, Values::new(), &[(None, Voice::Participant, "Nothing is coded")]);
    let study = b.study();
    let names = Names::new(&study, Labels::IDS);
    let counted = crossed(&study, &[]);
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    let found = timeline(&study, &Filter::default(), put.id).unwrap();
    for (picture, says) in [
        (heat_table(&names, &counted, Measure::Passages), "nothing is coded"),
        (bars(&names, &counted, Measure::Words), "nothing is coded"),
        (pair_table(&study, &together(&study), Weighing::Count), "no two themes"),
        (network(&study, &together(&study), Weighing::Coefficient), "no two themes"),
        (network(&study, &[], Weighing::Count), "no two themes"),
        (curve(&study, None), "no theme was heard"),
        (source_overview(&study, &by_source(&study, &lines, &Filter::default()), &Filter::default(), Labels::IDS), "nothing is coded"),
        (code_timeline(&study, &found, Labels::IDS), "nothing is coded in A"),
        (agreement_by_theme(&study, &[], &how()), "nobody used any of the themes"),
    ] {
        let why = picture.unwrap_err().to_string();
        assert!(why.starts_with("there is nothing to draw: ") && why.contains(says), "{why}");
    }
}

#[test]
fn an_svg_is_well_formed_needs_no_font_and_is_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    for (what, picture) in all(&small()) {
        let path = folder.path().join("picture.svg");
        let below = ["Project: <A> & \"B\"".to_owned()];
        let printed = write_picture(&path, &picture, &below, DPI).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut inside: Vec<String> = Vec::new();
        let mut titles = 0;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{what}: {error}")) {
                quick_xml::events::Event::Start(tag) => inside.push(format!("{:?}", tag.name())),
                quick_xml::events::Event::End(_) => {
                    titles += usize::from(inside.pop().unwrap().contains("title"));
                }
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert!(inside.is_empty() && titles == 1, "{what}");
        assert!(!text.contains("<text") && !text.contains("font-family") && text.contains("<path"), "{what}");
        assert!(text.contains("pt\"") && text.contains("<desc"), "{what}");
        write_picture(&path, &picture, &below, DPI).unwrap();
        assert_eq!(text, std::fs::read_to_string(&path).unwrap(), "{what}");
        assert!(printed.size.0 > 20 && printed.size.1 > 10, "{what}: {:?}", printed.size);
    }
    let again = all(&small());
    assert_eq!(again[7].1.width.to_bits(), all(&small())[7].1.width.to_bits());
}

#[test]
fn letters_without_a_font_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let small = small();
    let names = Names::new(&small.study, Labels::IDS);
    let picture = heat_table(&names, &crossed(&small.study, &[]), Measure::Passages).unwrap();
    let printed = write_picture(&folder.path().join("a.svg"), &picture, &[], DPI).unwrap();
    let says = printed.boxes_say().unwrap();
    assert!(says.contains('ש') && says.contains('🌊') && !says.contains('C'), "{says}");
}

#[test]
fn a_png_has_its_dots_and_says_how_many_an_inch() {
    let folder = tempfile::tempdir().unwrap();
    let small = small();
    let picture = bars(&Names::new(&small.study, Labels::IDS), &crossed(&small.study, &[]), Measure::Passages).unwrap();
    let path = folder.path().join("a.PNG");
    let printed = write_picture(&path, &picture, &[], 100).unwrap();
    let decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let info = reader.info();
    let millimetres = f64::from(info.width) / 100.0 * 25.4;
    assert!((millimetres - f64::from(printed.size.0)).abs() < 1.0, "{millimetres} of {:?}", printed.size);
    let dims = info.pixel_dims.unwrap();
    assert_eq!((dims.xppu, dims.yppu, dims.unit), (3937, 3937, png::Unit::Meter));
    assert_eq!(info.color_type, png::ColorType::Rgb);
    let mut dots = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut dots).unwrap();
    assert_eq!(dots[..3], [255, 255, 255]);
    assert!(dots.chunks(3).any(|dot| dot == [0x2B, 0x57, 0xA5]), "a bar is there");
    let before = std::fs::read(&path).unwrap();
    write_picture(&path, &picture, &[], 100).unwrap();
    assert_eq!(before, std::fs::read(&path).unwrap());
}

#[test]
fn what_cannot_be_written_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let small = small();
    let picture = bars(&Names::new(&small.study, Labels::IDS), &crossed(&small.study, &[]), Measure::Passages).unwrap();
    let refused = |name: &str, picture: &Picture| write_picture(&folder.path().join(name), picture, &[], DPI).unwrap_err();
    assert_eq!(refused("a.pdf", &picture).to_string(), "a picture can leave as .svg or .png; give the file one of these endings");
    assert!(matches!(refused("a.themata", &picture), ExportError::IsProject(_)));
    let vast = Picture { width: 20_000.0, height: 20_000.0, ..picture.clone() };
    let vast = Picture {
        shapes: vec![Shape::Line(vec![At { x: 0.0, y: 0.0 }, At { x: 20_000.0, y: 20_000.0 }], Stroke::new(Colour::Ink, 1.0))],
        ..vast
    };
    assert!(refused("a.png", &vast).to_string().ends_with("write it as .svg, or with fewer than 300 dots an inch"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
    write_picture(&folder.path().join("a.svg"), &vast, &[], DPI).unwrap();
}
