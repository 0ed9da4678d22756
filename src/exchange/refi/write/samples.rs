//! Random projects, as a reader of our own files would make them.

use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use crate::exchange::refi::{
    Case, Code, Coding, Direction, Kept, Link, Made, MediaFile, Note, Project, Selection, Set, Source, User, Variable, VariableType,
    VariableValue, origin,
};
use crate::text::{CharMap, Span};

/// Gives identities one after the other.
struct Ids(u128);

impl Ids {
    fn next(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(0x0192_f0a1_0000_7000_8000_0000_0000_0000 + self.0)
    }
}

/// What random projects are made of: words for names, texts, and numbers that decide everything else.
type Seeds = (Vec<String>, Vec<String>, Vec<usize>);

fn seeds() -> impl Strategy<Value = Seeds> {
    let names = vec(prop_oneof!["\\PC{0,12}", "[a-c&<>\"' \t\n]{0,9}"], 8..24);
    let texts = vec("[a-cé😀\u{301}𝔴&< .\n]{0,60}", 4..9);
    (names, texts, vec(0_usize..10_000, 40..160))
}

/// Random projects that are whole.
pub(crate) fn projects() -> impl Strategy<Value = Project> {
    seeds().prop_map(|(names, texts, numbers)| Maker { names, texts, numbers, at: 0, ids: Ids(0), users: Vec::new() }.project())
}

struct Maker {
    names: Vec<String>,
    texts: Vec<String>,
    numbers: Vec<usize>,
    at: usize,
    ids: Ids,
    users: Vec<Uuid>,
}

impl Maker {
    fn number(&mut self, below: usize) -> usize {
        self.at += 1;
        (self.numbers[self.at % self.numbers.len()] + self.at) % below.max(1)
    }

    fn name(&mut self) -> String {
        let at = self.number(self.names.len());
        self.names[at].clone()
    }

    fn text(&mut self) -> String {
        let at = self.number(self.texts.len());
        self.texts[at].clone()
    }

    fn some<T: Copy>(&mut self, of: &[T]) -> Vec<T> {
        of.iter().copied().filter(|_| self.number(3) == 0).collect()
    }

    fn made(&mut self) -> Made {
        let at = self.number(self.users.len());
        let by = self.users.get(at).copied().filter(|_| self.number(2) == 0);
        let moment = i64::try_from(self.number(10_000)).unwrap() * 123_456_789;
        Made { by, at: (self.number(2) == 0).then_some(moment), changed_by: by, changed_at: (self.number(3) == 0).then_some(moment + 1) }
    }

    fn colour(&mut self) -> Option<String> {
        (self.number(2) == 0).then(|| "#0a1b2c".to_owned())
    }

    fn coding(&mut self, codes: &[Uuid], notes: &[Uuid]) -> Coding {
        let code = codes[self.number(codes.len())];
        let made = Made { changed_by: None, changed_at: None, ..self.made() };
        Coding { guid: self.ids.next(), code, made, note_refs: self.some(notes), important: false }
    }

    fn selections(&mut self, text: &str, codes: &[Uuid], notes: &[Uuid]) -> Vec<Selection> {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let chars = CharMap::new(text);
        let number = if places.len() < 2 { 0 } else { self.number(4) };
        let selection = |maker: &mut Self| {
            let first = maker.number(places.len() - 1);
            let last = first + 1 + maker.number(places.len() - first - 1);
            let span = Span::of(places[first]..places[last]);
            let counted = chars.chars(text, span);
            let codings = (0..maker.number(3)).map(|_| maker.coding(codes, notes)).collect();
            Selection {
                guid: maker.ids.next(),
                name: maker.name(),
                description: maker.name(),
                made: maker.made(),
                stated: (i64::try_from(counted.start).unwrap(), i64::try_from(counted.end).unwrap()),
                span: Some(span),
                codings,
                note_refs: maker.some(notes),
            }
        };
        (0..number).map(|_| selection(self)).collect()
    }

    fn values(&mut self, variables: &[Variable]) -> Vec<VariableValue> {
        let chosen: Vec<Variable> = variables.iter().filter(|_| self.number(2) == 0).cloned().collect();
        let value = |maker: &mut Self, variable: Variable| {
            let value = match variable.kind {
                VariableType::Text => maker.name(),
                VariableType::Boolean => "true".to_owned(),
                VariableType::Integer => ["-34", "", "0", "many"][maker.number(4)].to_owned(),
                VariableType::Float => ["2.5", "", "1e3"][maker.number(3)].to_owned(),
                VariableType::Date => "2024-02-29".to_owned(),
                VariableType::DateTime => "2024-02-29T10:00:00Z".to_owned(),
            };
            VariableValue { variable: variable.guid, value }
        };
        chosen.into_iter().map(|variable| value(self, variable)).collect()
    }

    fn medium(&mut self) -> Source {
        let guid = self.ids.next();
        let element = ["PictureSource", "AudioSource", "VideoSource"][self.number(3)];
        let (inside, more_files) = if element == "PictureSource" {
            (String::new(), Vec::new())
        } else {
            let transcript = format!("{}.txt", self.ids.next());
            let xml = format!("<Transcript guid=\"{}\" plainTextPath=\"internal://{transcript}\"></Transcript>", self.ids.next());
            (xml, vec![MediaFile { name: transcript, len: 3 }])
        };
        let xml = format!("<{element} guid=\"{guid}\" name=\"m\" path=\"internal://{guid}.bin\">{inside}</{element}>");
        let file = Some(MediaFile { name: format!("{guid}.bin"), len: 5 });
        let kept = Some(Kept { element: element.to_owned(), xml });
        Source { guid, name: "m".to_owned(), file, more_files, kept, ..Source::default() }
    }

    fn pdf(&mut self, codes: &[Uuid], notes: &[Uuid]) -> Source {
        let guid = self.ids.next();
        let representation = self.ids.next();
        let text = self.text();
        let xml = format!(
            "<PDFSource guid=\"{guid}\" name=\"p\" path=\"internal://{guid}.pdf\"><PDFSelection guid=\"{}\" page=\"0\" firstX=\"1\" \
             firstY=\"2\" secondX=\"3\" secondY=\"4\"></PDFSelection><Representation guid=\"{representation}\"></Representation></PDFSource>",
            self.ids.next()
        );
        let selections = self.selections(&text, codes, notes);
        let file = Some(MediaFile { name: format!("{guid}.pdf"), len: 5 });
        let kept = Some(Kept { element: "PDFSource".to_owned(), xml });
        Source { guid, name: "p".to_owned(), text: Some(text), file, selections, kept, ..Source::default() }
    }

    fn project(mut self) -> Project {
        let users: Vec<User> = (0..self.number(3)).map(|_| User { guid: self.ids.next(), name: self.name(), id: self.name() }).collect();
        self.users = users.iter().map(|user| user.guid).collect();
        let notes: Vec<Uuid> = (0..self.number(4)).map(|_| self.ids.next()).collect();
        let mut codes: Vec<Code> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for at in 0..=self.number(9) {
            open.truncate(self.number(open.len() + 1));
            let code = Code {
                guid: self.ids.next(),
                name: self.name(),
                is_codable: self.number(4) > 0,
                colour: self.colour(),
                description: self.name(),
                note_refs: self.some(&notes),
                parent: open.last().copied(),
            };
            codes.push(code);
            open.push(at);
        }
        let code_ids: Vec<Uuid> = codes.iter().map(|code| code.guid).collect();
        use VariableType::{Boolean, Date, DateTime, Float, Integer, Text};
        let variables: Vec<Variable> = [Text, Boolean, Integer, Float, Date, DateTime]
            .into_iter()
            .map(|kind| Variable { guid: self.ids.next(), name: self.name(), kind, description: self.name() })
            .collect();
        let mut sources = Vec::new();
        for _ in 0..self.number(5) {
            let source = match self.number(5) {
                0 => self.medium(),
                1 => self.pdf(&code_ids, &notes),
                _ => {
                    let guid = self.ids.next();
                    let text = self.text();
                    Source {
                        guid,
                        name: self.name(),
                        description: self.name(),
                        made: self.made(),
                        file: (self.number(3) == 0).then(|| MediaFile { name: format!("{guid}.docx"), len: 5 }),
                        values: self.values(&variables),
                        codings: (0..self.number(2)).map(|_| self.coding(&code_ids, &notes)).collect(),
                        selections: self.selections(&text, &code_ids, &notes),
                        note_refs: self.some(&notes),
                        text: Some(text),
                        ..Source::default()
                    }
                }
            };
            sources.push(source);
        }
        let source_ids: Vec<Uuid> = sources.iter().map(|source| source.guid).collect();
        let selection_ids: Vec<Uuid> = sources.iter().flat_map(|source| &source.selections).map(|selection| selection.guid).collect();
        let note = |maker: &mut Self, guid: Uuid| {
            let text = maker.text();
            Note {
                guid,
                name: maker.name(),
                description: maker.name(),
                made: maker.made(),
                file: None,
                selections: maker.selections(&text, &code_ids, &[]),
                codings: (0..maker.number(2)).map(|_| maker.coding(&code_ids, &[])).collect(),
                note_refs: Vec::new(),
                values: maker.values(&variables),
                text,
            }
        };
        let notes_of = notes.iter().map(|guid| note(&mut self, *guid)).collect();
        let cases: Vec<Case> = (0..self.number(3))
            .map(|_| Case {
                guid: self.ids.next(),
                name: self.name(),
                description: self.name(),
                codes: self.some(&code_ids),
                values: self.values(&variables),
                sources: self.some(&source_ids),
                selections: self.some(&selection_ids),
            })
            .collect();
        let links = (0..self.number(3))
            .map(|_| Link {
                guid: self.ids.next(),
                name: self.name(),
                direction: [Direction::Associative, Direction::OneWay, Direction::Bidirectional][self.number(3)],
                colour: self.colour(),
                origin: code_ids[0],
                target: variables[0].guid,
                note_refs: self.some(&notes),
            })
            .collect();
        let sets = (0..self.number(3))
            .map(|_| Set {
                guid: self.ids.next(),
                name: self.name(),
                description: self.name(),
                codes: self.some(&code_ids),
                sources: self.some(&source_ids),
                notes: self.some(&notes),
            })
            .collect();
        let graph = format!("<Graph guid=\"{}\" name=\"g &amp; h\"></Graph>", self.ids.next());
        let kept = (0..self.number(2)).map(|_| Kept { element: "Graph".to_owned(), xml: graph.clone() }).collect();
        Project {
            guid: None,
            name: self.name(),
            origin: origin(),
            description: self.name(),
            made: self.made(),
            users,
            codes,
            variables,
            cases,
            sources,
            notes: notes_of,
            links,
            sets,
            note_refs: self.some(&notes),
            kept,
        }
    }
}

/// An archive of the project; its media are as many letters as they say.
pub(crate) fn archive(project: &Project) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    super::write_qdpx(project, &mut bytes, |file, to| to.write_all(&vec![b'm'; usize::try_from(file.len).unwrap()])).unwrap();
    bytes.into_inner()
}
