//! A county's own figures of the costing: differences from the usual table, each with who and when.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::error::StoreError;
use super::{Store, open};
use crate::network::{Costing, OwnFigure};

/// The setting they stand under, as a JSON list.
const KEY: &str = "costing";

impl Store {
    /// The costing of this county. A list that cannot be read counts as none, and `check` says so.
    pub fn costing(&self) -> Result<Costing, StoreError> {
        let text = read(&self.db).map_err(|source| self.fault(source))?;
        Ok(text.and_then(|text| parse(&text)).map(Costing::new).unwrap_or_default())
    }

    /// Sets figures, or makes them as usual again (`None`): all of them or none. The costing as it is
    /// now comes back.
    pub fn set_costing(
        &mut self,
        changes: &[(String, Option<f64>)],
        who: &str,
    ) -> Result<Costing, StoreError> {
        self.change_costing(|costing, at| Ok(costing.with(changes, who, at)?))
    }

    /// Makes every figure as usual again, also those that no figure of the table is called after.
    pub fn reset_costing(&mut self) -> Result<Costing, StoreError> {
        self.change_costing(|_, _| Ok(Costing::default()))
    }

    fn change_costing(
        &mut self,
        change: impl FnOnce(&Costing, crate::base::Timestamp) -> Result<Costing, StoreError>,
    ) -> Result<Costing, StoreError> {
        self.writable()?;
        let at = self.clock.now();
        let path = self.path.clone();
        let fault = |source| StoreError::sql(&path, source);
        let tx =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let text = read(&tx).map_err(fault)?;
        let before = text.as_deref().and_then(parse).map(Costing::new).unwrap_or_default();
        let costing = change(&before, at)?;
        let own: Vec<&OwnFigure> = costing.own().iter().chain(costing.lost()).collect();
        // Plain data always have a JSON form.
        let json = serde_json::to_string(&own).unwrap_or_default();
        if text.as_deref().unwrap_or("[]") != json {
            tx.execute(
                "INSERT INTO shouye_setting (key, value) VALUES (?, ?) \
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [KEY, &json],
            )
            .map_err(fault)?;
            open::count_change(&tx).map_err(fault)?;
            tx.commit().map_err(fault)?;
        }
        Ok(costing)
    }
}

fn read(db: &Connection) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT value FROM shouye_setting WHERE key = ?")?
        .query_row([KEY], |row| row.get(0))
        .optional()
}

fn parse(text: &str) -> Option<Vec<OwnFigure>> {
    serde_json::from_str(text).ok()
}

/// Whether there is a list that cannot be read.
pub(super) fn is_unreadable(db: &Connection) -> rusqlite::Result<bool> {
    Ok(read(db)?.is_some_and(|text| parse(&text).is_none()))
}
