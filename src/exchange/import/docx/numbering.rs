use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::styles::{Numbered, Styles, attribute};

/// A list has so many levels.
const LEVELS: usize = 9;

/// The pattern of a number is no longer than this, in characters: it is repeated for each item.
const LONGEST_PATTERN: usize = 60;

/// How the numbers of a level are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Figures {
    #[default]
    Decimal,
    /// With a zero before a single digit.
    DecimalZero,
    /// `1st`.
    Ordinal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// A sign, or the same words before each item.
    Bullet,
    /// Nothing in the place of the number.
    None,
}

impl Figures {
    fn named(name: &str) -> Self {
        match name {
            "decimalZero" => Self::DecimalZero,
            "ordinal" => Self::Ordinal,
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    fn written(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::Ordinal => {
                let ending = match (number % 100, number % 10) {
                    (11..=13, _) => "th",
                    (_, 1) => "st",
                    (_, 2) => "nd",
                    (_, 3) => "rd",
                    _ => "th",
                };
                format!("{number}{ending}")
            }
            Self::LowerLetter => letters(number),
            Self::UpperLetter => letters(number).to_uppercase(),
            Self::LowerRoman => roman(number),
            Self::UpperRoman => roman(number).to_uppercase(),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

/// a, b … z, aa, bb …, as Word counts.
fn letters(number: u32) -> String {
    const MOST: u32 = 26 * 8;
    let Some(at) = number.checked_sub(1).filter(|at| *at < MOST) else { return number.to_string() };
    let letter = char::from(b'a' + u8::try_from(at % 26).unwrap_or(0));
    std::iter::repeat_n(letter, at as usize / 26 + 1).collect()
}

/// i, ii, iii …
pub(super) fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    written
}

/// How the items of one level of a list are numbered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Level {
    start: Option<u32>,
    figures: Figures,
    /// `%1.%2`, or the words themselves.
    pattern: String,
    /// After which level, from 1, it begins anew; 0 is never.
    restart: Option<usize>,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
    /// Whether all numbers of its pattern are written in digits.
    is_legal: bool,
    /// What stands between number and words.
    behind: Behind,
}

/// What stands between a number and the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Behind {
    #[default]
    Tab,
    Space,
    Nothing,
}

#[derive(Clone, Debug, Default)]
struct Abstract {
    levels: [Level; LEVELS],
    /// The style of lists in which its levels stand instead.
    link: Option<String>,
}

/// A list as paragraphs name it.
#[derive(Clone, Debug, Default)]
struct List {
    of: String,
    /// Where a level begins otherwise.
    starts: [Option<u32>; LEVELS],
    /// Levels that are numbered otherwise.
    levels: HashMap<usize, Level>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<String, Abstract>,
    lists: HashMap<String, List>,
}

/// What is open while `word/numbering.xml` is read.
#[derive(Default)]
struct Open {
    abstract_id: Option<String>,
    list: Option<String>,
    /// The level that is overridden.
    over: Option<usize>,
    level: Option<usize>,
}

/// The mark before the words of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The number, the bullet, or the words.
    pub(super) text: String,
    /// What stands between it and the words.
    pub(super) behind: &'static str,
}

impl Numbering {
    /// Reads `word/numbering.xml`; lists behind a fault in it are unknown.
    pub(super) fn read(xml: &str) -> Self {
        let mut numbering = Self::default();
        let mut reader = Reader::from_str(xml);
        let mut open = Open::default();
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Eof => break,
                Event::Start(element) => numbering.open(&mut open, &element),
                Event::Empty(element) => {
                    numbering.open(&mut open, &element);
                    open.close(element.local_name().as_ref());
                }
                Event::End(element) => open.close(element.local_name().as_ref()),
                _ => {}
            }
        }
        numbering
    }

    fn open(&mut self, open: &mut Open, element: &BytesStart<'_>) {
        let value = || attribute(element, "val");
        let number = || value().and_then(|value| value.parse::<u32>().ok());
        let level = || attribute(element, "ilvl").and_then(|level| level.parse().ok()).filter(|level: &usize| *level < LEVELS);
        match element.local_name().as_ref() {
            "abstractNum" => {
                open.abstract_id = attribute(element, "abstractNumId");
                self.abstracts.extend(open.abstract_id.clone().map(|id| (id, Abstract::default())));
            }
            "num" => {
                open.list = attribute(element, "numId");
                self.lists.extend(open.list.clone().map(|id| (id, List::default())));
            }
            "abstractNumId" => {
                if let (Some(list), Some(of)) = (self.list(open), value()) {
                    list.of = of;
                }
            }
            "numStyleLink" => {
                if let Some(of) = open.abstract_id.as_ref().and_then(|id| self.abstracts.get_mut(id)) {
                    of.link = value();
                }
            }
            "lvlOverride" => open.over = level(),
            "startOverride" => {
                let over = open.over;
                if let Some(start) = self.list(open).and_then(|list| list.starts.get_mut(over?)) {
                    *start = number();
                }
            }
            "lvl" => {
                open.level = level();
                if let (Some(level), Some(list)) = (open.level, self.list(open)) {
                    list.levels.insert(level, Level::default());
                }
            }
            "start" => self.level(open, |level| level.start = number()),
            "numFmt" => {
                let figures = value().map_or(Figures::Decimal, |name| Figures::named(&name));
                self.level(open, |level| level.figures = figures);
            }
            "lvlText" => {
                let pattern: String = value().unwrap_or_default().chars().take(LONGEST_PATTERN).collect();
                self.level(open, |level| level.pattern = pattern);
            }
            "lvlRestart" => self.level(open, |level| level.restart = number().and_then(|number| usize::try_from(number).ok())),
            "pStyle" => self.level(open, |level| level.style = value()),
            "isLgl" => self.level(open, |level| level.is_legal = !matches!(value().as_deref(), Some("0" | "false" | "off"))),
            "suff" => {
                let behind = match value().as_deref() {
                    Some("nothing") => Behind::Nothing,
                    Some("space") => Behind::Space,
                    _ => Behind::Tab,
                };
                self.level(open, |level| level.behind = behind);
            }
            _ => {}
        }
    }

    fn list(&mut self, open: &Open) -> Option<&mut List> {
        self.lists.get_mut(open.list.as_ref()?)
    }

    /// Does something with the level that is open, in a list or in what lists are made from.
    fn level(&mut self, open: &Open, set: impl FnOnce(&mut Level)) {
        let Some(at) = open.level else { return };
        let level = match (&open.list, &open.abstract_id) {
            (Some(list), _) => self.lists.get_mut(list).and_then(|list| list.levels.get_mut(&at)),
            (None, Some(id)) => self.abstracts.get_mut(id).and_then(|of| of.levels.get_mut(at)),
            (None, None) => None,
        };
        if let Some(level) = level {
            set(level);
        }
    }

    /// What a list is made from, and its name; a style of lists may stand between.
    fn made_from<'a>(&'a self, list: &'a List, styles: &Styles) -> Option<(&'a str, &'a Abstract)> {
        let of = self.abstracts.get(&list.of)?;
        let linked = of.link.as_ref().and_then(|link| self.lists.get(styles.list_of(link)?));
        let linked = linked.and_then(|list| Some((list.of.as_str(), self.abstracts.get(&list.of)?)));
        Some(linked.unwrap_or((list.of.as_str(), of)))
    }
}

impl Open {
    fn close(&mut self, name: &str) {
        match name {
            "abstractNum" => self.abstract_id = None,
            "num" => self.list = None,
            "lvlOverride" => self.over = None,
            "lvl" => self.level = None,
            _ => {}
        }
    }
}

/// Counts the items of lists, in the order in which they stand in the document.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// The last number of each level, by what the list is made from: lists that are made from one go on.
    last: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists that have begun.
    begun: HashSet<String>,
}

impl Counters {
    /// The level, from 0, and the mark of the next item of a list; `None` where there is no such list.
    pub(super) fn next(&mut self, numbering: &Numbering, styles: &Styles, numbered: &Numbered) -> Option<(u8, Mark)> {
        let id = numbered.list.as_ref()?;
        let list = numbering.lists.get(id)?;
        let (name, of) = numbering.made_from(list, styles)?;
        let by_style = || of.levels.iter().position(|level| level.style.is_some() && level.style == numbered.style);
        let at = numbered.level.map(usize::from).or_else(by_style).unwrap_or(0).min(LEVELS - 1);
        let level_of = |at: usize| list.levels.get(&at).or_else(|| of.levels.get(at));
        let start_of = |at: usize| {
            let own = list.starts.get(at).copied().flatten();
            own.or_else(|| level_of(at).and_then(|level| level.start)).unwrap_or(1)
        };
        if !self.last.contains_key(name) {
            self.last.insert(name.to_owned(), [None; LEVELS]);
        }
        let numbers = self.last.get_mut(name)?;
        if !self.begun.contains(id) {
            self.begun.insert(id.clone());
            for (last, start) in numbers.iter_mut().zip(&list.starts) {
                *last = last.filter(|_| start.is_none());
            }
        }
        for (deeper, last) in numbers.iter_mut().enumerate() {
            let restart = level_of(deeper).and_then(|level| level.restart).unwrap_or(deeper);
            match deeper.cmp(&at) {
                std::cmp::Ordering::Equal => *last = Some(last.map_or_else(|| start_of(at), |last| last.saturating_add(1))),
                std::cmp::Ordering::Greater if at < restart => *last = None,
                _ => {}
            }
        }
        let level = level_of(at)?;
        let number = |of: usize| {
            let value = numbers.get(of).copied().flatten().unwrap_or_else(|| start_of(of));
            let figures = level_of(of).map(|level| level.figures).unwrap_or_default();
            let digits = level.is_legal && !matches!(figures, Figures::Bullet | Figures::None);
            if digits { Figures::Decimal } else { figures }.written(value)
        };
        let mark = Mark { text: level.text(number), behind: level.behind.sign() };
        Some((u8::try_from(at).unwrap_or(0), mark))
    }
}

impl Behind {
    const fn sign(self) -> &'static str {
        match self {
            Self::Tab => "\t",
            Self::Space => " ",
            Self::Nothing => "",
        }
    }
}

impl Level {
    /// Its pattern with the numbers of its levels in it.
    fn text(&self, number: impl Fn(usize) -> String) -> String {
        if self.figures == Figures::Bullet {
            return bullet(&self.pattern);
        }
        let mut text = String::new();
        let mut rest = self.pattern.chars().peekable();
        while let Some(c) = rest.next() {
            match rest.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| c == '%' && *digit > 0) {
                Some(level) => {
                    rest.next();
                    text.push_str(&number(level as usize - 1));
                }
                None => text.push(c),
            }
        }
        text.trim().to_owned()
    }
}

/// A bullet as a character that every font has; words are kept.
fn bullet(pattern: &str) -> String {
    let sign = |c: char| match c {
        '\u{f0a7}' | '\u{f06e}' => '▪',
        '\u{f0d8}' => '➢',
        '\u{f0fc}' => '✓',
        '\u{f02d}' => '–',
        '\u{e000}'..='\u{f8ff}' => '•',
        c => c,
    };
    match pattern.trim() {
        "o" => "◦".to_owned(),
        pattern => pattern.chars().map(sign).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering xmlns:w="w">
        <w:abstractNum w:abstractNumId="0">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H"/><w:lvlText w:val="%1."/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="2"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/><w:suff w:val="space"/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlRestart w:val="1"/><w:lvlText w:val="%3"/></w:lvl>
          <w:lvl w:ilvl="3"><w:isLgl/><w:lvlText w:val="%1.%2.%3.%4"/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
          <w:lvl w:ilvl="1"><w:numFmt w:val="none"/><w:lvlText w:val="Interviewer:"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="ordinal"/>
          <w:lvlText w:val="%1"/></w:lvl></w:lvlOverride></w:num>
        <w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num></w:numbering>"#;
    const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>
        </w:style></w:styles>"#;

    fn marks(items: &[(&str, u8)]) -> Vec<String> {
        let (numbering, styles) = (Numbering::read(LISTS), Styles::read(STYLES));
        let mut counters = Counters::default();
        let next = |(list, level): &(&str, u8)| {
            let numbered = Numbered { list: Some((*list).to_owned()), level: Some(*level), style: None };
            counters.next(&numbering, &styles, &numbered).map_or_else(|| "none".to_owned(), |(_, mark)| mark.text)
        };
        items.iter().map(next).collect()
    }

    #[test]
    fn levels_count_and_begin_anew_behind_a_higher_one() {
        let items = [("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 2), ("1", 1), ("1", 3)];
        assert_eq!(marks(&items), ["1.", "1.b)", "1.c)", "I", "1.d)", "II", "2.", "I", "2.b)", "2.2.1.1"]);
    }

    #[test]
    fn lists_of_one_kind_go_on_unless_one_says_where_it_begins() {
        assert_eq!(marks(&[("1", 0), ("4", 0), ("2", 0), ("2", 0), ("1", 0)]), ["1.", "2.", "5.", "6.", "7."]);
    }

    #[test]
    fn bullets_words_overrides_and_links_are_marks_too() {
        assert_eq!(
            marks(&[("3", 0), ("3", 1), ("5", 0), ("5", 0), ("6", 1), ("0", 0)]),
            ["•", "Interviewer:", "2nd", "3rd", "Interviewer:", "none"]
        );
    }

    #[test]
    fn a_level_may_be_known_by_the_style_alone() {
        let (numbering, styles) = (Numbering::read(LISTS), Styles::default());
        let numbered = Numbered { list: Some("1".into()), level: None, style: Some("H".into()) };
        assert_eq!(Counters::default().next(&numbering, &styles, &numbered), Some((0, Mark { text: "1.".into(), behind: "\t" })));
    }

    #[test]
    fn numbers_without_end_are_written_in_digits() {
        assert_eq!((roman(1994), roman(4_000_000_000)), ("mcmxciv".into(), "4000000000".into()));
        assert_eq!((letters(27), letters(52), letters(u32::MAX), letters(0)), ("aa".into(), "zz".into(), u32::MAX.to_string(), "0".into()));
    }
}
