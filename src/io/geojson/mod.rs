//! GeoJSON (RFC 7946), GeoJSON text sequences (RFC 8142), lines of JSON, and plain lists of objects.

mod feature;
mod geometry;
mod split;

use std::io::Read;

use feature::{Columns, Items, items_of, read_item};
use split::Splitter;

use super::encoding::open_text;
use super::fault::ReadFault;
use super::source::{Input, LayerHead, RawRow, RowReader};
use crate::spatial::crs::Crs;

/// Where the items stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In the list `features` of the outer object.
    Features,
    /// In the outer list.
    List,
    /// One after another; the first is kept in `first`.
    Sequence,
    /// All read.
    End,
}

/// Reads a file of GeoJSON or JSON rows.
pub struct GeoJsonRows {
    split: Splitter<Box<dyn Read>>,
    head: LayerHead,
    columns: Columns,
    place: Place,
    items: Option<Items>,
    /// A single outer object that turned out to be an item itself.
    first: Option<Vec<u8>>,
    number: u64,
}

impl GeoJsonRows {
    /// Opens the file and reads up to its first item.
    pub fn open(input: &Input, encoding: Option<&str>) -> Result<Self, ReadFault> {
        let text = open_text(input, encoding)?;
        let head = LayerHead { name: input.stem(), encoding: text.label, ..LayerHead::default() };
        Self::over(text.reader, head)
    }

    /// The same for UTF-8 text from anywhere.
    pub fn over(text: Box<dyn Read>, head: LayerHead) -> Result<Self, ReadFault> {
        let mut rows = Self {
            split: Splitter::new(text),
            head,
            columns: Columns::default(),
            place: Place::Sequence,
            items: None,
            first: None,
            number: 0,
        };
        match rows.split.peek()? {
            None => return Err(ReadFault::Empty),
            Some(b'[') => {
                rows.split.take(b'[')?;
                rows.place = Place::List;
            }
            Some(b'{') => rows.outer_object()?,
            Some(_) => return Err(ReadFault::damaged(1, "not JSON")),
        }
        Ok(rows)
    }

    /// Reads members of the outer object until the list of features begins. If there is none, the object
    /// is itself the first item.
    fn outer_object(&mut self) -> Result<(), ReadFault> {
        self.split.take(b'{')?;
        let mut whole = vec![b'{'];
        loop {
            if self.split.take(b'}')? {
                whole.push(b'}');
                self.first = Some(whole);
                return Ok(());
            }
            let key = self.member_key()?;
            if key == "features" && self.split.take(b'[')? {
                self.place = Place::Features;
                return Ok(());
            }
            let range = self.split.value()?.ok_or_else(|| self.cut_off())?;
            let value = self.split.bytes(range);
            if whole.len() > 1 {
                whole.push(b',');
            }
            whole.extend(serde_json::Value::from(key.as_str()).to_string().into_bytes());
            whole.push(b':');
            whole.extend_from_slice(value);
            let value = value.to_vec();
            self.outer_member(&key, &value)?;
            self.split.take(b',')?;
        }
    }

    fn member_key(&mut self) -> Result<String, ReadFault> {
        if self.split.peek()? != Some(b'"') {
            return Err(ReadFault::damaged(self.number, "no member name where one should be"));
        }
        let range = self.split.value()?.ok_or_else(|| self.cut_off())?;
        let key = serde_json::from_slice(self.split.bytes(range))
            .map_err(|e| ReadFault::damaged(self.number, e))?;
        if !self.split.take(b':')? {
            return Err(ReadFault::damaged(self.number, "no colon after a member name"));
        }
        Ok(key)
    }

    /// Members that say something about the whole file.
    fn outer_member(&mut self, key: &str, value: &[u8]) -> Result<(), ReadFault> {
        if key != "crs" {
            return Ok(());
        }
        // The member of GeoJSON 2008, still written by GDAL.
        let value: serde_json::Value =
            serde_json::from_slice(value).map_err(|e| ReadFault::damaged(0, e))?;
        let Some(name) = value.pointer("/properties/name").and_then(serde_json::Value::as_str)
        else {
            return Ok(());
        };
        let crs = match Crs::parse(name) {
            Ok(crs) => crs,
            Err(fault) => {
                self.head.crs_fault = Some(ReadFault::crs(&fault));
                return Ok(());
            }
        };
        let late = self.place == Place::End && self.number > 0;
        if late && self.head.crs.as_ref() != Some(&crs) && !crs.is_degrees() {
            // Rows were already placed under another assumption.
            let layer = self.head.name.clone();
            self.head.crs_fault = Some(ReadFault::CrsUnknown { layer, likely: Some(crs.label()) });
            return Ok(());
        }
        self.head.crs = Some(crs);
        Ok(())
    }

    fn cut_off(&self) -> ReadFault {
        ReadFault::damaged(self.number, "the file ends too early")
    }

    /// Whether another item follows, with the commas and brackets between.
    fn goes_on(&mut self) -> Result<bool, ReadFault> {
        let listed = matches!(self.place, Place::Features | Place::List);
        if listed && self.number > 0 && !self.split.take(b',')? && self.split.peek()? != Some(b']')
        {
            return Err(match self.split.peek()? {
                None => self.cut_off(),
                Some(_) => ReadFault::damaged(self.number, "no comma between features"),
            });
        }
        match (self.place, self.split.peek()?) {
            (Place::End, _) | (Place::Sequence, None) => Ok(false),
            (Place::Features | Place::List, None) => Err(self.cut_off()),
            (Place::Features | Place::List, Some(b']')) => {
                self.split.take(b']')?;
                let inside = self.place == Place::Features;
                self.place = Place::End;
                if inside {
                    self.rest_of_object()?;
                }
                match self.split.peek()? {
                    None => Ok(false),
                    Some(_) => Err(ReadFault::damaged(self.number, "text after the end")),
                }
            }
            (_, Some(_)) => Ok(true),
        }
    }

    fn rest_of_object(&mut self) -> Result<(), ReadFault> {
        loop {
            if self.split.take(b'}')? {
                return Ok(());
            }
            if self.split.peek()?.is_none() {
                return Err(self.cut_off());
            }
            self.split.take(b',')?;
            let key = self.member_key()?;
            let range = self.split.value()?.ok_or_else(|| self.cut_off())?;
            let value = self.split.bytes(range).to_vec();
            self.outer_member(&key, &value)?;
        }
    }
}

impl RowReader for GeoJsonRows {
    fn head(&self) -> &LayerHead {
        &self.head
    }

    fn columns(&self) -> &[String] {
        self.columns.names()
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, ReadFault> {
        row.clear();
        let first = self.first.take();
        if first.is_none() && !self.goes_on()? {
            return Ok(false);
        }
        let range = match &first {
            Some(_) => 0..0,
            None => self.split.value()?.ok_or_else(|| self.cut_off())?,
        };
        let bytes = first.as_deref().unwrap_or_else(|| self.split.bytes(range));
        self.number += 1;
        row.number = self.number;
        let items = match self.items {
            Some(items) => items,
            // The first item that can be read at all shows what the others are.
            None => {
                items_of(bytes).inspect(|items| self.items = Some(*items)).unwrap_or(Items::Objects)
            }
        };
        read_item(bytes, items, &mut self.columns, row);
        Ok(true)
    }

    fn done(&self) -> u64 {
        self.split.done()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::source::Shape;
    use crate::model::Value;
    use geo_types::Point;

    fn rows(text: &str) -> Result<(Vec<RawRow>, Vec<String>), ReadFault> {
        let input = Input::Embedded("t.geojson".to_owned(), text.to_owned().leak().as_bytes());
        let mut reader = GeoJsonRows::open(&input, None)?;
        let mut out = Vec::new();
        let mut row = RawRow::default();
        while reader.next(&mut row)? {
            out.push(row.clone());
        }
        Ok((out, reader.columns().to_vec()))
    }

    const POINT: &str = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"名称":"a","n":3}}"#;

    #[test]
    fn collections_sequences_and_single_features_are_read() {
        let given = Shape::Given(Point::new(1.0, 2.0).into());
        let cells = vec![(0, Value::from("a")), (1, Value::Integer(3))];
        for text in [
            format!(r#"{{"type":"FeatureCollection","features":[{POINT}]}}"#),
            format!(r#"{{"features":[{POINT}],"type":"FeatureCollection"}} "#),
            POINT.to_owned(),
            format!("\u{1e}{POINT}\n\u{1e}{POINT}\n"),
            format!("[{POINT}]"),
        ] {
            let (rows, columns) = rows(&text).unwrap();
            assert_eq!(columns, ["名称", "n"], "{text}");
            assert_eq!((&rows[0].shape, &rows[0].cells), (&given, &cells), "{text}");
        }
        let (bare, _) = rows(r#"{"type":"Point","coordinates":[1,2]}"#).unwrap();
        assert_eq!(bare[0].shape, given);
    }

    #[test]
    fn plain_objects_are_rows() {
        let (rows, columns) = rows(r#"[{"ID":45,"Indoor":false,"cp":[1,2]},{"ID":null}]"#).unwrap();
        assert_eq!(columns, ["ID", "Indoor", "cp"]);
        let cells = [(0, 45_i64.into()), (1, false.into()), (2, "[1,2]".into())];
        assert_eq!(rows[0].cells, cells);
        assert_eq!(rows[1].cells, []);
    }

    #[test]
    fn a_feature_that_is_no_json_is_a_faulty_row_and_a_cut_file_a_fault() {
        let (read, _) = rows(&format!(r#"{{"features":[{{"type":NaN}},{POINT}]}}"#)).unwrap();
        assert!(read[0].fault.is_some() && read[1].fault.is_none());
        let deep = format!(
            r#"{{"features":[{{"type":"Feature","properties":{{"a":{}{}}}}}]}}"#,
            "[".repeat(10_000),
            "]".repeat(10_000)
        );
        assert!(rows(&deep).unwrap().0[0].fault.is_some());
        let cut = format!(r#"{{"type":"FeatureCollection","features":[{POINT},{{"ty"#);
        assert_eq!(rows(&cut), Err(ReadFault::damaged(1, "the file ends too early")));
        assert!(rows(r#"{"features":[{} {}]}"#).is_err());
    }

    #[test]
    fn a_system_named_after_the_features_is_not_ignored() {
        let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4548"}}"#;
        let before = format!(r#"{{{crs},"features":[{POINT}]}}"#);
        assert!(rows(&before).is_ok());
        let after = format!(r#"{{"features":[{POINT}],{crs}}}"#);
        let input = Input::Embedded("t.geojson".to_owned(), after.leak().as_bytes());
        let mut reader = GeoJsonRows::open(&input, None).unwrap();
        while reader.next(&mut RawRow::default()).unwrap() {}
        let fault = reader.head().crs_fault.as_ref().map(ReadFault::code);
        assert_eq!(fault, Some("crs_unknown"));
    }
}
