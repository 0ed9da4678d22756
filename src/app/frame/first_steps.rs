use std::collections::BTreeSet;

use eframe::egui::{Align, Align2, Layout, Rect, Role, Sense, Ui, WidgetInfo, vec2};
use serde::{Deserialize, Serialize};

use crate::app::command::Command;
use crate::app::context::Action;
use crate::app::icons;
use crate::app::state::{Place, State, View};
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{icon_button, key_caps, key_caps_width, paint_words, within, words};
use crate::study::{CoderId, Study};

/// What a newcomer does first on the sample study, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstStep {
    /// Selects words.
    Select,
    /// Gives them a theme.
    Code,
    /// Looks at the matrix.
    Matrix,
    /// Searches.
    Search,
}

impl FirstStep {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Select, Self::Code, Self::Matrix, Self::Search];

    const fn says(self) -> &'static str {
        match self {
            Self::Select => "Select words, or a sentence",
            Self::Code => "Give them a theme",
            Self::Matrix => "See the matrix",
            Self::Search => "Find words in all texts",
        }
    }

    fn keys(self, ui: &Ui) -> Vec<&'static str> {
        let command = match self {
            Self::Select => Command::Sentence,
            Self::Code => Command::Theme,
            Self::Matrix => Command::ShowMatrix,
            Self::Search => Command::ShowSearch,
        };
        command.key_names(ui.ctx())
    }

    /// Whether `coder` has done it.
    fn is_done(self, state: &State, study: &Study, coder: CoderId) -> bool {
        match self {
            Self::Select => matches!(state.read.place(), Place::Passage(_, words) if !words.is_empty()),
            Self::Code => study.materials().iter().any(|material| material.codings.iter().any(|coded| coded.coding.coder == coder)),
            Self::Matrix => state.view == View::Matrix,
            Self::Search => state.view == View::Search,
        }
    }

    /// The steps of those not yet `done` that the coder has done now.
    pub fn newly_done(done: &BTreeSet<Self>, state: &State, study: &Study, coder: CoderId) -> Vec<Self> {
        Self::ALL.into_iter().filter(|step| !done.contains(step) && step.is_done(state, study, coder)).collect()
    }
}

/// Height of the line of hints.
pub fn height(tokens: &Tokens) -> f32 {
    tokens.size.control + tokens.space.two
}

/// Shows the steps on a line in `rect`, those that are done ticked. Its cross puts them away for good.
pub fn show(ui: &mut Ui, rect: Rect, tokens: &Tokens, done: &BTreeSet<FirstStep>, actions: &mut Vec<Action>) {
    ui.painter().rect_filled(rect, 0.0, tokens.colour.accent_quiet);
    within(ui, rect, Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(tokens.space.three);
        if icon_button(ui, tokens, icons::X, "Hide the first steps", true).clicked() {
            actions.push(Action::Set(Box::new(|settings| settings.first_steps.extend(FirstStep::ALL))));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = tokens.space.two;
            ui.add_space(tokens.space.four);
            let mut steps = FirstStep::ALL.to_vec();
            while steps.len() > 1 && steps.iter().map(|step| width(ui, tokens, *step)).sum::<f32>() > ui.available_width() {
                // What is done needs its room least.
                let least = steps.iter().position(|step| done.contains(step)).unwrap_or(steps.len() - 1);
                steps.remove(least);
            }
            for step in steps {
                show_step(ui, tokens, step, done.contains(&step));
            }
        });
    });
}

fn show_step(ui: &mut Ui, tokens: &Tokens, step: FirstStep, done: bool) {
    let colour = &tokens.colour;
    let (sign, response) = ui.allocate_exact_size(vec2(tokens.size.sign, tokens.size.sign), Sense::hover());
    let (icon, ink) = if done { (icons::CIRCLE_CHECK, colour.accent) } else { (icons::CIRCLE, colour.ink_secondary) };
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, false, done, step.says()));
    paint_words(ui.painter(), sign.center(), Align2::CENTER_CENTER, icon, tokens.small_icon_font(Type::Small), ink);
    words(ui, tokens, Type::Small, if done { colour.ink_secondary } else { colour.ink }, step.says());
    let keys = step.keys(ui);
    key_caps(ui, tokens, &keys);
    ui.add_space(tokens.space.four);
}

fn width(ui: &Ui, tokens: &Tokens, step: FirstStep) -> f32 {
    let words = ui.painter().layout_no_wrap(step.says().to_owned(), tokens.font(Type::Small), tokens.colour.ink).size().x;
    tokens.size.sign + words + key_caps_width(ui, tokens, &step.keys(ui)) + 3.0 * tokens.space.two + tokens.space.four
}
