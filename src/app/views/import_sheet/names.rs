//! Ids, areas and the rest from the names of files.

use eframe::egui::{Id, Key, Ui};

use super::sheet::ImportSheet;
use crate::app::context::Cx;
use crate::app::frame::dialogs::{decide, head, modal};
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Field, fit_width, words};
use crate::exchange::import::edits::fill_from_name;
use crate::exchange::import::{Draft, NamePart, NamePattern};

/// The question how files are named.
pub(super) struct Naming {
    pattern: String,
    fresh: bool,
}

impl Naming {
    pub(super) fn new(last: &str) -> Self {
        let pattern = if last.is_empty() { "{area}-{id}" } else { last };
        Self { pattern: pattern.to_owned(), fresh: true }
    }
}

/// The field of the pattern.
const PATTERN: &str = "pattern of names";

/// How many files are shown as they would be read.
const SHOWN: usize = 5;

/// A number of files, and what they do.
pub(super) fn files(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 file {one}") } else { format!("{count} files {many}") }
}

/// Shows the question, if it is asked.
pub(super) fn show(ui: &Ui, sheet: &mut ImportSheet, cx: &mut Cx<'_>) {
    let Some(mut naming) = sheet.naming.take() else { return };
    let (answered, left) = modal(ui, cx.tokens, "names of files", |ui| {
        fit_width(ui, cx.tokens, cx.tokens.size.picker_width + cx.tokens.size.left_rail);
        show_question(ui, &mut naming, sheet, cx)
    });
    match answered {
        Some(true) => {
            fill(sheet, &naming.pattern);
            sheet.grid.take_focus();
            cx.set(move |settings| naming.pattern.trim().clone_into(&mut settings.import_names));
        }
        None if !left => sheet.naming = Some(naming),
        Some(false) | None => sheet.grid.take_focus(),
    }
}

fn show_question(ui: &mut Ui, naming: &mut Naming, sheet: &ImportSheet, cx: &Cx<'_>) -> Option<bool> {
    let tokens = cx.tokens;
    let parts: Vec<String> = NamePart::ALL.iter().map(|part| format!("{{{}}}", part.name())).collect();
    head(ui, tokens, "How are the files named?", &format!("Write a name with {} in the places of what they say.", parts.join(" ")));
    let id = Id::unique(PATTERN);
    let field = Field::new(id, "Pattern", icons::TYPE).show(ui, tokens, &mut naming.pattern);
    if std::mem::take(&mut naming.fresh) {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let pattern = NamePattern::parse(&naming.pattern);
    let mut fitting = 0;
    match &pattern {
        Err(error) => _ = words(ui, tokens, Type::Small, tokens.colour.error_ink, format!("{error}.")),
        Ok(pattern) => {
            let names: Vec<&str> = sheet.wanted().map(|(_, draft)| draft.file_name.as_str()).collect();
            fitting = names.iter().filter(|name| pattern.read(name).is_some()).count();
            for name in names.iter().take(SHOWN) {
                words(ui, tokens, Type::Small, tokens.colour.ink_secondary, format!("{name}:  {}", read_out(pattern, name)));
            }
            if names.len() > SHOWN {
                words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, format!("{fitting} of {} files are named so", names.len()));
            }
        }
    }
    let button = format!("Fill in {}", files(fitting, "", "").trim());
    decide(ui, tokens, &button, fitting > 0, entered)
}

/// What a pattern reads from a name, in words.
fn read_out(pattern: &NamePattern, name: &str) -> String {
    let Some(said) = pattern.read(name) else { return "named otherwise, left as it is".to_owned() };
    said.iter().map(|(part, words)| format!("{} {words}", part.name())).collect::<Vec<_>>().join(" · ")
}

/// The pattern that was used last and the number of files, where it has not been offered for them yet and all are named so.
pub(super) fn offered(sheet: &ImportSheet, last: &str) -> Option<(String, usize)> {
    let pattern = NamePattern::parse(last).ok().filter(|_| sheet.offers_names)?;
    let count = sheet.wanted().count();
    let all = sheet.wanted().all(|(_, draft)| pattern.read(&draft.file_name).is_some());
    (all && count > 0).then(|| (last.to_owned(), count))
}

/// Fills in what the names say.
pub(super) fn fill(sheet: &mut ImportSheet, pattern: &str) {
    sheet.offers_names = false;
    let Ok(read) = NamePattern::parse(pattern) else { return };
    let of_names = |_: &std::path::Path, draft: &mut Draft| _ = fill_from_name(draft, &read);
    sheet.fill(of_names, |count| format!("{} filled in from names: {pattern}", files(count, "was", "were")));
}
