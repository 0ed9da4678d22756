//! Gives egui the shipped fonts and the tokens' colours, so that its own widgets look like ours.

use eframe::egui;
use std::sync::Arc;

use eframe::egui::style::{ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets};
use eframe::egui::{Context, FontData, FontDefinitions, FontFamily, Id, Style, TextStyle, Visuals};

use super::tokens::{Mode, ReadingFace, Tokens, Type, family};

const FACES: [(&str, &[u8]); 8] = [
    (family::INTERFACE, include_bytes!("../../assets/fonts/Inter-Regular.ttf")),
    (family::INTERFACE_MEDIUM, include_bytes!("../../assets/fonts/Inter-Medium.ttf")),
    (family::INTERFACE_SEMIBOLD, include_bytes!("../../assets/fonts/Inter-SemiBold.ttf")),
    (family::TABULAR, include_bytes!("../../assets/fonts/InterTabular-Regular.ttf")),
    (family::TABULAR_MEDIUM, include_bytes!("../../assets/fonts/InterTabular-Medium.ttf")),
    (family::TABULAR_SEMIBOLD, include_bytes!("../../assets/fonts/InterTabular-SemiBold.ttf")),
    (family::SIGN, SERIF[1]),
    (family::ICONS, include_bytes!("../../assets/fonts/icons/ThemataIcons.ttf")),
];

/// Regular, strong and italic, in the order of [`READING`].
type Cuts = [&'static [u8]; 3];

const SERIF: Cuts = [
    include_bytes!("../../assets/fonts/SourceSerif4-Regular.ttf"),
    include_bytes!("../../assets/fonts/SourceSerif4-SemiBold.ttf"),
    include_bytes!("../../assets/fonts/SourceSerif4-Italic.ttf"),
];

/// Inter is shipped without an italic.
const SANS: Cuts = [
    include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
    include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
    include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
];

const HYPERLEGIBLE: Cuts = [
    include_bytes!("../../assets/fonts/AtkinsonHyperlegible-Regular.ttf"),
    include_bytes!("../../assets/fonts/AtkinsonHyperlegible-Bold.ttf"),
    include_bytes!("../../assets/fonts/AtkinsonHyperlegible-Italic.ttf"),
];

const READING: [&str; 3] = [family::READING, family::READING_SEMIBOLD, family::READING_ITALIC];

const fn cuts(face: ReadingFace) -> Cuts {
    match face {
        ReadingFace::Serif => SERIF,
        ReadingFace::Sans => SANS,
        ReadingFace::Hyperlegible => HYPERLEGIBLE,
    }
}

/// The shipped faces, each with Inter and then egui's own faces behind it for characters it lacks.
fn fonts(face: ReadingFace) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let behind: Vec<String> = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (name, bytes) in FACES.into_iter().chain(READING.into_iter().zip(cuts(face))) {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let interface = match name {
            family::TABULAR_MEDIUM => family::INTERFACE_MEDIUM,
            family::TABULAR_SEMIBOLD | family::READING_SEMIBOLD => family::INTERFACE_SEMIBOLD,
            _ => family::INTERFACE,
        };
        let mut faces = vec![name.to_owned(), interface.to_owned(), family::ICONS.to_owned()];
        faces.extend(behind.iter().cloned());
        faces.dedup();
        fonts.families.insert(FontFamily::Name(name.into()), faces);
    }
    if let Some(faces) = fonts.families.get(&FontFamily::Name(family::INTERFACE.into())).cloned() {
        fonts.families.insert(FontFamily::Proportional, faces);
    }
    fonts
}

/// To be called before the first frame, and when transcripts are to be set in another face.
pub fn set_fonts(ctx: &Context, face: ReadingFace) {
    ctx.set_fonts(fonts(face));
    ctx.data_mut(|data| data.insert_temp(italics(), face != ReadingFace::Sans));
}

fn italics() -> Id {
    Id::unique("the face of transcripts has italic letters")
}

/// Whether the face in which transcripts are set has italic letters of its own.
pub fn has_italics(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(italics())).unwrap_or(true)
}

/// To be called at the start and whenever the mode changes.
pub fn set_style(ctx: &Context, tokens: &Tokens) {
    let theme = match tokens.mode {
        Mode::Light => egui::Theme::Light,
        Mode::Dark => egui::Theme::Dark,
    };
    ctx.set_theme(theme);
    ctx.set_style_of(theme, style(tokens));
}

fn style(tokens: &Tokens) -> Style {
    let space = &tokens.space;
    let mut style = Style { visuals: visuals(tokens), ..Style::default() };
    style.text_styles = [
        (TextStyle::Small, Type::Small),
        (TextStyle::Body, Type::Body),
        (TextStyle::Button, Type::Body),
        (TextStyle::Heading, Type::Title),
        (TextStyle::Monospace, Type::Body),
    ]
    .into_iter()
    .map(|(style, kind)| (style, tokens.font(kind)))
    .collect();
    style.spacing.item_spacing = egui::vec2(space.two, space.one);
    style.spacing.button_padding = egui::vec2(space.two, space.half);
    style.spacing.interact_size = egui::vec2(tokens.size.control, tokens.size.control);
    style.spacing.menu_margin = margin(space.one);
    style.spacing.window_margin = margin(space.four);
    style.spacing.icon_width = space.four;
    style.spacing.icon_width_inner = space.two;
    style.spacing.tooltip_width = tokens.size.sources_pane;
    style.spacing.scroll = scroll(tokens);
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style
}

fn margin(points: f32) -> egui::Margin {
    egui::Margin::same(points as i8)
}

fn scroll(tokens: &Tokens) -> ScrollStyle {
    ScrollStyle {
        floating: true,
        bar_width: tokens.space.two,
        floating_width: tokens.space.one + tokens.space.half,
        floating_allocated_width: 0.0,
        bar_outer_margin: tokens.space.half,
        foreground_color: true,
        dormant_handle_opacity: 0.0,
        active_handle_opacity: 0.55,
        interact_handle_opacity: 0.9,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        fade: egui::style::ScrollFadeStyle { strength: 0.0, ..Default::default() },
        ..ScrollStyle::solid()
    }
}

fn visuals(tokens: &Tokens) -> Visuals {
    let colour = &tokens.colour;
    let base = match tokens.mode {
        Mode::Light => Visuals::light(),
        Mode::Dark => Visuals::dark(),
    };
    let hairline = |line| egui::Stroke::new(tokens.stroke.hairline, line);
    let state = |fill, edge, ink| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: hairline(edge),
        corner_radius: Tokens::corner(tokens.radius.control),
        fg_stroke: hairline(ink),
        expansion: 0.0,
    };
    Visuals {
        override_text_color: None,
        weak_text_color: Some(colour.ink_tertiary),
        widgets: Widgets {
            noninteractive: state(colour.surface_chrome, colour.line_hair, colour.ink),
            inactive: state(colour.surface_raised, colour.line_strong, colour.ink),
            hovered: state(colour.surface_hover, colour.line_strong, colour.ink),
            active: state(colour.surface_selected, colour.accent, colour.ink),
            open: state(colour.surface_selected, colour.line_strong, colour.ink),
        },
        selection: Selection { bg_fill: colour.text_selection, stroke: egui::Stroke::new(tokens.stroke.hairline, colour.accent) },
        hyperlink_color: colour.accent,
        faint_bg_color: colour.surface_sunken,
        extreme_bg_color: colour.surface_raised,
        text_edit_bg_color: Some(colour.surface_raised),
        code_bg_color: colour.surface_sunken,
        warn_fg_color: colour.notice_ink,
        error_fg_color: colour.error_ink,
        window_corner_radius: Tokens::corner(tokens.radius.panel),
        window_shadow: tokens.popup_shadow,
        window_fill: colour.surface_raised,
        window_stroke: hairline(colour.line_strong),
        menu_corner_radius: Tokens::corner(tokens.radius.panel),
        panel_fill: colour.surface_chrome,
        popup_shadow: tokens.popup_shadow,
        text_cursor: TextCursorStyle {
            stroke: egui::Stroke::new(tokens.stroke.coding_underline, colour.accent),
            blink: false,
            ..Default::default()
        },
        ..base
    }
}
