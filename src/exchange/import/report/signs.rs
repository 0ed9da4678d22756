use super::super::units::{Hint, Unit};
use super::attribution::Says;
use super::headings::{Section, section};
use super::{blocks, headings, quotes};

/// Whether a text without speakers has what reports have and interviews have not.
pub(in super::super) fn looks_like_report(text: &str, units: &[Unit]) -> bool {
    let count = |is: &dyn Fn(&Unit) -> bool| units.iter().filter(|unit| is(unit)).count();
    let named = |unit: &Unit| section(unit.slice(text));
    let numbered = count(&|unit| headings::number(text, unit.span).is_some_and(|number| number.section || number.depth > 1));
    let telling = count(&|unit| named(unit).is_some_and(|section| !matches!(section, Section::Other | Section::Contact)));
    let titled = count(&|unit| named(unit) == Some(Section::Other));
    let boxes = count(&|unit| blocks::begins_box(unit.slice(text)).is_some());
    if numbered >= 3 || telling >= 1 || titled >= 2 || boxes >= 1 {
        return true;
    }
    let is_title = |unit: &Unit| {
        matches!(unit.hint, Hint::Heading(_))
            || unit.gap_before && unit.gap_after && unit.span.len() > 8 && headings::is_title(unit.slice(text))
    };
    let bullets = count(&|unit| matches!(unit.hint, Hint::Item(_)) || blocks::bullet(text, unit.span).is_some());
    if bullets >= 2 && count(&is_title) >= 2 {
        return true;
    }
    let pieces: Vec<_> = units.iter().flat_map(|unit| quotes::split(text, unit.span)).filter(|piece| piece.quote).collect();
    let attributed = pieces.iter().filter_map(|piece| piece.attribution.as_ref()).any(|found| matches!(found.says, Says::Interview { .. }));
    attributed || pieces.len() >= 3 && pieces.len() * 10 <= units.len() * 7
}
