//! The measure one sees, as what leaves the project.

use std::sync::Arc;

use super::computing::Came;
use super::figures::is_of;
use super::tab::{MeasuresTab, Shown};
use crate::app::Seen;
use crate::app::frame::dialogs::{Draw, Listed};
use crate::exchange::export::{About, Labels, Measured, Names, Table, TableError, differences_measured};
use crate::exchange::measuring::{Asked, Drawing, Found, Shape, What, find};
use crate::study::{Study, ThemeId};
use crate::text::Texts;

impl MeasuresTab {
    /// The measure as it is shown, to be written; `None` before it is computed.
    pub(in super::super) fn listed(&self) -> Option<Listed> {
        let came = self.computing.came.as_ref().filter(|_| self.computing.is_settled())?;
        let differing = self.shown() == Shown::Differences;
        let measured = came.differences.as_ref().filter(|_| differing).unwrap_or(&came.measured);
        let what = format!("{}.", measured.name);
        let (seen, only) = (FoundThen { came: Arc::clone(came), of: self.computing.of() }, self.only());
        let (figures, pictures) = (came.asked.by.into_iter().collect(), pictures(&seen));
        let make = move |study: &Study, texts: &dyn Texts, labels: Labels, now: i64| {
            let (asked, found) = seen.found(study, texts, labels)?;
            let measured = match &*found {
                Found::Agreement(compared) if differing => differences_measured(study, texts, &compared.found)?,
                found => found.measured(study, &asked)?,
            };
            let only = only.filter(|theme| study.codebook().get(*theme).is_some());
            let on = only.map(|theme| format!(" Only those on “{}”.", study.codebook().path(theme))).unwrap_or_default();
            let about = about(study, &format!("{}.{on}", measured.name), &asked, now);
            let about = about.section("What was found", &measured.found).section("How it is computed", &measured.computed);
            Ok((listed_of(measured, only), about.names(&Names::new(study, labels))))
        };
        Some(Listed { name: name(came, differing), what, make: Arc::new(make), pictures, figures: Some(figures) })
    }
}

/// What was found when the dialog was opened, and of which study.
#[derive(Clone)]
struct FoundThen {
    came: Arc<Came>,
    of: Seen,
}

impl FoundThen {
    /// What is asked for with these labels, and what it comes to: found once where the study is still that one. Only the names of values
    /// are among what is found.
    fn found(&self, study: &Study, texts: &dyn Texts, labels: Labels) -> Result<(Asked, Arc<Found>), TableError> {
        let asked = Asked { labels, ..self.came.asked.clone() };
        if asked.by.is_none() && self.of.is_of(study) {
            return Ok((asked, Arc::clone(&self.came.found)));
        }
        let found = find(study, texts, &asked, &mut |_, _| true)?.ok_or(TableError::Cancelled)?;
        Ok((asked, Arc::new(found)))
    }
}

/// The note of a measure. Agreement names itself whose codings it is of, and some measures rest on no codings.
fn about(study: &Study, what: &str, asked: &Asked, now: i64) -> About {
    let about = About::new(study, what, &asked.filter, now);
    match &asked.what {
        What::Agreement { .. } => about.of_itself(),
        what if !what.rests_on_codings(asked.by) => about.of_sources(),
        _ => about,
    }
}

/// The rows of a table that are listed.
fn listed_of(mut measured: Measured, only: Option<ThemeId>) -> Table {
    let rows = std::mem::take(&mut measured.table.rows).into_iter().enumerate();
    let listed = rows.filter(|(row, _)| is_of(&measured, *row, only)).map(|(_, cells)| cells).collect();
    measured.table.rows = listed;
    measured.table
}

/// The pictures of a measure, as it is drawn before others.
fn pictures(seen: &FoundThen) -> Vec<(&'static str, Arc<Draw>)> {
    let came = &seen.came;
    let others: &[(Shape, &str)] = match &*came.found {
        Found::Frequencies(_) => &[(Shape::Bars, "Bars"), (Shape::Heat, "Heat table")],
        Found::Together(_) => &[(Shape::Heat, "Heat table"), (Shape::Network, "Network")],
        Found::Overview(_) | Found::Timeline(_) | Found::Saturation { .. } | Found::Agreement(_) => &[(came.drawing.shape, "Picture")],
        Found::Words(..) | Found::Keywords(..) | Found::Follows(..) | Found::Coverage(_) | Found::Gaps(_) => &[],
    };
    let mut shapes = others.to_vec();
    shapes.sort_by_key(|(shape, _)| *shape != came.drawing.shape);
    let draw = |shape: Shape| -> Arc<Draw> {
        let (seen, drawing) = (seen.clone(), Drawing { shape, ..came.drawing });
        Arc::new(move |study, texts, labels, now| {
            let (asked, found) = seen.found(study, texts, labels)?;
            Ok((found.picture(study, &asked, drawing)?, about(study, "", &asked, now)))
        })
    };
    shapes.into_iter().map(|(shape, name)| (name, draw(shape))).collect()
}

/// What the file is called.
fn name(came: &Came, differing: bool) -> &'static str {
    match &*came.found {
        Found::Frequencies(_) => "frequencies",
        Found::Words(..) => "words",
        Found::Together(_) => "cooccurrence",
        Found::Follows(..) => "sequence",
        Found::Saturation { .. } => "saturation",
        Found::Overview(_) => "overview",
        Found::Timeline(_) => "timeline",
        Found::Keywords(..) => "keywords",
        Found::Coverage(_) => "coverage",
        Found::Gaps(_) => "not-coded",
        Found::Agreement(_) if differing => "differences",
        Found::Agreement(_) => "agreement",
    }
}
