use super::super::blocks::Kind;

/// Where the words of a group go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the text.
    #[default]
    Body,
    /// Nowhere; groups in it may go somewhere.
    Around,
    /// Nowhere, with all groups in it.
    Nowhere,
    /// The table of fonts.
    Fonts,
    /// The table of styles.
    Styles,
    /// The mark of a list item.
    Mark,
    /// A footnote or endnote.
    Note,
    /// A text box.
    TextBox,
    /// The number by which the beginning of a commented passage is known.
    CommentBegin,
    /// The number by which its end is known.
    CommentEnd,
    /// The number by which a comment knows its passage.
    CommentNumber,
    /// Who wrote the next comment.
    CommentAuthor,
    /// What a comment says.
    Comment,
}

/// What a command says of the group that it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Goes(Destination),
    /// It is left out, and this is said.
    LeftOut(Kind),
    /// It is not the name of a destination.
    Nothing,
}

/// What the command `name` makes of its group; `is_optional` when `\*` stands before it, which hides all that is not known.
pub(super) fn destination(name: &[u8], is_optional: bool) -> Says {
    let goes = match name {
        b"fonttbl" => Destination::Fonts,
        b"stylesheet" => Destination::Styles,
        b"listtext" | b"pntext" => Destination::Mark,
        b"footnote" => Destination::Note,
        b"shptxt" | b"dptxbxtext" => Destination::TextBox,
        b"shpinst" | b"do" | b"upr" | b"shp" => Destination::Around,
        b"shppict" | b"ud" => Destination::Body,
        b"atrfstart" => Destination::CommentBegin,
        b"atrfend" => Destination::CommentEnd,
        b"atnref" => Destination::CommentNumber,
        b"atnauthor" => Destination::CommentAuthor,
        b"annotation" => Destination::Comment,
        b"pict" => return Says::LeftOut(Kind::Picture),
        b"object" => return Says::LeftOut(Kind::Embedded),
        b"header" | b"headerl" | b"headerr" | b"headerf" => return Says::LeftOut(Kind::Header),
        b"footer" | b"footerl" | b"footerr" | b"footerf" => return Says::LeftOut(Kind::Footer),
        b"colortbl" | b"filetbl" | b"info" | b"nonshppict" | b"shprslt" | b"xe" | b"tc" | b"tcn" | b"rxe" | b"fldinst" | b"listtable"
        | b"listoverridetable" | b"revtbl" | b"rsidtbl" | b"themedata" | b"private" | b"nextfile" | b"template" | b"sp" => {
            Destination::Nowhere
        }
        _ if is_optional => Destination::Nowhere,
        _ => return Says::Nothing,
    };
    Says::Goes(goes)
}
