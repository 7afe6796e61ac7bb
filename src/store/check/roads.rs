//! The road net: ends that nearly meet another road, pieces that nothing joins, rows that lead nowhere.

use geo_types::Coord;

use super::Findings;
use crate::base::Message;
use crate::county::County;
use crate::model::{Feature, Kind};

/// Says what was noticed while the net was made.
pub(super) fn net(county: &County, findings: &mut Findings) {
    let roads = county.features(Kind::Road);
    if roads.is_empty() {
        return;
    }
    let report = &county.network().report;
    let mut note = |code: &'static str, row: u32, words: &dyn Fn(Message) -> Message| {
        let Some(road) = roads.get(row as usize) else { return };
        let id = match code {
            "road_gap" => "store-check-road-gap",
            "road_island" => "store-check-road-island",
            _ => "store-check-road-without-line",
        };
        findings.note(code, &Kind::Road.table(), Some(road.id), || {
            words(Message::new(id).with("name", name_of(road)))
        });
    };
    for row in &report.without_line {
        note("road_without_line", *row, &|message| message);
    }
    for gap in &report.gaps {
        note("road_gap", gap.row, &|message| {
            at(message, gap.at).with("metres", format!("{:.1}", gap.metres))
        });
    }
    for island in county.islands() {
        note("road_island", island.row, &|message| {
            at(message, island.at).with("metres", format!("{:.0}", island.length_m))
        });
    }
    for (code, id, kind, count) in [
        (
            "lost_restriction",
            "store-check-lost-restrictions",
            Kind::TurnRestriction,
            report.lost_restrictions,
        ),
        ("lost_gate", "store-check-lost-gates", Kind::RoadGate, report.lost_gates),
    ] {
        if count > 0 {
            let message = || Message::new(id).with("count", count);
            findings.note(code, &kind.table(), None, message);
        }
    }
}

/// What a road is called: its name, else its code, else its id.
fn name_of(road: &Feature) -> String {
    let name = Some(road.name.clone()).filter(|name| !name.is_empty());
    name.or_else(|| road.code.clone()).unwrap_or_else(|| road.id.to_string())
}

fn at(message: Message, at: Coord<f64>) -> Message {
    message.with("at", format!("{:.6},{:.6}", at.x, at.y))
}
