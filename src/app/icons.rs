//! The icons of `assets/fonts/icons/ThemataIcons.ttf`, written by `assets/make_fonts.py`.

/// The icon `arrow-big-up`.
pub const ARROW_BIG_UP: char = '\u{e1e4}';

/// The icon `arrow-down`.
pub const ARROW_DOWN: char = '\u{e042}';

/// The icon `arrow-down-a-z`.
pub const ARROW_DOWN_A_Z: char = '\u{e415}';

/// The icon `arrow-left`.
pub const ARROW_LEFT: char = '\u{e048}';

/// The icon `arrow-left-right`.
pub const ARROW_LEFT_RIGHT: char = '\u{e24a}';

/// The icon `arrow-right`.
pub const ARROW_RIGHT: char = '\u{e049}';

/// The icon `arrow-right-left`.
pub const ARROW_RIGHT_LEFT: char = '\u{e417}';

/// The icon `arrow-up`.
pub const ARROW_UP: char = '\u{e04a}';

/// The icon `arrow-up-down`.
pub const ARROW_UP_DOWN: char = '\u{e37d}';

/// The icon `ban`.
pub const BAN: char = '\u{e051}';

/// The icon `bold`.
pub const BOLD: char = '\u{e05d}';

/// The icon `bookmark`.
pub const BOOKMARK: char = '\u{e060}';

/// The icon `book-open`.
pub const BOOK_OPEN: char = '\u{e05f}';

/// The icon `calendar`.
pub const CALENDAR: char = '\u{e063}';

/// The icon `case-sensitive`.
pub const CASE_SENSITIVE: char = '\u{e3d9}';

/// The icon `chart-bar`.
pub const CHART_BAR: char = '\u{e2a2}';

/// The icon `chart-column`.
pub const CHART_COLUMN: char = '\u{e2a3}';

/// The icon `chart-no-axes-column`.
pub const CHART_NO_AXES_COLUMN: char = '\u{e068}';

/// The icon `check`.
pub const CHECK: char = '\u{e06c}';

/// The icon `check-check`.
pub const CHECK_CHECK: char = '\u{e38e}';

/// The icon `chevrons-down-up`.
pub const CHEVRONS_DOWN_UP: char = '\u{e228}';

/// The icon `chevrons-left`.
pub const CHEVRONS_LEFT: char = '\u{e072}';

/// The icon `chevrons-right`.
pub const CHEVRONS_RIGHT: char = '\u{e073}';

/// The icon `chevrons-up-down`.
pub const CHEVRONS_UP_DOWN: char = '\u{e211}';

/// The icon `chevron-down`.
pub const CHEVRON_DOWN: char = '\u{e06d}';

/// The icon `chevron-left`.
pub const CHEVRON_LEFT: char = '\u{e06e}';

/// The icon `chevron-right`.
pub const CHEVRON_RIGHT: char = '\u{e06f}';

/// The icon `chevron-up`.
pub const CHEVRON_UP: char = '\u{e070}';

/// The icon `circle`.
pub const CIRCLE: char = '\u{e076}';

/// The icon `circle-alert`.
pub const CIRCLE_ALERT: char = '\u{e077}';

/// The icon `circle-check`.
pub const CIRCLE_CHECK: char = '\u{e226}';

/// The icon `circle-dashed`.
pub const CIRCLE_DASHED: char = '\u{e4b0}';

/// The icon `circle-dot`.
pub const CIRCLE_DOT: char = '\u{e345}';

/// The icon `circle-question-mark`.
pub const CIRCLE_QUESTION_MARK: char = '\u{e082}';

/// The icon `circle-slash`.
pub const CIRCLE_SLASH: char = '\u{e402}';

/// The icon `circle-x`.
pub const CIRCLE_X: char = '\u{e084}';

/// The icon `clipboard`.
pub const CLIPBOARD: char = '\u{e085}';

/// The icon `clipboard-paste`.
pub const CLIPBOARD_PASTE: char = '\u{e3e8}';

/// The icon `clock`.
pub const CLOCK: char = '\u{e087}';

/// The icon `columns-2`, by another name.
pub const COLUMNS: char = '\u{e098}';

/// The icon `columns-2`.
pub const COLUMNS_2: char = '\u{e098}';

/// The icon `columns-3`.
pub const COLUMNS_3: char = '\u{e099}';

/// The icon `command`.
pub const COMMAND: char = '\u{e09a}';

/// The icon `copy`.
pub const COPY: char = '\u{e09e}';

/// The icon `corner-down-left`.
pub const CORNER_DOWN_LEFT: char = '\u{e0a1}';

/// The icon `database`.
pub const DATABASE: char = '\u{e0ad}';

/// The icon `download`.
pub const DOWNLOAD: char = '\u{e0b2}';

/// The icon `ellipsis`.
pub const ELLIPSIS: char = '\u{e0b6}';

/// The icon `ellipsis-vertical`.
pub const ELLIPSIS_VERTICAL: char = '\u{e0b7}';

/// The icon `external-link`.
pub const EXTERNAL_LINK: char = '\u{e0b9}';

/// The icon `eye`.
pub const EYE: char = '\u{e0ba}';

/// The icon `eye-off`.
pub const EYE_OFF: char = '\u{e0bb}';

/// The icon `file`.
pub const FILE: char = '\u{e0c0}';

/// The icon `file-check`.
pub const FILE_CHECK: char = '\u{e0c1}';

/// The icon `file-down`.
pub const FILE_DOWN: char = '\u{e318}';

/// The icon `file-plus`.
pub const FILE_PLUS: char = '\u{e0c9}';

/// The icon `file-spreadsheet`.
pub const FILE_SPREADSHEET: char = '\u{e326}';

/// The icon `file-text`.
pub const FILE_TEXT: char = '\u{e0cc}';

/// The icon `funnel`, by another name.
pub const FILTER: char = '\u{e0dc}';

/// The icon `flag`.
pub const FLAG: char = '\u{e0d1}';

/// The icon `folder`.
pub const FOLDER: char = '\u{e0d7}';

/// The icon `folder-open`.
pub const FOLDER_OPEN: char = '\u{e247}';

/// The icon `folder-plus`.
pub const FOLDER_PLUS: char = '\u{e0d9}';

/// The icon `funnel`.
pub const FUNNEL: char = '\u{e0dc}';

/// The icon `git-compare`.
pub const GIT_COMPARE: char = '\u{e359}';

/// The icon `git-merge`.
pub const GIT_MERGE: char = '\u{e0e4}';

/// The icon `grid-3x3`, by another name.
pub const GRID: char = '\u{e0e9}';

/// The icon `grid-3x3`.
pub const GRID_3X3: char = '\u{e0e9}';

/// The icon `grip-vertical`.
pub const GRIP_VERTICAL: char = '\u{e0eb}';

/// The icon `hard-drive`.
pub const HARD_DRIVE: char = '\u{e0ed}';

/// The icon `hash`.
pub const HASH: char = '\u{e0ef}';

/// The icon `circle-question-mark`, by another name.
pub const HELP_CIRCLE: char = '\u{e082}';

/// The icon `highlighter`.
pub const HIGHLIGHTER: char = '\u{e0f4}';

/// The icon `history`.
pub const HISTORY: char = '\u{e1f5}';

/// The icon `import`.
pub const IMPORT: char = '\u{e22f}';

/// The icon `info`.
pub const INFO: char = '\u{e0f9}';

/// The icon `italic`.
pub const ITALIC: char = '\u{e0fb}';

/// The icon `keyboard`.
pub const KEYBOARD: char = '\u{e284}';

/// The icon `layers`.
pub const LAYERS: char = '\u{e529}';

/// The icon `link`.
pub const LINK: char = '\u{e102}';

/// The icon `list`.
pub const LIST: char = '\u{e106}';

/// The icon `list-checks`.
pub const LIST_CHECKS: char = '\u{e1d0}';

/// The icon `list-filter`.
pub const LIST_FILTER: char = '\u{e460}';

/// The icon `list-tree`.
pub const LIST_TREE: char = '\u{e408}';

/// The icon `loader`.
pub const LOADER: char = '\u{e109}';

/// The icon `loader-circle`.
pub const LOADER_CIRCLE: char = '\u{e10a}';

/// The icon `lock`.
pub const LOCK: char = '\u{e10b}';

/// The icon `lock-open`.
pub const LOCK_OPEN: char = '\u{e10c}';

/// The icon `map-pin`.
pub const MAP_PIN: char = '\u{e111}';

/// The icon `maximize-2`.
pub const MAXIMIZE_2: char = '\u{e113}';

/// The icon `menu`.
pub const MENU: char = '\u{e115}';

/// The icon `message-square`.
pub const MESSAGE_SQUARE: char = '\u{e117}';

/// The icon `message-square-dashed`.
pub const MESSAGE_SQUARE_DASHED: char = '\u{e40b}';

/// The icon `message-square-quote`.
pub const MESSAGE_SQUARE_QUOTE: char = '\u{e572}';

/// The icon `message-square-text`.
pub const MESSAGE_SQUARE_TEXT: char = '\u{e575}';

/// The icon `minimize-2`.
pub const MINIMIZE_2: char = '\u{e11b}';

/// The icon `minus`.
pub const MINUS: char = '\u{e11c}';

/// The icon `monitor`.
pub const MONITOR: char = '\u{e11d}';

/// The icon `moon`.
pub const MOON: char = '\u{e11e}';

/// The icon `ellipsis`, by another name.
pub const MORE_HORIZONTAL: char = '\u{e0b6}';

/// The icon `ellipsis-vertical`, by another name.
pub const MORE_VERTICAL: char = '\u{e0b7}';

/// The icon `move`.
pub const MOVE: char = '\u{e121}';

/// The icon `palette`.
pub const PALETTE: char = '\u{e1dd}';

/// The icon `panel-left`.
pub const PANEL_LEFT: char = '\u{e12a}';

/// The icon `panel-left-close`.
pub const PANEL_LEFT_CLOSE: char = '\u{e21c}';

/// The icon `panel-right`.
pub const PANEL_RIGHT: char = '\u{e431}';

/// The icon `panel-right-close`.
pub const PANEL_RIGHT_CLOSE: char = '\u{e432}';

/// The icon `paperclip`.
pub const PAPERCLIP: char = '\u{e12d}';

/// The icon `pause`.
pub const PAUSE: char = '\u{e12e}';

/// The icon `pencil`.
pub const PENCIL: char = '\u{e1f9}';

/// The icon `pin`.
pub const PIN: char = '\u{e259}';

/// The icon `pin-off`.
pub const PIN_OFF: char = '\u{e2b6}';

/// The icon `play`.
pub const PLAY: char = '\u{e13c}';

/// The icon `plus`.
pub const PLUS: char = '\u{e13d}';

/// The icon `printer`.
pub const PRINTER: char = '\u{e141}';

/// The icon `quote`.
pub const QUOTE: char = '\u{e239}';

/// The icon `redo`.
pub const REDO: char = '\u{e143}';

/// The icon `redo-2`.
pub const REDO_2: char = '\u{e2a0}';

/// The icon `refresh-cw`, by another name.
pub const REFRESH: char = '\u{e145}';

/// The icon `refresh-cw`.
pub const REFRESH_CW: char = '\u{e145}';

/// The icon `regex`.
pub const REGEX: char = '\u{e1fc}';

/// The icon `repeat`.
pub const REPEAT: char = '\u{e146}';

/// The icon `replace`.
pub const REPLACE: char = '\u{e3db}';

/// The icon `rotate-ccw`.
pub const ROTATE_CCW: char = '\u{e148}';

/// The icon `rows-2`, by another name.
pub const ROWS: char = '\u{e439}';

/// The icon `rows-2`.
pub const ROWS_2: char = '\u{e439}';

/// The icon `rows-3`.
pub const ROWS_3: char = '\u{e58a}';

/// The icon `save`.
pub const SAVE: char = '\u{e14d}';

/// The icon `scissors`.
pub const SCISSORS: char = '\u{e14e}';

/// The icon `search`.
pub const SEARCH: char = '\u{e151}';

/// The icon `settings`.
pub const SETTINGS: char = '\u{e154}';

/// The icon `share`.
pub const SHARE: char = '\u{e155}';

/// The icon `shield`.
pub const SHIELD: char = '\u{e158}';

/// The icon `shield-check`.
pub const SHIELD_CHECK: char = '\u{e1ff}';

/// The icon `sigma`.
pub const SIGMA: char = '\u{e201}';

/// The icon `skip-back`.
pub const SKIP_BACK: char = '\u{e15f}';

/// The icon `skip-forward`.
pub const SKIP_FORWARD: char = '\u{e160}';

/// The icon `sliders-horizontal`.
pub const SLIDERS_HORIZONTAL: char = '\u{e29a}';

/// The icon `split`.
pub const SPLIT: char = '\u{e440}';

/// The icon `square`.
pub const SQUARE: char = '\u{e167}';

/// The icon `square-check`.
pub const SQUARE_CHECK: char = '\u{e559}';

/// The icon `square-minus`.
pub const SQUARE_MINUS: char = '\u{e171}';

/// The icon `square-pen`.
pub const SQUARE_PEN: char = '\u{e172}';

/// The icon `star`.
pub const STAR: char = '\u{e176}';

/// The icon `sticky-note`.
pub const STICKY_NOTE: char = '\u{e303}';

/// The icon `sun`.
pub const SUN: char = '\u{e178}';

/// The icon `sun-moon`.
pub const SUN_MOON: char = '\u{e2b2}';

/// The icon `table`.
pub const TABLE: char = '\u{e17d}';

/// The icon `table-2`.
pub const TABLE_2: char = '\u{e2f9}';

/// The icon `tag`.
pub const TAG: char = '\u{e17f}';

/// The icon `tags`.
pub const TAGS: char = '\u{e35c}';

/// The icon `text-quote`.
pub const TEXT_QUOTE: char = '\u{e49e}';

/// The icon `text-select`.
pub const TEXT_SELECT: char = '\u{e6ea}';

/// The icon `trash-2`, by another name.
pub const TRASH: char = '\u{e18e}';

/// The icon `trash-2`.
pub const TRASH_2: char = '\u{e18e}';

/// The icon `list-tree`, by another name.
pub const TREE: char = '\u{e408}';

/// The icon `triangle`.
pub const TRIANGLE: char = '\u{e192}';

/// The icon `triangle-alert`.
pub const TRIANGLE_ALERT: char = '\u{e193}';

/// The icon `type`.
pub const TYPE: char = '\u{e198}';

/// The icon `undo`.
pub const UNDO: char = '\u{e19b}';

/// The icon `undo-2`.
pub const UNDO_2: char = '\u{e2a1}';

/// The icon `unlink`.
pub const UNLINK: char = '\u{e19c}';

/// The icon `lock-open`, by another name.
pub const UNLOCK: char = '\u{e10c}';

/// The icon `upload`.
pub const UPLOAD: char = '\u{e19e}';

/// The icon `user`.
pub const USER: char = '\u{e19f}';

/// The icon `users`.
pub const USERS: char = '\u{e1a4}';

/// The icon `user-check`.
pub const USER_CHECK: char = '\u{e1a0}';

/// The icon `user-plus`.
pub const USER_PLUS: char = '\u{e1a2}';

/// The icon `whole-word`.
pub const WHOLE_WORD: char = '\u{e3df}';

/// The icon `x`.
pub const X: char = '\u{e1b2}';

/// The icon `zoom-in`.
pub const ZOOM_IN: char = '\u{e1b6}';

/// The icon `zoom-out`.
pub const ZOOM_OUT: char = '\u{e1b7}';
