//! Where a theme comes from: there before the data, or found in them.

use std::collections::BTreeSet;

use eframe::egui::Ui;

use super::acts;
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{segmented, words};
use crate::study::{ThemeId, ThemeOrigin};

/// What can be said of a theme.
const CHOICES: [(Option<ThemeOrigin>, &str); 3] =
    [(Some(ThemeOrigin::APriori), "A priori"), (Some(ThemeOrigin::Emergent), "Emergent"), (None, "Not said")];

/// What the choices mean, for those who do not know the words.
const HELP: &str = "A priori: there before the data were read, from the framework, the literature or the topic guide.\n\
                    Emergent: found in the data.\nReporting guidelines ask for it (COREQ, item 26).";

/// The choices for one theme; returns whether another was chosen.
pub(super) fn show(ui: &mut Ui, tokens: &Tokens, origin: &mut Option<ThemeOrigin>) -> bool {
    choose(ui, tokens, "Origin", &CHOICES, origin)
}

/// The choices for several; the one that holds for all of them is marked.
pub(super) fn show_shared(ui: &mut Ui, cx: &mut Cx<'_>, themes: &BTreeSet<ThemeId>) {
    let mut own = themes.iter().filter_map(|theme| cx.study.codebook().get(*theme)).map(|theme| theme.origin);
    let first = own.next();
    let mut shared = first.filter(|first| own.all(|other| other == *first));
    let choices = CHOICES.map(|(origin, words)| (Some(origin), words));
    if choose(ui, cx.tokens, "Origin of all of them", &choices, &mut shared)
        && let Some(origin) = shared
    {
        acts::say_origin(cx, themes.clone(), origin);
    }
}

fn choose<T: Copy + PartialEq>(ui: &mut Ui, tokens: &Tokens, name: &str, choices: &[(T, &str)], chosen: &mut T) -> bool {
    ui.add_space(tokens.space.two);
    words(ui, tokens, Type::MicroStrong, tokens.colour.ink_secondary, name).on_hover_text(HELP);
    segmented(ui, tokens, name, choices, chosen, false)
}
