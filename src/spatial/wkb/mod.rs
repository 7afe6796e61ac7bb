//! Well-known binary, as stores and files carry it, read within bounds: WKB, ISO WKB, EWKB and GeoPackage blobs.

mod gpkg;
mod read;
mod write;

pub use gpkg::{read_gpkg, write_gpkg};
pub use read::{WkbFault, read_wkb};
pub use write::write_wkb;

/// Type numbers of WKB (OGC 06-103r4, table 7).
mod kind {
    pub const POINT: u32 = 1;
    pub const LINE_STRING: u32 = 2;
    pub const POLYGON: u32 = 3;
    pub const MULTI_POINT: u32 = 4;
    pub const MULTI_LINE_STRING: u32 = 5;
    pub const MULTI_POLYGON: u32 = 6;
    pub const COLLECTION: u32 = 7;
}

#[cfg(test)]
mod tests;
