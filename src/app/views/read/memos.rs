use eframe::egui::Ui;

use super::draft::{self, Draft};
use super::view::ReadView;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::times::day;
use crate::app::tokens::Type;
use crate::app::views::notes::kind_name;
use crate::app::widgets::{icon_button, words};
use crate::study::{Memo, MemoKind};

/// Shows a memo: of what kind it is where that is not plain, whose and of which day, its words; one's own can be edited and
/// deleted.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, memo: &Memo) {
    let tokens = cx.tokens;
    let coder = cx.study.coders().get(&memo.coder).map_or("", |coder| coder.name.as_str());
    let kind = if memo.kind == MemoKind::Analytic { "Memo".to_owned() } else { format!("{} memo", kind_name(memo.kind)) };
    ui.push_id(memo.id, |ui| {
        words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, format!("{kind}, {coder}, {}", day(memo.time, cx.now)));
        words(ui, tokens, Type::Small, tokens.colour.ink, memo.text.as_str());
        if cx.project.is_none_or(|project| project.me.coder != memo.coder) {
            return;
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.space.half;
            if icon_button(ui, tokens, icons::PENCIL, "Edit memo", true).clicked() && cx.can_edit() {
                draft::open(view, cx, Draft::memo(memo.on.clone(), Some(memo)));
            }
            if icon_button(ui, tokens, icons::TRASH_2, "Delete memo", true).clicked() && cx.can_edit() {
                let (id, source) = (memo.id, memo.on.source());
                let said = format!("Memo deleted. {} brings it back.", cx.way_to(Command::Undo));
                cx.edit_then("Delete memo", move |tx| tx.remove_memo(id, source), move |state, ()| state.say(said));
            }
        });
    });
}
