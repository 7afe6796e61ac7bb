//! What the model's words are called: kinds, fields, values and units in the language of the reader.

use super::Locale;
use crate::base::Message;
use crate::model::{Feature, Field, FieldType, Kind, Value};
use crate::session::home::NOBODY;
use crate::session::notice::Notice;

/// What a kind is called.
pub fn kind_label(locale: &Locale, kind: Kind) -> String {
    locale.tr(&kind_id(kind))
}

/// Message id of a kind: `kind-shelter`.
pub fn kind_id(kind: Kind) -> String {
    format!("kind-{}", kind.key())
}

/// What a field is called in a kind: `field-KIND-NAME` if the kind has its own word, else `field-NAME`.
/// A column we do not know keeps its header.
pub fn field_label(locale: &Locale, kind: Kind, field: &str) -> String {
    if kind.field(field).is_none() {
        return field.to_owned();
    }
    let own = format!("field-{}-{field}", kind.key());
    if locale.has(&own) { locale.tr(&own) } else { locale.tr(&format!("field-{field}")) }
}

/// Message id of a choice: `value-shelter-status-open`.
pub fn choice_id(kind: Kind, field: &str, key: &str) -> String {
    format!("value-{}-{field}-{key}", kind.key())
}

/// What a choice is called; an unknown key is shown as it is.
pub fn choice_label(locale: &Locale, kind: Kind, field: &str, key: &str) -> String {
    let id = choice_id(kind, field, key);
    if locale.has(&id) { locale.tr(&id) } else { key.to_owned() }
}

/// Message id of a unit of the field table: `m3/h` becomes `unit-m3-h`.
pub fn unit_id(unit: &str) -> String {
    format!("unit-{}", unit.replace('/', "-"))
}

/// The unit of a field, if it has one.
pub fn unit_label(locale: &Locale, field: &Field) -> Option<String> {
    field.unit.as_deref().map(|unit| locale.tr(&unit_id(unit)))
}

/// A value in words, without its unit: choices by name, shares in per cent, numbers grouped.
pub fn value_text(locale: &Locale, kind: Kind, field: &str, value: &Value) -> String {
    let definition = kind.field(field);
    match value {
        Value::Boolean(yes) => locale.tr(if *yes { "yes" } else { "no" }),
        Value::Integer(n) => locale.number(*n as f64),
        Value::Real(x) => match definition.and_then(|f| f.unit.as_deref()) {
            Some("share") => locale.number(x * 100.0),
            _ => locale.number(*x),
        },
        Value::Text(text) => match definition.map(|f| f.field_type) {
            Some(FieldType::Choice) => choice_label(locale, kind, field, text),
            Some(FieldType::Choices) => text
                .split(';')
                .map(|key| choice_label(locale, kind, field, key))
                .collect::<Vec<_>>()
                .join(&locale.tr("list-separator")),
            // To the minute, in China standard time, as it is stored.
            Some(FieldType::Time) => {
                text.get(..16).map_or_else(|| text.clone(), |t| t.replace('T', " "))
            }
            _ => text.clone(),
        },
    }
}

/// A value with its unit: `1,200 人`; `None` is written as no data.
pub fn value_with_unit(locale: &Locale, kind: Kind, field: &str, value: Option<&Value>) -> String {
    let Some(value) = value else { return locale.tr("no-data") };
    let text = value_text(locale, kind, field, value);
    match kind.field(field).and_then(|field| unit_label(locale, field)) {
        Some(unit) => format!("{text} {unit}"),
        None => text,
    }
}

/// What a feature is called: its name, else its code; empty if it has neither.
pub fn name_of(feature: &Feature) -> String {
    if feature.name.is_empty() {
        feature.code.clone().unwrap_or_default()
    } else {
        feature.name.clone()
    }
}

/// A field's change in words: `状态：平时 → 启用`.
pub fn change_text(
    locale: &Locale,
    kind: Kind,
    field: &str,
    (old, new): (Option<&Value>, Option<&Value>),
) -> String {
    let value = |value: Option<&Value>| match value {
        Some(value) => value_text(locale, kind, field, value),
        None => locale.tr("no-data"),
    };
    let message = Message::new("history-line")
        .with("field", field_label(locale, kind, field))
        .with("old", value(old))
        .with("new", value(new));
    locale.text(&message)
}

/// Who changed something, in words.
pub fn who_text(locale: &Locale, who: &str) -> String {
    // Stores of the first versions say `cli` for the same.
    if who.is_empty() || who == NOBODY || who == "cli" {
        locale.tr("who-local")
    } else {
        who.to_owned()
    }
}

/// A notice in words; one about a record says what changed, and whose change was taken back.
pub fn notice_text(locale: &Locale, notice: &Notice) -> String {
    let Some(note) = notice.change.as_ref().filter(|note| !note.changes.is_empty()) else {
        return locale.text(&notice.message);
    };
    let lines: Vec<String> = note
        .changes
        .iter()
        .map(|change| {
            let values = (change.old.as_ref(), change.new.as_ref());
            change_text(locale, note.kind, &change.field, values)
        })
        .collect();
    let what = lines.join(&locale.tr("list-separator"));
    let id = if note.taken_back.is_some() { "change-undone" } else { "change-made" };
    let who = note.taken_back.as_deref().unwrap_or_default();
    let message = Message::new(id)
        .with("name", note.name.as_str())
        .with("what", what)
        .with("who", who_text(locale, who));
    locale.text(&message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Lang;

    #[test]
    fn values_read_like_words() {
        let zh = Locale::new(Lang::Zh);
        let en = Locale::new(Lang::En);
        let capacity = Value::Integer(1200);
        assert_eq!(value_with_unit(&zh, Kind::Shelter, "capacity", Some(&capacity)), "1,200 人");
        assert_eq!(value_with_unit(&zh, Kind::Shelter, "capacity", None), "无数据");
        let hazards = Value::from("flood;earthquake");
        assert_eq!(value_text(&zh, Kind::Shelter, "hazards", &hazards), "洪涝、地震");
        assert_eq!(value_text(&en, Kind::Shelter, "hazards", &hazards), "Flood, Earthquake");
        let share = Value::Real(0.23);
        assert_eq!(
            value_with_unit(&en, Kind::Settlement, "vulnerable_share", Some(&share)),
            "23 %"
        );
        assert_eq!(field_label(&zh, Kind::CareHome, "residents"), "入住人数");
        assert_eq!(field_label(&zh, Kind::Settlement, "residents"), "常住人口");
        assert_eq!(field_label(&zh, Kind::Shelter, "备用列"), "备用列");
    }
}
