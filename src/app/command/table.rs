use eframe::egui::Key;

use super::define::commands;
use super::keys::Keys;
use super::scope::Scope;
use crate::app::icons;

commands! {
    "Go" {
        /// Shows Read.
        ShowRead: Anywhere, "Read", Some(icons::BOOK_OPEN), [Keys::ctrl(Key::Num1)];
        /// Shows Matrix.
        ShowMatrix: Anywhere, "Matrix", Some(icons::GRID_3X3), [Keys::ctrl(Key::Num2)];
        /// Shows Search.
        ShowSearch: Anywhere, "Search", Some(icons::SEARCH), [Keys::ctrl(Key::Num3)];
        /// Shows Quotes.
        ShowQuotes: Anywhere, "Quotes", Some(icons::QUOTE), [Keys::ctrl(Key::Num4)];
        /// Shows Notes.
        ShowNotes: Anywhere, "Notes", Some(icons::STICKY_NOTE), [Keys::ctrl(Key::Num5)];
        /// Shows Themes.
        ShowThemes: Anywhere, "Themes", Some(icons::TAG), [Keys::ctrl(Key::Num6)];
        /// Shows Cases.
        ShowCases: Anywhere, "Cases", Some(icons::USERS), [Keys::ctrl(Key::Num7)];
        /// Shows the speakers of every source, in Cases.
        ShowSpeakers: Anywhere, "Speakers", Some(icons::MESSAGE_SQUARE_TEXT), [Keys::ctrl_shift(Key::P)];
        /// Shows Analyse: measures, propositions and typologies.
        ShowAnalyse: Anywhere, "Analyse", Some(icons::CHART_NO_AXES_COLUMN), [Keys::ctrl(Key::Num8)];
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
        /// Makes a copy of the project for another coder to work in.
        GiveCopy: Anywhere, "Give a copy to a coder…", Some(icons::USER_PLUS), [];
        /// Brings what a coder did in a copy into the project.
        BringBack: Anywhere, "Bring a copy back…", Some(icons::GIT_MERGE), [];
        /// Looks through the project's file and its log.
        Check: Anywhere, "Check project", Some(icons::CIRCLE_CHECK), [];
        /// Opens a copy of the project as it was.
        Restore: Anywhere, "Restore from backup…", Some(icons::HARD_DRIVE), [];
        /// Shows only your own work in this project, or everybody’s again: every count, list, matrix and history.
        WorkBlind: Anywhere, "Work blind", Some(icons::EYE_OFF), [];
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
        /// The next place of the words that are looked for in this text.
        FindNext: Text, "Next place found", None, [Keys::plain(Key::F3)];
        /// The place before of the words that are looked for in this text.
        FindPrevious: Text, "Previous place found", None, [Keys::shift(Key::F3)];
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
        /// Adds one's own coding to another coder's: the same theme on the same words.
        Agree: Text, "Agree (add mine)", Some(icons::CHECK), [Keys::plain(Key::A)];
        /// Makes the focused coding the typical example that its theme's definition cites, or no longer.
        TypicalExample: Text, "Typical example of its theme", Some(icons::QUOTE), [];
        /// Reads all passages of the focused theme, under its groups and areas.
        ThemePassages: Text, "All passages of the theme", Some(icons::BOOK_OPEN), [];
        /// Shows only the codings of the focused theme and those below it.
        ShowOnlyTheme: Text, "Show only this theme", Some(icons::FUNNEL), [];
        /// Shows only the codings that a search has made and nobody has confirmed.
        ShowOnlyUnread: Text, "Show only unread codings", Some(icons::FUNNEL), [];
        /// Shows every coding of the text again.
        ShowAllCodings: Text, "Show all codings", Some(icons::FUNNEL), [];
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
    "Sources" {
        /// Opens the next source of the list.
        NextSource: Text, "Next source", Some(icons::ARROW_RIGHT), [Keys::ctrl(Key::PageDown)];
        /// Opens the source before in the list.
        PreviousSource: Text, "Previous source", Some(icons::ARROW_LEFT), [Keys::ctrl(Key::PageUp)];
        /// Says that you have not begun this source.
        StatusNotStarted: Text, "Status: not started", None, [];
        /// Says that you are reading this source.
        StatusReading: Text, "Status: reading", None, [];
        /// Says that you are coding this source.
        StatusCoding: Text, "Status: coding", None, [];
        /// Says that you are done with this source.
        StatusDone: Text, "Status: done", Some(icons::CIRCLE_CHECK), [];
        /// Changes id, title, date and other attributes of this source.
        EditSource: Text, "Edit this source…", None, [];
        /// Takes this source out of the project, with everything that is coded and noted in it.
        RemoveSource: Text, "Remove this source…", Some(icons::TRASH_2), [];
        /// Writes a memo on the whole source.
        SourceMemo: Text, "Memo on this source", Some(icons::STICKY_NOTE), [];
        /// Lists the sources by case-study area.
        SourcesByArea: Text, "Sources by area", None, [];
        /// Lists the sources by participant group.
        SourcesByGroup: Text, "Sources by group", None, [];
        /// Lists the sources by kind.
        SourcesByKind: Text, "Sources by kind", None, [];
        /// Lists the sources by your status.
        SourcesByStatus: Text, "Sources by status", None, [];
        /// Shows the themes beside the text.
        TabThemes: Text, "Themes beside the text", None, [];
        /// Shows the passage beside the text: its codings, memos and marks.
        TabPassage: Text, "Passage beside the text", None, [];
        /// Shows the source beside the text: memo, attributes, status, people.
        TabSource: Text, "Source beside the text", None, [];
    }
    "Correct an import" {
        /// Puts the text of a corrected file in the place of this one; codings follow their words.
        ReplaceText: Text, "Replace the text by a corrected file…", Some(icons::FILE_TEXT), [];
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
    "Reconcile" {
        /// Shows where the coders of the source that is open differ, to be settled one by one.
        Reconcile: Anywhere, "Reconcile the coders…", Some(icons::USERS), [Keys::ctrl_shift(Key::R)];
        /// The next difference between coders.
        NextDifference: Text, "Next difference", None, [Keys::alt(Key::ArrowDown)];
        /// The difference before.
        PreviousDifference: Text, "Previous difference", None, [Keys::alt(Key::ArrowUp)];
        /// Settles the difference as I coded it; where I did not work, as the first coder did.
        KeepMine: Text, "Keep mine", None, [Keys::alt(Key::Num1)];
        /// Settles the difference as the other coder coded it.
        KeepTheirs: Text, "Keep theirs", None, [Keys::alt(Key::Num2)];
        /// Settles the difference as the third coder coded it.
        KeepThird: Text, "Keep the third coder’s", None, [Keys::alt(Key::Num5)];
        /// Settles the difference as the fourth coder coded it.
        KeepFourth: Text, "Keep the fourth coder’s", None, [Keys::alt(Key::Num6)];
        /// Settles the difference by the passages of all coders.
        KeepBoth: Text, "Keep both", None, [Keys::alt(Key::Num3)];
        /// Settles the difference by the words that are selected in the text.
        KeepSelected: Text, "Keep the selected words", None, [Keys::alt(Key::Num4)];
        /// Settles that the theme is not agreed on there.
        LeaveOut: Text, "Leave out", None, [Keys::alt(Key::Num0)];
        /// Says that all differences are settled, so that what was agreed on counts; or opens it again.
        Reconciled: Text, "Source is reconciled", Some(icons::CHECK_CHECK), [];
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
    "Theme picker" {
        /// Applies the chosen theme and closes the picker.
        PickerApply: Picker, "Apply", None, [Keys::plain(Key::Enter)];
        /// Applies the chosen theme and stays, to add another.
        PickerApplyAndStay: Picker, "Apply and stay", None, [Keys::shift(Key::Enter)];
        /// Makes a theme of the typed path, where the picker says, and applies it.
        PickerCreate: Picker, "Create the typed theme and apply it", None, [Keys::ctrl(Key::Enter)];
        /// Applies the theme that was applied last.
        Recent1: Picker, "Recent theme 1", None, [Keys::alt(Key::Num1)];
        /// Applies the theme that was applied 2 themes ago.
        Recent2: Picker, "Recent theme 2", None, [Keys::alt(Key::Num2)];
        /// Applies the theme that was applied 3 themes ago.
        Recent3: Picker, "Recent theme 3", None, [Keys::alt(Key::Num3)];
        /// Applies the theme that was applied 4 themes ago.
        Recent4: Picker, "Recent theme 4", None, [Keys::alt(Key::Num4)];
        /// Applies the theme that was applied 5 themes ago.
        Recent5: Picker, "Recent theme 5", None, [Keys::alt(Key::Num5)];
        /// Applies the theme that was applied 6 themes ago.
        Recent6: Picker, "Recent theme 6", None, [Keys::alt(Key::Num6)];
        /// Applies the theme that was applied 7 themes ago.
        Recent7: Picker, "Recent theme 7", None, [Keys::alt(Key::Num7)];
        /// Applies the theme that was applied 8 themes ago.
        Recent8: Picker, "Recent theme 8", None, [Keys::alt(Key::Num8)];
        /// Applies the theme that was applied 9 themes ago.
        Recent9: Picker, "Recent theme 9", None, [Keys::alt(Key::Num9)];
    }
    "Matrix" {
        /// Opens the cell, or reads the theme of a row, column or total.
        OpenCell: Matrix, "Open the cell", None, [Keys::plain(Key::Enter)];
        /// Reads the passages of the cell in the whole width.
        ReadCell: Matrix, "Read in the whole width", Some(icons::MAXIMIZE_2), [Keys::plain(Key::W)];
        /// Pins the open cell, to compare it with others; unpins it again.
        PinCell: Matrix, "Pin the cell to compare", Some(icons::PIN), [Keys::plain(Key::P)];
        /// Writes a memo on the cell.
        CellMemo: Matrix, "Memo on this cell", Some(icons::STICKY_NOTE), [Keys::plain(Key::M)];
        /// Adds the cell to what speaks for or against a proposition.
        CellToProposition: Matrix, "Add the cell to a proposition…", Some(icons::FLAG), [Keys::shift(Key::P)];
        /// Folds or unfolds the row.
        FoldRow: Matrix, "Fold or unfold the row", None, [Keys::plain(Key::Space)];
        /// Closes the open cell, then the pinned one.
        CloseCell: Matrix, "Close the cell", None, [Keys::plain(Key::Escape)];
        /// The next page of the matrix.
        NextPage: Matrix, "Next page of the matrix", None, [Keys::ctrl(Key::PageDown)];
        /// The page of the matrix before.
        PreviousPage: Matrix, "Previous page of the matrix", None, [Keys::ctrl(Key::PageUp)];
        /// Puts rows in the place of columns.
        SwapAxes: Matrix, "Swap rows and columns", Some(icons::ARROW_RIGHT_LEFT), [Keys::plain(Key::X)];
        /// Cases × the sub-themes of one theme, with their summaries.
        StartChart: Matrix, "Chart: cases and sub-themes", None, [];
        /// Themes × groups, areas as pages.
        StartOverview: Matrix, "Overview of the matrix", None, [];
        /// One theme a page, groups × areas.
        StartCompare: Matrix, "Compare groups and areas", None, [];
        /// Themes × group › area.
        StartCounts: Matrix, "Counts of the matrix", None, [];
        /// Keeps what is crossed and shown under a name.
        SaveView: Matrix, "Save this view…", None, [];
        /// Shows the columns without participants, or folds them into strips.
        FoldNobody: Matrix, "Columns without participants", None, [];
        /// Lists the codings that hold no participant's words and so lie in no cell.
        NoParticipantWords: Matrix, "Codings without participants’ words…", None, [];
    }
    "Chart of the matrix" {
        /// Writes the summary of the cell; typing begins it too.
        WriteCell: Chart, "Write the summary", Some(icons::PENCIL), [Keys::plain(Key::F2)];
        /// Keeps the summary as charted and goes to the next case.
        NextCase: Chart, "Save, next case", None, [Keys::ctrl(Key::Enter)];
        /// Keeps the summary as charted and goes to the next theme.
        NextTheme: Chart, "Save, next theme", None, [Keys::ctrl_shift(Key::Enter)];
        /// Goes to the next cell of what was read that is not charted.
        NextNotCharted: Chart, "Next not charted", None, [Keys::ctrl(Key::J)];
        /// They were asked and said nothing of it.
        AskedNothing: Chart, "Asked, said nothing", None, [Keys::alt(Key::Num1)];
        /// Nobody asked them.
        NotAsked: Chart, "Not asked", None, [Keys::alt(Key::Num2)];
        /// The question does not concern them.
        NotApplicable: Chart, "Not applicable", None, [Keys::alt(Key::Num3)];
        /// The summary was read again and found right; once more takes that back.
        Reviewed: Chart, "Reviewed", Some(icons::CHECK), [Keys::alt(Key::R)];
        /// Reads the case across all themes: who it is, and what is written of it under each.
        CaseProfile: Chart, "Case profile", Some(icons::USER), [Keys::alt(Key::P)];
        /// Writes the case profile as one page to be printed.
        PrintProfile: Chart, "Print case profile…", Some(icons::PRINTER), [Keys::ctrl(Key::P)];
        /// Makes the column wider.
        WiderColumn: Chart, "Wider column", None, [Keys::alt(Key::ArrowRight)];
        /// Makes the column narrower.
        NarrowerColumn: Chart, "Narrower column", None, [Keys::alt(Key::ArrowLeft)];
        /// Makes the row taller.
        TallerRow: Chart, "Taller row", None, [Keys::alt(Key::ArrowDown)];
        /// Makes the row lower.
        LowerRow: Chart, "Lower row", None, [Keys::alt(Key::ArrowUp)];
    }
    "Lists of passages" {
        /// Opens the passage in Read.
        OpenPassage: Passages, "Open in Read", Some(icons::BOOK_OPEN), [Keys::plain(Key::Enter)];
        /// Shows the turns before and after in place.
        TurnsAround: Passages, "Turns around the passage", None, [Keys::plain(Key::Space)];
        /// Gives the passage another theme.
        RecodePassage: Passages, "Recode the passage", Some(icons::REPLACE), [Keys::plain(Key::R)];
        /// Chooses the passage for the report.
        QuotePassage: Passages, "Quote the passage", Some(icons::MESSAGE_SQUARE_QUOTE), [Keys::plain(Key::Q)];
        /// Cites the passage in the summary of the open cell, by number.
        CitePassage: Passages, "Cite the passage", Some(icons::LINK), [Keys::ctrl(Key::L)];
        /// Takes the number of the passage out of the summary that cites it; other numbers stay.
        UncitePassage: Passages, "Uncite the passage", Some(icons::UNLINK), [Keys::ctrl(Key::U)];
        /// Says that the passage speaks against its theme.
        ContraryPassage: Passages, "Mark the passage as contrary", Some(icons::ARROW_RIGHT_LEFT), [Keys::plain(Key::N)];
        /// Removes codings from the passage; lists each theme and coder first.
        RemovePassage: Passages, "Remove coding from the passage…", Some(icons::TRASH_2), [Keys::plain(Key::Delete)];
        /// Adds the passage to what speaks for or against a proposition.
        PassageToProposition: Passages, "Add the passage to a proposition…", Some(icons::FLAG), [Keys::shift(Key::P)];
        /// Puts the passages in another order: by source, by theme, newest first.
        OrderPassages: Passages, "Order of the passages", None, [Keys::plain(Key::O)];
        /// Puts the headings of the theme reader in another order: group, area, participant.
        OrderHeadings: Passages, "Order of the headings", None, [Keys::plain(Key::H)];
    }
    "Search" {
        /// Explains the search language.
        QueryLanguage: Search, "The search language", Some(icons::CIRCLE_QUESTION_MARK), [Keys::shift(Key::F1)];
        /// Paragraphs that hold words, or passages of one theme beside those of another.
        ParagraphsOrPassages: Search, "Paragraphs or passages", None, [];
        /// Hits in their paragraphs, or keywords in context one below the other.
        HitsAsLines: Search, "Keyword in context", None, [Keys::ctrl_shift(Key::K)];
        /// Puts a theme on all that was found, after a look at each.
        CodeHits: Search, "Code hits…", Some(icons::TAG), [Keys::ctrl_shift(Key::C)];
        /// Keeps the question under a name.
        SaveQuery: Search, "Save this query…", None, [];
        /// Opens the hit in Read.
        OpenHit: Hits, "Open the hit in Read", Some(icons::BOOK_OPEN), [Keys::plain(Key::Enter)];
        /// Takes the hit among the chosen, or out of them.
        ChooseHit: Hits, "Choose the hit", None, [Keys::plain(Key::Space)];
        /// Chooses every hit.
        ChooseAllHits: Hits, "Choose all hits", None, [Keys::ctrl(Key::A)];
        /// Puts a theme on the hit.
        CodeHit: Hits, "Code the hit", Some(icons::TAG), [Keys::plain(Key::C)];
        /// Chooses the hit for the report.
        QuoteHit: Hits, "Quote the hit", Some(icons::MESSAGE_SQUARE_QUOTE), [Keys::plain(Key::Q)];
        /// Confirms the codings of the hit that a search has made.
        ConfirmHit: Hits, "Confirm the hit’s codings as read", Some(icons::CHECK), [Keys::plain(Key::Y)];
        /// Sorts keywords in context by words further left.
        SortLeft: Hits, "Sort by words further left", None, [Keys::plain(Key::ArrowLeft)];
        /// Sorts keywords in context by words further right.
        SortRight: Hits, "Sort by words further right", None, [Keys::plain(Key::ArrowRight)];
    }
    "Quotes" {
        /// Opens the words of the quote in Read.
        OpenQuote: Quotes, "Open the quote in Read", Some(icons::BOOK_OPEN), [Keys::plain(Key::Enter)];
        /// Puts the words on the clipboard, with label, source and paragraph.
        CopyQuote: Quotes, "Copy the quote with its label", Some(icons::COPY), [Keys::plain(Key::C)];
        /// Takes the mark of the quote away.
        Unquote: Quotes, "Take the quote mark away", Some(icons::TRASH_2), [Keys::plain(Key::Q)];
        /// Puts the quotes under other headings: theme, group, area.
        QuoteHeadings: Quotes, "Headings of the quotes", None, [Keys::plain(Key::H)];
        /// Looks for every quotation of a draft report in the sources.
        CheckReport: Quotes, "Check a report…", Some(icons::FILE_CHECK), [Keys::ctrl(Key::R)];
        /// Reads the report and looks for its quotations once more: it was edited meanwhile.
        CheckAgain: Quotes, "Check the report again", Some(icons::REFRESH_CW), [Keys::plain(Key::F5)];
        /// Shows what was found of all quotations of the report, or only those to look at.
        OnlyToLookAt: Quotes, "All quotations, or those to look at", Some(icons::FUNNEL), [Keys::plain(Key::L)];
        /// Goes back from the report to the marked quotes.
        CloseReport: Quotes, "Close the report", Some(icons::X), [];
    }
    "Notes" {
        /// Begins a free memo.
        NewMemo: Notes, "New memo", Some(icons::PLUS), [Keys::plain(Key::Insert)];
        /// Goes on writing the memo.
        WriteMemo: Notes, "Write the memo", None, [Keys::plain(Key::Enter)];
        /// Opens what the memo is on.
        OpenMemoPlace: Notes, "Open what the memo is on", Some(icons::ARROW_RIGHT), [Keys::ctrl(Key::Enter)];
        /// Deletes the memo.
        DeleteMemo: Notes, "Delete memo", Some(icons::TRASH_2), [Keys::plain(Key::Delete)];
    }
    "Measures" {
        /// Picture, table, or where coders differ.
        NextShown: Measures, "Picture or table", Some(icons::CHART_NO_AXES_COLUMN), [Keys::plain(Key::T)];
        /// Says how the measure is computed and from what.
        HowComputed: Measures, "How it is computed", Some(icons::CIRCLE_QUESTION_MARK), [Keys::plain(Key::E)];
        /// Shows every figure of the measure, or those that are read first.
        MoreFigures: Measures, "More figures", None, [Keys::plain(Key::M)];
        /// Goes to how far coders agree, and where they do not.
        MeasureAgreement: Measures, "Agreement between coders", None, [];
        /// Goes to which themes are spoken of together.
        MeasureTogether: Measures, "Themes spoken of together", None, [];
        /// Goes to what each further interview brought.
        MeasureSaturation: Measures, "Saturation", None, [];
    }
    "Propositions" {
        /// Begins a proposition.
        NewProposition: Propositions, "New proposition", Some(icons::PLUS), [Keys::plain(Key::Insert)];
        /// Goes on writing what the proposition states.
        WriteProposition: Propositions, "Write the proposition", None, [Keys::plain(Key::Enter)];
        /// Says that you have looked for what contradicts the proposition, or that nobody has.
        Searched: Propositions, "I looked for contradiction", Some(icons::CHECK), [Keys::plain(Key::L)];
        /// Lists only what nobody has tried to contradict, or everything.
        OnlyUntried: Propositions, "Not tried to contradict", Some(icons::FUNNEL), [Keys::plain(Key::U)];
        /// Deletes the proposition with what speaks for and against it.
        DeleteProposition: Propositions, "Delete proposition…", Some(icons::TRASH_2), [Keys::plain(Key::Delete)];
        /// Moves the proposition before the one above it.
        MovePropositionUp: Propositions, "Move proposition up", None, [Keys::alt(Key::ArrowUp)];
        /// Moves the proposition behind the one below it.
        MovePropositionDown: Propositions, "Move proposition down", None, [Keys::alt(Key::ArrowDown)];
    }
    "Typologies" {
        /// Begins a typology.
        NewTypology: Typologies, "New typology", Some(icons::PLUS), [Keys::ctrl_shift(Key::N)];
        /// Adds a dimension to the typology.
        NewDimension: Typologies, "New dimension", Some(icons::PLUS), [Keys::ctrl_shift(Key::D)];
        /// Says that the case has none of the values of the dimension.
        Unplace: Typologies, "Unplaced", Some(icons::CIRCLE_SLASH), [Keys::ctrl(Key::U)];
        /// Adds a cell that the placement rests on.
        RestOnCell: Typologies, "Add a cell it rests on…", Some(icons::GRID_3X3), [Keys::ctrl(Key::L)];
        /// Goes on to say why the case is where it is.
        GiveReason: Typologies, "Say why it is there", None, [Keys::ctrl(Key::M)];
        /// Deletes the typology with its dimensions and placements.
        DeleteTypology: Typologies, "Delete typology…", Some(icons::TRASH_2), [];
    }
    "Themes" {
        /// A theme beside the chosen one.
        NewTheme: Themes, "New theme", Some(icons::PLUS), [Keys::plain(Key::Insert)];
        /// A theme below the chosen one.
        NewSubTheme: Themes, "New sub-theme", Some(icons::PLUS), [Keys::shift(Key::Insert)];
        /// Gives the theme another name.
        RenameTheme: Themes, "Rename theme", None, [Keys::plain(Key::F2)];
        /// Reads all passages of the theme.
        ReadTheme: Themes, "Read the theme’s passages", Some(icons::BOOK_OPEN), [Keys::plain(Key::Enter)];
        /// Moves the chosen themes up among their siblings.
        MoveThemeUp: Themes, "Move theme up", None, [Keys::alt(Key::ArrowUp)];
        /// Moves the chosen themes down among their siblings.
        MoveThemeDown: Themes, "Move theme down", None, [Keys::alt(Key::ArrowDown)];
        /// Moves the chosen themes below the theme before.
        MoveThemeIn: Themes, "Move theme below the one before", None, [Keys::alt(Key::ArrowRight)];
        /// Moves the chosen themes up a level.
        MoveThemeOut: Themes, "Move theme up a level", None, [Keys::alt(Key::ArrowLeft)];
        /// Takes the theme among the chosen, or out of them.
        ChooseTheme: Themes, "Choose the theme", None, [Keys::plain(Key::Space), Keys::ctrl(Key::Space)];
        /// Chooses every theme that is listed.
        ChooseAllThemes: Themes, "Choose all themes", None, [Keys::ctrl(Key::A)];
        /// Puts everything of the chosen themes into one.
        MergeThemes: Themes, "Merge themes…", Some(icons::GIT_MERGE), [Keys::plain(Key::M)];
        /// Sorts the passages of the chosen themes into new sub-themes.
        SplitTheme: Themes, "Split theme…", Some(icons::SPLIT), [Keys::plain(Key::S)];
        /// Deletes the chosen themes; says first what hangs on them and offers a new home.
        DeleteThemes: Themes, "Delete themes…", Some(icons::TRASH_2), [Keys::plain(Key::Delete)];
        /// Writes a memo on the theme.
        ThemeMemo: Themes, "Memo on the theme", Some(icons::STICKY_NOTE), [];
    }
    "Split a theme" {
        /// Puts the passage under sub-theme 1.
        SortUnder1: Split, "Under sub-theme 1", None, [Keys::plain(Key::Num1)];
        /// Puts the passage under sub-theme 2.
        SortUnder2: Split, "Under sub-theme 2", None, [Keys::plain(Key::Num2)];
        /// Puts the passage under sub-theme 3.
        SortUnder3: Split, "Under sub-theme 3", None, [Keys::plain(Key::Num3)];
        /// Puts the passage under sub-theme 4.
        SortUnder4: Split, "Under sub-theme 4", None, [Keys::plain(Key::Num4)];
        /// Puts the passage under sub-theme 5.
        SortUnder5: Split, "Under sub-theme 5", None, [Keys::plain(Key::Num5)];
        /// Puts the passage under sub-theme 6.
        SortUnder6: Split, "Under sub-theme 6", None, [Keys::plain(Key::Num6)];
        /// Puts the passage under sub-theme 7.
        SortUnder7: Split, "Under sub-theme 7", None, [Keys::plain(Key::Num7)];
        /// Puts the passage under sub-theme 8.
        SortUnder8: Split, "Under sub-theme 8", None, [Keys::plain(Key::Num8)];
        /// Puts the passage under sub-theme 9.
        SortUnder9: Split, "Under sub-theme 9", None, [Keys::plain(Key::Num9)];
        /// Takes the passage back to the unsorted ones.
        Unsort: Split, "Back to the unsorted", None, [Keys::plain(Key::Num0), Keys::plain(Key::Delete), Keys::plain(Key::Backspace)];
        /// The next passage that is not sorted.
        NextUnsorted: Split, "Next unsorted passage", None, [Keys::plain(Key::U)];
        /// Adds a sub-theme to sort into.
        AddSubTheme: Split, "Add a sub-theme to sort into", Some(icons::PLUS), [Keys::plain(Key::Insert)];
        /// Makes the sub-themes and gives them their passages, as one act.
        FinishSplit: Split, "Split as sorted", Some(icons::SPLIT), [Keys::ctrl(Key::Enter)];
    }
    "Cases" {
        /// Adds a case.
        AddCase: Cases, "Add case", Some(icons::PLUS), [];
        /// Writes a memo on the case.
        CaseMemo: Cases, "Memo on the case", Some(icons::STICKY_NOTE), [Keys::ctrl_shift(Key::M)];
        /// Puts everything of the case into another.
        MergeCase: Cases, "Merge case into another…", Some(icons::GIT_MERGE), [Keys::ctrl(Key::M)];
        /// Deletes the case.
        DeleteCase: Cases, "Delete case…", Some(icons::TRASH_2), [Keys::ctrl(Key::Delete)];
        /// Reads attributes of cases from a table.
        AttributesFromTable: Cases, "Attributes from a table…", Some(icons::FILE_SPREADSHEET), [Keys::ctrl_shift(Key::I)];
        /// Shows the attribute's name and values beside the cases.
        ShowAttributes: Cases, "Attributes and their values", Some(icons::TAG), [];
        /// Makes one case of the labels of one person.
        OnePerson: Speakers, "These labels are one person…", Some(icons::GIT_MERGE), [Keys::ctrl(Key::M)];
    }
    "History" {
        /// Undoes the edit, and what depends on it after asking.
        UndoEdit: History, "Undo this edit…", Some(icons::UNDO_2), [Keys::plain(Key::Enter)];
        /// Undoes everything of yours from now back to this edit, after listing it.
        UndoUpToHere: History, "Undo up to here…", Some(icons::HISTORY), [Keys::shift(Key::Enter)];
        /// Goes to what the edit changed.
        OpenEdit: History, "Open what it changed", Some(icons::ARROW_RIGHT), [Keys::plain(Key::Space)];
        /// Writes the project as it was after this edit to a new file.
        CopyOfVersion: History, "Copy of this version…", Some(icons::COPY), [Keys::ctrl(Key::R)];
    }
    "Import sheet" {
        /// Imports the files of the sheet.
        ImportSheetNow: Sheet, "Import the files of the sheet", Some(icons::IMPORT), [Keys::ctrl(Key::Enter)];
        /// Closes the sheet; nothing is written.
        CancelSheet: Sheet, "Cancel the import", Some(icons::X), [];
        /// Fills in the sheet from a table, by id.
        SheetFromTable: Sheet, "Fill in from a table, by id…", Some(icons::FILE_SPREADSHEET), [Keys::ctrl_shift(Key::I)];
        /// Fills in the sheet from the names of the files.
        SheetFromNames: Sheet, "Fill in from file names…", Some(icons::TYPE), [Keys::ctrl(Key::R)];
        /// Goes to the next file that needs a look.
        NextProblem: Sheet, "Next file that needs a look", None, [Keys::plain(Key::F8)];
    }
    "Tables" {
        /// Writes in the cell, ticks it, or presses it.
        EditCell: Cells, "Write in the cell", None, [Keys::plain(Key::F2), Keys::plain(Key::Enter)];
        /// Empties the cell: not stated.
        ClearCell: Cells, "Empty the cell", None, [Keys::plain(Key::Delete), Keys::plain(Key::Backspace)];
        /// Writes the cell's value into the cells below.
        FillDown: Cells, "Fill down", None, [Keys::ctrl(Key::D)];
        /// Ticks the cell or takes the tick away.
        TickCell: Cells, "Tick the cell", None, [Keys::plain(Key::Space)];
    }
}
