use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::helpers::*;
use crate::exchange::import::{Frame, ImportError, has_changed, read_bytes, read_file, read_files};

fn refused(name: &str, bytes: &[u8]) -> ImportError {
    read_bytes(name, bytes, &Frame::default()).unwrap_err()
}

#[test]
fn bytes_that_are_no_text_are_refused_in_a_sentence() {
    for (name, bytes, sentence) in [
        ("a.txt", b"".as_slice(), "“a.txt” is empty."),
        ("a.txt", b" \r\n\t\n", "“a.txt” is empty."),
        ("a.txt", b"#00:00:01-0#\n[00:00:05]\n", "“a.txt” is empty."),
        ("a.txt", b"ID: X1\nDate: 2024-01-02\nInterviewer: Ruth Aird\n", "“a.txt” has nothing but a header"),
        ("a.txt", b"words\0words and a few more of them", "“a.txt” is not a text."),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "“a.txt” is not a text."),
        ("a.pages", b"words", "“a.pages” is of a kind that cannot be imported. Save it as .txt, .md, .docx,"),
        ("a.pdf", b"%PDF-1.7", "“a.pdf” cannot be opened as a PDF ("),
        ("a", b"words", "“a” is of a kind that cannot be imported."),
        ("a.txt", b"%PDF-1.4\nwords", "“a.txt” is a PDF, whatever its ending says. Rename it so that it ends in .pdf, and try again."),
        ("a.txt", br"{\rtf1\ansi words}", "“a.txt” is a rich text file (RTF), whatever"),
        ("a.txt", b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>words", "“a.txt” is a web page (HTML), whatever"),
        ("a.md", b"<html><p>words", "“a.md” is a web page (HTML), whatever"),
        ("a.txt", b"PK\x03\x04words", "“a.txt” is a zip archive or an Office document, whatever"),
        ("a.html", b"PK\x03\x04words", "“a.html” is a zip archive or an Office document, whatever"),
        (
            "a.pdf",
            br"{\rtf1\ansi words}",
            "“a.pdf” is a rich text file (RTF), whatever its ending says. Rename it so that it ends in .rtf,",
        ),
        ("a.epub", b"PK\x03\x04", "“a.epub” cannot be opened as an electronic book (EPUB) ("),
        ("a.rtf", b"words", "“a.rtf” cannot be opened as a rich text (RTF) ("),
        ("a.html", b"<p>", "“a.html” holds no words."),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", "“a.docx” is a file of an older Office (.doc or .xls), whatever"),
        ("a.docx", br"{\rtf1\ansi words}", "“a.docx” is a rich text file (RTF), whatever"),
    ] {
        let error = refused(name, bytes).to_string();
        assert!(error.starts_with(sentence), "{error}");
    }
}

#[test]
fn files_that_cannot_be_read_are_refused_before_they_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |path: &Path| read_file(path, &Frame::default()).unwrap_err();
    assert!(matches!(refused(folder.path()), ImportError::Folder { .. }));
    assert!(matches!(refused(&folder.path().join("none.txt")), ImportError::Unreadable { .. }));
    let large = folder.path().join("large.txt");
    fs::File::create(&large).unwrap().set_len(1 << 30).unwrap();
    assert!(matches!(refused(&large), ImportError::TooLarge { megabytes: 1024, .. }));
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_circles_are_refused_without_waiting() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    symlink(at("circle.txt"), at("circle.txt")).unwrap();
    symlink(folder.path(), at("inside")).unwrap();
    symlink("/dev/zero", at("zero.txt")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(at("pipe.txt")).status().unwrap().success());
    for (name, sentence) in [
        ("circle.txt", "“circle.txt” cannot be read ("),
        ("inside", "“inside” is a folder."),
        ("zero.txt", "“zero.txt” is not a file."),
        ("pipe.txt", "“pipe.txt” is not a file."),
    ] {
        let error = read_file(&at(name), &Frame::default()).unwrap_err().to_string();
        assert!(error.starts_with(sentence), "{error}");
    }
}

#[test]
fn a_file_is_compared_with_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, "words").unwrap();
    let draft = read_file(&path, &Frame::default()).unwrap();
    assert!(!has_changed(&path, &draft));
    fs::write(&path, "other").unwrap();
    assert!(has_changed(&path, &draft));
    fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
    assert!(has_changed(&path, &draft));
    fs::remove_file(&path).unwrap();
    assert!(!has_changed(&path, &draft), "what was read of it is still here");
}

#[cfg(unix)]
#[test]
fn names_that_are_no_unicode_are_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.txt"));
    fs::write(&path, "words").unwrap();
    let error = read_file(&path, &Frame::default()).unwrap_err();
    assert!(matches!(error, ImportError::Name { .. }));
    assert!(error.to_string().contains("Rename the file"), "{error}");
}

#[test]
fn the_original_is_kept_where_it_differs() {
    assert_eq!(draft("a.txt", b"I came.\nI went.", &Frame::default()).original, None);
    let bytes = b"I came.\r\nI went.";
    let found = draft("a.txt", bytes, &Frame::default());
    assert_eq!(found.original.as_deref(), Some(bytes.as_slice()));
    assert_eq!(found.text, "I came.\nI went.");
    assert_eq!(found.fingerprint, crate::text::BlobId::of(bytes));
}

#[test]
fn files_read_together_share_their_groups() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let one = write("one.txt", "Key points\n\n“I sat.” (Senior manager interview 1)\n");
    let none = write("none.txt", "");
    let two = write("two.txt", "Key points\n\n“I sat.” (Senior managers interview 2)\n\n“I stood.” (Senior managers interview 3)\n");
    let paths: Vec<PathBuf> = vec![one, none, two];
    let mut seen = Vec::new();
    let read = read_files(&paths, &Frame::default(), |done| {
        seen.push(done);
        true
    });
    assert_eq!(seen, [0, 1, 2]);
    assert!(matches!(read[1], Err(ImportError::Empty { .. })));
    assert_eq!(cases(read[0].as_ref().unwrap())[0].2, Some("Senior managers"));
    assert_eq!(cases(read[2].as_ref().unwrap())[0].2, Some("Senior managers"));
    assert_eq!(read_files(&paths, &Frame::default(), |done| done < 1).len(), 1);
}

proptest! {
    #[test]
    fn no_text_breaks_the_readers(
        lines in proptest::collection::vec(
            prop_oneof![
                "\\PC{0,40}",
                "[A-Z][a-z]{1,5}: [a-z “”\"().,?]{0,60}",
                "[“\"][A-Za-z .“”'\"]{0,80}[”\"'(]{0,3} ?(\\(CJP interview [0-9]\\))?\\.?",
                "(  • |- |[0-9]\\.[0-9]? |# |> |\\[00:0[0-9]:10\\] |[0-9]:10 )?[A-Z][a-z ]{0,30}[.?:]?",
                "(Key points|References|Contents|Contact|Issues for reflection:|ID: X|Date: 2024|Interviewer: I)",
                "",
            ],
            0..25,
        )
    ) {
        let text = lines.join("\n");
        for name in ["a.txt", "a.md"] {
            if let Ok(draft) = read_bytes(name, text.as_bytes(), &frame()) {
                check_laws(&draft);
            }
        }
    }

    #[test]
    fn no_bytes_break_the_readers(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.txt", "a.md", "a.docx", "a.odt", "a.fodt", "a.rtf", "a.html", "a.xhtml", "a.epub", "a.pdf"] {
            if let Ok(draft) = read_bytes(name, &bytes, &Frame::default()) {
                check_laws(&draft);
            }
        }
    }
}

#[test]
fn a_word_file_without_words_says_so_and_what_to_do_is_what_one_was_doing() {
    let hollow = super::super::docx::samples::package(&[("word/document.xml", b"<w:document xmlns:w=\"w\"></w:document>")]);
    let folder = tempfile::tempdir().unwrap();
    let said = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        crate::exchange::import::read_quotations(&path).unwrap_err().to_string()
    };
    assert!(said("a.docx", &hollow).starts_with("“a.docx” holds no Word text."));
    let broken = said("b.docx", b"just words");
    assert!(broken.ends_with("save it again as .docx, and check that."), "{broken}");
}
