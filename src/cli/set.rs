//! `shouye set`: changes a record, or takes the last change back.

use serde::Serialize;
use serde_json::Value as Json;

use super::args::SetArgs;
use super::console::{Answer, Console};
use super::fault::Fault;
use super::figure;
use super::table::Align::Left;
use crate::base::{Id, Message};
use crate::county::County;
use crate::model::{Feature, Kind, Value};
use crate::session::home::login_name;
use crate::store::Change;

#[derive(Serialize)]
struct SetOut {
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    changes: Vec<ChangeOut>,
}

#[derive(Serialize)]
struct ChangeOut {
    field: String,
    old: Json,
    new: Json,
}

/// Changes a record.
pub fn run(ask: &SetArgs, console: &Console) -> Result<Answer, Fault> {
    let (mut workspace, _) = console.open()?;
    if ask.undo {
        let undone = workspace.undo_set(&login_name())?;
        let name = undone.as_ref().and_then(|(id, _)| name_of(workspace.county(), *id));
        // An addition taken back leaves its name in the changes only.
        let name = name.or_else(|| {
            let (_, changes) = undone.as_ref()?;
            let change = changes.iter().find(|change| change.field == "name")?;
            change.old.as_ref().map(Value::to_string)
        });
        let (id, changes) = undone.map_or((None, Vec::new()), |(id, changes)| (Some(id), changes));
        return done(id, None, name, &changes, "cli-set-undone", console);
    }
    let reference = ask.id.as_deref().unwrap_or_default();
    let (id, values) = {
        let record = record(workspace.county(), reference)?;
        (record.id, values(&ask.values)?)
    };
    let changes = workspace.set(id, &values, &login_name(), ask.why.as_deref())?;
    let name = name_of(workspace.county(), id);
    done(Some(id), None, name, &changes, "cli-set-done", console)
}

/// The record meant by an id, or by a code that only one record has.
pub(super) fn record<'a>(county: &'a County, reference: &str) -> Result<&'a Feature, Fault> {
    if let Some(found) = Id::parse(reference).and_then(|id| county.feature(id)) {
        return Ok(found);
    }
    let mut coded = county
        .layers()
        .flat_map(|layer| layer.features())
        .filter(|row| row.code.as_deref() == Some(reference));
    let message = |id: &'static str| Message::new(id).with("reference", reference);
    match (coded.next(), coded.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(Fault::not_found(message("cli-record-unknown"))
            .hint(Message::new("cli-record-unknown-hint"))),
        (Some(one), Some(other)) => Err(Fault::new("ambiguous", message("cli-record-ambiguous"))
            .hint(
                Message::new("cli-record-ambiguous-hint")
                    .with("one", one.id.to_string())
                    .with("other", other.id.to_string()),
            )),
    }
}

/// `FIELD=VALUE` with words as they are; the store fits them to the field.
pub(super) fn values(texts: &[String]) -> Result<Vec<(String, Option<Value>)>, Fault> {
    let value = |text: &String| {
        let Some((field, word)) = text.split_once('=') else {
            return Err(Fault::usage(
                Message::new("cli-set-unreadable").with("text", text.as_str()),
            )
            .hint(Message::new("cli-set-unreadable-hint")));
        };
        let word = word.trim();
        Ok((field.trim().to_owned(), (!word.is_empty()).then(|| Value::from(word))))
    };
    texts.iter().map(value).collect()
}

pub(super) fn name_of(county: &County, id: Id) -> Option<String> {
    county.feature(id).map(|row| row.name.clone()).filter(|name| !name.is_empty())
}

/// Says what changed; of a record that is new also its kind.
pub(super) fn done(
    id: Option<Id>,
    added: Option<Kind>,
    name: Option<String>,
    changes: &[Change],
    words: &'static str,
    console: &Console,
) -> Result<Answer, Fault> {
    let json = |value: &Option<Value>| value.as_ref().map_or(Json::Null, figure::json_of);
    let out = SetOut {
        id: id.map(|id| id.to_string()),
        kind: added.map(Kind::key),
        changes: changes
            .iter()
            .map(|change| ChangeOut {
                field: change.field.clone(),
                old: json(&change.old),
                new: json(&change.new),
            })
            .collect(),
    };
    console.answer(&out, || {
        let Some(id) = &out.id else { return console.tr("cli-set-nothing-to-undo") };
        if changes.is_empty() && added.is_none() {
            return console.tr("cli-set-unchanged");
        }
        let word = |value: &Option<Value>| {
            value.as_ref().map_or_else(|| console.tr("cli-no-data"), Value::to_string)
        };
        let mut table = console.table(&[("field", Left), ("old", Left), ("new", Left)]);
        for change in changes {
            table.row(vec![change.field.clone(), word(&change.old), word(&change.new)]);
        }
        let head = Message::new(words).with("name", name.unwrap_or_else(|| id.clone()));
        format!("{}\n{}", console.say(&head), table.render())
    })
}
