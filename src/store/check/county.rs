//! The rules of a county: places in their township, people within capacity, references that lead somewhere.

use std::collections::BTreeMap;

use geo::{BoundingRect, Intersects};
use geo_types::{Geometry, Point};

use super::Findings;
use crate::base::Message;
use crate::county::County;
use crate::model::{Feature, Kind, Shelter, StayClass};

/// Digits of a village's code that name its township (GB/T 10114): county 6, township 3.
const TOWNSHIP_DIGITS: usize = 9;

/// Fields that name a record of another layer.
const REFERENCES: [(Kind, &str, Kind); 5] = [
    (Kind::Arrangement, "settlement", Kind::Settlement),
    (Kind::Arrangement, "shelter", Kind::Shelter),
    (Kind::Stock, "warehouse", Kind::Warehouse),
    (Kind::Equipment, "station", Kind::Station),
    (Kind::Contact, "settlement", Kind::Settlement),
];

/// Checks the rows that count in answers; `today` as `2026-11-24`.
pub(super) fn rules(county: &County, today: &str, findings: &mut Findings) {
    codes(county, findings);
    townships(county, findings);
    shelters(county, findings);
    stock(county, today, findings);
    references(county, findings);
}

fn add(
    findings: &mut Findings,
    code: &'static str,
    feature: &Feature,
    words: impl FnOnce(Message) -> Message,
) {
    let id = match code {
        "township_unknown" => "store-check-township-unknown",
        "outside_township" => "store-check-outside-township",
        "over_capacity" => "store-check-over-capacity",
        "no_capacity" => "store-check-no-capacity",
        "duplicate_code" => "store-check-duplicate-code",
        "stock_expired" => "store-check-stock-expired",
        _ => "store-check-reference",
    };
    findings.note(code, &feature.kind.table(), Some(feature.id), || {
        words(Message::new(id).with("name", feature.name.as_str()))
    });
}

/// A code is meant to name one record of a layer. Short numbers are only the rows of a ledger.
fn codes(county: &County, findings: &mut Findings) {
    for layer in county.layers() {
        let mut first: BTreeMap<&str, &Feature> = BTreeMap::new();
        for feature in layer.features() {
            let Some(code) = feature.code.as_deref().filter(|code| !is_serial(code)) else {
                continue;
            };
            match first.get(code) {
                None => {
                    first.insert(code, feature);
                }
                Some(other) => add(findings, "duplicate_code", feature, |m| {
                    m.with("code", code).with("other", other.name.as_str())
                }),
            }
        }
    }
}

fn is_serial(code: &str) -> bool {
    code.len() < 6 && code.bytes().all(|digit| digit.is_ascii_digit())
}

fn townships(county: &County, findings: &mut Findings) {
    let by_code: BTreeMap<&str, &Feature> = county
        .features(Kind::Township)
        .iter()
        .filter_map(|township| Some((township.code.as_deref()?.get(..TOWNSHIP_DIGITS)?, township)))
        .collect();
    if by_code.is_empty() {
        return;
    }
    for village in county.features(Kind::Settlement) {
        let Some(code) = village.code.as_deref().filter(|code| is_village_code(code)) else {
            continue;
        };
        let Some(township) = code.get(..TOWNSHIP_DIGITS).and_then(|code| by_code.get(code)) else {
            add(findings, "township_unknown", village, |m| m.with("code", code));
            continue;
        };
        let (Some(place), Some(area)) = (&village.geometry, &township.geometry) else { continue };
        if place_of(place).is_some_and(|place| !area.intersects(&place)) {
            add(findings, "outside_township", village, |m| {
                m.with("township", township.name.as_str())
            });
        }
    }
}

fn is_village_code(code: &str) -> bool {
    code.len() == 12 && code.bytes().all(|digit| digit.is_ascii_digit())
}

/// Where a village counts as lying: its point, or the middle of its extent.
fn place_of(geometry: &Geometry<f64>) -> Option<Point<f64>> {
    match geometry {
        Geometry::Point(point) => Some(*point),
        other => other.bounding_rect().map(|extent| extent.center().into()),
    }
}

fn shelters(county: &County, findings: &mut Findings) {
    for feature in county.features(Kind::Shelter) {
        let shelter = Shelter::of(feature);
        match shelter.capacity(StayClass::default()) {
            None => add(findings, "no_capacity", feature, |m| m),
            Some((capacity, _)) => {
                let taken = shelter.occupied() + shelter.reserved();
                if taken > capacity {
                    add(findings, "over_capacity", feature, |m| {
                        m.with("taken", taken.0).with("capacity", capacity.0)
                    });
                }
            }
        }
    }
}

fn stock(county: &County, today: &str, findings: &mut Findings) {
    for line in county.features(Kind::Stock) {
        // Days are written so that the order of the texts is the order of the days.
        if let Some(expiry) = line.text("expiry").filter(|expiry| *expiry < today) {
            add(findings, "stock_expired", line, |m| m.with("expiry", expiry));
        }
    }
}

fn references(county: &County, findings: &mut Findings) {
    for (kind, field, target) in REFERENCES {
        let rows = county.features(kind);
        if rows.is_empty() {
            continue;
        }
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for feature in county.features(target) {
            if let Some(code) = feature.code.as_deref() {
                known.insert(code, 1);
            }
        }
        for feature in county.features(target) {
            if feature.code.as_deref() != Some(feature.name.as_str()) {
                *known.entry(feature.name.as_str()).or_default() += 1;
            }
        }
        for row in rows {
            let Some(reference) = row.text(field).map(str::trim) else { continue };
            let meant =
                known.get(reference) == Some(&1) || county.resolve(target, reference).is_some();
            if !meant {
                add(findings, "reference_unresolved", row, |m| {
                    m.with("field", field)
                        .with("reference", reference)
                        .with("target", Message::new(format!("kind-{target}")))
                });
            }
        }
    }
}
