use eframe::egui::{Context, Key};

use super::key_map::KeyMap;
use super::keys::Keys;
use crate::app::icons;

/// Where a command works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere in the window.
    Anywhere,
    /// While the text has the focus.
    Text,
}

impl Scope {
    /// Whether keys of the one could be meant for the other.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self == other || self == Self::Anywhere || other == Self::Anywhere
    }
}

macro_rules! commands {
    ($($group:literal { $($(#[doc = $help:literal])* $name:ident: $scope:ident, $title:literal, $icon:expr, [$($keys:expr),*];)+ })+) => {
        /// An act of the analyst that has a name and perhaps keys.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $($($(#[doc = $help])* $name,)+)+
        }

        impl Command {
            /// Every command.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)+)+];

            /// Every command, by what they are about.
            pub const GROUPS: &'static [(&'static str, &'static [Self])] = &[$(($group, &[$(Self::$name,)+]),)+];

            /// Its name in settings.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$name => stringify!($name),)+)+ }
            }

            /// Its name, in words for menus and tooltips.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $($(Self::$name => $title,)+)+ }
            }

            /// What it does, in a sentence.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self { $($(Self::$name => concat!($($help),*).trim_ascii(),)+)+ }
            }

            /// Its icon, where it has one.
            #[must_use]
            pub const fn icon(self) -> Option<char> {
                match self { $($(Self::$name => $icon,)+)+ }
            }

            /// Where it works.
            #[must_use]
            pub const fn scope(self) -> Scope {
                match self { $($(Self::$name => Scope::$scope,)+)+ }
            }

            /// The keys it is shipped with; the first are the ones shown.
            #[must_use]
            pub const fn shipped_keys(self) -> &'static [Keys] {
                match self { $($(Self::$name => const { &[$($keys),*] },)+)+ }
            }
        }
    };
}

commands! {
    "Go" {
        /// Shows Read.
        ShowRead: Anywhere, "Read", Some(icons::BOOK_OPEN), [Keys::ctrl(Key::Num1)];
        /// Shows Matrix.
        ShowMatrix: Anywhere, "Matrix", Some(icons::GRID_3X3), [Keys::ctrl(Key::Num2)];
        /// Shows Search.
        ShowSearch: Anywhere, "Search", Some(icons::SEARCH), [Keys::ctrl(Key::Num3)];
        /// Shows Notes.
        ShowNotes: Anywhere, "Notes", Some(icons::STICKY_NOTE), [Keys::ctrl(Key::Num5)];
        /// Shows Themes.
        ShowThemes: Anywhere, "Themes", Some(icons::TAG), [Keys::ctrl(Key::Num6)];
        /// Shows Cases.
        ShowCases: Anywhere, "Cases", Some(icons::USERS), [Keys::ctrl(Key::Num7)];
        /// Shows the speakers of every source, in Cases.
        ShowSpeakers: Anywhere, "Speakers", Some(icons::MESSAGE_SQUARE_TEXT), [Keys::ctrl_shift(Key::P)];
        /// Shows History.
        ShowHistory: Anywhere, "History", Some(icons::HISTORY), [Keys::ctrl(Key::Num9)];
        /// Goes to the box at the top.
        Palette: Anywhere, "Search or run a command", Some(icons::SEARCH), [Keys::ctrl(Key::K)];
        /// Searches all texts.
        FindEverywhere: Anywhere, "Find in all texts", Some(icons::SEARCH), [Keys::ctrl_shift(Key::F)];
        /// Goes to the place before.
        Back: Anywhere, "Back", Some(icons::ARROW_LEFT), [Keys::ctrl(Key::OpenBracket)];
        /// Goes to the place after.
        Forward: Anywhere, "Forward", Some(icons::ARROW_RIGHT), [Keys::ctrl(Key::CloseBracket)];
        /// Moves the focus to the next pane.
        NextPane: Anywhere, "Next pane", None, [Keys::plain(Key::F6)];
    }
    "Project" {
        /// Starts a project.
        New: Anywhere, "New project…", Some(icons::FILE_PLUS), [Keys::ctrl(Key::N)];
        /// Opens a project.
        Open: Anywhere, "Open project…", Some(icons::FOLDER_OPEN), [Keys::ctrl(Key::O)];
        /// Opens the import sheet.
        Import: Anywhere, "Import files…", Some(icons::IMPORT), [Keys::ctrl(Key::I)];
        /// Writes tables to files.
        Export: Anywhere, "Export…", Some(icons::SHARE), [Keys::ctrl(Key::E), Keys::ctrl(Key::Num0)];
        /// Shows how the codebook differs from an earlier version of it.
        CompareCodebook: Anywhere, "Compare codebook with a version…", Some(icons::GIT_COMPARE), [];
        /// Writes the codebook as one page to be printed.
        PrintCodebook: Anywhere, "Print codebook…", Some(icons::PRINTER), [];
        /// Looks through the project's file and its log.
        Check: Anywhere, "Check project", Some(icons::CIRCLE_CHECK), [];
        /// Opens a copy of the project as it was.
        Restore: Anywhere, "Restore from backup…", Some(icons::HARD_DRIVE), [];
        /// Says that all is saved.
        Save: Anywhere, "Save", Some(icons::CHECK), [Keys::ctrl(Key::S)];
    }
    "Edit" {
        /// Takes back the newest act.
        Undo: Anywhere, "Undo", Some(icons::UNDO_2), [Keys::ctrl(Key::Z)];
        /// Brings back what was taken back.
        Redo: Anywhere, "Redo", Some(icons::REDO_2), [Keys::ctrl_shift(Key::Z), Keys::ctrl(Key::Y)];
        /// Goes to the filter of the themes.
        FilterThemes: Anywhere, "Filter themes", Some(icons::LIST_FILTER), [Keys::ctrl(Key::T)];
        /// Opens the box that finds words in the text.
        FindInText: Anywhere, "Find in this text", Some(icons::SEARCH), [Keys::ctrl(Key::F)];
    }
    "Window" {
        /// Makes everything larger.
        ZoomIn: Anywhere, "Larger", Some(icons::ZOOM_IN), [Keys::ctrl(Key::Plus), Keys::ctrl_shift(Key::Plus), Keys::ctrl(Key::Equals), Keys::ctrl_shift(Key::Equals)];
        /// Makes everything smaller.
        ZoomOut: Anywhere, "Smaller", Some(icons::ZOOM_OUT), [Keys::ctrl(Key::Minus)];
        /// Back to 100 %.
        ZoomReset: Anywhere, "Usual size", None, [Keys::ctrl_shift(Key::Num0)];
        /// Light, dark, as the system.
        ChangeMode: Anywhere, "Light or dark", Some(icons::SUN_MOON), [Keys::ctrl_shift(Key::L)];
        /// Switches single-letter keys off or on.
        SwitchLetters: Anywhere, "Single-letter keys on or off", Some(icons::KEYBOARD), [];
        /// Every command with its keys.
        ShowKeys: Anywhere, "Keys", Some(icons::KEYBOARD), [Keys::plain(Key::F1)];
        /// Who codes, colours, sizes, the reading face, keys.
        Settings: Anywhere, "Settings…", Some(icons::SLIDERS_HORIZONTAL), [Keys::ctrl(Key::Comma)];
        /// Opens the settings where commands get other keys.
        ChangeKeys: Anywhere, "Change keys…", Some(icons::KEYBOARD), [];
        /// Closes the window. Everything is saved as it is done.
        Quit: Anywhere, "Quit", None, [Keys::ctrl(Key::Q)];
    }
    "Move in the text" {
        /// One line up.
        LineUp: Text, "Line up", None, [Keys::plain(Key::ArrowUp)];
        /// One line down.
        LineDown: Text, "Line down", None, [Keys::plain(Key::ArrowDown)];
        /// One word back.
        WordBack: Text, "Word back", None, [Keys::plain(Key::ArrowLeft)];
        /// One word on.
        WordOn: Text, "Word on", None, [Keys::plain(Key::ArrowRight)];
        /// One turn back.
        TurnBack: Text, "Turn back", None, [Keys::ctrl(Key::ArrowUp)];
        /// One turn on.
        TurnOn: Text, "Turn on", None, [Keys::ctrl(Key::ArrowDown)];
        /// One page back.
        PageBack: Text, "Page back", None, [Keys::plain(Key::PageUp)];
        /// One page on.
        PageOn: Text, "Page on", None, [Keys::plain(Key::PageDown)];
        /// To the start of the text.
        TextStart: Text, "Start of the text", None, [Keys::plain(Key::Home)];
        /// To the end of the text.
        TextEnd: Text, "End of the text", None, [Keys::plain(Key::End)];
    }
    "Select in the text" {
        /// Selects a line upwards.
        SelectLineUp: Text, "Select line up", None, [Keys::shift(Key::ArrowUp)];
        /// Selects a line downwards.
        SelectLineDown: Text, "Select line down", None, [Keys::shift(Key::ArrowDown)];
        /// Selects a word backwards.
        SelectWordBack: Text, "Select word back", None, [Keys::shift(Key::ArrowLeft)];
        /// Selects a word onwards.
        SelectWordOn: Text, "Select word on", None, [Keys::shift(Key::ArrowRight)];
        /// Selects a character backwards.
        SelectCharacterBack: Text, "Select character back", None, [Keys::alt_shift(Key::ArrowLeft)];
        /// Selects a character onwards.
        SelectCharacterOn: Text, "Select character on", None, [Keys::alt_shift(Key::ArrowRight)];
        /// Selects a turn backwards.
        SelectTurnBack: Text, "Select turn back", None, [Keys::ctrl_shift(Key::ArrowUp)];
        /// Selects a turn onwards.
        SelectTurnOn: Text, "Select turn on", None, [Keys::ctrl_shift(Key::ArrowDown)];
        /// Selects a page backwards.
        SelectPageBack: Text, "Select page back", None, [Keys::shift(Key::PageUp)];
        /// Selects a page onwards.
        SelectPageOn: Text, "Select page on", None, [Keys::shift(Key::PageDown)];
        /// Selects to the start.
        SelectTextStart: Text, "Select to the start", None, [Keys::shift(Key::Home)];
        /// Selects to the end.
        SelectTextEnd: Text, "Select to the end", None, [Keys::shift(Key::End)];
        /// Selects the sentence, then adds the next.
        Sentence: Text, "Sentence", Some(icons::TEXT_SELECT), [Keys::plain(Key::S)];
        /// Drops the last sentence of the selection.
        SentenceLess: Text, "Drop the last sentence", None, [Keys::shift(Key::S)];
        /// Puts the selected words on the clipboard.
        Copy: Text, "Copy", Some(icons::COPY), [Keys::ctrl(Key::C)];
        /// Lets go of the selection.
        LetGo: Text, "Let go", None, [Keys::plain(Key::Escape)];
    }
    "Code" {
        /// Opens the theme picker.
        Theme: Text, "Theme", Some(icons::TAG), [Keys::plain(Key::C), Keys::plain(Key::Enter)];
        /// Gives the focused coding another theme.
        Recode: Text, "Recode", Some(icons::REPLACE), [Keys::plain(Key::R)];
        /// A theme named by the selected words.
        InVivo: Text, "In vivo", Some(icons::QUOTE), [Keys::plain(Key::V)];
        /// Chooses the passage for the report.
        Quote: Text, "Quote", Some(icons::MESSAGE_SQUARE_QUOTE), [Keys::plain(Key::Q)];
        /// Says that the coding speaks against its theme.
        Contrary: Text, "Contrary", Some(icons::ARROW_RIGHT_LEFT), [Keys::plain(Key::N)];
        /// Writes a memo.
        Memo: Text, "Memo", Some(icons::STICKY_NOTE), [Keys::plain(Key::M)];
        /// The coding before, of those at the cursor.
        CodingBack: Text, "Previous coding here", None, [Keys::plain(Key::OpenBracket)];
        /// The coding after, of those at the cursor.
        CodingOn: Text, "Next coding here", None, [Keys::plain(Key::CloseBracket)];
        /// Moves the focused coding's end back by a word.
        EndBack: Text, "End back by a word", None, [Keys::plain(Key::Comma)];
        /// Moves the focused coding's end on by a word.
        EndOn: Text, "End on by a word", None, [Keys::plain(Key::Period)];
        /// Moves the focused coding's start back by a word.
        StartBack: Text, "Start back by a word", None, [Keys::shift(Key::Comma)];
        /// Moves the focused coding's start on by a word.
        StartOn: Text, "Start on by a word", None, [Keys::shift(Key::Period)];
        /// Removes the focused coding.
        Remove: Text, "Remove coding", Some(icons::TRASH_2), [Keys::plain(Key::Delete)];
        /// Confirms a coding that a search has made.
    Confirm: Text, "Confirm as read", Some(icons::CHECK), [Keys::plain(Key::Y)];
    /// Confirms all codings in the text that a search has made.
    ConfirmAll: Text, "Confirm all here", Some(icons::CHECK_CHECK), [Keys::shift(Key::Y)];
    /// The next passage of the focused theme.
        NextPassage: Text, "Next passage of the theme", None, [Keys::plain(Key::J)];
        /// The previous passage of the focused theme.
        PreviousPassage: Text, "Previous passage of the theme", None, [Keys::plain(Key::K)];
        /// The next turn of a participant that I have not coded.
        NextUncoded: Text, "Next uncoded", None, [Keys::plain(Key::U)];
    }
    "Correct an import" {
        /// Says whose the selected words are: a case's, or a label's.
        GiveWords: Text, "Whose words are these…", Some(icons::USER_CHECK), [Keys::plain(Key::W)];
        /// Splits the turn in two at the cursor.
        SplitTurn: Text, "Split the turn here", Some(icons::SPLIT), [Keys::ctrl(Key::Enter)];
        /// Makes one of this turn and the one before it.
        JoinTurns: Text, "Join with the turn before", None, [Keys::ctrl(Key::Backspace)];
        /// Takes the paragraph for page furniture, or for words again.
        Furniture: Text, "Page furniture, or words again", None, [Keys::ctrl_shift(Key::H)];
        /// Lists the speakers of this source, to be put right.
        SpeakersHere: Text, "Speakers of this source…", Some(icons::USERS), [Keys::shift(Key::W)];
    }
    "Slots" {
        /// Applies the theme of slot 1.
        Slot1: Text, "Theme of slot 1", None, [Keys::plain(Key::Num1)];
        /// Applies the theme of slot 2.
        Slot2: Text, "Theme of slot 2", None, [Keys::plain(Key::Num2)];
        /// Applies the theme of slot 3.
        Slot3: Text, "Theme of slot 3", None, [Keys::plain(Key::Num3)];
        /// Applies the theme of slot 4.
        Slot4: Text, "Theme of slot 4", None, [Keys::plain(Key::Num4)];
        /// Applies the theme of slot 5.
        Slot5: Text, "Theme of slot 5", None, [Keys::plain(Key::Num5)];
        /// Applies the theme of slot 6.
        Slot6: Text, "Theme of slot 6", None, [Keys::plain(Key::Num6)];
        /// Applies the theme of slot 7.
        Slot7: Text, "Theme of slot 7", None, [Keys::plain(Key::Num7)];
        /// Applies the theme of slot 8.
        Slot8: Text, "Theme of slot 8", None, [Keys::plain(Key::Num8)];
        /// Applies the theme of slot 9.
        Slot9: Text, "Theme of slot 9", None, [Keys::plain(Key::Num9)];
        /// Puts the chosen theme into slot 1.
        AssignSlot1: Text, "Put the theme into slot 1", None, [Keys::ctrl_shift(Key::Num1)];
        /// Puts the chosen theme into slot 2.
        AssignSlot2: Text, "Put the theme into slot 2", None, [Keys::ctrl_shift(Key::Num2)];
        /// Puts the chosen theme into slot 3.
        AssignSlot3: Text, "Put the theme into slot 3", None, [Keys::ctrl_shift(Key::Num3)];
        /// Puts the chosen theme into slot 4.
        AssignSlot4: Text, "Put the theme into slot 4", None, [Keys::ctrl_shift(Key::Num4)];
        /// Puts the chosen theme into slot 5.
        AssignSlot5: Text, "Put the theme into slot 5", None, [Keys::ctrl_shift(Key::Num5)];
        /// Puts the chosen theme into slot 6.
        AssignSlot6: Text, "Put the theme into slot 6", None, [Keys::ctrl_shift(Key::Num6)];
        /// Puts the chosen theme into slot 7.
        AssignSlot7: Text, "Put the theme into slot 7", None, [Keys::ctrl_shift(Key::Num7)];
        /// Puts the chosen theme into slot 8.
        AssignSlot8: Text, "Put the theme into slot 8", None, [Keys::ctrl_shift(Key::Num8)];
        /// Puts the chosen theme into slot 9.
        AssignSlot9: Text, "Put the theme into slot 9", None, [Keys::ctrl_shift(Key::Num9)];
    }
}

impl Command {
    /// The command of this name in settings.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.name() == name)
    }

    /// Its name and the keys it has in this window, for a tooltip.
    #[must_use]
    pub fn tooltip(self, ctx: &Context) -> String {
        KeyMap::of(ctx).tooltip(self)
    }

    /// The keys it has in this window, in one word ("Ctrl+K"); empty where it has none.
    #[must_use]
    pub fn key_words(self, ctx: &Context) -> String {
        KeyMap::of(ctx).words(self)
    }

    /// The same, one beside the other.
    #[must_use]
    pub fn key_names(self, ctx: &Context) -> Vec<&'static str> {
        KeyMap::of(ctx).names(self)
    }

    /// The number of the slot that the command applies.
    #[must_use]
    pub fn slot(self) -> Option<usize> {
        Self::number(self, Self::Slot1, Self::Slot9)
    }

    /// The number of the slot that the command fills.
    #[must_use]
    pub fn assigned_slot(self) -> Option<usize> {
        Self::number(self, Self::AssignSlot1, Self::AssignSlot9)
    }

    fn number(self, first: Self, last: Self) -> Option<usize> {
        let (at, first, last) = (self as usize, first as usize, last as usize);
        (first..=last).contains(&at).then(|| at - first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_numbered() {
        assert_eq!(Command::AssignSlot9.assigned_slot(), Some(8));
        assert_eq!(Command::Slot1.slot(), Some(0));
        assert_eq!(Command::Recode.slot(), None);
    }

    #[test]
    fn every_command_says_what_it_does() {
        for command in Command::ALL {
            assert!(command.help().ends_with('.') && !command.title().is_empty(), "{command:?}: {}", command.help());
            assert_eq!(Command::named(command.name()), Some(*command));
        }
        let grouped: Vec<Command> = Command::GROUPS.iter().flat_map(|(_, commands)| commands.iter().copied()).collect();
        assert_eq!(grouped, Command::ALL);
        let mut titles: Vec<&str> = Command::ALL.iter().map(|command| command.title()).collect();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), Command::ALL.len(), "two commands of one name");
    }
}
