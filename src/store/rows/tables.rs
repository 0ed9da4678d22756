use rusqlite::{Connection, params_from_iter};

use super::field::{Cursor, Field};
use crate::store::codec::Codec;
use crate::store::error::StoreError;
use crate::study::{
    Attribute, Case, CaseSpan, Coder, Coding, ContraryMark, Dimension, Entity, EntityId, Evidence, Example, Kind, Memo, Placement,
    ProjectInfo, Proposition, QuoteMark, Revision, Saved, Source, Speaker, Status, Summary, Theme, Typology, Value, Verdict,
};

/// The statement that writes a row, in place where there is one: replacing it would drop it for a moment and everything
/// that refers to it would be checked again.
fn upsert(table: &str, columns: &str) -> String {
    let names: Vec<&str> = columns.split(", ").collect();
    let marks = vec!["?"; names.len()].join(", ");
    let sets: Vec<String> = names.iter().skip(1).map(|name| format!("{name} = excluded.{name}")).collect();
    format!("INSERT INTO \"{table}\" ({columns}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {}", sets.join(", "))
}

/// Says once for each kind of entity which table and columns hold it, in the order of its fields.
macro_rules! tables {
    ($($kind:ident as $record:ident in $table:literal ($columns:literal) { $($field:ident),+ })+) => {
        /// Writes an entity's row, in place of an older one.
        pub(in crate::store) fn put(connection: &Connection, codec: Codec, entity: &Entity, edit: i64) -> Result<(), StoreError> {
            let mut row = Vec::with_capacity(16);
            let sql = match entity {
                $(Entity::$kind(record) => {
                    $(record.$field.put(codec, &mut row)?;)+
                    upsert($table, concat!($columns, ", edit"))
                })+
            };
            edit.put(codec, &mut row)?;
            connection.prepare_cached(&sql)?.execute(params_from_iter(row))?;
            Ok(())
        }

        /// Removes an entity's row.
        pub(in crate::store) fn delete(connection: &Connection, id: EntityId) -> Result<(), StoreError> {
            let sql = match id.kind {
                $(Kind::$kind => concat!("DELETE FROM \"", $table, "\" WHERE id = ?1"),)+
            };
            connection.prepare_cached(sql)?.execute([id.id.as_bytes()])?;
            Ok(())
        }

        /// Gives every entity of the project to `each`.
        pub(in crate::store) fn for_each(connection: &Connection, codec: Codec, mut each: impl FnMut(Entity)) -> Result<(), StoreError> {
            $({
                let mut select = connection.prepare(concat!("SELECT ", $columns, " FROM \"", $table, "\""))?;
                let mut rows = select.query([])?;
                while let Some(row) = rows.next()? {
                    let mut cursor = Cursor::new(row, codec);
                    each(Entity::$kind($record { $($field: Field::take(&mut cursor)?),+ }));
                }
            })+
            Ok(())
        }
    };
}

tables! {
    Project as ProjectInfo in "project" ("id, name, about, synthetic") { id, name, about, synthetic }
    Coder as Coder in "coder" ("id, name, initials") { id, name, initials }
    Attribute as Attribute in "attribute" ("id, name, \"of\", role, built_in, identifying, position") { id, name, of, role, built_in, identifying, position }
    Value as Value in "value" ("id, attribute, name, aliases, position") { id, attribute, name, aliases, position }
    Theme as Theme in "theme" ("id, name, parent, position, number, abbreviation, colour, definition, use_when, not_when, origin") { id, name, parent, position, number, abbreviation, colour, definition, use_when, not_when, origin }
    Case as Case in "case" ("id, label, kind, \"values\", position") { id, label, kind, values, position }
    Source as Source in "source" ("id, label, title, form, revision, \"case\", \"values\", file_name, fingerprint, original, position") { id, label, title, form, revision, case, values, file_name, fingerprint, original, position }
    Revision as Revision in "revision" ("id, source, parent, text, geometry") { id, source, parent, text, geometry }
    Speaker as Speaker in "speaker" ("id, source, label, voice, \"case\"") { id, source, label, voice, case }
    CaseSpan as CaseSpan in "case_span" ("id, source, revision, start_byte, end_byte, \"case\"") { id, source, revision, span, case }
    Coding as Coding in "coding" ("id, source, revision, start_byte, end_byte, theme, coder, time, origin") { id, source, revision, span, theme, coder, time, origin }
    QuoteMark as QuoteMark in "quote_mark" ("id, source, revision, start_byte, end_byte, coding, coder, time, facts") { id, source, revision, span, coding, coder, time, facts }
    ContraryMark as ContraryMark in "contrary_mark" ("id, source, coding, contrary_to, coder, time") { id, source, coding, contrary_to, coder, time }
    Memo as Memo in "memo" ("id, \"on\", kind, text, coder, time") { id, on, kind, text, coder, time }
    Example as Example in "example" ("id, theme, source, revision, start_byte, end_byte, coder, time") { id, theme, source, revision, span, coder, time }
    Saved as Saved in "saved" ("id, kind, name, body, position") { id, kind, name, body, position }
    Summary as Summary in "summary" ("id, cell, \"from\", text, spread, citations, state, silence, basis, coder, time, confirmed") { id, cell, from, text, spread, citations, state, silence, basis, coder, time, confirmed }
    Proposition as Proposition in "proposition" ("id, statement, note, status, searched, coder, time, position") { id, statement, note, status, searched, coder, time, position }
    Evidence as Evidence in "evidence" ("id, proposition, weight, \"of\", words, note, coder, time") { id, proposition, weight, of, words, note, coder, time }
    Typology as Typology in "typology" ("id, name, about, coder, time, position") { id, name, about, coder, time, position }
    Dimension as Dimension in "dimension" ("id, typology, name, \"values\", position") { id, typology, name, values, position }
    Placement as Placement in "placement" ("id, dimension, \"case\", value, reason, rests_on, coder, time") { id, dimension, case, value, reason, rests_on, coder, time }
    Verdict as Verdict in "verdict" ("id, source, \"on\", coder, time") { id, source, on, coder, time }
    Status as Status in "status" ("id, source, coder, status") { id, source, coder, status }
}
