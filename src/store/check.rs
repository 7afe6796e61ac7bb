//! Looking a store over: integrity, GeoPackage rules, keys, and what a county should be.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::ValueRef;

use super::geopackage::{APPLICATION_ID, USER_VERSION};
use super::import::WHOLE_ROW;
use super::row::{RowForm, read_value};
use super::schema::PRIVATE_TABLES;
use super::{Store, StoreError};
use crate::base::{Feedback, Id, Message};
use crate::county::County;
use crate::model::{Feature, Kind, Shelter, StayClass};

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// One word for programs.
    pub code: &'static str,
    /// Which layer, or empty for the whole store.
    pub layer: String,
    /// Which record, if it is one.
    pub id: Option<Id>,
    /// In words.
    pub message: Message,
    /// Whether the store is not sound; the rest are hints about its content.
    pub is_fault: bool,
}

impl Finding {
    fn of_store(code: &'static str, message: Message) -> Self {
        Self { code, layer: String::new(), id: None, message, is_fault: true }
    }

    fn about(code: &'static str, feature: &Feature, message: Message) -> Self {
        Self {
            code,
            layer: feature.kind.table(),
            id: Some(feature.id),
            message: message.with("name", feature.name.as_str()),
            is_fault: false,
        }
    }
}

impl Store {
    /// Looks everything over. Faults come first, then hints, each by layer and id.
    pub fn check(&self, feedback: &Feedback) -> Result<Vec<Finding>, StoreError> {
        let mut findings = Vec::new();
        self.check_file(&mut findings).map_err(|e| self.fault(e))?;
        let mut layers = Vec::new();
        for kind in Kind::ALL {
            feedback.check()?;
            let rows = self.check_layer(*kind, &mut findings).map_err(|e| self.fault(e))?;
            layers.push((*kind, rows));
        }
        self.check_changes(&mut findings).map_err(|e| self.fault(e))?;
        let county = County::new(0, layers);
        let today = self.clock.now().date();
        check_county(&county, &today, feedback, &mut findings)?;
        findings.sort_by(|a, b| {
            b.is_fault
                .cmp(&a.is_fault)
                .then_with(|| (a.code, &a.layer, a.id).cmp(&(b.code, &b.layer, b.id)))
        });
        Ok(findings)
    }

    fn check_file(&self, findings: &mut Vec<Finding>) -> rusqlite::Result<()> {
        let mut query = self.connection.prepare("PRAGMA integrity_check(100)")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let verdict: String = row.get(0)?;
            if verdict != "ok" {
                let message = Message::new("finding-integrity").with("detail", verdict);
                findings.push(Finding::of_store("integrity", message));
            }
        }
        let mut query = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let table: String = row.get(0)?;
            let message = Message::new("finding-integrity").with("detail", table);
            findings.push(Finding::of_store("foreign_key", message));
        }
        let number =
            |pragma: &str| self.connection.query_row(pragma, [], |row| row.get::<_, i32>(0));
        let mut wrong = Vec::new();
        if number("PRAGMA application_id")? != APPLICATION_ID {
            wrong.push("application_id".to_owned());
        }
        if number("PRAGMA user_version")? != USER_VERSION {
            wrong.push("user_version".to_owned());
        }
        for kind in Kind::ALL {
            let listed: i64 = self.connection.query_row(
                "SELECT count(*) FROM gpkg_contents c JOIN sqlite_schema s ON s.name=c.table_name WHERE c.table_name=?1",
                [kind.table()],
                |row| row.get(0),
            )?;
            let columns: i64 = self.connection.query_row(
                "SELECT count(*) FROM gpkg_geometry_columns WHERE table_name=?1",
                [kind.table()],
                |row| row.get(0),
            )?;
            if listed != 1 || columns != i64::from(kind.has_geometry()) {
                wrong.push(kind.table());
            }
        }
        for table in PRIVATE_TABLES {
            let listed: i64 = self.connection.query_row(
                "SELECT count(*) FROM gpkg_contents WHERE table_name=?1 AND data_type='attributes'",
                [table],
                |row| row.get(0),
            )?;
            if listed != 1 {
                wrong.push(table.to_owned());
            }
        }
        findings.extend(wrong.into_iter().map(|detail| {
            Finding::of_store("gpkg", Message::new("finding-gpkg").with("detail", detail))
        }));
        Ok(())
    }

    fn check_layer(
        &self,
        kind: Kind,
        findings: &mut Vec<Finding>,
    ) -> rusqlite::Result<Vec<Feature>> {
        let form = RowForm::of(kind);
        let mut query = self.connection.prepare(&format!("{} ORDER BY id", form.select()))?;
        let mut rows = query.query([])?;
        let mut features = Vec::new();
        while let Some(row) = rows.next()? {
            match form.read(row)? {
                Ok(feature) => features.push(feature),
                Err(fault) => {
                    let name = match row.get_ref(2)? {
                        ValueRef::Text(name) => String::from_utf8_lossy(name).into_owned(),
                        _ => fault.record.clone(),
                    };
                    findings.push(Finding {
                        code: "geometry",
                        layer: kind.table(),
                        id: Id::parse(&fault.record),
                        message: Message::new("finding-geometry")
                            .with("name", name)
                            .with("detail", fault.detail),
                        is_fault: true,
                    });
                }
            }
        }
        Ok(features)
    }

    /// The current row is the sum of its changes: each field's newest logged value is the row's value.
    fn check_changes(&self, findings: &mut Vec<Finding>) -> rusqlite::Result<()> {
        let mut query = self.connection.prepare(
            "SELECT layer, record, field, new FROM shouye_change AS c
             WHERE seq = (SELECT max(seq) FROM shouye_change AS n
                          WHERE n.record=c.record AND n.layer=c.layer AND n.field IN (c.field, ?1))
             ORDER BY layer, record, field",
        )?;
        let mut rows = query.query([WHOLE_ROW])?;
        while let Some(row) = rows.next()? {
            let (layer, record, field): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            if field == WHOLE_ROW {
                continue;
            }
            let (Some(kind), Some(id)) = (Kind::parse(&layer), Id::parse(&record)) else {
                continue;
            };
            let Ok(Some(feature)) = self.find_in(kind, id) else { continue };
            let logged: Option<String> = row.get(3)?;
            if feature.value(&field) != logged.as_deref().and_then(read_value) {
                findings.push(Finding {
                    code: "change_mismatch",
                    layer,
                    id: Some(id),
                    message: Message::new("finding-change-mismatch")
                        .with("name", feature.name)
                        .with("field", field),
                    is_fault: true,
                });
            }
        }
        Ok(())
    }
}

fn check_county(
    county: &County,
    today: &str,
    feedback: &Feedback,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    for shelter in county.features(Kind::Shelter) {
        feedback.check()?;
        let figures = Shelter::of(shelter);
        match figures.capacity(StayClass::Emergency) {
            None => findings.push(Finding::about(
                "no_capacity",
                shelter,
                Message::new("finding-no-capacity"),
            )),
            Some((capacity, _)) if figures.occupied() > capacity => {
                let message = Message::new("finding-over-occupied")
                    .with("occupied", figures.occupied().0)
                    .with("capacity", capacity.0);
                findings.push(Finding::about("over_occupied", shelter, message));
            }
            Some(_) => {}
        }
    }
    let townships: BTreeSet<&str> = county
        .features(Kind::Township)
        .iter()
        .filter_map(|township| township.code.as_deref()?.get(..9))
        .collect();
    if !townships.is_empty() {
        for village in county.features(Kind::Settlement) {
            let Some(code) = &village.code else { continue };
            if code.len() == 12 && !code.get(..9).is_some_and(|head| townships.contains(head)) {
                let message = Message::new("finding-township").with("code", code.as_str());
                findings.push(Finding::about("township", village, message));
            }
        }
    }
    for line in county.features(Kind::Stock) {
        if let Some(expiry) = line.text("expiry")
            && expiry < today
        {
            let message = Message::new("finding-expired").with("expiry", expiry);
            findings.push(Finding::about("expired", line, message));
        }
    }
    let references: BTreeMap<Kind, &[(&str, Kind)]> = BTreeMap::from([
        (Kind::Stock, [("warehouse", Kind::Warehouse)].as_slice()),
        (Kind::Equipment, &[("station", Kind::Station)]),
        (Kind::Contact, &[("settlement", Kind::Settlement)]),
        (Kind::Arrangement, &[("settlement", Kind::Settlement), ("shelter", Kind::Shelter)]),
    ]);
    for (kind, fields) in references {
        for row in county.features(kind) {
            feedback.check()?;
            for (field, target) in fields {
                let Some(reference) = row.text(field) else { continue };
                if county.resolve(*target, reference).is_none() {
                    let message = Message::new("finding-unresolved").with("reference", reference);
                    findings.push(Finding::about("unresolved", row, message));
                }
            }
        }
    }
    Ok(())
}
