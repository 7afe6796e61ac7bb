//! Reading layers, and the whole county in one read transaction.

use geo_types::Rect;
use rusqlite::OptionalExtension;

use super::geopackage::quoted;
use super::row::RowForm;
use super::{Store, StoreError, meta};
use crate::base::{Feedback, Id};
use crate::county::{County, Layer};
use crate::model::{Feature, Kind};

/// A layer in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerInfo {
    /// Name of the table.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Rows that count in answers.
    pub features: usize,
    /// Sample rows that real rows have taken the place of.
    pub samples_left_out: usize,
    /// Their extent in degrees.
    pub extent: Option<Rect<f64>>,
    /// Where they come from, joined by `; `.
    pub source: String,
    /// The oldest day of their figures.
    pub as_of: Option<String>,
    /// Whether they are sample data (示例数据).
    pub sample: bool,
}

impl LayerInfo {
    /// The line of a layer.
    pub fn of(layer: &Layer) -> Self {
        let sources: Vec<&str> =
            layer.sources().iter().map(|s| s.source.as_str()).filter(|s| !s.is_empty()).collect();
        Self {
            name: layer.kind().table(),
            kind: layer.kind(),
            features: layer.features().len(),
            samples_left_out: layer.samples_left_out(),
            extent: layer.extent(),
            source: sources.join("; "),
            as_of: layer.sources().iter().filter_map(|s| s.as_of.clone()).min(),
            sample: layer.is_sample(),
        }
    }
}

impl Store {
    /// The layers that hold anything, in the order of [`Kind::ALL`].
    pub fn layers(&self) -> Result<Vec<LayerInfo>, StoreError> {
        Ok(self.read_county(&Feedback::default())?.layers().map(LayerInfo::of).collect())
    }

    /// All rows of a kind, sample rows too.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] names the first row that cannot be read.
    pub fn read_layer(&self, kind: Kind) -> Result<Vec<Feature>, StoreError> {
        self.read_rows(kind, &Feedback::default())
    }

    fn read_rows(&self, kind: Kind, feedback: &Feedback) -> Result<Vec<Feature>, StoreError> {
        let form = RowForm::of(kind);
        let mut query = self
            .connection
            .prepare_cached(&format!("{} ORDER BY fid", form.select()))
            .map_err(|e| self.fault(e))?;
        let mut rows = query.query([]).map_err(|e| self.fault(e))?;
        let mut features = Vec::new();
        while let Some(row) = rows.next().map_err(|e| self.fault(e))? {
            if features.len() % 1024 == 0 {
                feedback.check()?;
            }
            features.push(form.read(row).map_err(|e| self.fault(e))?.map_err(|fault| {
                StoreError::Damaged {
                    file: self.path.clone(),
                    detail: format!("{} {}: {}", kind.table(), fault.record, fault.detail),
                }
            })?);
        }
        Ok(features)
    }

    /// Everything, at one moment.
    pub fn read_county(&self, feedback: &Feedback) -> Result<County, StoreError> {
        // A deferred transaction fixes the moment at its first read.
        let tx = self.connection.unchecked_transaction().map_err(|e| self.fault(e))?;
        let version = meta::version(&tx).map_err(|e| self.fault(e))?;
        let mut layers = Vec::with_capacity(Kind::ALL.len());
        for (done, kind) in (0_u64..).zip(Kind::ALL) {
            feedback.report(done, Kind::ALL.len() as u64);
            layers.push((*kind, self.read_rows(*kind, feedback)?));
        }
        tx.finish().map_err(|e| self.fault(e))?;
        Ok(County::new(version, layers))
    }

    /// The row with this id, whatever its kind.
    pub(super) fn find(&self, id: Id) -> Result<Option<Feature>, StoreError> {
        for kind in Kind::ALL {
            if let Some(feature) = self.find_in(*kind, id)? {
                return Ok(Some(feature));
            }
        }
        Ok(None)
    }

    pub(super) fn find_in(&self, kind: Kind, id: Id) -> Result<Option<Feature>, StoreError> {
        let form = RowForm::of(kind);
        let read = || {
            self.connection
                .prepare_cached(&format!("{} WHERE id=?1", form.select()))?
                .query_row([id.to_string()], |row| form.read(row))
                .optional()
        };
        match read().map_err(|e| self.fault(e))? {
            None => Ok(None),
            Some(Ok(feature)) => Ok(Some(feature)),
            Some(Err(fault)) => Err(StoreError::Damaged {
                file: self.path.clone(),
                detail: format!("{} {}: {}", kind.table(), fault.record, fault.detail),
            }),
        }
    }

    /// The batch that added a row.
    pub(super) fn batch_of(&self, kind: Kind, id: Id) -> rusqlite::Result<Option<i64>> {
        self.connection
            .prepare_cached(&format!("SELECT batch FROM {} WHERE id=?1", quoted(&kind.table())))?
            .query_row([id.to_string()], |row| row.get(0))
            .optional()
            .map(Option::flatten)
    }
}
