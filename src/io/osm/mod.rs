//! OpenStreetMap extracts, PBF or XML, also packed: one file gives a layer of every kind that occurs in it.
//!
//! `gather` takes the elements as they come, `extract` puts them in order, `row` gives them places. What tags
//! mean stands in the table `assets/osm/mapping.toml`.

mod block;
mod element;
mod extract;
mod gather;
mod mapping;
mod packed;
mod pbf;
mod quantity;
mod register;
mod restriction;
mod ring;
mod road;
mod roads;
mod row;
mod wire;
mod xml;

use std::io::{Cursor, Read, SeekFrom};

use super::fault::ReadFault;
use super::format::Format;
use super::source::{Input, ReadSeek, RowReader};
use crate::model::Kind;
use extract::Extract;
use gather::Gather;
use mapping::MAPPING;
use packed::{Packing, beginning, unpack};
use row::{OsmRows, Progress};

pub use roads::{OsmRoads, read_roads, read_roads_from};

/// Bytes by which a file is known.
const HEAD: u64 = 4096;

/// The format of a file that may be an extract, packed or not, by its first bytes.
pub(super) fn detect(file: &mut dyn ReadSeek, head: &[u8]) -> Result<Option<Format>, ReadFault> {
    let packing = Packing::of(head);
    if packing == Packing::None {
        return Ok(format_of(head));
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(format_of(&beginning(file, packing, HEAD)))
}

fn format_of(head: &[u8]) -> Option<Format> {
    if pbf::is_pbf(head) {
        Some(Format::OsmPbf)
    } else {
        xml::is_osm_xml(head).then_some(Format::OsmXml)
    }
}

/// Reads the rows of these kinds; `tell` hears of bytes read and says whether to go on.
fn read<'f>(
    mut file: Box<dyn Read + 'f>,
    wanted: &[Kind],
    tell: &mut dyn FnMut(u64) -> bool,
) -> Result<Extract, ReadFault> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    let packing = Packing::of(&head);
    let (mut content, done) = unpack(Cursor::new(head).chain(file), packing);
    let mut begins = Vec::new();
    content.by_ref().take(HEAD).read_to_end(&mut begins)?;
    let is_pbf = pbf::is_pbf(&begins);
    let mut content = Cursor::new(begins).chain(content);
    let mut gather = Gather::new(wanted, tell);
    if is_pbf {
        pbf::read_pbf(&mut content, &done, &mut gather)?;
    } else {
        xml::read_xml(content, &done, &mut gather)?;
    }
    Ok(Extract::of(gather, wanted))
}

/// What a visit of an extract comes by.
pub(super) enum Stop<'r> {
    /// Bytes read, of all.
    Progress(u64, u64),
    /// A layer.
    Layer(&'r mut dyn RowReader),
}

/// Visits every layer of an extract, or those of one kind or name.
pub(super) fn visit<E: From<ReadFault>>(
    input: &Input,
    kind: Option<Kind>,
    name: Option<&str>,
    visitor: &mut dyn FnMut(Stop<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let size = input.size()?;
    let fits = |layer: &&mapping::LayerMap| match (kind, name) {
        (None, None) => !layer.optional,
        (kind, name) => {
            kind.is_none_or(|kind| layer.kind == kind)
                && name.is_none_or(|name| layer.name == name || layer.kind.key() == name)
        }
    };
    let layers = MAPPING.layers.iter();
    let wanted: Vec<Kind> = layers.filter(fits).map(|layer| layer.kind).collect();
    if wanted.is_empty() {
        let asked = name.or(kind.map(Kind::key)).unwrap_or_default().to_owned();
        return Err(missing(asked).into());
    }
    let mut stopped = None;
    let mut tell =
        |done: u64| match visitor(Stop::Progress(Progress::reading(done).min(size), size)) {
            Ok(()) => true,
            Err(why) => {
                stopped = Some(why);
                false
            }
        };
    let extract = read(Box::new(input.open()?), &wanted, &mut tell);
    if let Some(why) = stopped {
        return Err(why);
    }
    let extract = extract?;
    if extract.layers.is_empty()
        && let Some(asked) = name.or(kind.map(Kind::key))
    {
        return Err(missing(asked.to_owned()).into());
    }
    let all = extract.layers.iter().map(|found| found.drafts.len() as u64).sum();
    let mut before = 0;
    for (at, found) in extract.layers.iter().enumerate() {
        let last = at + 1 == extract.layers.len();
        let progress = Progress { before, all, size, last };
        visitor(Stop::Layer(&mut OsmRows::new(&extract, found, progress)))?;
        before += found.drafts.len() as u64;
    }
    Ok(())
}

fn missing(layer: String) -> ReadFault {
    let names: Vec<&str> = MAPPING.layers.iter().map(|layer| layer.name.as_str()).collect();
    ReadFault::LayerMissing { layer, layers: names.join(", ") }
}
