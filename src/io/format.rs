//! What a file is, by its content; its ending only decides between kinds of text.

use std::io::{Read, Seek, SeekFrom};

use super::encoding::utf16_by_zeros;
use super::fault::ReadFault;
use super::osm;
use super::source::{Input, ReadSeek};

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON, GeoJSON text sequences, or plain JSON rows.
    GeoJson,
    /// A delimited table.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// A shapefile beside its companions.
    Shapefile,
    /// A shapefile in a zip archive.
    ZippedShapefile,
    /// A GeoPackage, our own stores too.
    GeoPackage,
    /// An OpenStreetMap extract in protocol buffers.
    OsmPbf,
    /// An OpenStreetMap extract as XML.
    OsmXml,
}

impl Format {
    /// What reports call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
            Self::Shapefile | Self::ZippedShapefile => "Shapefile",
            Self::GeoPackage => "GeoPackage",
            Self::OsmPbf => "OSM PBF",
            Self::OsmXml => "OSM XML",
        }
    }

    /// Whether files of this format may have this ending.
    pub fn fits(self, ending: &str) -> bool {
        let endings: &[&str] = match self {
            Self::GeoJson => &["geojson", "json", "geojsonl", "geojsons", "ndjson", "jsonl"],
            Self::Csv => &["csv", "tsv", "txt", "tab"],
            Self::Xlsx => &["xlsx", "xlsm"],
            Self::Shapefile => &["shp"],
            Self::ZippedShapefile => &["zip"],
            Self::GeoPackage => &["gpkg", "sqlite", "db"],
            Self::OsmPbf => &["pbf", "gz", "bz2"],
            Self::OsmXml => &["osm", "xml", "gz", "bz2"],
        };
        endings.contains(&ending)
    }
}

/// Looks at the first bytes (for archives also at the table of contents).
pub fn detect(input: &Input) -> Result<Format, ReadFault> {
    if input.size()? == 0 {
        return Err(ReadFault::Empty);
    }
    let mut file = input.open()?;
    let mut head = Vec::with_capacity(4096);
    file.by_ref().take(4096).read_to_end(&mut head)?;
    if head.starts_with(b"SQLite format 3\0") {
        return Ok(Format::GeoPackage);
    }
    if let Some(format) = osm::detect(&mut *file, &head)? {
        return Ok(format);
    }
    if let Some(format) = later(&head, &input.ending()) {
        return Err(ReadFault::NotYet { format: format.to_owned() });
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return archive(file);
    }
    if head.starts_with(&[0, 0, 0x27, 0x0a]) {
        return Ok(Format::Shapefile);
    }
    // The old Excel container, PDF, pictures, packed files, and companions of a shapefile.
    const OTHERS: [&[u8]; 8] = [
        b"\xd0\xcf\x11\xe0",
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"\x1f\x8b",
        b"BZh",
        b"Rar!",
        b"7z\xbc",
    ];
    if OTHERS.iter().any(|mark| head.starts_with(mark)) {
        return Err(ReadFault::UnknownFormat);
    }
    text(&head, &input.ending())
}

/// Formats of maps, tracks and warnings that this version knows of but does not read.
fn later(head: &[u8], ending: &str) -> Option<&'static str> {
    const XML: [(&str, &str); 6] = [
        ("KML", "<kml"),
        ("GPX", "<gpx"),
        ("OSM changes", "<osmChange"),
        ("CAP", "urn:oasis:names:tc:emergency:cap"),
        ("GML", "FeatureCollection"),
        ("XML", "<?xml"),
    ];
    if ending == "kmz" {
        return Some("KMZ");
    }
    if head.starts_with(b"fgb\x03fgb") {
        return Some("FlatGeobuf");
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        return XML.iter().find(|(_, mark)| text.contains(mark)).map(|(name, _)| *name);
    }
    let sentence = text.strip_prefix('$').or_else(|| text.strip_prefix('!'));
    let talker = sentence.is_some_and(|s| {
        s.len() > 6 && s.as_bytes()[..5].iter().all(u8::is_ascii_uppercase) && s.contains('*')
    });
    talker.then_some("NMEA")
}

fn archive(mut file: Box<dyn ReadSeek>) -> Result<Format, ReadFault> {
    file.seek(SeekFrom::Start(0))?;
    let archive = ::zip::ZipArchive::new(file).map_err(|e| ReadFault::damaged(0, e))?;
    let has = |test: &dyn Fn(&[u8]) -> bool| archive.file_names_raw().any(test);
    if has(&|name| name.eq_ignore_ascii_case(b"xl/workbook.xml")) {
        Ok(Format::Xlsx)
    } else if has(&|name| name.to_ascii_lowercase().ends_with(b".shp")) {
        Ok(Format::ZippedShapefile)
    } else {
        Err(ReadFault::UnknownFormat)
    }
}

fn text(head: &[u8], ending: &str) -> Result<Format, ReadFault> {
    let wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let visible: Vec<u8> = head
        .iter()
        .copied()
        .filter(|b| !b" \t\r\n\x1e\xef\xbb\xbf\xff\xfe".contains(b) && (*b != 0 || !wide))
        .take(2)
        .collect();
    let json = match visible.as_slice() {
        [b'{', ..] => true,
        // A bracket may also begin a heading.
        [b'[', next, ..] => matches!(next, b'{' | b'[' | b']'),
        _ => false,
    };
    let binary = head.iter().filter(|b| **b < 9 || (14..27).contains(*b)).count();
    if json {
        Ok(Format::GeoJson)
    } else if Format::GeoJson.fits(ending) {
        Err(ReadFault::damaged(1, "not JSON"))
    } else if wide || binary == 0 || utf16_by_zeros(head).is_some() {
        Ok(Format::Csv)
    } else {
        Err(ReadFault::UnknownFormat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, bytes: &'static [u8]) -> Result<Format, ReadFault> {
        detect(&Input::Embedded(name.to_owned(), bytes))
    }

    #[test]
    fn content_decides() {
        assert_eq!(of("a.csv", b" {\"type\":\"Feature\"}"), Ok(Format::GeoJson));
        assert_eq!(of("a.json", b"[\n{\"a\":1}]"), Ok(Format::GeoJson));
        assert_eq!(of("a.geojson", b"lon,lat\n1,2"), Err(ReadFault::damaged(1, "not JSON")));
        assert_eq!(of("a.xlsx", b"lon,lat\n1,2"), Ok(Format::Csv));
        assert_eq!(of("a.csv", b"[m],b\n1,2"), Ok(Format::Csv));
        assert_eq!(of("a.gpkg", b""), Err(ReadFault::Empty));
        assert_eq!(of("a.csv", b"\x89PNG\r\n"), Err(ReadFault::UnknownFormat));
        assert_eq!(of("a.csv", b"\x01\x02\x03"), Err(ReadFault::UnknownFormat));
        let later = |format: &str| Err(ReadFault::NotYet { format: format.to_owned() });
        assert_eq!(of("a.kml", b"<?xml version=\"1.0\"?>\n<kml>"), later("KML"));
        assert_eq!(of("a.xml", b"<gpx version=\"1.1\">"), later("GPX"));
        assert_eq!(of("a.pbf", b"\0\0\0\x0d\x0a\x09OSMHeader\x18"), Ok(Format::OsmPbf));
        assert_eq!(of("a.kml", b"<?xml version='1.0'?><osm version='0.6'/>"), Ok(Format::OsmXml));
        assert_eq!(of("a.osc", b"<osmChange version='0.6'/>"), later("OSM changes"));
        assert_eq!(of("a.gz", b"\x1f\x8b no map"), Err(ReadFault::UnknownFormat));
        assert_eq!(of("a.nmea", b"$GPGGA,123519,4807.038,N*47\r\n"), later("NMEA"));
        assert_eq!(of("a.csv", b"$price,lon,lat\n1,2,3"), Ok(Format::Csv));
        assert_eq!(of("a.zip", b"PK\x03\x04 cut"), of("b.zip", b"PK\x03\x04 cut"));
    }
}
