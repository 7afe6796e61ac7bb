//! Reading: what layers there are, the rows of one, the whole county.

use std::collections::BTreeSet;

use geo_types::{Coord, Rect};
use rusqlite::Connection;

use super::error::StoreError;
use super::geopackage::quoted;
use super::layout::{GeometryType, Layout};
use super::{Store, open, row};
use crate::base::Feedback;
use crate::county::{County, Layer};
use crate::model::{Feature, Kind};

/// How often a long read asks whether it should stop.
const POLL_ROWS: usize = 4096;

/// A layer in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerInfo {
    /// Name of the table, `care_home`.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Rows that count in answers: as soon as there are real rows, sample rows do not.
    pub features: usize,
    /// Sample rows that real rows have taken the place of.
    pub samples_left_out: usize,
    /// Their extent in degrees; `None` for plain tables.
    pub extent: Option<Rect<f64>>,
    /// Where they come from, joined by `; `; empty if nobody said.
    pub source: String,
    /// The oldest day of their figures.
    pub as_of: Option<String>,
    /// Whether they are sample data (示例数据).
    pub sample: bool,
}

/// Some layers as they were at one version.
#[derive(Clone, Debug)]
pub struct LayersAt {
    /// The store's version.
    pub version: u64,
    /// All rows of each kind asked for, samples too.
    pub layers: Vec<(Kind, Vec<Feature>)>,
}

impl LayerInfo {
    /// The line of a layer.
    pub fn of(layer: &Layer) -> Self {
        let sources: BTreeSet<&str> =
            layer.sources().iter().map(|note| note.source.as_str()).collect();
        let sources: Vec<&str> = sources.into_iter().filter(|source| !source.is_empty()).collect();
        Self {
            name: layer.kind().table(),
            kind: layer.kind(),
            features: layer.features().len(),
            samples_left_out: layer.samples_left_out(),
            extent: layer.extent(),
            source: sources.join("; "),
            as_of: layer.sources().iter().filter_map(|note| note.as_of.clone()).min(),
            sample: layer.is_sample(),
        }
    }
}

impl Store {
    /// The layers that hold rows, in the order of [`Kind::ALL`].
    pub fn layers(&self) -> Result<Vec<LayerInfo>, StoreError> {
        let fault = |source| self.fault(source);
        let tx = self.db.unchecked_transaction().map_err(fault)?;
        let mut out = Vec::new();
        // One layer after the other, so that a large store is never in memory whole.
        for (kind, layout) in &self.layouts {
            let rows = self.rows(layout, &Feedback::default())?;
            if !rows.is_empty() {
                out.push(LayerInfo::of(&Layer::new(*kind, rows)));
            }
        }
        tx.finish().map_err(fault)?;
        Ok(out)
    }

    /// All rows of a kind in the order in which they came, samples too.
    pub fn read_layer(&self, kind: Kind) -> Result<Vec<Feature>, StoreError> {
        let Some(layout) = self.layouts.get(&kind) else { return Ok(Vec::new()) };
        self.rows(layout, &Feedback::default())
    }

    /// A number that changes whenever somebody else has changed the store, and never by what is
    /// changed through this handle.
    pub fn others(&self) -> Result<i64, StoreError> {
        self.db
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .map_err(|source| self.fault(source))
    }

    /// All rows of some kinds and the version they belong to, read in one transaction.
    pub fn read_layers(&self, kinds: &[Kind]) -> Result<LayersAt, StoreError> {
        let fault = |source| self.fault(source);
        let tx = self.db.unchecked_transaction().map_err(fault)?;
        let version = open::version(&tx).map_err(fault)?;
        let read = |kind: &Kind| Ok((*kind, self.read_layer(*kind)?));
        let layers = kinds.iter().map(read).collect::<Result<_, StoreError>>()?;
        tx.finish().map_err(fault)?;
        Ok(LayersAt { version, layers })
    }

    /// How many sample rows (示例数据) of a kind count nowhere because there are real ones.
    pub fn samples_left_out(&self, kind: Kind) -> Result<u64, StoreError> {
        let Some(layout) = self.layouts.get(&kind) else { return Ok(0) };
        let table = quoted(&layout.table);
        let sql = format!(
            "SELECT count(*) FROM {table} \
             WHERE sample AND EXISTS (SELECT 1 FROM {table} WHERE NOT sample)"
        );
        self.db
            .query_row(&sql, [], |row| row.get::<_, i64>(0))
            .map(i64::unsigned_abs)
            .map_err(|source| self.fault(source))
    }

    /// The whole county at one version, read in one transaction.
    pub fn read_county(&self, feedback: &Feedback) -> Result<County, StoreError> {
        let fault = |source| self.fault(source);
        let tx = self.db.unchecked_transaction().map_err(fault)?;
        let version = open::version(&tx).map_err(fault)?;
        let all = self.layouts.len() as u64;
        let mut layers = Vec::with_capacity(self.layouts.len());
        for (done, (kind, layout)) in (0_u64..).zip(&self.layouts) {
            feedback.report(done, all);
            layers.push((*kind, self.rows(layout, feedback)?));
        }
        let costing = self.costing()?;
        // A store of an older version that can only be read has no place for one.
        let net = self.kept_net().ok().flatten();
        tx.finish().map_err(fault)?;
        feedback.report(all, all);
        let county = County::new(version, layers).with_costing(version, costing);
        Ok(match net {
            Some(bytes) => county.with_kept_net(bytes),
            None => county,
        })
    }

    fn rows(&self, layout: &Layout, feedback: &Feedback) -> Result<Vec<Feature>, StoreError> {
        let fault = |source| self.fault(source);
        let mut statement =
            self.db.prepare_cached(&format!("{} ORDER BY fid", layout.select)).map_err(fault)?;
        let mut rows = statement.query([]).map_err(fault)?;
        let mut out = Vec::new();
        while let Some(found) = rows.next().map_err(fault)? {
            if out.len() % POLL_ROWS == 0 {
                feedback.check()?;
            }
            out.push(row::feature(layout, found).map_err(fault)?);
        }
        Ok(out)
    }
}

/// The extent that `gpkg_contents` declares.
pub(super) fn declared_extent(
    db: &Connection,
    layout: &Layout,
) -> rusqlite::Result<Option<Rect<f64>>> {
    if layout.geometry == GeometryType::None {
        return Ok(None);
    }
    db.prepare_cached("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?")?
        .query_row([&layout.table], |row| {
            let side = |at| row.get::<_, Option<f64>>(at);
            Ok(match (side(0)?, side(1)?, side(2)?, side(3)?) {
                (Some(x1), Some(y1), Some(x2), Some(y2)) => {
                    Some(Rect::new(Coord { x: x1, y: y1 }, Coord { x: x2, y: y2 }))
                }
                _ => None,
            })
        })
}
