//! Who is quoted how much, beside who said how much: groups × areas, each group, each area.

use eframe::egui::{Align2, Id, Rect, Response, Role as Is, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::export::value_name;
use super::listing::Held;
use crate::analysis::quotes::{Share, Spread, SpreadCell};
use crate::app::context::Cx;
use crate::app::numbers::counted;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{RowAct, RowList, RowsLook, elided, hairline_below, paint_elided, paint_words, segmented, view_head};
use crate::exchange::export::share_says;
use crate::study::{Role, Study};

/// What the pane remembers.
#[derive(Default)]
pub struct SpreadPane {
    list: RowList,
    by: By,
}

/// What is counted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum By {
    /// Groups × areas.
    #[default]
    Both,
    /// Each group over all areas.
    Groups,
    /// Each area over all groups.
    Areas,
}

/// The quotes of some people: which, if not of everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Of {
    /// Their group.
    pub group: Option<Held>,
    /// Their area.
    pub area: Option<Held>,
}

/// What is counted, and what is said below it.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    /// One, and several of what is counted.
    pub nouns: [&'a str; 2],
    /// What is to be known of the counts.
    pub foot: &'a str,
}

/// What the focus is on when it is on the list.
pub(super) fn id() -> Id {
    Id::unique("who is quoted")
}

/// Shows the pane; returns of whom quotes are wanted then. `wanted` are those that are wanted before.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, pane: &mut SpreadPane, (spread, wanted): (&Spread, Of), look: Look<'_>) -> Of {
    let tokens = cx.tokens;
    let has = |role| cx.study.attributes().with_role(role).is_some();
    let whole = ui.max_rect();
    let by = &mut pane.by;
    let below = view_head(ui, tokens, whole, "Who is quoted", |ui| match (has(Role::Group), has(Role::Area)) {
        (true, true) => {
            let choices = [(By::Both, "Both"), (By::Groups, "Group"), (By::Areas, "Area")];
            segmented(ui, tokens, "Who is quoted by", &choices, by, false);
        }
        (true, false) => *by = By::Groups,
        (false, _) => *by = By::Areas,
    });
    let rows = rows(spread, pane.by);
    let columns = Columns::of(tokens, below);
    let heads = Rect::from_min_size(below.min, vec2(below.width(), tokens.size.row));
    columns.show_heads(ui, tokens, heads);
    let foot_height = tokens.line_height(Type::Micro) + tokens.space.three;
    let foot = Rect::from_min_max(pos2(below.left(), (below.bottom() - foot_height).max(heads.bottom())), below.max);
    show_foot(ui, tokens, foot, look.foot);
    let list = Rect::from_min_max(pos2(below.left(), heads.bottom()), foot.right_top());
    let listed = RowsLook { id: id(), name: "Who is quoted", height: tokens.size.row, total: rows.len() };
    let keyed = pane.list.take_keys(ui, listed);
    let clicked = ui
        .scope_builder(UiBuilder::new().max_rect(list), |ui| {
            ui.set_clip_rect(list.intersect(ui.clip_rect()));
            pane.list.show(ui, tokens, listed, |ui, rect, at, _, response| {
                let Some((of, cell)) = rows.get(at) else { return false };
                show_row(ui, cx, &columns, rect, (*of, cell), *of == wanted, (look.nouns, response));
                false
            })
        })
        .inner;
    if let Some(RowAct::Take(at) | RowAct::Tick(at) | RowAct::Click(at)) = keyed.or(clicked)
        && let Some((of, _)) = rows.get(at)
    {
        // What is chosen already lets all in again.
        return if *of == wanted { Of::default() } else { *of };
    }
    wanted
}

/// The rows: everybody, then each part.
fn rows(spread: &Spread, by: By) -> Vec<(Of, &SpreadCell)> {
    let part = |cell: &SpreadCell| match by {
        By::Both => Of { group: Some(cell.group), area: Some(cell.area) },
        By::Groups => Of { group: Some(cell.group), area: None },
        By::Areas => Of { group: None, area: Some(cell.area) },
    };
    let cells = match by {
        By::Both => &spread.cells,
        By::Groups => &spread.groups,
        By::Areas => &spread.areas,
    };
    let all = (Of::default(), &spread.all);
    std::iter::once(all).chain(cells.iter().map(|cell| (part(cell), cell))).collect()
}

/// Where the columns of numbers end, in points.
struct Columns {
    right: f32,
    width: f32,
    /// Whether there is room for the shares.
    shares: bool,
}

impl Columns {
    fn of(tokens: &Tokens, rect: Rect) -> Self {
        let width = tokens.size.matrix_column + tokens.space.two;
        Self { right: rect.right() - tokens.space.four, width, shares: rect.width() >= 7.0 * width }
    }

    /// The right edges of: people, quotes, share of quotes, share of words, more or less.
    fn ends(&self) -> Vec<f32> {
        let count = if self.shares { 5 } else { 3 };
        (0..count).rev().map(|at| self.right - at as f32 * self.width).collect()
    }

    /// Where names end.
    fn names_end(&self) -> f32 {
        self.ends().first().map_or(self.right, |end| end - self.width)
    }

    /// The numbers that there is room for.
    fn shown(&self, [people, quotes, of_quotes, of_words, sign]: [String; 5]) -> Vec<String> {
        if self.shares { vec![people, quotes, of_quotes, of_words, sign] } else { vec![people, quotes, sign] }
    }

    fn show_heads(&self, ui: &Ui, tokens: &Tokens, rect: Rect) {
        let heads = ["People", "Quotes", "% quotes", "% words", ""].map(str::to_owned);
        for (head, end) in self.shown(heads).iter().zip(self.ends()) {
            let galley = elided(ui.painter(), head, tokens.font(Type::Micro), tokens.colour.ink_tertiary, self.width);
            let size = galley.size();
            ui.painter().galley(pos2(end - size.x, rect.center().y - size.y / 2.0), galley, tokens.colour.ink_tertiary);
        }
        hairline_below(ui, tokens, rect);
    }
}

fn show_row(
    ui: &Ui,
    cx: &Cx<'_>,
    columns: &Columns,
    rect: Rect,
    (of, cell): (Of, &SpreadCell),
    wanted: bool,
    (nouns, response): ([&str; 2], &Response),
) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let name = name(cx.study, of);
    response.widget_info(|| WidgetInfo::selected(Is::ListBoxOption, true, wanted, format!("{name}: {}", sentence(cell, nouns))));
    if wanted && (of.group.is_some() || of.area.is_some()) {
        ui.painter().rect_filled(rect, 0.0, colour.surface_selected);
    }
    let weight = if of.group.is_none() && of.area.is_none() { family::INTERFACE_SEMIBOLD } else { family::INTERFACE };
    let y = rect.center().y;
    paint_elided(
        ui.painter(),
        rect.left() + tokens.space.four,
        columns.names_end(),
        y,
        &name,
        tokens.font_in(Type::Small, weight),
        colour.ink,
    );
    let numbers = [
        format!("{}/{}", cell.participants_quoted + cell.others_quoted, cell.participants + cell.others),
        cell.quotations.to_string(),
        percent(cell.share_of_quotations),
        percent(cell.share_of_words),
        sign(cell.quoted).to_owned(),
    ];
    for (number, end) in columns.shown(numbers).iter().zip(columns.ends()) {
        let is_sign = !number.starts_with(|c: char| c.is_ascii_digit() || c == '–');
        let (font, ink) = if is_sign {
            (tokens.font_in(Type::Micro, family::INTERFACE_SEMIBOLD), colour.accent)
        } else {
            (tokens.tabular(Type::Small), colour.ink_secondary)
        };
        paint_words(ui.painter(), pos2(end, y), Align2::RIGHT_CENTER, number, font, ink);
    }
    hairline_below(ui, tokens, rect);
    response.clone().on_hover_text(sentence(cell, nouns));
}

fn show_foot(ui: &Ui, tokens: &Tokens, rect: Rect, said: &str) {
    let (left, right) = (rect.left() + tokens.space.four, rect.right() - tokens.space.four);
    paint_elided(ui.painter(), left, right, rect.center().y, said, tokens.font(Type::Micro), tokens.colour.ink_tertiary);
}

/// Whose quotes they are: the area first, for neighbours in the list are of one group, whose name may be long.
fn name(study: &Study, of: Of) -> String {
    let names: Vec<&str> = [of.area, of.group].into_iter().flatten().map(|value| value_name(study, value)).collect();
    if names.is_empty() { "Everybody".to_owned() } else { names.join(", ") }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

const fn sign(share: Share) -> &'static str {
    match share {
        Share::More => "more",
        Share::Even => "",
        Share::Less => "less",
    }
}

/// What the numbers of a row say.
fn sentence(cell: &SpreadCell, [one, many]: [&str; 2]) -> String {
    let people = format!("{} of {} quoted", cell.participants_quoted, counted(cell.participants, "participant", "participants"));
    let others = match cell.others {
        0 => String::new(),
        others => format!(" and {} of {}", cell.others_quoted, counted(others, "pair, group or other", "pairs, groups and others")),
    };
    let quotes = counted(cell.quotations, one, many);
    let shares = format!("{} of all {many}, {} of all words", percent(cell.share_of_quotations), percent(cell.share_of_words));
    let than = Some(share_says(cell.quoted)).filter(|than| !than.is_empty()).map(|than| format!(", {than}")).unwrap_or_default();
    format!("{people}{others}, {quotes}: {shares}{than}")
}
