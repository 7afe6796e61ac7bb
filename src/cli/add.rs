//! `shouye add`: adds a record; `set --undo` takes it back.

use std::path::Path;

use geo::CoordsIter;
use geo_types::{Geometry, Point};

use super::args::AddArgs;
use super::console::{Answer, Console};
use super::fault::{Fault, path_text};
use super::{place, set};
use crate::base::Message;
use crate::io;
use crate::session::home::login_name;
use crate::store::NewRecord;
use crate::view::label::kind_id;

/// Adds a record.
pub fn run(ask: &AddArgs, console: &Console) -> Result<Answer, Fault> {
    let who = login_name();
    let record =
        NewRecord { kind: ask.kind, geometry: geometry(ask)?, values: set::values(&ask.values)? };
    let record = record.said_by(&who, console.clock.now());
    let (mut workspace, _) = console.open()?;
    let (id, changes) = workspace.add(&record, &who, ask.why.as_deref())?;
    let name = set::name_of(workspace.county(), id);
    set::done(Some(id), Some(ask.kind), name, &changes, "cli-add-done", console)
}

/// Where it is: what has a place needs one, what has none takes none.
fn geometry(ask: &AddArgs) -> Result<Option<Geometry<f64>>, Fault> {
    let found = match (&ask.at, &ask.area) {
        (Some(at), _) => Some(Point(place::lonlat(at)?).into()),
        (None, Some(file)) => Some(shape(file)?),
        (None, None) => None,
    };
    let wrong = |id: &'static str| {
        Fault::usage(Message::new(id).with("kind", Message::new(kind_id(ask.kind))))
    };
    match (ask.kind.has_geometry(), &found) {
        (true, None) => Err(wrong("cli-add-no-place").hint(Message::new("cli-add-no-place-hint"))),
        (false, Some(_)) => {
            Err(wrong("cli-add-placeless").hint(Message::new("cli-add-placeless-hint")))
        }
        _ => Ok(found),
    }
}

fn shape(file: &Path) -> Result<Geometry<f64>, Fault> {
    let shape = io::read_shape(file)?;
    let on_globe = |at: geo_types::Coord<f64>| at.x.abs() <= 180.0 && at.y.abs() <= 90.0;
    if shape.coords_iter().all(on_globe) {
        return Ok(shape);
    }
    let message = Message::new("cli-area-off-globe").with("file", path_text(file));
    Err(Fault::new("invalid_area", message).hint(Message::new("cli-area-hint")))
}
