use super::listing::{Count, Listing};
use crate::app::views::case_kind::kind_names;
use crate::app::widgets::{Cell, Column, Look, Rows};
use crate::exchange::export::case_kind_name;
use crate::study::{AttributeId, AttributeOf, Case, CaseId, Study};

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Label,
    Kind,
    Attribute(AttributeId),
    Sources,
    Codings,
}

/// The columns of a study, in order.
pub(super) fn fields(study: &Study) -> Vec<Field> {
    let attributes = study.attributes().of(AttributeOf::Cases).map(|attribute| Field::Attribute(attribute.id));
    [Field::Label, Field::Kind].into_iter().chain(attributes).chain([Field::Sources, Field::Codings]).collect()
}

/// The order of the rows: by a field, rising or not; none is the analyst's own.
pub(super) type Sorting = Option<(Field, bool)>;

/// What a cell says.
pub(super) fn text(study: &Study, count: Count, case: &Case, field: Field) -> String {
    match field {
        Field::Label => case.label.clone(),
        Field::Kind => case_kind_name(case.kind).to_owned(),
        Field::Attribute(attribute) => study.value_names(&case.values, attribute),
        Field::Sources => count.sources.to_string(),
        Field::Codings => count.codings.to_string(),
    }
}

/// The cases as rows of a grid.
pub(super) struct CaseRows<'a> {
    study: &'a Study,
    listing: &'a Listing,
    keys: &'a [CaseId],
    fields: &'a [Field],
    columns: Vec<Column>,
}

impl<'a> CaseRows<'a> {
    pub(super) fn new(study: &'a Study, listing: &'a Listing, keys: &'a [CaseId], fields: &'a [Field], sorting: Sorting) -> Self {
        let columns = fields.iter().map(|field| column(study, *field, sorting)).collect();
        Self { study, listing, keys, fields, columns }
    }
}

fn column(study: &Study, field: Field, sorting: Sorting) -> Column {
    let now = sorting.filter(|(by, _)| *by == field).map(|(_, rising)| rising);
    let column = match field {
        Field::Label => Column::new("Id", 16),
        Field::Kind => Column::new("Kind", 17),
        Field::Sources => Column::figures("Sources", 10),
        Field::Codings => Column::figures("Codings", 10),
        Field::Attribute(id) => {
            let attribute = study.attributes().get(id);
            let column = Column::new(attribute.map_or("", |attribute| &attribute.name), 21).several();
            if attribute.is_some_and(|attribute| attribute.role.is_some()) { column.grows() } else { column }
        }
    };
    column.sorted(now)
}

impl Rows for CaseRows<'_> {
    type Key = CaseId;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn keys(&self) -> &[CaseId] {
        self.keys
    }

    fn cell(&self, key: CaseId, column: usize) -> Cell {
        let (Some(case), Some(field)) = (self.study.case(key), self.fields.get(column)) else { return Cell::default() };
        let text = text(self.study, self.listing.count(key), case, *field);
        match field {
            Field::Label => Cell::editable(text).look(Look::Strong),
            Field::Kind => Cell::editable(text).sign(case.kind),
            Field::Attribute(_) => Cell::editable(text),
            Field::Sources | Field::Codings => Cell::fixed(text).look(Look::Quiet),
        }
    }

    fn choices(&self, _: CaseId, column: usize) -> Vec<String> {
        match self.fields.get(column) {
            Some(Field::Kind) => kind_names(),
            Some(Field::Attribute(attribute)) => {
                self.study.attributes().values_of(*attribute).into_iter().map(|value| value.name.clone()).collect()
            }
            _ => Vec::new(),
        }
    }
}
