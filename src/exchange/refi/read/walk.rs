use std::borrow::Cow;
use std::collections::HashSet;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use uuid::Uuid;

use super::draft::Draft;
use super::echo::Echo;
use super::told::Told;
use super::values::{colour, guid, moment, place};
use crate::exchange::refi::xml::{Attribute, is_known, local};
use crate::exchange::refi::{
    Case, Code, Coding, Direction, Link, Made, Project, Selection, Set, User, Variable, VariableType, VariableValue,
};

/// Which text something belongs to: its place among the drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    Source(usize),
    Note(usize),
    /// The plain text of a PDF.
    Representation(usize),
}

/// Whose the words are that are being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Description,
    Content,
    Value,
}

/// Where we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Outside,
    Project,
    CodeBook,
    /// A list of elements of one kind.
    List,
    Code(usize),
    Variable(usize),
    Case(usize),
    Text(Holder),
    Selection(Holder),
    /// A coding, and whether it is of a selection.
    Coding(Holder, bool),
    Value,
    Link(usize),
    Set(usize),
    Field(Field),
    /// Of the standard, but only written down.
    Kept,
    Unknown,
}

/// What is read of the XML in one pass, whatever its depth.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) project: Project,
    pub(super) sources: Vec<Draft>,
    pub(super) notes: Vec<Draft>,
    pub(super) told: Told,
    /// Every identity that something in the file has.
    pub(super) known: HashSet<Uuid>,
    /// Whether the root was seen.
    pub(super) is_begun: bool,
    stack: Vec<Node>,
    words: String,
    /// Whether words count; what is in them of elements does too.
    in_field: bool,
    value: VariableValue,
    echo: Option<Echo>,
    unnamed: u64,
}

impl Walk {
    /// How deep we are.
    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }

    fn here(&self) -> Node {
        self.stack.last().copied().unwrap_or(Node::Outside)
    }

    /// Takes words between tags.
    pub(super) fn words(&mut self, words: &str) {
        if self.in_field {
            self.words.push_str(words);
        }
        if let Some(echo) = &mut self.echo {
            echo.words(words);
        }
    }

    /// Takes the beginning of an element at this byte.
    ///
    /// # Errors
    /// When its name or its attributes are not well-formed.
    pub(super) fn open(&mut self, element: &BytesStart<'_>, at: usize) -> Result<(), String> {
        let full_name = element.name();
        let name = local(full_name.as_ref());
        let is_sign = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') || name.contains(is_sign) {
            return Err("a < stands where no element begins".to_owned());
        }
        let attributes = attributes(element)?;
        let attributes = Attributes { list: &attributes, at };
        if let Some(written) = attributes.get("guid") {
            self.known.insert(guid(written).0);
        }
        let before = self.here();
        let node = self.enter(before, name, &attributes);
        if node == Node::Unknown && before != Node::Unknown {
            self.told.left_out("elements", format!("The element <{name}> is not read here and was left out."), at);
        }
        if let Some(echo) = &mut self.echo {
            let is_text = matches!(node, Node::Field(Field::Content) | Node::Selection(_));
            let is_heard = node != Node::Unknown && !(is_text && matches!(before, Node::Text(Holder::Representation(_))));
            let has_own_text = matches!(node, Node::Text(Holder::Representation(_)));
            echo.open(element, attributes.list, is_heard, has_own_text);
        }
        if matches!(node, Node::Field(_)) {
            self.words.clear();
            self.in_field = true;
        }
        self.stack.push(node);
        Ok(())
    }

    /// Makes what the element stands for and says where we are in it.
    fn enter(&mut self, before: Node, name: &str, attributes: &Attributes<'_>) -> Node {
        match (before, name) {
            (Node::Outside, "Project") => self.begin(attributes),
            (Node::Outside, "CodeBook") => {
                self.is_begun = true;
                attributes.text("origin").clone_into(&mut self.project.origin);
                attributes.text("name").clone_into(&mut self.project.name);
                Node::CodeBook
            }
            (Node::Project, "CodeBook") => Node::CodeBook,
            (Node::CodeBook, "Codes" | "Sets")
            | (Node::Project, "Users" | "Variables" | "Cases" | "Sources" | "Notes" | "Links" | "Sets" | "Graphs") => Node::List,
            (Node::Project, "NoteRef") => {
                let target = Self::target(attributes);
                self.project.note_refs.push(target);
                Node::Kept
            }
            (Node::List, "Code") => self.code(None, attributes),
            (Node::Code(parent), "Code") => self.code(Some(parent), attributes),
            (Node::List, _) => self.listed(name, attributes),
            (
                Node::Project | Node::Code(_) | Node::Variable(_) | Node::Case(_) | Node::Text(_) | Node::Selection(_) | Node::Set(_),
                "Description",
            ) => Node::Field(Field::Description),
            (Node::Text(_), "PlainTextContent") => Node::Field(Field::Content),
            (Node::Text(holder), "PlainTextSelection") => self.selection(holder, attributes),
            (Node::Text(holder), "Coding") => self.coding(holder, false, attributes),
            (Node::Selection(holder), "Coding") => self.coding(holder, true, attributes),
            (Node::Text(Holder::Source(source)), "Representation") if self.is_pdf(source) => {
                if let (Some(draft), Some(path)) = (self.sources.get_mut(source), attributes.get("plainTextPath")) {
                    path.clone_into(&mut draft.plain);
                }
                Node::Text(Holder::Representation(source))
            }
            (Node::Case(_) | Node::Text(_), "VariableValue") => {
                self.value = VariableValue::default();
                Node::Value
            }
            (Node::Value, "VariableRef") => {
                self.value.variable = Self::target(attributes);
                Node::Kept
            }
            (Node::Value, "TextValue" | "BooleanValue" | "IntegerValue" | "FloatValue" | "DateValue" | "DateTimeValue") => {
                Node::Field(Field::Value)
            }
            (_, "NoteRef" | "CodeRef" | "SourceRef" | "SelectionRef" | "MemberCode" | "MemberSource" | "MemberNote") => {
                self.reference(before, name, attributes)
            }
            _ if self.echo.is_some() && before != Node::Unknown && is_known(name) => Node::Kept,
            _ => Node::Unknown,
        }
    }

    fn begin(&mut self, attributes: &Attributes<'_>) -> Node {
        self.is_begun = true;
        let made = self.made(attributes, ["creatingUserGUID", "modifyingUserGUID"]);
        let identity = attributes.get("guid").map(|written| guid(written).0);
        let project = &mut self.project;
        project.guid = identity;
        attributes.text("name").clone_into(&mut project.name);
        attributes.text("origin").clone_into(&mut project.origin);
        project.made = made;
        if attributes.get("basePath").is_some_and(|path| !path.is_empty()) {
            self.told.left_out(
                "paths",
                "The folder of the media on the computer where the file was made was not taken over.",
                attributes.at,
            );
        }
        Node::Project
    }

    fn code(&mut self, parent: Option<usize>, attributes: &Attributes<'_>) -> Node {
        let code = Code {
            guid: self.guid(attributes),
            name: attributes.text("name").to_owned(),
            is_codable: !matches!(attributes.text("isCodable").trim().to_lowercase().as_str(), "false" | "0"),
            colour: self.colour(attributes),
            parent,
            ..Code::default()
        };
        self.project.codes.push(code);
        Node::Code(self.project.codes.len() - 1)
    }

    /// An element of one of the project's lists.
    fn listed(&mut self, name: &str, attributes: &Attributes<'_>) -> Node {
        match name {
            "User" => {
                let guid = self.guid(attributes);
                let text = |key| attributes.text(key).to_owned();
                self.project.users.push(User { guid, name: text("name"), id: text("id") });
                Node::Kept
            }
            "Variable" => {
                let guid = self.guid(attributes);
                let kind = self.kind(attributes);
                let name = attributes.text("name").to_owned();
                self.project.variables.push(Variable { guid, name, kind, description: String::new() });
                Node::Variable(self.project.variables.len() - 1)
            }
            "Case" => {
                let case = Case { guid: self.guid(attributes), name: attributes.text("name").to_owned(), ..Case::default() };
                self.project.cases.push(case);
                Node::Case(self.project.cases.len() - 1)
            }
            "TextSource" | "PictureSource" | "PDFSource" | "AudioSource" | "VideoSource" => {
                let mut draft = self.draft(attributes);
                if name != "TextSource" {
                    name.clone_into(&mut draft.medium);
                    self.echo = Some(Echo::new(name));
                }
                self.sources.push(draft);
                Node::Text(Holder::Source(self.sources.len() - 1))
            }
            "Note" => {
                let draft = self.draft(attributes);
                self.notes.push(draft);
                Node::Text(Holder::Note(self.notes.len() - 1))
            }
            "Link" => {
                let direction = match attributes.text("direction").to_lowercase().as_str() {
                    "oneway" => Direction::OneWay,
                    "bidirectional" => Direction::Bidirectional,
                    _ => Direction::Associative,
                };
                let end = |key| attributes.get(key).map(|written| guid(written).0).unwrap_or_default();
                let (origin, target) = (end("originGUID"), end("targetGUID"));
                let name = attributes.text("name").to_owned();
                let colour = self.colour(attributes);
                let guid = self.guid(attributes);
                self.project.links.push(Link { guid, name, direction, colour, origin, target, note_refs: Vec::new() });
                Node::Link(self.project.links.len() - 1)
            }
            "Set" => {
                let set = Set { guid: self.guid(attributes), name: attributes.text("name").to_owned(), ..Set::default() };
                self.project.sets.push(set);
                Node::Set(self.project.sets.len() - 1)
            }
            "Graph" => {
                self.echo = Some(Echo::new(name));
                Node::Kept
            }
            _ => Node::Unknown,
        }
    }

    fn draft(&mut self, attributes: &Attributes<'_>) -> Draft {
        let mut draft = Draft::default();
        draft.source.guid = self.guid(attributes);
        attributes.text("name").clone_into(&mut draft.source.name);
        draft.source.made = self.made(attributes, ["creatingUser", "modifyingUser"]);
        attributes.text("plainTextPath").clone_into(&mut draft.plain);
        attributes.text("richTextPath").clone_into(&mut draft.rich);
        draft.at = attributes.at;
        draft
    }

    fn selection(&mut self, holder: Holder, attributes: &Attributes<'_>) -> Node {
        let mut end = |key: &str| {
            let place = attributes.get(key).and_then(place);
            if place.is_none() {
                self.told.changed("passages", "The place of a passage is no number.", attributes.at);
            }
            place.unwrap_or_default()
        };
        let stated = (end("startPosition"), end("endPosition"));
        let selection = Selection {
            guid: self.guid(attributes),
            name: attributes.text("name").to_owned(),
            made: self.made(attributes, ["creatingUser", "modifyingUser"]),
            stated,
            ..Selection::default()
        };
        if let Some(draft) = self.draft_of(holder) {
            draft.source.selections.push(selection);
        }
        Node::Selection(holder)
    }

    fn coding(&mut self, holder: Holder, of_selection: bool, attributes: &Attributes<'_>) -> Node {
        let coding =
            Coding { guid: self.guid(attributes), made: self.made(attributes, ["creatingUser", "modifyingUser"]), ..Coding::default() };
        if let Some(codings) = self.codings(holder, of_selection) {
            codings.push(coding);
        }
        Node::Coding(holder, of_selection)
    }

    fn reference(&mut self, before: Node, name: &str, attributes: &Attributes<'_>) -> Node {
        let target = Self::target(attributes);
        let project = &mut self.project;
        let list = match (before, name) {
            (Node::Code(at), "NoteRef") => project.codes.get_mut(at).map(|code| &mut code.note_refs),
            (Node::Link(at), "NoteRef") => project.links.get_mut(at).map(|link| &mut link.note_refs),
            (Node::Case(at), "CodeRef") => project.cases.get_mut(at).map(|case| &mut case.codes),
            (Node::Case(at), "SourceRef") => project.cases.get_mut(at).map(|case| &mut case.sources),
            (Node::Case(at), "SelectionRef") => project.cases.get_mut(at).map(|case| &mut case.selections),
            (Node::Set(at), "MemberCode") => project.sets.get_mut(at).map(|set| &mut set.codes),
            (Node::Set(at), "MemberSource") => project.sets.get_mut(at).map(|set| &mut set.sources),
            (Node::Set(at), "MemberNote") => project.sets.get_mut(at).map(|set| &mut set.notes),
            (Node::Text(Holder::Representation(_)), "NoteRef") | (Node::Kept, _) => return Node::Kept,
            (Node::Text(holder), "NoteRef") => self.draft_of(holder).map(|draft| &mut draft.source.note_refs),
            (Node::Selection(holder), "NoteRef") => {
                self.draft_of(holder).and_then(|draft| draft.source.selections.last_mut()).map(|selection| &mut selection.note_refs)
            }
            (Node::Coding(holder, of_selection), "NoteRef") => {
                self.codings(holder, of_selection).and_then(|codings| codings.last_mut()).map(|coding| &mut coding.note_refs)
            }
            (Node::Coding(holder, of_selection), "CodeRef") => {
                if let Some(coding) = self.codings(holder, of_selection).and_then(|codings| codings.last_mut()) {
                    coding.code = target;
                }
                return Node::Kept;
            }
            _ => return Node::Unknown,
        };
        if let Some(list) = list {
            list.push(target);
        }
        Node::Kept
    }

    /// Takes the end of an element.
    pub(super) fn close(&mut self, name: &str) {
        let node = self.stack.pop().unwrap_or(Node::Outside);
        let before = self.here();
        match node {
            Node::Field(field) => {
                self.in_field = false;
                let words = std::mem::take(&mut self.words);
                self.put(field, before, words);
            }
            Node::Value => {
                let value = std::mem::take(&mut self.value);
                match before {
                    Node::Case(at) => self.project.cases.get_mut(at).map(|case| case.values.push(value)),
                    Node::Text(Holder::Representation(_)) => None,
                    Node::Text(holder) => self.draft_of(holder).map(|draft| draft.source.values.push(value)),
                    _ => None,
                };
            }
            _ => {}
        }
        if self.echo.as_mut().is_some_and(|echo| echo.close(name))
            && let Some(echo) = self.echo.take()
        {
            self.keep(node, echo);
        }
    }

    fn put(&mut self, field: Field, before: Node, words: String) {
        match (field, before) {
            (Field::Value, _) => self.value.value = words,
            (Field::Content, Node::Text(holder)) => {
                if let Some(draft) = self.draft_of(holder) {
                    draft.content = Some(words);
                }
            }
            (Field::Description, Node::Text(Holder::Representation(_))) | (Field::Content, _) => {}
            (Field::Description, before) => {
                let project = &mut self.project;
                let place = match before {
                    Node::Project => Some(&mut project.description),
                    Node::Code(at) => project.codes.get_mut(at).map(|code| &mut code.description),
                    Node::Variable(at) => project.variables.get_mut(at).map(|variable| &mut variable.description),
                    Node::Case(at) => project.cases.get_mut(at).map(|case| &mut case.description),
                    Node::Set(at) => project.sets.get_mut(at).map(|set| &mut set.description),
                    Node::Text(holder) => self.draft_of(holder).map(|draft| &mut draft.source.description),
                    Node::Selection(holder) => {
                        self.draft_of(holder).and_then(|draft| draft.source.selections.last_mut()).map(|it| &mut it.description)
                    }
                    _ => None,
                };
                if let Some(place) = place {
                    *place = words;
                }
            }
        }
    }

    /// Keeps what was written down of a medium or a graph.
    fn keep(&mut self, node: Node, mut echo: Echo) {
        let files = std::mem::take(&mut echo.files);
        let had_place = echo.had_place;
        let kept = echo.kept();
        let Node::Text(Holder::Source(source)) = node else {
            self.project.kept.push(kept);
            return;
        };
        if let Some(draft) = self.sources.get_mut(source) {
            draft.files = files;
            draft.source.kept = Some(kept);
            if had_place {
                self.told.changed("media", "The place of a medium on a computer was not taken over, only its name.", draft.at);
            }
        }
    }

    fn is_pdf(&self, source: usize) -> bool {
        self.sources.get(source).is_some_and(|draft| draft.medium == "PDFSource")
    }

    fn draft_of(&mut self, holder: Holder) -> Option<&mut Draft> {
        match holder {
            Holder::Source(at) | Holder::Representation(at) => self.sources.get_mut(at),
            Holder::Note(at) => self.notes.get_mut(at),
        }
    }

    /// The codings of the newest selection, or of the text as a whole; those of a representation as a whole are kept
    /// with the PDF.
    fn codings(&mut self, holder: Holder, of_selection: bool) -> Option<&mut Vec<Coding>> {
        if !of_selection && matches!(holder, Holder::Representation(_)) {
            return None;
        }
        let source = &mut self.draft_of(holder)?.source;
        if of_selection { source.selections.last_mut().map(|selection| &mut selection.codings) } else { Some(&mut source.codings) }
    }

    /// The identity of the element; one is made where there is none.
    fn guid(&mut self, attributes: &Attributes<'_>) -> Uuid {
        match attributes.get("guid").map(guid) {
            Some((guid, false)) => guid,
            Some((guid, true)) => {
                self.told.changed("identities", "An identity is no GUID; one was made from it.", attributes.at);
                guid
            }
            None => {
                self.told.changed("identities", "An element has no identity; it got one.", attributes.at);
                self.unnamed += 1;
                let made = guid(&format!("{} {}", self.project.name, self.unnamed)).0;
                self.known.insert(made);
                made
            }
        }
    }

    /// What a reference points to; codebooks call it `guid`.
    fn target(attributes: &Attributes<'_>) -> Uuid {
        let written = attributes.get("targetGUID").or_else(|| attributes.get("guid"));
        written.map(|written| guid(written).0).unwrap_or_default()
    }

    fn made(&mut self, attributes: &Attributes<'_>, users: [&str; 2]) -> Made {
        let user = |key| attributes.get(key).filter(|written| !written.trim().is_empty()).map(|written| guid(written).0);
        let [by, changed_by] = users.map(user);
        let [at, changed_at] = ["creationDateTime", "modifiedDateTime"].map(|key| {
            let written = attributes.get(key).filter(|written| !written.trim().is_empty())?;
            let read = moment(written);
            if read.is_none() {
                self.told.left_out("dates", "A date could not be read.", attributes.at);
            }
            read
        });
        Made { by, at, changed_by, changed_at }
    }

    fn colour(&mut self, attributes: &Attributes<'_>) -> Option<String> {
        let written = attributes.get("color").filter(|written| !written.trim().is_empty())?;
        let read = colour(written);
        if read.is_none() {
            self.told.left_out("colours", "A colour could not be read.", attributes.at);
        }
        read
    }

    fn kind(&mut self, attributes: &Attributes<'_>) -> VariableType {
        match attributes.text("typeOfVariable").trim().to_lowercase().as_str() {
            "text" => VariableType::Text,
            "boolean" => VariableType::Boolean,
            "integer" => VariableType::Integer,
            "float" => VariableType::Float,
            "date" => VariableType::Date,
            "datetime" => VariableType::DateTime,
            _ => {
                self.told.changed("variables", "The type of a variable is not known; its values are taken as words.", attributes.at);
                VariableType::Text
            }
        }
    }
}

/// The attributes of an element, and the byte where it begins.
struct Attributes<'a> {
    list: &'a [Attribute<'a>],
    at: usize,
}

impl Attributes<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.list.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_ref())
    }

    fn text(&self, key: &str) -> &str {
        self.get(key).unwrap_or_default()
    }
}

/// The attributes of an element without those of other namespaces.
fn attributes<'a>(element: &'a BytesStart<'_>) -> Result<Vec<Attribute<'a>>, String> {
    let mut list = Vec::new();
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value: Cow<'a, str> = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        let key = attribute.key.0;
        if key != "xmlns" && !key.contains(':') {
            list.push((key, value));
        }
    }
    Ok(list)
}
