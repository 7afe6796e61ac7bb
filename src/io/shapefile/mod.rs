//! Shapefiles: `.shp` with the files beside it, or all of them in one zip archive.

mod dbf;
mod shp;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use dbf::Table;
use encoding_rs::{Encoding, GBK, UTF_8};
use shp::Shapes;

use super::ask::RowNote;
use super::encoding::by_label;
use super::fault::ReadFault;
use super::source::{Input, LayerHead, RawRow, RowReader, Shape};
use super::table::headings;
use crate::spatial::crs::Crs;

/// A part may not be larger in memory.
const MAX_PART: u64 = 1 << 30;
/// All parts of an archive together.
const MAX_ARCHIVE: u64 = 2 << 30;
/// Real tables, padded as they are, pack about a hundred times; what packs better is a bomb.
const MAX_RATIO: u64 = 200;
/// Below this nothing is suspicious.
const SMALL_PART: u64 = 64 << 20;
const PARTS: [&str; 4] = ["shp", "dbf", "prj", "cpg"];

/// The files of one shapefile, in memory.
#[derive(Default)]
pub struct Parts {
    name: String,
    bytes: BTreeMap<&'static str, Vec<u8>>,
}

impl Parts {
    /// The stem that its files share.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Finds the companions of a `.shp` file; their endings may be of any case.
pub fn beside(file: &Path) -> Result<Parts, ReadFault> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut bytes = BTreeMap::new();
    bytes.insert("shp", bounded(std::fs::File::open(file)?, MAX_PART)?);
    let mut others: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|e| e.path()).collect();
    others.sort();
    for other in others {
        let Some(part) = part_of(&other.to_string_lossy()) else { continue };
        let same = other.file_stem().is_some_and(|s| s.to_string_lossy() == stem);
        if same && other.is_file() && !bytes.contains_key(part) {
            bytes.insert(part, bounded(std::fs::File::open(&other)?, MAX_PART)?);
        }
    }
    Ok(Parts { name: stem, bytes })
}

/// Finds the shapefiles in an archive. Nothing is ever written under a name from the archive.
pub fn zipped(input: &Input) -> Result<Vec<Parts>, ReadFault> {
    let damaged = |e: ::zip::result::ZipError| ReadFault::damaged(0, e);
    let mut archive = ::zip::ZipArchive::new(input.open()?).map_err(damaged)?;
    let mut found: BTreeMap<Vec<u8>, Parts> = BTreeMap::new();
    let mut left = MAX_ARCHIVE;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(damaged)?;
        let raw = entry.name_raw().to_vec();
        let name = decoded(&raw);
        let Some(part) = part_of(&name).filter(|_| entry.is_file()) else { continue };
        let fair = (entry.compressed_size().saturating_mul(MAX_RATIO)).max(SMALL_PART);
        let bytes = bounded(entry, left.min(MAX_PART).min(fair))?;
        left -= bytes.len() as u64;
        // An ending has three letters and a dot.
        let parts = found.entry(raw[..raw.len() - 4].to_vec()).or_default();
        let short = name.rsplit(['/', '\\']).next().unwrap_or(&name);
        parts.name = short[..short.len() - 4].to_owned();
        parts.bytes.insert(part, bytes);
    }
    let whole: Vec<Parts> = found.into_values().filter(|p| p.bytes.contains_key("shp")).collect();
    if whole.is_empty() { Err(ReadFault::UnknownFormat) } else { Ok(whole) }
}

/// Names and companions in Chinese are written in GBK without saying so.
fn decoded(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GBK.decode(raw).0.into_owned(),
    }
}

fn part_of(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    PARTS.into_iter().find(|part| part.eq_ignore_ascii_case(ending))
}

/// Reads at most `limit` bytes, whatever is declared.
fn bounded(reader: impl Read, limit: u64) -> Result<Vec<u8>, ReadFault> {
    let mut out = Vec::new();
    reader.take(limit + 1).read_to_end(&mut out)?;
    if out.len() as u64 > limit {
        return Err(ReadFault::TooLarge { what: format!("> {} MiB", limit >> 20) });
    }
    Ok(out)
}

/// Reads the rows of one shapefile.
pub struct ShapefileRows {
    shapes: Shapes,
    table: Option<Table>,
    encoding: &'static Encoding,
    head: LayerHead,
    columns: Vec<String>,
    number: u64,
    late: Vec<RowNote>,
    /// Columns of the present record whose cell could not be read.
    lost: Vec<u32>,
    /// Those of earlier records; one word for each is enough.
    said: BTreeSet<u32>,
}

impl ShapefileRows {
    /// Puts the parts together.
    pub fn open(mut parts: Parts, encoding: Option<&str>) -> Result<Self, ReadFault> {
        let asked = match encoding {
            None => None,
            Some(name) => Some(
                by_label(name).ok_or_else(|| ReadFault::EncodingName { name: name.to_owned() })?,
            ),
        };
        let mut notes = Vec::new();
        let mut text = |part| parts.bytes.remove(part).map(|bytes| decoded(&bytes));
        let (crs, crs_fault) = match text("prj").filter(|prj| !prj.trim().is_empty()) {
            Some(prj) => match Crs::from_wkt(&prj) {
                Ok(crs) => (Some(crs), None),
                Err(fault) => (None, Some(ReadFault::crs(&fault))),
            },
            None => (None, None),
        };
        let cpg = text("cpg");
        let table = parts.bytes.remove("dbf").map(Table::new).transpose()?;
        let (encoding, cpg_wrong) = match &table {
            Some(table) => table.encoding(asked, cpg.as_deref())?,
            None => (UTF_8, false),
        };
        if table.is_none() {
            notes.push(RowNote::new(0, "missing_dbf"));
        }
        if cpg_wrong {
            let cpg = cpg.unwrap_or_default();
            let note = RowNote::new(0, "cpg_wrong").with("cpg", cpg.trim());
            notes.push(note.with("encoding", encoding.name()));
        }
        let columns = match &table {
            Some(table) => headings(&table.headings(encoding))?,
            None => Vec::new(),
        };
        let head = LayerHead {
            name: parts.name,
            crs,
            crs_fault,
            encoding: encoding.name().to_owned(),
            notes,
            ..LayerHead::default()
        };
        let shapes = Shapes::new(parts.bytes.remove("shp").unwrap_or_default())?;
        Ok(Self {
            shapes,
            table,
            encoding,
            head,
            columns,
            number: 0,
            late: Vec::new(),
            lost: Vec::new(),
            said: BTreeSet::new(),
        })
    }
}

impl RowReader for ShapefileRows {
    fn head(&self) -> &LayerHead {
        &self.head
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, ReadFault> {
        loop {
            row.clear();
            let shape = self.shapes.next()?;
            let at = usize::try_from(self.number).unwrap_or(usize::MAX);
            let records = self.table.as_ref().map_or(0, Table::count);
            let Some(shape) = shape.or_else(|| (at < records).then_some(Shape::Absent)) else {
                return Ok(false);
            };
            self.number += 1;
            row.number = self.number;
            row.shape = shape;
            let Some(table) = self.table.as_ref() else { return Ok(true) };
            if at >= table.count() {
                self.late.push(RowNote::new(self.number, "no_attributes"));
                return Ok(true);
            }
            if table.is_deleted(at) {
                continue;
            }
            if table.cells(at, self.encoding, &mut row.cells, &mut self.lost) {
                self.late.push(RowNote::new(self.number, "cut_text"));
            }
            for column in self.lost.drain(..) {
                if self.said.insert(column) {
                    let heading = self.columns.get(column as usize).map_or("", String::as_str);
                    let note = RowNote::new(self.number, "unreadable_cells");
                    self.late.push(note.with("column", heading));
                }
            }
            return Ok(true);
        }
    }

    fn done(&self) -> u64 {
        self.shapes.done()
    }

    fn late_notes(&mut self) -> Vec<RowNote> {
        std::mem::take(&mut self.late)
    }
}
