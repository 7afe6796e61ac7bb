//! One file from its first byte to its last row: recognised, placed, tested, handed on.

use geo_types::{Coord, Geometry, Rect};
use serde::{Deserialize, Serialize};

use super::ask::{ImportAsk, Preview, PreviewColumn, PreviewLayer, RowNote};
use super::clip::Cutter;
use super::csv::CsvRows;
use super::fault::ReadFault;
use super::format::{Format, detect};
use super::gate::{Gate, Ready};
use super::geojson::GeoJsonRows;
use super::geopackage::Package;
use super::note::Tally;
use super::osm;
use super::placing::{Placing, Where};
use super::recognise::{ColumnPlan, Role, ShapeClass, recognise_kind, shift_words};
use super::shapefile::{self, ShapefileRows};
use super::source::{Input, RawRow, RowReader, Shape};
use super::twin::Twins;
use super::xlsx::Workbook;
use crate::model::{Kind, Value};

/// Rows on which kind, columns and coordinate system are decided.
const SAMPLE_ROWS: usize = 500;
const PREVIEW_ROWS: usize = 20;

/// What the reader knows about the county beforehand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Surroundings {
    /// Extent in degrees: min lon, min lat, max lon, max lat.
    pub extent: Option<[f64; 4]>,
    /// The boundary as WKB, where only what lies in it is wanted.
    pub boundary: Option<Vec<u8>>,
}

impl Surroundings {
    fn rect(&self) -> Option<Rect<f64>> {
        let [x0, y0, x1, y1] = self.extent?;
        Some(Rect::new(Coord { x: x0, y: y0 }, Coord { x: x1, y: y1 }))
    }
}

/// A layer that is about to be handed on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerStart {
    /// Format, as reports call it.
    pub format: String,
    /// Layer, sheet or file stem.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Label of its coordinate reference system; empty for plain tables.
    pub crs: String,
    /// Encoding of its text.
    pub encoding: String,
}

/// Who takes what is read.
pub trait Sink {
    /// Why it stops.
    type Error: From<ReadFault>;
    /// A layer begins.
    fn layer(&mut self, start: LayerStart) -> Result<(), Self::Error>;
    /// Headings of columns that came up since the last call.
    fn columns(&mut self, fresh: &[String]) -> Result<(), Self::Error>;
    /// A row that may enter the store.
    fn row(&mut self, ready: Ready) -> Result<(), Self::Error>;
    /// A row that may not.
    fn refuse(&mut self, note: RowNote) -> Result<(), Self::Error>;
    /// Something to look at.
    fn warn(&mut self, note: RowNote) -> Result<(), Self::Error>;
    /// Bytes read, of all.
    fn progress(&mut self, done: u64, total: u64) -> Result<(), Self::Error>;
    /// The layer ends after this many rows.
    fn end(&mut self, read: u64) -> Result<(), Self::Error>;
}

/// Reads all of a file into a sink.
pub fn read_file<S: Sink>(
    input: &Input,
    ask: &ImportAsk,
    around: &Surroundings,
    sink: &mut S,
) -> Result<(), S::Error> {
    let mut pass = Pass {
        cutter: Cutter::of(ask.clip, around)?,
        input,
        ask,
        around,
        found: 0,
        unknown: None,
        skipped: Vec::new(),
        twins: Twins::default(),
    };
    walk(input, ask, &mut |stop| match stop {
        Stop::Layer(format, reader) => pass.layer(format, reader, sink),
        Stop::Progress(done, total) => sink.progress(done, total),
    })?;
    match pass.unknown {
        // Some layers of a package or workbook may be of no use, but not all.
        Some(fault) if pass.found == 0 => Err(fault.into()),
        None if pass.found == 0 => Err(ReadFault::Empty.into()),
        _ => Ok(()),
    }
}

/// Looks at a file without importing it.
pub fn look(input: &Input, ask: &ImportAsk, around: &Surroundings) -> Result<Preview, ReadFault> {
    let mut preview = Preview {
        file: ask.file.display().to_string(),
        format: String::new(),
        encoding: String::new(),
        layers: Vec::new(),
    };
    walk(input, ask, &mut |stop| {
        let Stop::Layer(format, reader) = stop else { return Ok(()) };
        preview.format = format.name().to_owned();
        preview.encoding.clone_from(&reader.head().encoding);
        preview.layers.extend(look_at_layer(input, ask, around, reader)?);
        Ok::<(), ReadFault>(())
    })?;
    Ok(preview)
}

/// What a walk through a file comes by.
enum Stop<'r> {
    Layer(Format, &'r mut dyn RowReader),
    /// Bytes read, of all, where the file is read before its first layer.
    Progress(u64, u64),
}

type Visit<'v, E> = &'v mut dyn FnMut(Stop<'_>) -> Result<(), E>;

/// Visits every layer of a file that was asked for.
fn walk<E: From<ReadFault>>(input: &Input, ask: &ImportAsk, visit: Visit<'_, E>) -> Result<(), E> {
    let format = detect(input)?;
    let encoding = ask.encoding.as_deref();
    let wanted = |name: &str| ask.source_layer.as_deref().is_none_or(|layer| layer == name);
    let some = |names: Vec<&str>| match &ask.source_layer {
        Some(layer) if !names.iter().any(|name| name == layer) => {
            Err(ReadFault::LayerMissing { layer: layer.clone(), layers: names.join(", ") })
        }
        _ => Ok(()),
    };
    match format {
        Format::GeoJson => {
            some(vec![&input.stem()])?;
            visit(Stop::Layer(format, &mut GeoJsonRows::open(input, encoding)?))
        }
        Format::Csv => {
            some(vec![&input.stem()])?;
            visit(Stop::Layer(format, &mut CsvRows::open(input, encoding)?))
        }
        Format::Xlsx => {
            let mut book = Workbook::open(input)?;
            let sheets = book.sheets();
            some(sheets.iter().map(String::as_str).collect())?;
            for sheet in sheets.iter().filter(|sheet| wanted(sheet)) {
                let mut rows = book.sheet(sheet)?;
                if !rows.columns().is_empty() {
                    visit(Stop::Layer(format, &mut rows))?;
                }
            }
            Ok(())
        }
        Format::Shapefile | Format::ZippedShapefile => {
            let all = match (format, input) {
                (Format::Shapefile, Input::File(path)) => vec![shapefile::beside(path)?],
                (Format::Shapefile, Input::Embedded(..)) => {
                    return Err(ReadFault::UnknownFormat.into());
                }
                _ => shapefile::zipped(input)?,
            };
            some(all.iter().map(shapefile::Parts::name).collect())?;
            for parts in all {
                if wanted(parts.name()) {
                    visit(Stop::Layer(format, &mut ShapefileRows::open(parts, encoding)?))?;
                }
            }
            Ok(())
        }
        Format::GeoPackage => {
            let Input::File(path) = input else { return Err(ReadFault::UnknownFormat.into()) };
            let package = Package::open(path)?;
            let layers = package.layers();
            some(layers.iter().map(|layer| layer.table.as_str()).collect())?;
            for layer in layers.iter().filter(|layer| wanted(&layer.table)) {
                if package.count(layer)? > 0 {
                    let mut statement = package.prepare(layer)?;
                    visit(Stop::Layer(format, &mut package.rows(layer, &mut statement)?))?;
                }
            }
            Ok(())
        }
        Format::OsmPbf | Format::OsmXml => {
            let layer = ask.source_layer.as_deref();
            osm::visit(input, ask.kind, layer, &mut |stop| match stop {
                osm::Stop::Layer(reader) => visit(Stop::Layer(format, reader)),
                osm::Stop::Progress(done, total) => visit(Stop::Progress(done, total)),
            })
        }
    }
}

/// The first rows of a layer and what they show.
struct Opening {
    sample: Vec<RawRow>,
    shape: Option<ShapeClass>,
    notes: Vec<RowNote>,
}

fn open_layer(
    input: &Input,
    format: Option<Format>,
    reader: &mut dyn RowReader,
) -> Result<Opening, ReadFault> {
    let mut sample = Vec::new();
    let mut row = RawRow::default();
    while sample.len() < SAMPLE_ROWS && reader.next(&mut row)? {
        sample.push(std::mem::take(&mut row));
    }
    let mut notes = reader.head().notes.clone();
    if let Some(format) = format {
        let ending = input.ending();
        if !ending.is_empty() && !format.fits(&ending) {
            notes.push(
                RowNote::new(0, "wrong_ending")
                    .with("ending", ending)
                    .with("format", format.name()),
            );
        }
    }
    let classes: Vec<ShapeClass> = sample.iter().filter_map(|row| class_of(&row.shape)).collect();
    let shape = classes.first().copied();
    Ok(Opening { sample, shape, notes })
}

fn class_of(shape: &Shape) -> Option<ShapeClass> {
    let Shape::Given(geometry) = shape else { return None };
    Some(match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => ShapeClass::Point,
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => {
            ShapeClass::Line
        }
        _ => ShapeClass::Polygon,
    })
}

/// What the layer holds: what people say, then its names, headings and shapes.
fn kind_of(
    input: &Input,
    ask: &ImportAsk,
    reader: &dyn RowReader,
    opening: &Opening,
) -> Option<Kind> {
    if ask.kind.is_some() {
        return ask.kind;
    }
    let head = reader.head();
    if head.kind.is_some() {
        return head.kind;
    }
    if head.ours {
        return Kind::parse(&head.name);
    }
    let stem = input.stem();
    let names: Vec<&str> =
        if head.name == stem { vec![&stem] } else { vec![head.name.as_str(), &stem] };
    // A table with coordinates has points, or lines and areas as text.
    let places = ColumnPlan::new(Kind::Boundary, reader.columns(), &[]).ok()?;
    let has = |role| places.find(role).is_some();
    let shape = opening.shape.or_else(|| {
        let pair = has(Role::Lon) || has(Role::X) || has(Role::Easting) || has(Role::Pair);
        pair.then_some(ShapeClass::Point)
    });
    let shape = shape.or_else(|| shape_of_text(&opening.sample, places.find(Role::Wkt)?));
    recognise_kind(&names, reader.columns(), shape)
}

/// The shape of the first rows that have their geometry as text.
fn shape_of_text(rows: &[RawRow], column: u32) -> Option<ShapeClass> {
    let texts = rows.iter().filter_map(|row| row.cell(column)?.as_text());
    texts
        .filter_map(|text| {
            let word = text.trim_start().to_ascii_uppercase();
            let word = word.strip_prefix("MULTI").unwrap_or(&word);
            [
                ("POINT", ShapeClass::Point),
                ("LINESTRING", ShapeClass::Line),
                ("POLYGON", ShapeClass::Polygon),
            ]
            .into_iter()
            .find_map(|(name, shape)| word.starts_with(name).then_some(shape))
        })
        .next()
}

struct Pass<'a> {
    cutter: Option<Cutter>,
    input: &'a Input,
    ask: &'a ImportAsk,
    around: &'a Surroundings,
    found: u64,
    unknown: Option<ReadFault>,
    skipped: Vec<String>,
    twins: Twins,
}

impl Pass<'_> {
    fn layer<S: Sink>(
        &mut self,
        format: Format,
        reader: &mut dyn RowReader,
        sink: &mut S,
    ) -> Result<(), S::Error> {
        let total = self.input.size()?;
        let mut opening = open_layer(self.input, Some(format), reader)?;
        if opening.sample.is_empty() {
            return Ok(());
        }
        let Some(kind) = kind_of(self.input, self.ask, reader, &opening) else {
            let layer = reader.head().name.clone();
            self.unknown.get_or_insert(ReadFault::KindUnknown { layer: layer.clone() });
            self.skipped.push(layer);
            return Ok(());
        };
        let plan = ColumnPlan::new(kind, reader.columns(), &self.ask.columns)?;
        let near = self.around.rect();
        let placing = Placing::decide(
            reader.head(),
            &plan,
            &opening.sample,
            self.ask.crs.as_deref(),
            near,
            &mut opening.notes,
        )?;
        let as_of = self.input.day();
        opening.notes.extend(general_notes(self.input, reader, &plan, &placing, self.ask, &as_of));
        let head = reader.head();
        sink.layer(LayerStart {
            format: format.name().to_owned(),
            name: head.name.clone(),
            kind,
            crs: if placing.at == Where::Nowhere { String::new() } else { placing.crs.label() },
            encoding: head.encoding.clone(),
        })?;
        let placed = placing.at != Where::Nowhere;
        self.found += 1;
        for layer in self.skipped.drain(..) {
            sink.warn(RowNote::new(0, "layer_skipped").with("layer", layer))?;
        }
        for note in opening.notes {
            sink.warn(note)?;
        }
        let mut flow = Flow {
            gate: Gate::new(plan, placing, self.input.name(), as_of, near),
            twins: &mut self.twins,
            cutter: self.cutter.as_ref(),
            outside: 0,
            columns: 0,
            read: 0,
            warnings: Vec::new(),
            tally: Tally::default(),
        };
        for mut row in opening.sample {
            flow.pass(&mut row, reader, sink)?;
        }
        let mut row = RawRow::default();
        while reader.next(&mut row)? {
            flow.pass(&mut row, reader, sink)?;
            if flow.read.is_multiple_of(512) {
                sink.progress(reader.done().min(total), total)?;
            }
        }
        if placed
            && self.ask.crs.is_none()
            && let Some(fault) = &reader.head().crs_fault
        {
            // It came up after the rows, which were placed without it.
            return Err(fault.clone().into());
        }
        let done = if reader.is_last() { total } else { reader.done().min(total) };
        sink.progress(done, total)?;
        flow.close(sink)
    }
}

/// Rows on their way through the gate.
struct Flow<'t> {
    gate: Gate,
    twins: &'t mut Twins,
    cutter: Option<&'t Cutter>,
    /// Rows outside the part that is wanted.
    outside: u64,
    columns: usize,
    read: u64,
    warnings: Vec<RowNote>,
    tally: Tally,
}

impl Flow<'_> {
    fn pass<S: Sink>(
        &mut self,
        row: &mut RawRow,
        reader: &mut dyn RowReader,
        sink: &mut S,
    ) -> Result<(), S::Error> {
        self.read += 1;
        let late = reader.late_notes();
        let columns = reader.columns();
        if columns.len() > self.columns {
            self.gate.extend(columns);
            sink.columns(&columns[self.columns..])?;
            self.columns = columns.len();
        }
        self.warnings.extend(late);
        let label = row.label.take();
        let told = |note: RowNote| match &label {
            Some(label) => note.about(label),
            None => note,
        };
        match self.gate.pass(row, columns, self.twins, &mut self.warnings) {
            Ok(ready) => {
                let geometry = ready.feature.geometry.as_ref();
                if self.cutter.is_some_and(|cutter| !cutter.keeps(geometry)) {
                    self.outside += 1;
                    self.warnings.clear();
                    return Ok(());
                }
                sink.row(ready)?;
            }
            Err(note) => sink.refuse(told(note))?,
        }
        let warnings = std::mem::take(&mut self.warnings);
        for note in warnings.into_iter().map(told) {
            if self.tally.admits(&note.code) {
                sink.warn(note)?;
            }
        }
        Ok(())
    }

    fn close<S: Sink>(mut self, sink: &mut S) -> Result<(), S::Error> {
        for note in self.tally.rest() {
            sink.warn(note)?;
        }
        if self.outside > 0 {
            sink.warn(RowNote::new(0, "clipped").with("count", self.outside))?;
        }
        sink.end(self.read)
    }
}

/// What concerns the layer as a whole, beside its coordinates.
fn general_notes(
    input: &Input,
    reader: &dyn RowReader,
    plan: &ColumnPlan,
    placing: &Placing,
    ask: &ImportAsk,
    as_of: &Option<String>,
) -> Vec<RowNote> {
    let mut notes = Vec::new();
    let fields = &plan.kind().table_def().fields;
    let dated = fields.iter().position(|f| f.name == "as_of").map(Role::Field);
    if let (Some(day), true) = (as_of, dated.is_none_or(|role| plan.find(role).is_none())) {
        notes.push(RowNote::new(0, "date_of_file").with("date", day.as_str()));
    }
    if placing.at != Where::Nowhere && ask.crs.is_none() && placing.crs.is_degrees() {
        let mut words = std::iter::once(input.stem()).chain(match placing.at {
            Where::Columns(x, y) => [x, y]
                .into_iter()
                .filter_map(|at| reader.columns().get(at as usize).cloned())
                .collect(),
            _ => Vec::new(),
        });
        if let Some(shift) = words.find_map(|word| shift_words(&word)) {
            notes.push(RowNote::new(0, "likely_shifted").with("crs", shift));
        }
    }
    notes
}

fn look_at_layer(
    input: &Input,
    ask: &ImportAsk,
    around: &Surroundings,
    reader: &mut dyn RowReader,
) -> Result<Option<PreviewLayer>, ReadFault> {
    let format = detect(input)?;
    let mut opening = open_layer(input, Some(format), reader)?;
    let kind = kind_of(input, ask, reader, &opening);
    let columns = reader.columns().to_vec();
    let mut crs = None;
    let plan = kind.map(|kind| ColumnPlan::new(kind, &columns, &ask.columns)).transpose()?;
    if let Some(plan) = &plan {
        let placing = Placing::decide(
            reader.head(),
            plan,
            &opening.sample,
            ask.crs.as_deref(),
            around.rect(),
            &mut opening.notes,
        );
        match placing {
            Ok(placing) => {
                let day = input.day();
                let notes = general_notes(input, reader, plan, &placing, ask, &day);
                opening.notes.extend(notes);
                crs = (placing.at != Where::Nowhere).then(|| placing.crs.label());
            }
            // The desktop asks for it.
            Err(ReadFault::CrsUnknown { likely, .. }) => {
                let likely = likely.unwrap_or_default();
                opening.notes.push(RowNote::new(0, "crs_unknown").with("likely", likely));
            }
            Err(ReadFault::Crs { message, .. }) if ask.crs.is_none() => {
                opening.notes.push(RowNote::new(0, "crs_unusable").with("why", message));
            }
            Err(fault) => return Err(fault),
        }
    }
    let text = |row: &RawRow| -> Vec<String> {
        (0_u32..)
            .zip(&columns)
            .map(|(at, _)| row.cell(at).map(Value::to_string).unwrap_or_default())
            .collect()
    };
    let rows = opening.sample.iter().take(PREVIEW_ROWS).map(text).collect();
    let mut row_count = opening.sample.len() as u64;
    let mut row = RawRow::default();
    while reader.next(&mut row)? {
        row_count += 1;
    }
    let described = (0_u32..).zip(&columns).map(|(at, name)| PreviewColumn {
        name: name.clone(),
        field: plan.as_ref().and_then(|plan| plan.word(at)),
    });
    Ok(Some(PreviewLayer {
        name: reader.head().name.clone(),
        kind,
        crs,
        columns: described.collect(),
        rows,
        row_count,
        notes: opening.notes,
    }))
}
