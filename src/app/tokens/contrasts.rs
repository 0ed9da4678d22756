//! Whether everything that is drawn can be seen: each pair of colours that meet, in both modes, as WCAG counts contrast.

use eframe::egui::Color32;

use super::values::{SIGNS, WORDS};
use super::{Colours, Hue, Mode, Tokens, contrast};

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
        see(&named!(colour: find_tick), &named!(colour: surface_paper, scroll_thumb));
        see(&named!(colour: sign_edge), &named!(colour: sign, sign_quiet));
    });
}

#[test]
fn themes_can_be_told_and_words_read_under_their_tints() {
    in_both_modes(|tokens, colour, faint| {
        for hue in &tokens.palette {
            let name = hue.name.as_str();
            let panes = named!(colour: surface_chrome, surface_paper, surface_raised);
            check(WORDS, &[(name, hue.label)], &panes, tokens.mode, faint);
            check(WORDS, &[(name, hue.label)], &named!(colour: surface_hover, surface_selected), tokens.mode, faint);
            check(SIGNS, &[(name, hue.stripe)], &named!(colour: surface_paper), tokens.mode, faint);
        }
        // Underlines lie on the tints of what overlaps, of which one may be in focus.
        for (one, other) in pairs(&tokens.palette) {
            underlines(tokens, one, other, faint);
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

/// Every ordered pair of two different ones.
fn pairs(hues: &[Hue]) -> impl Iterator<Item = (&Hue, &Hue)> {
    hues.iter().flat_map(move |one| hues.iter().map(move |other| (one, other)))
}

/// Looks at the underlines of two codings that overlap, none or either of which is in focus.
fn underlines(tokens: &Tokens, one: &Hue, other: &Hue, faint: &mut Vec<String>) {
    let (plain, focused) = (tokens.underlay_alpha, tokens.underlay_alpha_focused);
    for [below, above] in [[plain, plain], [focused, plain], [plain, focused]] {
        let ground = tokens.tinted([(one.tint, below), (other.tint, above * tokens.underlay_factor)]);
        for hue in [one, other] {
            let line = tokens.underline(hue.label, ground);
            let name = format!("underline of “{}” {:?}", hue.name, hue.tint);
            check(SIGNS, &[(&name, line)], &[("the tints of two", ground)], tokens.mode, faint);
        }
    }
}

/// Colours all round the circle, from black to white, and greys.
fn some_of_all_colours() -> Vec<String> {
    let channel = |hue: f32, light: f32, at: f32| {
        let turned = (at + hue / 30.0) % 12.0;
        let value = light - light.min(1.0 - light) * (turned - 3.0).min(9.0 - turned).clamp(-1.0, 1.0);
        (value * 255.0).round() as u8
    };
    let of = |hue: f32, light: f32| [0.0, 8.0, 4.0].map(|at| channel(hue, light, at));
    let round = (0..24u8).flat_map(|hue| (0..=10u8).map(move |light| (f32::from(hue) * 15.0, f32::from(light) / 10.0)));
    let colours = round.map(|(hue, light)| of(hue, light)).chain((0..=10u8).map(|grey| [grey * 25; 3]));
    colours.map(|[red, green, blue]| format!("#{red:02x}{green:02x}{blue:02x}")).collect()
}

#[test]
fn colours_that_users_choose_can_be_read_and_seen() {
    in_both_modes(|tokens, colour, faint| {
        let grounds = named!(colour: surface_chrome, surface_paper, surface_raised, surface_hover, surface_selected);
        let panes = named!(colour: surface_chrome, surface_paper, surface_raised);
        let weakest = tokens.palette.iter().map(|hue| tokens.told_from_paper(hue.tint)).fold(f32::INFINITY, f32::min);
        assert!(weakest > 2.5, "{:?}: a tint of the palette is lost on paper: {weakest}", tokens.mode);
        let mut chosen = some_of_all_colours();
        // Those of the paper itself, on which nothing would be seen.
        chosen.extend(["#FDFCF9", "#201F1D", "#F4F2ED", "#211F1B", "#E6E2DA"].map(str::to_owned));
        for name in &chosen {
            let hue = tokens.hue(Some(name));
            check(WORDS, &[(name, hue.label)], &grounds, tokens.mode, faint);
            check(SIGNS, &[(name, hue.stripe)], &panes, tokens.mode, faint);
            let told = tokens.told_from_paper(hue.tint);
            if told < weakest {
                faint.push(format!("{:?}: the tint of {name} is {told:.2} from paper, least {weakest:.2}", tokens.mode));
            }
            let beside = tokens.palette.iter().chain(std::iter::once(&hue));
            beside.for_each(|other| {
                underlines(tokens, &hue, other, faint);
                underlines(tokens, other, &hue, faint);
            });
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
