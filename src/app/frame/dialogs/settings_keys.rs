use eframe::egui::{Align, Event, Id, Key, Layout, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::shortcuts::fitting;
use crate::app::command::{Command, KeyMap, Keys, Refused};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{Button, Field, hairline_below, key_caps, paint_elided, small_icon_button, within, words};

/// The page of the settings on which commands get other keys.
#[derive(Default)]
pub struct KeysPage {
    filter: String,
    /// The command that waits for its keys.
    waiting: Option<Command>,
    /// The keys a command could not have.
    refused: Option<(Command, Keys, Refused)>,
}

impl KeysPage {
    /// Whether the next keys pressed are meant as the keys of a command.
    pub(super) const fn takes_keys(&self) -> bool {
        self.waiting.is_some()
    }
}

pub(super) fn show(ui: &mut Ui, page: &mut KeysPage, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    take_keys(ui, page, cx);
    ui.horizontal(|ui| {
        let width = ui.available_width() - tokens.size.sources_pane / 2.0;
        Field::new(Id::unique("filter of changed keys"), "Filter commands", icons::LIST_FILTER).width(width).show(
            ui,
            tokens,
            &mut page.filter,
        );
        let changed = cx.settings.keys != KeyMap::default();
        if Button::quiet("All as shipped").enabled(changed).show(ui, tokens).clicked() {
            cx.set(|settings| settings.keys = KeyMap::default());
            (page.waiting, page.refused) = (None, None);
        }
    });
    show_refusal(ui, page, cx);
    let commands: Vec<Command> = fitting(&page.filter).into_iter().flat_map(|(_, commands)| commands).collect();
    let row = tokens.size.control + tokens.space.one;
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("commands").auto_shrink([false, false]);
    area.show_rows(ui, row, commands.len(), |ui, range| {
        for command in commands.get(range).unwrap_or_default() {
            ui.push_id(command.name(), |ui| show_line(ui, tokens, page, *command, row, cx));
        }
    });
}

/// Takes the keys that are pressed as those of the command that waits. Escape gives up.
fn take_keys(ui: &Ui, page: &mut KeysPage, cx: &mut Cx<'_>) {
    let Some(command) = page.waiting else { return };
    let mut pressed = None;
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
                pressed = Some(Keys::of_press(*key, *physical_key, *modifiers));
                false
            }
            Event::Key { .. } | Event::Text(_) => false,
            _ => true,
        });
    });
    let Some(keys) = pressed else { return };
    page.waiting = None;
    if keys.key != Key::Escape {
        give(page, command, keys, cx);
    }
}

/// Gives a command keys besides those it has.
fn give(page: &mut KeysPage, command: Command, keys: Keys, cx: &mut Cx<'_>) {
    let mut map = cx.settings.keys.clone();
    page.refused = map.add(command, keys).err().map(|refused| (command, keys, refused));
    if page.refused.is_none() {
        cx.set(move |settings| settings.keys = map);
    }
}

/// Says why a command could not have its keys, and what can be done about it.
fn show_refusal(ui: &mut Ui, page: &mut KeysPage, cx: &mut Cx<'_>) {
    let Some((command, keys, refused)) = page.refused else { return };
    let tokens = cx.tokens;
    let (name, keys_words) = (command.title(), keys.words());
    match refused {
        Refused::Needed => {
            let why =
                format!("{keys_words} is needed where one types and moves. “{name}” can have a key with Ctrl or Alt, or a function key.");
            words(ui, tokens, Type::Small, tokens.colour.error_ink, why);
        }
        Refused::Taken(other) => {
            ui.horizontal(|ui| {
                let why = format!("{keys_words} is the key of “{}”.", other.title());
                words(ui, tokens, Type::Small, tokens.colour.error_ink, why);
                if Button::new("Take it from there").small().show(ui, tokens).clicked() {
                    let mut map = cx.settings.keys.clone();
                    map.free(command, keys);
                    page.refused = map.add(command, keys).err().map(|refused| (command, keys, refused));
                    cx.set(move |settings| settings.keys = map);
                }
            });
        }
    }
}

fn show_line(ui: &mut Ui, tokens: &Tokens, page: &mut KeysPage, command: Command, height: f32, cx: &mut Cx<'_>) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let (map, title) = (&cx.settings.keys, command.title());
    let all = map.keys(command).to_vec();
    let said = all.iter().map(|keys| keys.words()).collect::<Vec<_>>().join(" or ");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{title}: {said}")));
    hairline_below(ui, tokens, rect);
    let mut end = rect.right();
    let mut now = None;
    within(ui, rect, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.one;
        let waits = page.waiting == Some(command);
        let button = Button::quiet(if waits { "Press the keys" } else { "Add" }).small().show(ui, tokens);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Add keys to {title}")));
        if button.clicked() {
            (page.waiting, page.refused) = ((!waits).then_some(command), None);
        }
        if map.is_changed(command) {
            let reset = Button::quiet("As shipped").small().show(ui, tokens);
            reset.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Keys of {title} as shipped")));
            if reset.clicked() {
                let mut map = map.clone();
                page.refused = map.reset(command).err().and_then(|refused| Some((command, *command.shipped_keys().first()?, refused)));
                now = Some(map);
            }
        }
        end = ui.min_rect().left();
        for (place, keys) in all.iter().enumerate() {
            if end - rect.left() < tokens.size.facets_pane {
                // There is room for the name, and for the keys that are told; the others come up as those go.
                words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, format!("+{}", all.len() - place));
                end = ui.min_rect().left();
                break;
            }
            let name = format!("Take {} from {title}", keys.words());
            if small_icon_button(ui, tokens, icons::X, &name).clicked() {
                let left = all.iter().copied().filter(|other| other != keys).collect();
                let mut map = map.clone();
                page.refused = map.set(command, left).err().map(|refused| (command, *keys, refused));
                now = Some(map);
            }
            end = key_caps(ui, tokens, &keys.names()).rect.left();
            ui.add_space(tokens.space.one);
        }
    });
    if let Some(map) = now {
        cx.set(move |settings| settings.keys = map);
    }
    let font = tokens.font(Type::Body);
    paint_elided(ui.painter(), rect.left(), end - tokens.space.two, rect.center().y, title, font, tokens.colour.ink);
    let works = command.scope().name();
    let explains = if works.is_empty() { command.help().to_owned() } else { format!("{works}: {}", command.help()) };
    response.on_hover_text(explains);
}
