//! The roads of an extract without a store: for benchmarks, tests and programs that only use the library.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::extract::Found;
use super::row::OsmRow;
use super::{Extract, read};
use crate::base::Id;
use crate::io::fault::ReadFault;
use crate::model::{Attributes, Feature, Kind, Provenance};

/// What a road network is built from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OsmRoads {
    /// Roads; those that share a node share the coordinate to the bit.
    pub roads: Vec<Feature>,
    /// Turn restrictions at nodes of those roads.
    pub restrictions: Vec<Feature>,
    /// Gates and bollards on nodes of those roads.
    pub gates: Vec<Feature>,
}

/// Reads the roads of an extract (PBF or XML, also packed).
///
/// Roads without two nodes in the file are left out; an import would name them.
pub fn read_roads(file: &Path) -> Result<OsmRoads, ReadFault> {
    roads(Box::new(File::open(file)?))
}

/// The same from bytes.
///
/// ```
/// let xml = br#"<osm><node id="1" lon="116.5" lat="35.7"/><node id="2" lon="116.6" lat="35.7"/>
///     <way id="9"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way></osm>"#;
/// let read = shouye::io::osm::read_roads_from(xml).unwrap();
/// assert_eq!(read.roads[0].code.as_deref(), Some("way/9"));
/// ```
pub fn read_roads_from(bytes: &[u8]) -> Result<OsmRoads, ReadFault> {
    roads(Box::new(bytes))
}

fn roads<'f>(file: Box<dyn Read + 'f>) -> Result<OsmRoads, ReadFault> {
    let wanted = [Kind::Road, Kind::TurnRestriction, Kind::RoadGate];
    let extract = read(file, &wanted, &mut |_done| true)?;
    let mut out = OsmRoads::default();
    for found in &extract.layers {
        let own = match found.layer.kind {
            Kind::Road => &mut out.roads,
            Kind::TurnRestriction => &mut out.restrictions,
            _ => &mut out.gates,
        };
        *own = features(&extract, found);
    }
    Ok(out)
}

fn features(extract: &Extract, found: &Found) -> Vec<Feature> {
    extract.rows(found).filter_map(|row| feature(found.layer.kind, row)).collect()
}

fn feature(kind: Kind, row: OsmRow) -> Option<Feature> {
    let mut feature = Feature {
        id: Id::from_bytes([0; 16]),
        kind,
        code: Some(row.code),
        name: String::new(),
        geometry: Some(row.geometry.ok()??),
        attributes: Attributes::default(),
        extra: Vec::new(),
        provenance: Provenance::default(),
    };
    let fields = &kind.table_def().fields;
    let mut cells = row.cells;
    cells.sort_by_key(|(at, _)| *at);
    for (at, value) in cells {
        match fields[at].name.as_str() {
            "name" => feature.name = value.to_string(),
            field => feature.attributes.push(field, value),
        }
    }
    feature.id = Id::from_natural_key(kind.key(), &feature.natural_key()?);
    Some(feature)
}
