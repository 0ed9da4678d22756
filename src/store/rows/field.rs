use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::types::{Type, Value as Sql, ValueRef};
use uuid::Uuid;

use crate::store::codec::Codec;
use crate::store::error::StoreError;
use crate::study::{
    AttributeId, AttributeOf, Basis, BuiltIn, CaseId, CaseKind, CaseSpanId, Citation, CoderId, CodingId, Confirmed, ContraryMarkId,
    Crossing, DimensionId, DimensionValue, DimensionValueId, EvidenceId, EvidenceOf, ExampleId, MemoId, MemoKind, MemoOn, Origin,
    PlacementId, ProjectId, PropositionId, PropositionStatus, QuoteFacts, QuoteMarkId, RevisionId, Role, SavedId, SavedKind, Searched,
    Silence, SourceForm, SourceId, SpeakerId, Spread, StatusId, StatusKind, SummaryId, SummaryState, ThemeId, ThemeOrigin, TypologyId,
    ValueId, Values, VerdictId, Weight,
};
use crate::text::{BlobId, Span, Voice};

/// A field of an entity, as one or more columns.
pub(in crate::store) trait Field: Sized {
    /// Appends its columns.
    fn put(&self, codec: Codec, row: &mut Vec<Sql>) -> Result<(), StoreError>;
    /// Reads its columns.
    fn take(row: &mut Cursor<'_, '_>) -> Result<Self, StoreError>;
}

/// Reads the columns of a row one after the other.
pub(in crate::store) struct Cursor<'row, 'statement> {
    row: &'row rusqlite::Row<'statement>,
    codec: Codec,
    next: usize,
}

impl<'row, 'statement> Cursor<'row, 'statement> {
    /// A cursor at the row's first column.
    pub fn new(row: &'row rusqlite::Row<'statement>, codec: Codec) -> Self {
        Self { row, codec, next: 0 }
    }

    fn value(&mut self) -> Result<ValueRef<'row>, StoreError> {
        let value = self.row.get_ref(self.next)?;
        self.next += 1;
        Ok(value)
    }

    /// Whether the next column is null; it is passed over if it is.
    fn null(&mut self) -> Result<bool, StoreError> {
        let null = self.row.get_ref(self.next)?.data_type() == Type::Null;
        if null {
            self.next += 1;
        }
        Ok(null)
    }

    fn text(&mut self) -> Result<String, StoreError> {
        let value = self.value()?;
        self.codec.read_text(value)
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        let value = self.value()?;
        let bytes = value.as_blob().map_err(rusqlite::Error::from)?;
        bytes.try_into().map_err(|_| StoreError::Value(format!("{N} bytes were expected")))
    }

    fn number(&mut self) -> Result<i64, StoreError> {
        Ok(self.value()?.as_i64().map_err(rusqlite::Error::from)?)
    }
}

macro_rules! id_fields {
    ($($id:ident)+) => {$(
        impl Field for $id {
            fn put(&self, _: Codec, row: &mut Vec<Sql>) -> Result<(), StoreError> {
                row.push(Sql::Blob(self.0.as_bytes().to_vec()));
                Ok(())
            }
            fn take(row: &mut Cursor<'_, '_>) -> Result<Self, StoreError> {
                Ok(Self(Uuid::from_bytes(row.bytes()?)))
            }
        }
    )+};
}

id_fields! {
    ProjectId CoderId AttributeId ValueId ThemeId CaseId SourceId RevisionId SpeakerId CaseSpanId CodingId QuoteMarkId ContraryMarkId
    MemoId StatusId SavedId ExampleId SummaryId PropositionId EvidenceId TypologyId DimensionId DimensionValueId PlacementId VerdictId
}

/// Fields with a few fixed values, stored under the names they have in files.
macro_rules! tag_fields {
    ($($tag:ident)+) => {$(
        impl Field for $tag {
            fn put(&self, _: Codec, row: &mut Vec<Sql>) -> Result<(), StoreError> {
                let name = serde_json::to_value(self)?;
                row.push(Sql::Text(name.as_str().unwrap_or_default().to_owned()));
                Ok(())
            }
            fn take(row: &mut Cursor<'_, '_>) -> Result<Self, StoreError> {
                let name = row.value()?.as_str().map_err(rusqlite::Error::from)?;
                Ok(serde_json::from_value(serde_json::Value::from(name))?)
            }
        }
    )+};
}

tag_fields! { AttributeOf BuiltIn CaseKind MemoKind Origin PropositionStatus Role SavedKind Silence SourceForm StatusKind SummaryState ThemeOrigin Voice Weight }

/// Fields that are small structures, stored as JSON.
macro_rules! json_fields {
    ($($json:ty),+) => {$(
        impl Field for $json {
            fn put(&self, codec: Codec, row: &mut Vec<Sql>) -> Result<(), StoreError> {
                row.push(codec.text(&serde_json::to_string(self)?));
                Ok(())
            }
            fn take(row: &mut Cursor<'_, '_>) -> Result<Self, StoreError> {
                Ok(serde_json::from_str(&row.text()?)?)
            }
        }
    )+};
}

json_fields! { Values, QuoteFacts, Vec<String>, MemoOn, Crossing, Spread, Vec<Citation>, Arc<Basis>, Confirmed, Searched, EvidenceOf, BTreeMap<DimensionValueId, DimensionValue>, Vec<Crossing>, Vec<(CodingId, Span)> }

impl Field for String {
    fn put(&self, codec: Codec, row: &mut Vec<Sql>) -> Result<(), StoreError> {
        row.push(codec.text(self));
        Ok(())
    }
    fn take(row: &mut Cursor<'_, '_>) -> Result<Self, StoreError> {
        row.text()
    }
}

impl Field for i64 {
    fn put(&self, _: Codec, row: &mut Vec<Sql>) -> Result<(), StoreError> {
        row.push(Sql::Integer(*self));
        Ok(())
    }
    fn take(row: &mut Cursor<'_, '_>) -> Result<Self, StoreError> {
        row.number()
    }
}

impl Field for bool {
    fn put(&self, codec: Codec, row: &mut Vec<Sql>) -> Result<(), StoreError> {
        i64::from(*self).put(codec, row)
    }
    fn take(row: &mut Cursor<'_, '_>) -> Result<Self, StoreError> {
        Ok(row.number()? != 0)
    }
}

impl Field for Span {
    fn put(&self, _: Codec, row: &mut Vec<Sql>) -> Result<(), StoreError> {
        row.extend([Sql::Integer(self.start.into()), Sql::Integer(self.end.into())]);
        Ok(())
    }
    fn take(row: &mut Cursor<'_, '_>) -> Result<Self, StoreError> {
        let mut offset = || u32::try_from(row.number()?).map_err(|_| StoreError::Value("an offset is out of range".to_owned()));
        Ok(Self::new(offset()?, offset()?))
    }
}

impl Field for BlobId {
    fn put(&self, _: Codec, row: &mut Vec<Sql>) -> Result<(), StoreError> {
        row.push(Sql::Blob(self.0.to_vec()));
        Ok(())
    }
    fn take(row: &mut Cursor<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self(row.bytes()?))
    }
}

impl<T: Field> Field for Option<T> {
    fn put(&self, codec: Codec, row: &mut Vec<Sql>) -> Result<(), StoreError> {
        if let Some(field) = self {
            field.put(codec, row)
        } else {
            row.push(Sql::Null);
            Ok(())
        }
    }
    fn take(row: &mut Cursor<'_, '_>) -> Result<Self, StoreError> {
        if row.null()? { Ok(None) } else { T::take(row).map(Some) }
    }
}
