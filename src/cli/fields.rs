//! `shouye fields`: what a ledger may carry, and under which headings.

use serde::Serialize;

use super::args::FieldsArgs;
use super::console::{Answer, Console};
use super::fault::Fault;
use super::table::Align::Left;
use crate::model::{Field, Kind};
use crate::view::label::field_label;

#[derive(Serialize)]
struct Kinds {
    kinds: Vec<KindFields>,
}

#[derive(Serialize)]
struct KindFields {
    kind: &'static str,
    fields: Vec<FieldOut>,
    /// `reference`: replaced whole; `record`: changed through the change table.
    class: &'static str,
    geometry: &'static [String],
    aliases: &'static [String],
}

#[derive(Serialize)]
struct FieldOut {
    name: &'static str,
    #[serde(rename = "type")]
    field_type: &'static str,
    unit: Option<&'static str>,
    values: Vec<&'static str>,
    aliases: &'static [String],
    /// What people call it.
    label: String,
}

/// Lists the canonical fields of one kind or of all.
pub fn run(ask: &FieldsArgs, console: &Console) -> Result<Answer, Fault> {
    let kinds: Vec<Kind> = match ask.kind {
        Some(kind) => vec![kind],
        None => Kind::ALL.to_vec(),
    };
    let out = Kinds { kinds: kinds.iter().map(|kind| fields_of(*kind, console)).collect() };
    console.answer(&out, || {
        kinds.iter().map(|kind| text(*kind, console)).collect::<Vec<_>>().join("\n")
    })
}

fn fields_of(kind: Kind, console: &Console) -> KindFields {
    let table = kind.table_def();
    let fields = table
        .fields
        .iter()
        .map(|field| FieldOut {
            name: &field.name,
            field_type: field.field_type.key(),
            unit: field.unit.as_deref(),
            values: keys(field),
            aliases: &field.aliases,
            label: field_label(&console.locale, kind, &field.name),
        })
        .collect();
    KindFields {
        kind: kind.key(),
        fields,
        class: table.class.key(),
        geometry: &table.geometry,
        aliases: &table.aliases,
    }
}

fn keys(field: &'static Field) -> Vec<&'static str> {
    field.values.iter().map(|choice| choice.key.as_str()).collect()
}

fn text(kind: Kind, console: &Console) -> String {
    let mut table = console.table(&[
        ("field", Left),
        ("label", Left),
        ("type", Left),
        ("unit", Left),
        ("values", Left),
        ("aliases", Left),
    ]);
    for field in &kind.table_def().fields {
        table.row(vec![
            field.name.clone(),
            field_label(&console.locale, kind, &field.name),
            field.field_type.key().to_owned(),
            field.unit.clone().unwrap_or_default(),
            keys(field).join(" "),
            field.aliases.join(" "),
        ]);
    }
    format!("{kind}  {}\n{}", console.kind(kind), table.render())
}
