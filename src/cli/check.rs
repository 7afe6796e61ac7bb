//! `shouye check`: is the store sound, and does the county obey its rules.

use serde::Serialize;

use super::console::{Answer, Console};
use super::fault::Fault;
use super::progress;
use super::table::Align::Left;
use crate::base::Message;

#[derive(Serialize)]
struct Checked {
    ok: bool,
    findings: Vec<FindingOut>,
}

#[derive(Serialize)]
struct FindingOut {
    code: &'static str,
    layer: String,
    id: Option<String>,
    message: String,
    /// A fault makes the store unsound; anything else is worth knowing.
    fault: bool,
}

/// Checks the store; findings are exit code 1.
pub fn run(console: &Console) -> Result<Answer, Fault> {
    let store = console.open_store()?;
    let findings =
        progress::shown(&console.tr("cli-progress-check"), |feedback| store.check(feedback))?;
    let findings: Vec<FindingOut> = findings
        .into_iter()
        .map(|finding| FindingOut {
            code: finding.code,
            layer: finding.layer,
            id: finding.id.map(|id| id.to_string()),
            message: console.say(&finding.message),
            fault: finding.is_fault,
        })
        .collect();
    let out = Checked { ok: !findings.iter().any(|finding| finding.fault), findings };
    let mut answer = console.answer(&out, || text(&out, console))?;
    answer.ok = out.ok;
    Ok(answer)
}

fn text(out: &Checked, console: &Console) -> String {
    if out.findings.is_empty() {
        return console.tr("cli-check-ok");
    }
    let mut table =
        console.table(&[("layer", Left), ("message", Left), ("finding", Left), ("id", Left)]);
    for finding in &out.findings {
        table.row(vec![
            finding.layer.clone(),
            finding.message.clone(),
            finding.code.to_owned(),
            finding.id.clone().unwrap_or_default(),
        ]);
    }
    let head = if out.ok { "cli-check-notes" } else { "cli-check-findings" };
    let head = Message::new(head).with("findings", out.findings.len());
    format!("{}\n{}", console.say(&head), table.render())
}
