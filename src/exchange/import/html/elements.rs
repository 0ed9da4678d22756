//! What the elements of HTML mean for a text.

use super::super::blocks::Kind;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// Part of a paragraph.
    Inline,
    /// A paragraph, which the next block ends.
    Paragraph,
    /// A part of the page of its own.
    Block,
    Heading(u8),
    Quote,
    /// Words whose line ends count.
    Pre,
    List {
        is_numbered: bool,
    },
    Item,
    /// A term or its description.
    Term,
    Table,
    Row,
    Cell,
    /// Part of a table: all of its cells end with it.
    Rows,
    Break,
    Bold,
    Italic,
    /// A rule between two parts of a page, or another element that is nothing in a text.
    Nothing,
    /// What is no text, without a word about it.
    Skipped,
    /// What is no text, which the analyst is told.
    LeftOut(Kind),
}

impl Element {
    /// What the element of this name is; names without a meaning here are parts of paragraphs.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"p" => Self::Paragraph,
            b"h1" => Self::Heading(1),
            b"h2" => Self::Heading(2),
            b"h3" => Self::Heading(3),
            b"h4" => Self::Heading(4),
            b"h5" => Self::Heading(5),
            b"h6" => Self::Heading(6),
            b"blockquote" => Self::Quote,
            b"pre" | b"listing" | b"xmp" | b"plaintext" => Self::Pre,
            b"ul" | b"menu" | b"dir" => Self::List { is_numbered: false },
            b"ol" => Self::List { is_numbered: true },
            b"li" => Self::Item,
            b"dt" | b"dd" => Self::Term,
            b"table" => Self::Table,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"thead" | b"tbody" | b"tfoot" => Self::Rows,
            b"br" => Self::Break,
            b"b" | b"strong" => Self::Bold,
            b"i" | b"em" | b"cite" | b"dfn" | b"var" => Self::Italic,
            b"hr" => Self::Nothing,
            b"title" | b"script" | b"style" | b"template" | b"noscript" | b"xml" | b"rp" | b"noframes" | b"datalist" => Self::Skipped,
            b"nav" => Self::LeftOut(Kind::Menu),
            b"img" | b"svg" | b"canvas" | b"map" => Self::LeftOut(Kind::Picture),
            b"object" | b"embed" | b"iframe" | b"video" | b"audio" | b"applet" => Self::LeftOut(Kind::Embedded),
            b"select" | b"textarea" | b"input" | b"button" => Self::LeftOut(Kind::Field),
            b"html" | b"body" | b"div" | b"section" | b"article" | b"main" | b"aside" | b"header" | b"footer" | b"hgroup" | b"figure"
            | b"figcaption" | b"address" | b"center" | b"form" | b"fieldset" | b"legend" | b"details" | b"summary" | b"dialog" | b"dl"
            | b"caption" | b"search" => Self::Block,
            _ => Self::Inline,
        }
    }

    /// Whether it can have no content.
    pub(super) fn is_void(name: &[u8]) -> bool {
        matches!(
            name,
            b"area"
                | b"base"
                | b"br"
                | b"col"
                | b"embed"
                | b"hr"
                | b"img"
                | b"input"
                | b"link"
                | b"meta"
                | b"param"
                | b"source"
                | b"track"
                | b"wbr"
        )
    }

    /// Whether it ends the paragraph before it.
    pub(super) const fn is_block(self) -> bool {
        !matches!(self, Self::Inline | Self::Break | Self::Bold | Self::Italic | Self::Skipped | Self::LeftOut(_))
    }

    /// Whether a beginning `other` ends this one, which was not ended.
    pub(super) const fn is_ended_by(self, other: Self) -> bool {
        match self {
            Self::Paragraph => other.is_block(),
            Self::Item => matches!(other, Self::Item),
            Self::Term => matches!(other, Self::Term),
            Self::Cell => matches!(other, Self::Cell | Self::Row | Self::Rows),
            Self::Row => matches!(other, Self::Row | Self::Rows),
            Self::Rows => matches!(other, Self::Rows),
            _ => false,
        }
    }

    /// Whether the end of `other` outside of it leaves it as it is.
    pub(super) const fn keeps_from(self, other: Self) -> bool {
        match self {
            Self::Table => !matches!(other, Self::Table),
            Self::Cell => !matches!(other, Self::Table | Self::Row | Self::Rows | Self::Cell),
            Self::List { .. } => matches!(other, Self::Item | Self::Paragraph),
            _ => false,
        }
    }
}
