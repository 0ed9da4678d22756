//! What is done with a source as a whole, with the list it stands in, and with what stands beside its text. These commands
//! work whether the text can be read or not.

use eframe::egui::Ui;

use super::draft::{self, Draft};
use super::editing::Editing;
use super::filter::Filter;
use super::inspector::{self, Tab};
use super::sources::Grouping;
use super::view::ReadView;
use super::{acts, correct, going};
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::numbers::counted;
use crate::app::state::Place;
use crate::app::views::blind::unseen_goes_too;
use crate::app::worker::Edit;
use crate::study::{Material, MemoOn, StatusKind, Study, ThemeId};

/// The commands on a source, as menus have them.
pub const COMMANDS: [Command; 4] = [Command::EditSource, Command::SourceMemo, Command::ReplaceText, Command::RemoveSource];

/// The commands that say how far one is with a source.
pub const STATUSES: [Command; 4] = [Command::StatusNotStarted, Command::StatusReading, Command::StatusCoding, Command::StatusDone];

/// The status that a command sets.
const fn status_of(command: Command) -> Option<StatusKind> {
    Some(match command {
        Command::StatusNotStarted => StatusKind::NotStarted,
        Command::StatusReading => StatusKind::Reading,
        Command::StatusCoding => StatusKind::Coding,
        Command::StatusDone => StatusKind::Done,
        _ => return None,
    })
}

/// Does what a command says, if it is about a source, its list or what stands beside its text; returns whether it is.
pub fn run(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>, command: Command) -> bool {
    match command {
        Command::NextSource => going::next_source(view, cx, true),
        Command::PreviousSource => going::next_source(view, cx, false),
        Command::SourcesByArea => cx.set(|settings| settings.sources_by = Grouping::Area),
        Command::SourcesByGroup => cx.set(|settings| settings.sources_by = Grouping::Group),
        Command::SourcesByKind => cx.set(|settings| settings.sources_by = Grouping::Kind),
        Command::SourcesByStatus => cx.set(|settings| settings.sources_by = Grouping::Status),
        Command::TabThemes | Command::TabPassage | Command::TabSource | Command::Reconcile | Command::FilterThemes
            if !view.panes.inspector.is_shown =>
        {
            cx.say(format!(
                "There is no room beside the text: make the window wider, or all of it smaller with {}.",
                cx.way_to(Command::ZoomOut)
            ));
        }
        Command::TabThemes => view.inspector.tab = Tab::Themes,
        Command::TabPassage => view.inspector.tab = Tab::Passage,
        Command::TabSource => view.inspector.tab = Tab::Source,
        Command::Reconcile => view.inspector.show_differences(),
        Command::FilterThemes => view.inspector.show_themes(ui),
        Command::NextPane => inspector::next_pane(ui, view),
        Command::ThemePassages => {
            if let Some(theme) = theme(view, cx) {
                cx.go(Place::Theme(theme));
            }
        }
        Command::ShowOnlyTheme => {
            if let Some(theme) = theme(view, cx) {
                view.filter.theme = Some(theme);
            }
        }
        Command::ShowOnlyUnread => {
            let waiting = view.source.and_then(|source| cx.study.material(source)).is_some_and(|material| material.codings.unread() > 0);
            view.filter.unread |= waiting;
            if !waiting {
                cx.say("No coding here was made by a search and waits to be read.");
            }
        }
        Command::ShowAllCodings => view.filter = Filter::default(),
        command => return run_on_source(view, cx, command),
    }
    true
}

fn run_on_source(view: &mut ReadView, cx: &mut Cx<'_>, command: Command) -> bool {
    if !COMMANDS.contains(&command) && !STATUSES.contains(&command) {
        return false;
    }
    let Some(material) = view.source.and_then(|source| cx.study.material(source)).cloned() else {
        cx.say("Open a source first.");
        return true;
    };
    let source = &material.source;
    if let Some(status) = status_of(command) {
        acts::set_status(cx, source, status);
        return true;
    }
    match command {
        Command::ReplaceText => correct::ask(cx, source),
        _ if !cx.can_edit() => {}
        Command::EditSource => view.editing = Some(Editing::of(cx.study, source)),
        Command::SourceMemo => {
            let on = MemoOn::Source { source: source.id };
            let there = acts::own_memo(cx, source.id, &on);
            let draft = Draft::memo(on, there.as_ref());
            draft::open(view, cx, draft);
        }
        _ => ask_to_remove(view, cx, &material),
    }
    true
}

/// The theme that is meant: of the coding in focus, else the one chosen in the list.
fn theme(view: &ReadView, cx: &mut Cx<'_>) -> Option<ThemeId> {
    let focused = view.source.zip(view.focus).and_then(|(source, coding)| cx.study.coding(source, coding));
    let found = focused.map(|coded| coded.coding.theme).or(view.theme);
    if found.is_none() {
        cx.say("Choose a theme first: in the list of themes, or on a stripe.");
    }
    found
}

/// Asks whether to take a source out of the project, and says what goes with it.
fn ask_to_remove(view: &ReadView, cx: &mut Cx<'_>, material: &Material) {
    let (source, label) = (material.source.id, material.source.label.clone());
    let order = view.sources.in_order(cx.study);
    let here = order.iter().position(|other| *other == source);
    let beside = here.and_then(|here| order.get(here + 1).or_else(|| order.get(here.checked_sub(1)?))).copied();
    let said = format!("Removed {label}. {} brings it back.", cx.way_to(Command::Undo));
    let act = Edit::new(
        format!("Remove {label}"),
        move |tx| tx.remove_source(source),
        move |state, ()| {
            if let Some(next) = beside {
                state.read.go(&Place::Source(next));
            }
            state.say(said);
        },
    );
    let what = format!("{}{} Undo brings all of it back.", goes_along(cx.study, material), unseen_goes_too(cx.study));
    let question = Choice::new(format!("Remove {label}?"), vec![Answer::new("Remove the source", Action::Edit(act))]).what(what);
    cx.actions.push(Action::Show(Box::new(Dialog::Choice(question))));
}

/// What goes out of the project with a source, in a sentence.
fn goes_along(study: &Study, material: &Material) -> String {
    let examples = study.examples().values().filter(|example| example.source == material.source.id).count();
    let counts = [
        (material.kept_codings().count(), "coding", "codings"),
        (material.memos.len(), "memo", "memos"),
        (material.kept_quote_marks().count() + material.contrary_marks.len(), "mark", "marks"),
        (examples, "typical example", "typical examples"),
    ];
    let said: Vec<String> =
        counts.into_iter().filter(|(many, ..)| *many > 0).map(|(many, one, several)| counted(many, one, several)).collect();
    match said.split_last() {
        None => "Its text goes out of the project. Nothing is coded or noted in it.".to_owned(),
        Some((last, [])) => format!("Its text goes out of the project, and with it {last}."),
        Some((last, others)) => format!("Its text goes out of the project, and with it {} and {last}.", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::study::Values;
    use crate::text::Voice;

    #[test]
    fn what_goes_with_a_source_is_counted_by_kind() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let theme = builder.theme(None, "Staffing");
        let turns = [(None, Voice::Participant, "Aye, it was.")];
        let [one, other] = ["A", "B"].map(|label| builder.source(label, None, Values::new(), &turns));
        let coding = builder.code(&one, one.span("Aye"), theme, coder);
        builder.code(&one, one.span("was"), theme, coder);
        builder.memo(&one, coding, "Look", coder);
        let study = builder.study();
        let says = |source| goes_along(&study, study.material(source).unwrap());
        assert_eq!(says(one.id), "Its text goes out of the project, and with it 2 codings and 1 memo.");
        assert_eq!(says(other.id), "Its text goes out of the project. Nothing is coded or noted in it.");
    }
}
