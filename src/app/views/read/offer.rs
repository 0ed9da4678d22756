use eframe::egui::{Area, Event, Frame, Id, Key, Margin, Modifiers, Order, Rect, Ui, vec2};

use super::acts;
use super::draft::{self, Draft};
use super::picker::beside;
use super::view::ReadView;
use crate::app::command::{Command, KeyMap, Scope};
use crate::app::context::Cx;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, key_caps, words};
use crate::study::{CoderId, Coding, CodingId, MemoOn, SourceId};

/// What can be done with another coder's coding, which is read-only: agree, or query it.
pub struct Offer {
    source: SourceId,
    coding: CodingId,
    fresh: bool,
    /// How high it was in the last frame, in points.
    height: f32,
}

impl Offer {
    /// An offer on a coding.
    #[must_use]
    pub const fn on(coding: &Coding) -> Self {
        Self { source: coding.source, coding: coding.id, fresh: true, height: 0.0 }
    }
}

/// What a memo on another coder's coding is called.
pub const QUERY: &str = "Query (memo)";

enum Asked {
    Agree,
    Query,
    Close,
}

/// Shows the offer, if there is one, below `at`.
pub fn show(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>, at: Rect) {
    let Some(mut offer) = view.offer.take() else { return };
    let Some(coding) = cx.study.coding(offer.source, offer.coding).map(|coded| coded.coding.clone()) else { return };
    let tokens = cx.tokens;
    let width = crate::app::widgets::fitting_width(ui, tokens, tokens.size.picker_width - tokens.size.left_rail);
    let place = beside(ui, tokens, at, at.left(), vec2(width + 2.0 * tokens.space.three, offer.height));
    let area = Area::new(Id::unique("offer")).order(Order::Foreground).fixed_pos(place).constrain_to(ui.ctx().content_rect());
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(tokens.space.three as i8));
    let by_key = read_keys(ui, cx);
    let shown = area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = vec2(tokens.space.two, tokens.space.two);
            body(ui, cx, &coding, std::mem::take(&mut offer.fresh))
        })
    });
    offer.height = shown.response.rect.height();
    match by_key.or(shown.inner.inner) {
        None => view.offer = Some(offer),
        Some(Asked::Close) => view.take_focus = true,
        Some(Asked::Agree) => {
            view.take_focus = true;
            acts::apply(view, cx, coding.source, coding.span, coding.theme);
        }
        Some(Asked::Query) => {
            let on = MemoOn::Coding { source: coding.source, coding: coding.id };
            if cx.can_edit() {
                let there = acts::own_memo(cx, coding.source, &on);
                let draft = Draft::memo(on, there.as_ref());
                draft::open(view, cx, draft);
            }
        }
    }
}

/// The keys of the offer: those that any popup has, and those that the two acts have in the text.
fn read_keys(ui: &Ui, cx: &Cx<'_>) -> Option<Asked> {
    let (map, letters) = (KeyMap::of(ui.ctx()), cx.settings.single_letters);
    ui.input_mut(|input| {
        let popup = [(Key::Enter, Asked::Agree), (Key::Escape, Asked::Close)];
        let asked = popup.into_iter().find_map(|(key, asked)| input.consume_key(Modifiers::NONE, key).then_some(asked));
        let pressed = map
            .pressed(input, Scope::Text, |command, keys| matches!(command, Command::Agree | Command::Memo) && (letters || !keys.types()));
        if !pressed.is_empty() {
            // The letter must not arrive in the field that it opens.
            input.events.retain(|event| !matches!(event, Event::Text(_)));
        }
        asked.or_else(|| pressed.first().map(|command| if *command == Command::Agree { Asked::Agree } else { Asked::Query }))
    })
}

fn body(ui: &mut Ui, cx: &Cx<'_>, coding: &Coding, fresh: bool) -> Option<Asked> {
    let tokens = cx.tokens;
    let name = cx.study.coders().get(&coding.coder).map_or("another coder", |coder| coder.name.as_str());
    let whose =
        if coding.coder == CoderId::agreed() { "This is what was agreed on".to_owned() } else { format!("This coding is {name}’s") };
    words(ui, tokens, Type::PaneTitle, tokens.colour.ink, whose);
    words(ui, tokens, Type::Small, tokens.colour.ink_secondary, cx.study.codebook().path(coding.theme));
    let mut asked = None;
    ui.horizontal(|ui| {
        let agree = Button::primary(Command::Agree.title()).small().show(ui, tokens);
        let agree = agree.on_hover_text(Command::Agree.help());
        if fresh {
            agree.request_focus();
        }
        if agree.clicked() {
            asked = Some(Asked::Agree);
        }
        key_caps(ui, tokens, &["↵"]);
        let query = Button::new(QUERY).small().show(ui, tokens).on_hover_text("A memo on this coding, to talk it over");
        if query.clicked() {
            asked = Some(Asked::Query);
        }
        key_caps(ui, tokens, &cx.key_names(Command::Memo));
        if Button::quiet("Cancel").small().show(ui, tokens).clicked() {
            asked = Some(Asked::Close);
        }
    });
    asked
}
