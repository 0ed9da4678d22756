use std::io::{Cursor, Read as _};

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::super::read::MAX_BYTES;
use super::styles::attribute;

/// A Word document as the archive of parts that it is.
pub(super) struct Package<'bytes> {
    archive: ZipArchive<Cursor<&'bytes [u8]>>,
    /// The part that holds the text.
    document: String,
    relations: Vec<Relation>,
    /// How many bytes may still be unpacked.
    left: u64,
}

/// That one part refers to another.
struct Relation {
    id: String,
    /// What the other is, without the address of who says so.
    kind: String,
    target: String,
}

/// All parts together unpack to no more than this: a text of the largest size, with the marks around it and its styles.
const MOST: u64 = 2 * MAX_BYTES;

impl<'bytes> Package<'bytes> {
    /// Opens the archive.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn open(bytes: &'bytes [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        let mut package = Self { archive, document: "word/document.xml".to_owned(), relations: Vec::new(), left: MOST };
        let roots = package.part("_rels/.rels")?.map(|xml| relations(&xml)).unwrap_or_default();
        if let Some(root) = roots.into_iter().find(|relation| relation.kind == "officeDocument") {
            root.target.trim_start_matches('/').clone_into(&mut package.document);
        }
        let (folder, name) = package.document.rsplit_once('/').unwrap_or(("", &package.document));
        let beside = format!("{folder}/_rels/{name}.rels");
        package.relations = package.part(beside.trim_start_matches('/'))?.map(|xml| relations(&xml)).unwrap_or_default();
        Ok(package)
    }

    /// The part that holds the text.
    pub(super) fn document(&mut self) -> Result<Option<String>, String> {
        self.part(&self.document.clone())
    }

    /// The part of this kind that belongs to the text: the one it names, or else the one that usually has this name.
    pub(super) fn of_kind(&mut self, kind: &str) -> Result<Option<String>, String> {
        let named = self.relations.iter().find(|relation| relation.kind == kind).map(|relation| self.place(&relation.target));
        self.part(&named.unwrap_or_else(|| self.place(&format!("{kind}.xml"))))
    }

    /// The part that the text names by this id.
    pub(super) fn of_id(&mut self, id: &str) -> Result<Option<String>, String> {
        let named = self.relations.iter().find(|relation| relation.id == id).map(|relation| self.place(&relation.target));
        named.map_or(Ok(None), |name| self.part(&name))
    }

    /// Where a part lies that the text names.
    fn place(&self, target: &str) -> String {
        match (target.strip_prefix('/'), self.document.rsplit_once('/')) {
            (Some(whole), _) => whole.to_owned(),
            (None, Some((folder, _))) => format!("{folder}/{target}"),
            (None, None) => target.to_owned(),
        }
    }

    /// The part of this name, unpacked; `None` when there is none.
    fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        // The sizes that the archive states are not to be trusted: what comes out is counted.
        let mut bytes = Vec::new();
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| "it unpacks to far more than a text can be".to_owned())?;
        if let Some((encoding, mark)) = Encoding::for_bom(&bytes).filter(|(encoding, _)| *encoding != encoding_rs::UTF_8) {
            let (text, broken) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
            return if broken { Err("its text is not UTF-16".to_owned()) } else { Ok(Some(text.into_owned())) };
        }
        String::from_utf8(bytes).map(Some).map_err(|_| "its text is not UTF-8".to_owned())
    }
}

/// The relations of a part; those behind a fault are unknown.
fn relations(xml: &str) -> Vec<Relation> {
    let mut found = Vec::new();
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        let element = match event {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => element,
            _ => continue,
        };
        if element.local_name().as_ref() == "Relationship" && attribute(&element, "TargetMode").as_deref() != Some("External") {
            let of = |name| attribute(&element, name).unwrap_or_default();
            let kind = of("Type").rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relation { id: of("Id"), kind, target: of("Target") });
        }
    }
    found
}
