use std::path::PathBuf;

use eframe::egui::{Key, Ui};

use super::choices::{FEWEST, FEWEST_NAME, KINDS, named, offered};
use super::first_lines;
use super::state::ExportDialog;
use super::writing::{look_ahead, write};
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::dialog::{Stays, head, label};
use crate::app::tokens::Type;
use crate::app::widgets::{Button, fit_width, segmented, words};
use crate::exchange::export::{Content, Labels};

/// Shows the dialog.
pub(in crate::app::frame::dialogs) fn show(ui: &mut Ui, dialog: &mut ExportDialog, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    fit_width(ui, tokens, tokens.size.picker_width + tokens.size.inspector_pane);
    let of_tables = ("Export", "With each table goes a note that says what it is and what its signs mean.");
    let (title, what) = dialog.printed.as_ref().map_or(of_tables, |printed| (printed.title, &printed.what));
    head(ui, tokens, title, what);
    let top = ui.cursor().top();
    ui.horizontal_wrapped(|ui| {
        if dialog.listed.is_none() && dialog.printed.is_none() {
            let mut kind = dialog.kind;
            if segmented(ui, tokens, "Kind", &KINDS, &mut kind, false) {
                dialog.choose_kind(kind);
            }
            ui.add_space(tokens.space.two);
        }
        let (files, mut file) = (dialog.files(), dialog.how.file);
        if !files.is_empty() && segmented(ui, tokens, "Form", &files, &mut file, false) {
            dialog.choose_file(file);
        }
    });
    if let Some(listed) = &dialog.listed {
        words(ui, tokens, Type::Body, tokens.colour.ink_secondary, listed.what.as_str());
    } else if dialog.printed.is_none() {
        show_what(ui, dialog, cx);
    }
    if dialog.what.is_some() {
        ui.horizontal_wrapped(|ui| {
            let names = [(false, "Ids only"), (true, "Names in full")];
            let mut full = dialog.how.labels.is_full();
            segmented(ui, tokens, "Names", &names, &mut full, false);
            let labels = if full { Labels::FULL } else { Labels::IDS };
            ui.add_space(tokens.space.two);
            show_fewest(ui, dialog, cx);
            dialog.how.labels = labels.masking(cx.settings.fewest_in(cx.study.project().id));
        });
        show_how(ui, dialog, cx);
        look_ahead(dialog, cx);
        first_lines::show(ui, tokens, dialog.first.as_mut());
    }
    // What stands below, and with it the middle of the dialog, stays where it was.
    let height = ui.cursor().top() - top;
    ui.add_space((dialog.room - height).max(0.0));
    dialog.room = dialog.room.max(height);
    label(ui, tokens, if dialog.what.is_some() { "File to write" } else { "Folder to write into" });
    let before = dialog.path.typed.clone();
    let field = dialog.path.show(ui, cx);
    dialog.follow_path(&before);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    show_buttons(ui, dialog, entered, cx)
}

/// Asks which table or document leaves.
fn show_what(ui: &mut Ui, dialog: &mut ExportDialog, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let mut what = dialog.what;
    let choices: Vec<_> = offered(dialog.kind).iter().map(|(content, name, _)| (Some(*content), *name)).collect();
    if !choices.is_empty() && segmented(ui, tokens, "What", &choices, &mut what, true) {
        dialog.choose(what);
    }
    words(ui, tokens, Type::Body, tokens.colour.ink_secondary, named(dialog.kind, dialog.what).1);
}

/// Asks of how few people values are masked; what is said is kept for later exports of the project. What was said last of another
/// project is offered, else the first answer.
fn show_fewest(ui: &mut Ui, dialog: &mut ExportDialog, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let project = cx.study.project().id;
    let [first, ..] = FEWEST;
    let (_, offered) = FEWEST.into_iter().find(|(fewest, _)| *fewest == cx.settings.fewest).unwrap_or(first);
    dialog.offered_answer = Some(ui.scope_id().with((FEWEST_NAME, offered)));
    words(ui, tokens, Type::Small, tokens.colour.ink_secondary, FEWEST_NAME);
    let mut fewest = cx.settings.fewest_in(project);
    if segmented(ui, tokens, FEWEST_NAME, &FEWEST, &mut fewest, false)
        && let Some(fewest) = fewest
    {
        cx.set(move |settings| settings.say_fewest(project, fewest));
        if std::mem::take(&mut dialog.unsaid) {
            // Enter goes on where it was asked.
            dialog.path.focus_again();
        }
    }
}

/// Asks what of the matrix leaves, and whether its filters hold.
fn show_how(ui: &mut Ui, dialog: &mut ExportDialog, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let seen = dialog.seen_of_what().is_some();
    let pictures: Vec<(usize, &'static str)> = dialog.pictures().iter().map(|(name, _)| *name).enumerate().collect();
    let draws = dialog.is_picture() && pictures.len() > 1;
    let filters = dialog.can_filter() && !(seen && dialog.how.as_seen);
    if !seen && !filters && !draws {
        // What has such parts would else be a row higher.
        if dialog.listed.is_none() && dialog.printed.is_none() {
            ui.add_space(tokens.size.control - tokens.space.half + ui.spacing().item_spacing.y);
        }
        return;
    }
    ui.horizontal(|ui| {
        if seen {
            let whole = if dialog.what == Some(Content::Chart) { "All themes, every case" } else { "All pages, plain numbers" };
            let parts = [(true, "What is seen"), (false, whole)];
            let mut as_seen = dialog.how.as_seen;
            if segmented(ui, tokens, "Part", &parts, &mut as_seen, false) {
                dialog.choose_part(as_seen);
            }
            ui.add_space(tokens.space.two);
        }
        if draws {
            segmented(ui, tokens, "Picture", &pictures, &mut dialog.how.picture, false);
            ui.add_space(tokens.space.two);
        }
        if filters {
            let parts = [(true, "Filters of the matrix"), (false, "No filters")];
            segmented(ui, tokens, "Filters", &parts, &mut dialog.how.filtered, false);
        }
    });
}

fn show_buttons(ui: &mut Ui, dialog: &mut ExportDialog, entered: bool, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    let asks = !dialog.taken.is_empty();
    if asks {
        let says = taken_says(&dialog.taken);
        words(ui, tokens, Type::Body, tokens.colour.error_ink, says);
    }
    let unsaid = cx.settings.fewest_in(cx.study.project().id).is_none();
    if dialog.unsaid && unsaid {
        let says = "Say first whether groups of few are masked: Off, or a number. It is kept for later exports of this project.";
        words(ui, tokens, Type::Body, tokens.colour.error_ink, says);
    }
    let mut stays = Stays::Open;
    ui.horizontal_wrapped(|ui| {
        let ready = dialog.path.path().is_some() && !dialog.writing && !dialog.waits_for_edits() && cx.project.is_some();
        let does = match (asks, dialog.writing) {
            (_, true) => "Writing",
            (true, false) => "Replace",
            (false, false) => "Export",
        };
        let pressed = Button::primary(does).enabled(ready).show(ui, tokens).clicked();
        if ready && (pressed || (entered && !asks)) {
            dialog.unsaid = unsaid && dialog.what.is_some();
            if let Some(answer) = dialog.offered_answer.filter(|_| dialog.unsaid) {
                // Whoever works by keys stands at the answers then.
                ui.memory_mut(|memory| memory.request_focus(answer));
            } else {
                let asked = std::mem::take(&mut dialog.taken);
                dialog.may_replace.extend(asked);
                write(dialog, cx);
            }
        }
        if Button::new("Cancel").show(ui, tokens).clicked() {
            if dialog.writing {
                cx.actions.push(Action::Cancel("export"));
                cx.say("Export cancelled: nothing was written.");
            }
            stays = Stays::Closed;
        }
        dialog.path.system_button(ui, cx);
    });
    stays
}

/// What is there already, and what can be done about it.
fn taken_says(taken: &[PathBuf]) -> String {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match taken {
        [table, note, ..] => {
            format!("“{}” is there already. Replace it and “{}” beside it, or type another name.", name(table), name(note))
        }
        taken => {
            let there: String = taken.iter().map(name).collect();
            format!("“{there}” is there already. Replace it, or type another name.")
        }
    }
}
