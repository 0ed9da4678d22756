//! Tables with a row a respondent, in each of the formats they come in.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::helpers::*;
use crate::exchange::import::{ColumnRole, Draft, FileRead, Frame, ImportError, read_bytes, read_whole};
use crate::study::CaseKind;
use crate::text::{ParagraphKind, Voice};

const SURVEY: &str = "Respondent,Participant group,Age,What helped you most?,Email,Anything else?\n\
                      P-01,Clients,34,\"The kettle was always on, and somebody\nsat down with me.\",p1@example.invalid,\n\
                      P-02,Sheriffs,51,\"Not much, if I am honest with you.\",p2@example.invalid,The stairs were steep for me.\n\
                      P-03,Clients,29,,p3@example.invalid,\n";

fn read(name: &str, bytes: &[u8]) -> FileRead {
    let read = read_whole(name, bytes, &frame()).unwrap();
    read.drafts.iter().for_each(check_laws);
    read
}

fn refused(name: &str, bytes: &[u8]) -> String {
    read_whole(name, bytes, &frame()).unwrap_err().to_string()
}

fn roles(read: &FileRead) -> Vec<ColumnRole> {
    read.table.as_ref().unwrap().columns.iter().map(|column| column.role).collect()
}

fn told(draft: &Draft) -> String {
    draft.problems.iter().map(|problem| problem.to_string() + "\n").collect()
}

/// The sheets of a workbook.
fn workbook(make: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    make(&mut book);
    book.save_to_buffer().unwrap()
}

#[test]
fn each_respondent_becomes_a_source() {
    let found = read("survey.csv", SURVEY.as_bytes());
    use ColumnRole::*;
    assert_eq!(roles(&found), [Id, Group, Attribute, Answer, LeaveOut, Answer]);
    assert_eq!(found.table.as_ref().unwrap().respondents(), 2);
    let [first, second] = found.drafts.as_slice() else { panic!("{}", found.drafts.len()) };
    assert_eq!((first.label.as_str(), first.title.as_str(), first.kind.as_str()), ("P-01", "survey, P-01", "Survey response"));
    assert_eq!(
        outline(first),
        ["heading2 What helped you most?", "prose The kettle was always on, and somebody", "prose sat down with me."]
    );
    assert_eq!(outline(second).len(), 4, "empty answers bring no question");
    assert_eq!(cases(first), [("P-01", CaseKind::Person, Some("Clients"), None)]);
    assert_eq!(first.cases()[0].attributes, [("Age".to_owned(), "34".to_owned())]);
    let voices = |kind| first.paragraphs.iter().find(|paragraph| paragraph.kind == kind).map(|paragraph| first.voice(paragraph));
    assert_eq!((voices(ParagraphKind::Heading), voices(ParagraphKind::Prose)), (Some(Voice::Author), Some(Voice::Participant)));
    assert_eq!(told(first), "What may tell who somebody is was left out: Email.\nLine 5: This row has no answers and was left out.\n");
    assert_eq!(told(second), "");
}

#[test]
fn a_respondent_is_known_again_in_a_later_export() {
    let later = format!("{SURVEY}P-04,Clients,40,Somebody called me back the same day.,p4@example.invalid,\n");
    let (before, after) = (read("survey.csv", SURVEY.as_bytes()), read("later.csv", later.as_bytes()));
    let prints = |read: &FileRead| read.drafts.iter().map(|draft| draft.fingerprint).collect::<Vec<_>>();
    assert_eq!(prints(&before), prints(&after)[..2]);
    assert_eq!(after.drafts.len(), 3);
}

#[test]
fn cells_are_divided_and_written_in_every_way() {
    let words = "Mehr Zeit f\u{fc}r die G\u{e4}ste, das w\u{e4}re gut gewesen";
    let check = |bytes: &[u8]| {
        let found = read("s.csv", bytes);
        assert_eq!(outline(&found.drafts[0]), ["heading2 Comments on it".to_owned(), format!("prose {words}")]);
        assert_eq!(found.drafts[0].label, "s-7");
    };
    for sign in [",", ";", "\t"] {
        let text = format!("id{sign}Comments on it\n7{sign}\"{words}\"\n");
        check(text.as_bytes());
        check(format!("\u{feff}{text}").as_bytes());
        check(&text.chars().map(|c| c as u8).collect::<Vec<_>>());
        check(&text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    }
}

#[test]
fn heads_that_are_missing_or_come_again_and_ragged_rows() {
    let text = "id,Comment,,Comment\n1,The first words that I had to say,x\n2,,y,The other words that I had to say,more\n2,Third words that I had to say here\n";
    let found = read("s.csv", text.as_bytes());
    let names: Vec<_> = found.table.as_ref().unwrap().columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["id", "Comment", "Column 3", "Comment (2)", "Column 5"]);
    let labels: Vec<_> = found.drafts.iter().map(|draft| draft.label.as_str()).collect();
    assert_eq!(labels, ["s-1", "s-2", "s-3"], "what comes twice is no id: rows are counted");
}

/// The workbook without some words of its sheets, as a program writes it that computes nothing.
fn without(bytes: &[u8], words: &str) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut part = String::new();
        file.read_to_string(&mut part).unwrap();
        let name = file.name().unwrap().into_owned();
        made.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        made.write_all(part.replace(words, "").as_bytes()).unwrap();
    }
    made.finish().unwrap().into_inner()
}

#[test]
fn workbooks_are_read_as_they_are_shown() {
    let bytes = workbook(|book| {
        book.add_worksheet().set_name("About").unwrap().write(0, 0, "Made up").unwrap();
        let sheet = book.add_worksheet();
        sheet.set_name("Answers").unwrap();
        for (column, name) in ["Response ID", "Seen on", "Score", "Sum", "What was it like?"].into_iter().enumerate() {
            sheet.write(0, u16::try_from(column).unwrap(), name).unwrap();
        }
        let date = Format::new().set_num_format("yyyy-mm-dd");
        for (row, words) in [(1, "It was colder than I had thought"), (2, "It was as I had thought it would be")] {
            sheet.write(row, 0, format!("R{row}")).unwrap();
            sheet.write_datetime_with_format(row, 1, ExcelDateTime::from_ymd(2031, 5, 20).unwrap(), &date).unwrap();
            sheet.write(row, 2, 7).unwrap();
            sheet.write_formula(row, 3, Formula::new("=1+1").set_result(if row == 1 { "2" } else { "77" })).unwrap();
            sheet.write(row, 4, words).unwrap();
        }
        book.add_worksheet().set_name("Codes").unwrap().write(0, 0, "1 = yes").unwrap();
    });
    let found = read("s.xlsx", &without(&bytes, "<v>77</v>"));
    let first = &found.drafts[0];
    let known: Vec<_> = first.cases()[0].attributes.iter().map(|(name, value)| format!("{name} {value}")).collect();
    assert_eq!((first.label.as_str(), known), ("R1", vec!["Seen on 2031-05-20".to_owned(), "Score 7".into(), "Sum 2".into()]));
    assert_eq!(outline(first)[1], "prose It was colder than I had thought");
    let told = told(first);
    assert!(told.contains("Line 3: 1 cell holds a formula whose result is not in the file"), "{told}");
    assert!(told.contains("The sheet “Answers” was read; other sheets were left out: “About”, “Codes”."), "{told}");
}

#[test]
fn a_table_of_times_and_words_is_a_transcript() {
    for text in [
        "Timespan,Content,Speaker\n0:00:0-0:02:0,Was it cold?,Ruth\n0:02:0-0:10:0,\"It was, aye.\",Moira\n",
        "start\tend\ttext\tspeaker\n0\t2000\tWas it cold?\tRuth\n120000\t122000\tIt was, aye.\tMoira\n",
    ] {
        let found = read("t.tsv", text.as_bytes());
        assert!(found.table.is_none());
        let draft = &found.drafts[0];
        let labels: Vec<_> = draft.speakers.iter().map(|speaker| speaker.label.as_str()).collect();
        assert_eq!(labels, ["Ruth", "Moira"]);
        assert_eq!(draft.anchors.iter().map(|anchor| anchor.time).collect::<Vec<_>>(), [0, 120_000]);
    }
}

#[test]
fn what_is_no_survey_is_refused_with_a_sentence() {
    assert!(refused("s.csv", b"id,Age\n1,40\n2,50\n").contains("no table of answers"));
    assert!(refused("s.csv", b"only words").contains("no table of answers"));
    assert!(refused("s.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more").contains("a file of an older Office (.doc or .xls)"));
    assert!(refused("s.xlsx", b"PK\x03\x04 and no more").contains("cannot be opened as a table"));
    assert!(refused("s.ods", b"PK\x03\x04 and no more").contains("cannot be opened as a table"));
    assert!(refused("s.csv", format!("id{}\n1,x\n", ",c".repeat(1_000_000)).as_bytes()).contains("more than 1000 columns"));
    assert!(refused("s.csv", "a,b\n".repeat(1_100_000).as_bytes()).contains("more than 50000 rows"));
    let wide = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "id").unwrap();
        sheet.write(1, 16_000, "far away").unwrap();
    });
    assert!(refused("s.xlsx", &wide).contains("more than 1000 columns"));
    assert!(matches!(read_bytes("s.csv", SURVEY.as_bytes(), &Frame::default()), Err(ImportError::ManyTexts { .. })));
}

/// A spreadsheet with these cells of content.xml, packed as programs pack it.
fn spreadsheet(tables: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let head = "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>";
    write!(archive, "{head}{tables}</office:spreadsheet></office:body></office:document-content>").unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn open_spreadsheets_are_read_as_they_are_shown() {
    let cell = |words: &str| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
    let row = |cells: &[String]| {
        format!("<table:table-row>{}<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>", cells.concat())
    };
    let tables = format!(
        "<table:table table:name=\"Answers\">{}{}{}<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table><table:table table:name=\"Codes\">{}</table:table>",
        row(&[cell("id"), cell("Score"), cell("What was it like?")]),
        row(&[
            cell("R1"),
            cell("7.5 %"),
            "<table:table-cell><office:annotation><text:p>a note</text:p></office:annotation><text:p>It was cold &amp; wet<text:s text:c=\"2\"/>that day</text:p><text:p>and long.</text:p></table:table-cell>".to_owned(),
        ]),
        row(&[cell("R2"), "<table:table-cell table:number-columns-repeated=\"1\"/>".to_owned(), cell("It was as I had thought it would be")]),
        row(&[cell("1 = yes")]),
    );
    let found = read("s.ods", &spreadsheet(&tables));
    let [first, second] = found.drafts.as_slice() else { panic!("{}", found.drafts.len()) };
    assert_eq!(outline(first), ["heading2 What was it like?", "prose It was cold & wet  that day", "prose and long."]);
    assert_eq!(first.cases()[0].attributes, [("Score".to_owned(), "7.5 %".to_owned())]);
    assert_eq!(second.label, "R2");
    assert!(told(first).contains("another sheet was left out: “Codes”"));
    let bomb = format!(
        "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"1000000\">{}</table:table-row></table:table>",
        cell("x")
    );
    assert!(refused("s.ods", &spreadsheet(&bomb)).contains("more than 50000 rows"));
}
