//! The codebook beside an earlier version of itself: what came, what went, what is another.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{Align, Id, Layout, Margin, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::view::ThemesView;
use crate::app::Seen;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Dialog, PathDialog, PathKind, PathQuestion, decide, head, modal};
use crate::app::icons;
use crate::app::state::Place;
use crate::app::times::{day, day_and_clock};
use crate::app::tokens::Type;
use crate::app::user_error::UserError;
use crate::app::views::chooser::{Chooser, Offers};
use crate::app::widgets::{Button, empty, fit_width, focus_ring, icon_button, paint_elided, view_head, words};
use crate::project::{Access, EditSummary, Me, Project};
use crate::study::{Changed, Codebook, Difference, ThemeId, differences};
use crate::text::fold;

/// The codebook as it was, and how it differs from now.
pub struct Compare {
    /// Which version it was, in words.
    with: String,
    before: Arc<Codebook>,
    /// What is compared, and what came of it.
    found: Option<(Seen, Vec<Changed>)>,
    asked: Seen,
}

/// The question with which version to compare.
pub struct Versions {
    points: Arc<[Point]>,
    choice: Chooser<usize>,
}

/// A point in the history.
struct Point {
    /// The last edit before it; 0 is before the first.
    seq: u64,
    words: String,
    folded: String,
}

/// How far back single edits are offered; of the time before that only the days of those.
const EDITS: usize = 5_000;

/// How many differences of one kind are shown.
const SHOWN: usize = 300;

/// Asks with which version the codebook is to be compared.
pub(super) fn ask(cx: &mut Cx<'_>) {
    let now = cx.now;
    cx.ask(
        move |project| {
            let mut history = project.history(None, EDITS).map_err(|error| {
                UserError::new("The history cannot be read.", "Check the project: the menu at its name has it.").because(&error)
            })?;
            history.retain(|edit| project.shows(edit));
            Ok(points(&history, now))
        },
        |state, points| state.themes.versions = Some(Versions { points: points.into(), choice: Chooser::default() }),
    );
}

/// The points that are offered, newest first: the end of each day, then before each edit.
fn points(history: &[EditSummary], now: i64) -> Vec<Point> {
    let point = |seq, words: String| Point { seq, folded: fold(&words), words };
    let mut days: Vec<Point> = Vec::new();
    let mut last = day(now, now);
    for edit in history {
        let on = day(edit.time, now);
        if on != last {
            days.push(point(edit.seq, format!("At the end of {on}")));
            last = on;
        }
    }
    let edits = history.iter().filter(|edit| edit.seq > 1);
    days.extend(edits.map(|edit| point(edit.seq - 1, format!("Before “{}”, {}", edit.label, day_and_clock(edit.time, now)))));
    days
}

/// Shows the question, if it is asked.
pub(super) fn show_versions(ui: &Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    let Some(mut versions) = view.versions.take() else { return };
    let mut file = false;
    let (answered, left) = modal(ui, cx.tokens, "theme question", |ui| {
        fit_width(ui, cx.tokens, cx.tokens.size.picker_width);
        show_question(ui, &mut versions, cx, &mut file)
    });
    if file {
        return cx.actions.push(Action::Show(Box::new(Dialog::Path(PathDialog::new(ask_file(cx))))));
    }
    match (answered, versions.choice.chosen.and_then(|at| versions.points.get(at))) {
        (Some(true), Some(point)) => begin(cx, point),
        (Some(_), _) => {}
        (None, _) if left => {}
        (None, _) => {
            view.versions = Some(versions);
            return;
        }
    }
    view.wants_focus = true;
}

fn show_question(ui: &mut Ui, versions: &mut Versions, cx: &Cx<'_>, file: &mut bool) -> Option<bool> {
    let tokens = cx.tokens;
    head(ui, tokens, "Compare with a version", "The codebook as it is now beside what it was: added, gone, renamed, moved, defined anew.");
    let points = Arc::clone(&versions.points);
    let offers = Offers {
        hint: "Find a day or an edit",
        nothing: "No day and no edit has these letters.",
        find: &|filter| {
            let wanted: Vec<String> = filter.split_whitespace().map(fold).collect();
            let fits = |point: &Point| wanted.iter().all(|word| point.folded.contains(word));
            points.iter().enumerate().filter(|(_, point)| fits(point)).map(|(at, _)| at).collect()
        },
        name: &|at| points.get(*at).map(|point| point.words.clone()).unwrap_or_default(),
        paint: &|ui: &Ui, rect: Rect, at| {
            let said = points.get(*at).map_or("", |point| point.words.as_str());
            let (left, right) = (rect.left() + tokens.space.two, rect.right() - tokens.space.two);
            paint_elided(ui.painter(), left, right, rect.center().y, said, tokens.font(Type::Body), tokens.colour.ink);
        },
    };
    let entered = versions.choice.choose(ui, tokens, cx.study, &offers);
    if Button::quiet("A backup or another file…").icon(icons::HARD_DRIVE).show(ui, tokens).clicked() {
        *file = true;
    }
    decide(ui, tokens, "Compare", versions.choice.chosen.is_some(), entered)
}

fn begin(cx: &mut Cx<'_>, point: &Point) {
    let (seq, with) = (point.seq, point.words.clone());
    cx.ask(
        move |project| {
            let book = project.codebook_after(seq);
            book.map(Arc::new).map_err(|error| {
                UserError::new("That version cannot be found.", "Check the project: the menu at its name has it.").because(&error)
            })
        },
        move |state, book| state.themes.compare_with(with, book),
    );
}

fn ask_file(cx: &Cx<'_>) -> PathQuestion {
    let me = cx.project.map(|project| project.me.clone());
    let folder = cx.project.and_then(|project| project.path.parent()).map(|folder| folder.join("")).unwrap_or_default();
    PathQuestion {
        title: "Compare with a file".into(),
        what: "A backup or a copy of this project. It is only read.".into(),
        button: "Compare".into(),
        start: folder,
        kind: PathKind::Project,
        then: Box::new(move |paths| paths.into_iter().take(1).filter_map(|path| Some(read(path, me.clone()?))).collect()),
        other: None,
    }
}

/// Reads the codebook of another file.
fn read(path: PathBuf, me: Me) -> Action {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Action::job(
        "codebook of a file",
        "Reading the other codebook",
        move |_| {
            let project = Project::open(&path, Access::Read, &me).map_err(|error| {
                UserError::new(format!("“{}” cannot be read.", path.display()), "Choose a project file: they end in .themata.")
                    .because(&error)
            })?;
            Ok(project.study().codebook_arc())
        },
        move |state, book| state.themes.compare_with(name, book),
    )
}

impl ThemesView {
    /// Shows how the codebook differs from an earlier one.
    fn compare_with(&mut self, with: String, before: Arc<Codebook>) {
        self.compare = Some(Compare { with, before, found: None, asked: Seen::default() });
    }
}

/// Compares again in a job when the study has changed; what was found stands until then.
fn keep_up(compare: &mut Compare, cx: &mut Cx<'_>) {
    if compare.asked.is(cx.study) {
        return;
    }
    compare.asked = Seen::of(cx.study);
    let (study, before) = (Arc::clone(cx.study), Arc::clone(&compare.before));
    cx.job(
        "compare codebooks",
        "",
        move |_| Ok((Seen::of(&study), differences(&before, study.codebook()), before)),
        |state, (seen, found, before)| {
            if let Some(compare) = state.themes.compare.as_mut().filter(|compare| Arc::ptr_eq(&compare.before, &before)) {
                compare.found = Some((seen, found));
            }
        },
    );
}

/// Shows what differs, in the place of the editor.
pub(super) fn show(ui: &mut Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    let Some(mut compare) = view.compare.take() else { return };
    keep_up(&mut compare, cx);
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    let mut closes = false;
    let count = compare.found.as_ref().map_or(0, |(_, found)| found.len());
    let title = if count == 1 { "1 difference".to_owned() } else { format!("{count} differences") };
    let below = view_head(ui, tokens, whole, &title, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            closes = icon_button(ui, tokens, icons::X, "End the comparison  (Esc)", true).clicked();
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = eframe::egui::RichText::new(&compare.with).font(tokens.font(Type::Body)).color(tokens.colour.ink_secondary);
                ui.add(eframe::egui::Label::new(text).truncate()).on_hover_text(&compare.with);
            });
        });
    });
    let mut chosen = None;
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        ui.set_clip_rect(below.intersect(ui.clip_rect()));
        match &compare.found {
            None => _ = empty(ui, tokens, icons::GIT_COMPARE, "Comparing", "", None),
            Some((_, found)) if found.is_empty() => {
                let what = "Every theme has the name, place and definition it had then.";
                _ = empty(ui, tokens, icons::GIT_COMPARE, "Nothing differs", what, None);
            }
            Some((_, found)) => chosen = show_found(ui, cx, found),
        }
    });
    if let Some((theme, twice)) = chosen.filter(|(theme, _)| cx.study.codebook().get(*theme).is_some()) {
        view.select(Some(theme));
        if twice {
            cx.go(Place::Theme(theme));
        }
    }
    if !closes {
        view.compare = Some(compare);
    }
}

/// Shows what differs; returns the theme that was clicked, and whether twice.
fn show_found(ui: &mut Ui, cx: &Cx<'_>, found: &[Changed]) -> Option<(ThemeId, bool)> {
    let tokens = cx.tokens;
    let mut chosen = None;
    ScrollArea::vertical().id_salt("differences").auto_shrink(false).show(ui, |ui| {
        let margin = Margin::symmetric(tokens.space.five as i8, tokens.space.two as i8);
        eframe::egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = tokens.space.half;
            for group in found.chunk_by(|one, other| one.how == other.how) {
                let Some(first) = group.first() else { continue };
                ui.add_space(tokens.space.three);
                words(ui, tokens, Type::MicroStrong, tokens.colour.ink_secondary, format!("{}, {}", said(first.how), group.len()));
                for changed in group.iter().take(SHOWN) {
                    let response = show_changed(ui, cx, changed);
                    if response.clicked() {
                        chosen = Some((changed.theme, response.double_clicked()));
                    }
                }
                if group.len() > SHOWN {
                    words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, format!("and {} more", group.len() - SHOWN));
                }
            }
        });
    });
    chosen
}

/// A kind of difference in words.
const fn said(how: Difference) -> &'static str {
    match how {
        Difference::Added => "Added",
        Difference::Gone => "Gone",
        Difference::Renamed => "Renamed",
        Difference::Moved => "Moved",
        Difference::Reordered => "At another place among the same siblings",
        Difference::Numbered => "Another number",
        Difference::Defined => "Another definition",
        Difference::UseWhen => "Another “use when”",
        Difference::NotWhen => "Another “do not use when”",
        Difference::Origin => "Another origin",
        Difference::Abbreviated => "Another abbreviation",
        Difference::Recoloured => "Another colour",
    }
}

/// Shows a theme that differs: its name, what was, what is.
fn show_changed(ui: &mut Ui, cx: &Cx<'_>, changed: &Changed) -> Response {
    let (tokens, colour, book) = (cx.tokens, &cx.tokens.colour, cx.study.codebook());
    let whole = matches!(changed.how, Difference::Added | Difference::Gone);
    let name = match changed.how {
        Difference::Gone => changed.before.clone(),
        _ => format!("{} {}", book.number(changed.theme), book.path(changed.theme)),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control_small), Sense::click());
    response.widget_info(|| {
        let change = if whole { String::new() } else { format!(", was {}, is {}", nothing(&changed.before), nothing(&changed.after)) };
        WidgetInfo::labeled(Role::Button, true, format!("{}: {name}{change}", said(changed.how)))
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, colour.surface_hover);
    }
    let ink = if changed.how == Difference::Gone { colour.ink_secondary } else { colour.ink };
    paint_elided(ui.painter(), rect.left(), rect.right(), rect.center().y, &name, tokens.font(Type::Body), ink);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    if !whole {
        ui.indent(Id::unique(("difference", changed.theme, changed.how)), |ui| {
            words(ui, tokens, Type::Small, colour.ink_tertiary, format!("was  {}", nothing(&changed.before)));
            words(ui, tokens, Type::Small, colour.ink, format!("is  {}", nothing(&changed.after)));
        });
        ui.add_space(tokens.space.one);
    }
    response
}

/// What stands where there was nothing.
fn nothing(text: &str) -> &str {
    if text.is_empty() { "(nothing)" } else { text }
}
