//! Reading: what layers there are, the rows of one, the whole county.

use geo_types::{Coord, Rect};
use rusqlite::Connection;

use super::error::StoreError;
use super::layout::{GeometryType, Layout, quoted};
use super::{Store, open, row};
use crate::base::Feedback;
use crate::county::County;
use crate::model::{Feature, Kind};

/// How often a long read asks whether it should stop.
const POLL_ROWS: usize = 4096;

/// A layer and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerInfo {
    /// Name of the table, `care_home`.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Rows that count in answers: as soon as there are real rows, sample rows do not.
    pub features: u64,
    /// Sample rows that real rows have taken the place of.
    pub samples_left_out: u64,
    /// `[min lon, min lat, max lon, max lat]` in degrees; `None` for plain tables.
    pub extent: Option<[f64; 4]>,
    /// Who says so; several sources are joined by `; `.
    pub source: Option<String>,
    /// The oldest day of its figures.
    pub as_of: Option<String>,
    /// The rows that count are sample data (示例数据).
    pub sample: bool,
}

impl Store {
    /// The layers that hold rows, in the order of [`Kind::ALL`].
    pub fn layers(&self) -> Result<Vec<LayerInfo>, StoreError> {
        let read = || {
            let tx = self.db.unchecked_transaction()?;
            let mut out = Vec::new();
            for layout in self.layouts.values() {
                out.extend(layer_info(&tx, layout)?);
            }
            Ok(out)
        };
        read().map_err(|source| self.fault(source))
    }

    /// All rows of a kind in the order in which they came, samples too.
    pub fn read_layer(&self, kind: Kind) -> Result<Vec<Feature>, StoreError> {
        let Some(layout) = self.layouts.get(&kind) else { return Ok(Vec::new()) };
        self.rows(layout, &Feedback::default())
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
        tx.finish().map_err(fault)?;
        feedback.report(all, all);
        Ok(County::new(version, layers))
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

fn layer_info(db: &Connection, layout: &Layout) -> rusqlite::Result<Option<LayerInfo>> {
    let mut groups = db.prepare_cached(&format!(
        "SELECT sample <> 0, source, count(*), min(as_of) FROM {} GROUP BY 1, 2 ORDER BY 1, 2",
        quoted(&layout.table)
    ))?;
    let mut rows = groups.query([])?;
    let mut info: Option<LayerInfo> = None;
    let mut sources: Vec<String> = Vec::new();
    while let Some(row) = rows.next()? {
        let sample: bool = row.get(0)?;
        let count = row.get::<_, i64>(2)?.unsigned_abs();
        let info = info.get_or_insert_with(|| LayerInfo {
            name: layout.table.clone(),
            kind: layout.kind,
            features: 0,
            samples_left_out: 0,
            extent: None,
            source: None,
            as_of: None,
            sample,
        });
        // Real rows come first; sample rows after them do not count.
        if sample && !info.sample {
            info.samples_left_out += count;
            continue;
        }
        info.features += count;
        sources.extend(row.get::<_, Option<String>>(1)?);
        let as_of: Option<String> = row.get(3)?;
        if as_of.is_some() && (info.as_of.is_none() || as_of < info.as_of) {
            info.as_of = as_of;
        }
    }
    let Some(mut info) = info else { return Ok(None) };
    info.source = (!sources.is_empty()).then(|| sources.join("; "));
    info.extent = declared_extent(db, layout)?
        .map(|extent| [extent.min().x, extent.min().y, extent.max().x, extent.max().y]);
    Ok(Some(info))
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
