use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use super::chart::{ChartBody, ChartChoice, chart_axes, read_chart, written_chart};
use super::choice::{Choice, MEASURES};
use super::sentences;
use crate::analysis::matrix::{Axis, Filter, MOST_NESTED, MatrixSpec, Measure, Point};
use crate::exchange::export::measure_name;
use crate::study::{AttributeId, CaseId, CoderId, Study, ThemeId, ValueId};

/// A view of the matrix as it is kept. Whatever cannot be read of it is as in a new view.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Body {
    #[serde(deserialize_with = "leniently")]
    rows: Vec<Thing>,
    #[serde(deserialize_with = "leniently")]
    columns: Vec<Thing>,
    #[serde(deserialize_with = "leniently")]
    pages: Vec<Thing>,
    #[serde(deserialize_with = "leniently")]
    measure: String,
    #[serde(deserialize_with = "leniently")]
    coder: Option<Thing>,
    #[serde(deserialize_with = "leniently")]
    all_voices: bool,
    #[serde(deserialize_with = "leniently")]
    quote_marked: bool,
    #[serde(deserialize_with = "leniently")]
    kinds: Vec<Thing>,
    #[serde(deserialize_with = "leniently")]
    page: Vec<Thing>,
    #[serde(deserialize_with = "leniently")]
    folded: Vec<Vec<Thing>>,
    #[serde(deserialize_with = "leniently")]
    folded_groups: Vec<Vec<Thing>>,
    #[serde(deserialize_with = "leniently")]
    nobody_shown: bool,
    /// What is seen of the chart, where that is shown.
    #[serde(deserialize_with = "leniently", skip_serializing_if = "Option::is_none")]
    chart: Option<ChartBody>,
}

/// An axis, a point of one, a coder or a kind: what it is, which, and how it was called, to name it when it is gone.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Thing {
    #[serde(deserialize_with = "leniently")]
    what: String,
    #[serde(deserialize_with = "leniently", skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    #[serde(deserialize_with = "leniently", skip_serializing_if = "String::is_empty")]
    name: String,
}

/// What stands for a measure where cells show their summaries.
const SUMMARIES: &str = "summaries";
const THEMES: &str = "themes";
const CASES: &str = "cases";
const ATTRIBUTE: &str = "attribute";
const THEME: &str = "theme";
const THEME_ONLY: &str = "theme only";
const CASE: &str = "case";
const VALUE: &str = "value";
const CODER: &str = "coder";

/// What cannot be read is as in a new view.
pub(super) fn leniently<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(from: D) -> Result<T, D::Error> {
    let there = serde_json::Value::deserialize(from)?;
    Ok(serde_json::from_value(there).unwrap_or_default())
}

/// What is kept of a view.
#[must_use]
pub fn written(study: &Study, choice: &Choice) -> String {
    let Choice { spec, measure, summaries, page, folded, folded_groups, nobody_shown, charted, chart } = choice;
    let axes = |axes: &[Axis]| axes.iter().map(|axis| Thing::axis(study, *axis)).collect();
    let points = |points: &[Point]| points.iter().map(|point| Thing::point(study, *point)).collect::<Vec<_>>();
    let filter = &spec.filter;
    let body = Body {
        rows: axes(&spec.rows),
        columns: axes(&spec.columns),
        pages: axes(&spec.pages),
        measure: if *summaries { SUMMARIES } else { measure_name(*measure) }.to_owned(),
        coder: filter.coder.map(|coder| {
            let name = study.coders().get(&coder).map(|coder| coder.name.clone()).unwrap_or_default();
            Thing { what: CODER.to_owned(), id: Some(coder.0), name }
        }),
        all_voices: filter.all_voices,
        quote_marked: filter.quote_marked,
        kinds: filter.kinds.iter().map(|kind| Thing::point(study, Point::Value(*kind))).collect(),
        page: page.as_deref().map(points).unwrap_or_default(),
        folded: folded.iter().map(|row| points(row)).collect(),
        folded_groups: folded_groups.iter().map(|group| points(group)).collect(),
        nobody_shown: *nobody_shown,
        chart: charted.then(|| written_chart(study, chart)),
    };
    serde_json::to_string(&body).unwrap_or_default()
}

/// The view that is kept, as far as the study still has what it names, and what it has not.
#[must_use]
pub fn read(study: &Study, body: &str) -> (Choice, Vec<String>) {
    let body: Body = serde_json::from_str(body).unwrap_or_default();
    let mut gone = Vec::new();
    let mut taken = BTreeSet::new();
    let mut axes = |kept: &[Thing]| -> Vec<Axis> {
        let axes = kept.iter().filter_map(|thing| or_gone(thing.as_axis(study), thing, &mut gone));
        axes.filter(|axis| taken.insert(*axis)).take(MOST_NESTED).collect()
    };
    let (rows, columns, pages) = (axes(&body.rows), axes(&body.columns), axes(&body.pages));
    let measure = MEASURES.into_iter().map(|(measure, _)| measure).find(|measure| measure_name(*measure) == body.measure);
    let coder = body.coder.as_ref().and_then(|thing| or_gone(thing.as_coder(study), thing, &mut gone));
    let kinds = body.kinds.iter().filter_map(|thing| or_gone(thing.as_point(study), thing, &mut gone));
    let kinds = kinds.filter_map(|point| if let Point::Value(value) = point { Some(value) } else { None }).collect();
    let page: Vec<Point> = body.page.iter().filter_map(|thing| or_gone(thing.as_point(study), thing, &mut gone)).collect();
    // What is folded and gone need not be said: it is not missed.
    let all = |things: &Vec<Thing>| things.iter().map(|thing| thing.as_point(study)).collect::<Option<Vec<_>>>();
    let chart = body.chart.as_ref().map_or_else(|| ChartChoice::new(study), |body| read_chart(study, body, &mut gone));
    let mut choice = Choice {
        spec: MatrixSpec {
            rows,
            columns,
            pages,
            filter: Filter { coder, all_voices: body.all_voices, quote_marked: body.quote_marked, kinds, ..Filter::default() },
        },
        measure: measure.unwrap_or(Measure::Participants),
        summaries: body.measure == SUMMARIES,
        page: Some(page).filter(|page| !page.is_empty() && page.len() == body.page.len()),
        folded: body.folded.iter().filter_map(all).collect(),
        folded_groups: body.folded_groups.iter().filter_map(all).collect(),
        nobody_shown: body.nobody_shown,
        charted: body.chart.is_some(),
        chart,
    };
    if choice.charted {
        choice.spec = chart_axes();
    }
    choice.give_rows();
    (choice, gone)
}

/// What a thing was found to be; if it is gone, it is said.
pub(super) fn or_gone<T>(found: Option<T>, thing: &Thing, gone: &mut Vec<String>) -> Option<T> {
    if found.is_none() {
        let what = if thing.what.is_empty() { "something" } else { &thing.what };
        gone.push(if thing.name.is_empty() { format!("a {what} without a name") } else { format!("{what} “{}”", thing.name) });
    }
    found
}

impl Thing {
    /// An axis.
    pub(super) fn axis(study: &Study, axis: Axis) -> Self {
        let (what, id) = match axis {
            Axis::Themes => (THEMES, None),
            Axis::Cases => (CASES, None),
            Axis::Attribute(id) => (ATTRIBUTE, Some(id.0)),
        };
        Self { what: what.to_owned(), id, name: axis.name(study).to_owned() }
    }

    /// The axis it is, if the study has it.
    pub(super) fn as_axis(&self, study: &Study) -> Option<Axis> {
        match (self.what.as_str(), self.id) {
            (THEMES, _) => Some(Axis::Themes),
            (CASES, _) => Some(Axis::Cases),
            (ATTRIBUTE, Some(id)) => study.attributes().get(AttributeId(id)).map(|attribute| Axis::Attribute(attribute.id)),
            _ => None,
        }
    }

    /// A point of an axis.
    pub(super) fn point(study: &Study, point: Point) -> Self {
        let (what, id) = match point {
            Point::Theme(theme) => (THEME, Some(theme.0)),
            Point::ThemeOnly(theme) => (THEME_ONLY, Some(theme.0)),
            Point::Case(case) => (CASE, case.map(|case| case.0)),
            Point::Value(value) => (VALUE, value.map(|value| value.0)),
        };
        Self { what: what.to_owned(), id, name: sentences::point_name(study, point) }
    }

    /// The point it is, if the study has it.
    pub(super) fn as_point(&self, study: &Study) -> Option<Point> {
        let theme = |id| study.codebook().get(ThemeId(id)).map(|theme| theme.id);
        match (self.what.as_str(), self.id) {
            (THEME, Some(id)) => theme(id).map(Point::Theme),
            (THEME_ONLY, Some(id)) => theme(id).map(Point::ThemeOnly),
            (CASE, None) => Some(Point::Case(None)),
            (CASE, Some(id)) => study.case(CaseId(id)).map(|case| Point::Case(Some(case.id))),
            (VALUE, None) => Some(Point::Value(None)),
            (VALUE, Some(id)) => study.attributes().value(ValueId(id)).map(|value| Point::Value(Some(value.id))),
            _ => None,
        }
    }

    fn as_coder(&self, study: &Study) -> Option<CoderId> {
        self.id.and_then(|id| study.coders().get(&CoderId(id))).map(|coder| coder.id)
    }
}

#[cfg(test)]
mod tests {
    use super::super::choice::{Side, Starter};
    use super::*;
    use crate::analysis::testing::{Builder, values};
    use crate::study::{AttributeOf, BuiltIn, CaseKind, Role};

    #[test]
    fn a_view_comes_back_as_it_was_kept() {
        let mut builder = Builder::new();
        let coder = builder.coder("Ada");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let leads = builder.value(group, "Leads");
        let kind = builder.attribute("Kind", AttributeOf::Sources, None, Some(BuiltIn::Kind));
        let report = builder.value(kind, "Report");
        let theme = builder.theme(None, "Trust");
        let case = builder.case("A", CaseKind::Person, values(&[]));
        let study = builder.study();
        for (starter, _) in Starter::ALL {
            let mut choice = Choice::new(&study, starter.unwrap());
            assert_eq!(read(&study, &written(&study, &choice)), (choice.clone(), vec![]));
            if choice.charted {
                choice.chart.theme = Some(theme);
                choice.chart.by = vec![group];
                choice.chart.shown = [(group, [None, Some(leads)].into())].into();
                choice.chart.folded = [vec![Some(leads)]].into();
                choice.chart.widths = [(theme, 300)].into();
                choice.chart.heights = [(case, 200)].into();
                assert_eq!(read(&study, &written(&study, &choice)), (choice, vec![]));
                continue;
            }
            choice.put(Side::Pages(0), Some(Axis::Cases));
            choice.page = Some(vec![Point::Case(Some(case))]);
            choice.measure = Measure::ShareOfRow;
            choice.spec.filter = Filter {
                coder: Some(coder),
                all_voices: true,
                quote_marked: true,
                kinds: [None, Some(report)].into(),
                ..Filter::default()
            };
            choice.folded = [vec![Point::Theme(theme)], vec![Point::Value(None), Point::ThemeOnly(theme)]].into();
            choice.folded_groups = [vec![Point::Value(Some(leads))]].into();
            choice.nobody_shown = true;
            assert_eq!(read(&study, &written(&study, &choice)), (choice.clone(), vec![]));
            (choice.measure, choice.summaries) = (Measure::Participants, true);
            assert_eq!(read(&study, &written(&study, &choice)), (choice, vec![]));
        }
    }

    #[test]
    fn what_is_gone_is_left_out_and_said_and_nonsense_is_a_new_view() {
        let mut builder = Builder::new();
        let coder = builder.coder("Ada");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let theme = builder.theme(None, "Trust");
        let value = builder.value(group, "Leads");
        let before = builder.study();
        let mut choice = Choice::new(&before, Starter::Compare);
        choice.page = Some(vec![Point::Theme(theme)]);
        choice.spec.columns = vec![Axis::Cases];
        choice.spec.filter.coder = Some(coder);
        choice.folded = [vec![Point::Value(Some(value))]].into();
        let body = written(&before, &choice);
        let (left, gone) = read(&Builder::new().study(), &body);
        assert_eq!(gone, ["attribute “Group”", "coder “Ada”", "theme “1 Trust”"]);
        // The themes are the pages and the cases the columns: the rows take what there is.
        assert_eq!((left.spec.rows, left.spec.columns, left.spec.pages), (vec![Axis::Cases], vec![], vec![Axis::Themes]));
        assert_eq!((left.page, left.folded, left.spec.filter), (None, BTreeSet::new(), Filter::default()));
        for nonsense in ["", "[]", "7", r#"{"rows": 3, "columns": [1, {"what": "moon"}], "measure": [], "all_voices": "yes"}"#] {
            let (choice, gone) = read(&before, nonsense);
            assert_eq!(choice.spec.rows, [Axis::Themes], "{nonsense}");
            assert!(choice.spec.columns.is_empty() && gone.len() <= 2, "{nonsense}: {gone:?}");
        }
    }
}
