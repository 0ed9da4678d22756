use eframe::egui::FontFamily;
use eframe::egui::text::{LayoutJob, TextFormat};

use crate::app::tokens::family;
use crate::text::{Geometry, Span, Style};

/// The words of `span` to be laid out as `plain` says: in one piece, or where some of them are bold or italic, one for each change.
/// `slants` tells whether the face of transcripts has italic letters; those of one that has none are skewed.
pub(super) fn job(text: &str, span: Span, plain: TextFormat, geometry: &Geometry, slants: bool) -> LayoutJob {
    let stretches = |style| geometry.styled_in(style, span).collect::<Vec<Span>>();
    let (bold, italic) = (stretches(Style::Bold), stretches(Style::Italic));
    if bold.is_empty() && italic.is_empty() {
        return LayoutJob::single_section(span.slice(text).to_owned(), plain);
    }
    let mut ends: Vec<u32> = bold.iter().chain(&italic).flat_map(|span| [span.start, span.end]).chain([span.start, span.end]).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut job = LayoutJob::default();
    for pair in ends.windows(2) {
        let [from, to] = pair else { continue };
        let is_in = |stretches: &[Span]| {
            let at = stretches.partition_point(|stretch| stretch.end <= *from);
            stretches.get(at).is_some_and(|stretch| stretch.contains(*from))
        };
        let words = Span::new(*from, *to);
        job.append(words.slice(text), 0.0, format(&plain, is_in(&bold), is_in(&italic), slants));
    }
    job
}

/// Letters that are set off from those set as `plain` says.
fn format(plain: &TextFormat, bold: bool, italic: bool, slants: bool) -> TextFormat {
    let mut format = plain.clone();
    let FontFamily::Name(name) = &plain.font_id.family else { return format };
    let is_reading = matches!(&**name, family::READING | family::READING_ITALIC | family::READING_SEMIBOLD);
    // Words set off in italic letters are upright.
    let is_italic = italic != (&**name == family::READING_ITALIC);
    let is_bold = bold || matches!(&**name, family::READING_SEMIBOLD);
    let set = match (is_reading, is_bold, is_italic && slants) {
        (true, true, _) => family::READING_SEMIBOLD,
        (true, false, true) => family::READING_ITALIC,
        (true, false, false) => family::READING,
        (false, true, _) => family::INTERFACE_SEMIBOLD,
        (false, false, _) => return TextFormat { italics: italic, ..format },
    };
    // There is no face that is both, nor an italic one of the interface.
    format.italics = is_italic && set != family::READING_ITALIC;
    format.font_id.family = FontFamily::Name(set.into());
    format
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Color32, FontId};

    use super::*;
    use crate::text::{NO_SPEAKER, Paragraph, ParagraphKind, Styled, Voice};

    fn geometry(text: &str, styles: &[Styled]) -> Geometry {
        let span = Span::of(0..text.len());
        let paragraph =
            Paragraph { span, label: Span::default(), kind: ParagraphKind::Prose, level: 0, voice: Voice::Author, speaker: NO_SPEAKER };
        Geometry::new(text, vec![paragraph], vec![], vec![]).unwrap().with_styles(text, styles).unwrap()
    }

    /// The sections as `family words`, slanted ones with a stroke.
    fn set(text: &str, span: Span, base: &'static str, styles: &[(u32, u32, Style)], slants: bool) -> Vec<String> {
        let styles: Vec<_> = styles.iter().map(|(from, to, style)| Styled { span: Span::new(*from, *to), style: *style }).collect();
        let font = FontId::new(12.0, FontFamily::Name(base.into()));
        let job = job(text, span, TextFormat::simple(font, Color32::PLACEHOLDER), &geometry(text, &styles), slants);
        assert_eq!(job.text, span.slice(text));
        let said = |at: usize| {
            let section = &job.sections[at];
            let FontFamily::Name(name) = &section.format.font_id.family else { panic!("a shipped face") };
            let range = section.byte_range.start.0..section.byte_range.end.0;
            format!("{name} {}{}", if section.format.italics { "/" } else { "" }, job.text.get(range).unwrap())
        };
        (0..job.sections.len()).map(said).collect()
    }

    #[test]
    fn a_block_without_styles_is_one_section() {
        let styles = [(0, 3, Style::Bold)];
        assert_eq!(set("One two three", Span::new(4, 13), family::READING, &styles, true), ["reading two three"]);
    }

    #[test]
    fn each_change_of_style_is_a_section() {
        let styles = [(0, 7, Style::Bold), (4, 13, Style::Italic)];
        let whole = Span::new(0, 13);
        assert_eq!(
            set("One two three", whole, family::READING, &styles, true),
            ["reading_semibold One ", "reading_semibold /two", "reading_italic  three"]
        );
        // A face without italic letters is skewed, and so is the interface's.
        assert_eq!(set("One two three", whole, family::READING, &styles, false)[2], "reading / three");
        assert_eq!(set("One two three", whole, family::INTERFACE, &styles, true)[2], "interface / three");
        // In italic letters those that are set off are upright; a block that begins within a style is set so.
        assert_eq!(set("One two three", Span::new(8, 13), family::READING_ITALIC, &styles, true), ["reading three"]);
    }
}
