use serde::{Deserialize, Serialize};

use super::super::kept::{Thing, leniently, or_gone};
use super::choice::ChartChoice;
use crate::analysis::chart::MOST_GROUPED;
use crate::analysis::matrix::{Axis, Point};
use crate::study::{AttributeId, Study, ValueId};

/// What is seen of a chart as it is kept with its view.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChartBody {
    #[serde(deserialize_with = "leniently")]
    theme: Option<Thing>,
    #[serde(deserialize_with = "leniently")]
    by: Vec<Thing>,
    #[serde(deserialize_with = "leniently")]
    shown: Vec<(Thing, Vec<Thing>)>,
    #[serde(deserialize_with = "leniently")]
    folded: Vec<Vec<Thing>>,
    #[serde(deserialize_with = "leniently")]
    widths: Vec<(Thing, u16)>,
    #[serde(deserialize_with = "leniently")]
    heights: Vec<(Thing, u16)>,
}

/// What is kept of a chart.
#[must_use]
pub fn written(study: &Study, chart: &ChartChoice) -> ChartBody {
    let attribute = |attribute: &AttributeId| Thing::axis(study, Axis::Attribute(*attribute));
    let value = |value: &Option<ValueId>| Thing::point(study, Point::Value(*value));
    ChartBody {
        theme: chart.theme.map(|theme| Thing::point(study, Point::Theme(theme))),
        by: chart.by.iter().map(attribute).collect(),
        shown: chart.shown.iter().map(|(of, values)| (attribute(of), values.iter().map(value).collect())).collect(),
        folded: chart.folded.iter().map(|under| under.iter().map(value).collect()).collect(),
        widths: chart.widths.iter().map(|(theme, width)| (Thing::point(study, Point::Theme(*theme)), *width)).collect(),
        heights: chart.heights.iter().map(|(case, height)| (Thing::point(study, Point::Case(Some(*case))), *height)).collect(),
    }
}

/// The chart that is kept, as far as the study still has what it names; what it has not is added to `gone`.
pub fn read(study: &Study, body: &ChartBody, gone: &mut Vec<String>) -> ChartChoice {
    let value = |thing: &Thing| match thing.as_point(study) {
        Some(Point::Value(value)) => Some(value),
        _ => None,
    };
    let mut attribute = |thing: &Thing| match or_gone(thing.as_axis(study), thing, gone) {
        Some(Axis::Attribute(attribute)) => Some(attribute),
        _ => None,
    };
    let by = body.by.iter().filter_map(&mut attribute).take(MOST_GROUPED).collect();
    let shown = body.shown.iter().filter_map(|(of, values)| Some((attribute(of)?, values.iter().filter_map(value).collect())));
    let shown = shown.collect();
    let theme = body.theme.as_ref().and_then(|thing| or_gone(thing.as_point(study), thing, gone));
    let theme = theme.and_then(|point| if let Point::Theme(theme) = point { Some(theme) } else { None });
    ChartChoice {
        theme,
        by,
        shown,
        folded: body.folded.iter().filter_map(|under| under.iter().map(value).collect()).collect(),
        widths: body
            .widths
            .iter()
            .filter_map(|(thing, width)| match thing.as_point(study) {
                Some(Point::Theme(theme)) => Some((theme, *width)),
                _ => None,
            })
            .collect(),
        heights: body
            .heights
            .iter()
            .filter_map(|(thing, height)| match thing.as_point(study) {
                Some(Point::Case(Some(case))) => Some((case, *height)),
                _ => None,
            })
            .collect(),
    }
}
