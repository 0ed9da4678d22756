//! What can be done with a quote.

use eframe::egui::Ui;

use super::entries::Entry;
use super::label::label;
use super::view::QuotesView;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::frame::dialogs::ask_fewest;
use crate::app::state::Place;
use crate::exchange::export::{Labels, Names};

/// Whether this coder has marked it.
pub fn is_mine(cx: &Cx<'_>, entry: &Entry) -> bool {
    cx.project.is_some_and(|project| project.me.coder == entry.quote.coder)
}

/// Opens the words in Read; the source they stood in where they were corrected away.
pub fn open(cx: &mut Cx<'_>, entry: &Entry) {
    if entry.quote.broken {
        cx.say("The words were corrected away; this is the source they stood in.");
        return cx.go(Place::Source(entry.quote.source));
    }
    cx.go(Place::Passage(entry.quote.source, entry.quote.span));
}

/// A quote as it goes into a report: its words, its label, the id of its source and the paragraph.
pub fn copied(entry: &Entry, label: &str) -> String {
    let words = entry.quote.words.trim();
    let label = if label.is_empty() { String::new() } else { format!(" ({label})") };
    format!("“{words}”{label} [{}]", entry.place)
}

/// Puts a quote on the clipboard, with what few people share masked in its label; asks first of how few, as every export does.
pub fn copy(ui: &Ui, cx: &mut Cx<'_>, entry: &Entry) {
    let Some(fewest) = cx.settings.fewest_in(cx.study.project().id) else {
        return ask_fewest(cx, Command::CopyQuote);
    };
    let names = Names::new(cx.study, Labels::FULL.masking(Some(fewest)));
    let label = label(&cx.settings.quote_label, &entry.masked(&names));
    ui.ctx().copy_text(copied(entry, &label));
    cx.say(if entry.quote.broken { "Copied. These words were corrected since: look them up again." } else { "Copied with its label." });
}

/// Takes the mark of a quote away.
pub fn unquote(view: &mut QuotesView, cx: &mut Cx<'_>, entry: &Entry) {
    if !cx.can_edit() {
        return;
    }
    if !is_mine(cx, entry) {
        let name = cx.study.coders().get(&entry.quote.coder).map_or("somebody else", |coder| coder.name.as_str());
        return cx.say(format!("This quote is {name}’s and stays."));
    }
    view.step(1);
    let (source, mark) = (entry.quote.source, entry.quote.mark);
    cx.edit_then(
        "Take quote mark away",
        move |tx| tx.unquote(source, mark),
        |state, ()| {
            state.say("No quote any more. Undo brings it back.");
        },
    );
}
