//! Whether everything that is drawn can be seen: each pair of colours that meet, in both modes, as WCAG counts contrast.

use eframe::egui::Color32;

use super::{Colours, Mode, Tokens, contrast};

/// Least contrast of words.
const WORDS: f32 = 4.5;
/// Least contrast of signs and of what shows the focus.
const SIGNS: f32 = 3.0;

/// Looks at every pair; says all that are too faint.
fn check(least: f32, inks: &[(&str, Color32)], grounds: &[(&str, Color32)], mode: Mode, faint: &mut Vec<String>) {
    for (ink_name, ink) in inks {
        for (ground_name, ground) in grounds {
            let found = contrast(*ink, *ground);
            if found < least {
                faint.push(format!("{mode:?}: {ink_name} on {ground_name} is {found:.2}, least {least}"));
            }
        }
    }
}

macro_rules! named {
    ($colour:ident: $($name:ident),+) => { [$((stringify!($name), $colour.$name)),+] };
}

/// `check` on the tokens of both modes.
fn in_both_modes(look: impl Fn(&Tokens, &Colours, &mut Vec<String>)) {
    let mut faint = Vec::new();
    for mode in [Mode::Light, Mode::Dark] {
        let tokens = Tokens::load(mode).unwrap();
        look(&tokens, &tokens.colour, &mut faint);
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}

#[test]
fn words_can_be_read_on_every_ground_they_stand_on() {
    in_both_modes(|tokens, colour, faint| {
        let mut see = |inks: &[_], grounds: &[_]| check(WORDS, inks, grounds, tokens.mode, faint);
        let panes = named!(colour: surface_chrome, surface_paper, surface_raised);
        let rows = named!(colour: surface_hover, surface_selected, surface_sunken, surface_chip, accent_quiet);
        let inks = named!(colour: ink, ink_secondary, ink_tertiary, accent);
        see(&inks, &panes);
        see(&inks, &rows);
        see(&named!(colour: notice_ink, error_ink), &panes);
        see(&named!(colour: notice_ink, error_ink), &named!(colour: surface_hover, surface_selected));
        see(&named!(colour: notice_ink, ink), &named!(colour: notice_fill));
        see(&named!(colour: error_ink, ink, ink_secondary), &named!(colour: error_fill));
        see(&named!(colour: ink_on_accent), &named!(colour: accent, accent_hover));
        see(&named!(colour: ink), &named!(colour: text_selection, find_match, find_match_current));
        see(&named!(colour: ink_secondary), &named!(colour: find_match));
    });
}

#[test]
fn signs_can_be_seen_on_every_ground_they_stand_on() {
    in_both_modes(|tokens, colour, faint| {
        let mut see = |inks: &[_], grounds: &[_]| check(SIGNS, inks, grounds, tokens.mode, faint);
        let panes = named!(colour: surface_chrome, surface_paper, surface_raised);
        let rows = named!(colour: surface_hover, surface_selected);
        see(&named!(colour: sign, sign_quiet, control_outline, line_focus), &panes);
        see(&named!(colour: sign_quiet, control_outline, line_focus), &rows);
        see(&named!(colour: success_ink), &named!(colour: surface_chrome));
        see(&named!(colour: scroll_thumb, text_selection_outline), &named!(colour: surface_paper));
        see(&named!(colour: sign_edge), &named!(colour: sign, sign_quiet));
    });
}

#[test]
fn themes_can_be_told_and_words_read_under_their_tints() {
    in_both_modes(|tokens, colour, faint| {
        for hue in &tokens.palette {
            let name = hue.name.as_str();
            check(WORDS, &[(name, hue.label)], &named!(colour: surface_chrome, surface_paper, surface_raised), tokens.mode, faint);
            check(SIGNS, &[(name, hue.label)], &named!(colour: surface_hover, surface_selected), tokens.mode, faint);
            check(SIGNS, &[(name, hue.stripe)], &named!(colour: surface_paper), tokens.mode, faint);
        }
        // Words under codings are drawn in ink. At worst three lie over one another, one of them focused, of any colour.
        let further = tokens.underlay_alpha * tokens.underlay_factor;
        let alphas = [tokens.underlay_alpha_focused, further, further * tokens.underlay_factor];
        let own = ["#ffffff", "#000000", "#ffff00"].map(|chosen| tokens.hue(Some(chosen)));
        let tints: Vec<_> = tokens.palette.iter().chain(&own).map(|hue| hue.tint).collect();
        for (one, two, three) in tints.iter().flat_map(|one| tints.iter().flat_map(|two| tints.iter().map(|three| (*one, *two, *three)))) {
            let ground = tokens.tinted([one, two, three].into_iter().zip(alphas));
            check(WORDS, &named!(colour: ink), &[("three tints", ground)], tokens.mode, faint);
        }
        // One alone is never paler than the tokens say.
        for hue in &tokens.palette {
            let whole = colour.surface_paper.lerp_to_gamma(hue.tint, tokens.underlay_alpha_focused);
            assert_eq!(tokens.tinted([(hue.tint, tokens.underlay_alpha_focused)]), whole, "{:?} {}", tokens.mode, hue.name);
        }
    });
}

#[test]
fn cells_of_the_matrix_can_be_read() {
    in_both_modes(|tokens, _, faint| {
        for (number, step) in tokens.heat.iter().enumerate() {
            let name = format!("heat {number}");
            check(WORDS, &[("its number", step.text)], &[(&name, step.fill)], tokens.mode, faint);
            check(SIGNS, &[("its sign", step.sign)], &[(&name, step.fill)], tokens.mode, faint);
        }
        let nobody = [("nobody", tokens.nobody.fill)];
        check(WORDS, &[("its dash", tokens.nobody.text)], &nobody, tokens.mode, faint);
        check(SIGNS, &[("its hatching", tokens.nobody.hatch)], &nobody, tokens.mode, faint);
    });
}
