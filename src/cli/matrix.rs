//! `shouye matrix`: travel times between many places.

use std::time::Instant;

use serde::Serialize;

use super::args::MatrixArgs;
use super::basis::TimeBasis;
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::source::{Source, sources_of};
use super::table::Align::{Left, Right};
use super::{figure, source, travel};
use crate::analysis::roads::{Trips, matrix};
use crate::base::Feedback;
use crate::io;
use crate::model::Kind;

#[derive(Serialize)]
struct MatrixOut<'a> {
    seconds: &'a [Vec<Option<u32>>],
    from: Vec<&'a str>,
    to: Vec<&'a str>,
    vehicle: &'a str,
    #[serde(flatten)]
    basis: TimeBasis<'a>,
    timing: Timing,
    sources: Vec<Source>,
}

/// Times from each place of one list to each of another.
pub fn run(ask: &MatrixArgs, console: &Console) -> Result<Answer, Fault> {
    let from = io::read_points_csv(&ask.from)?;
    let to = io::read_points_csv(&ask.to)?;
    let travel = travel::travel(&ask.travel, console)?;
    let (workspace, load_ms) = console.open_roads()?;
    let county = workspace.county();
    let started = Instant::now();
    let trips = Trips::new(county, &travel, None)?;
    let places = |rows: &[io::PointRow]| rows.iter().map(|row| row.at).collect::<Vec<_>>();
    let seconds = matrix(&trips, &places(&from), &places(&to), &Feedback::default())?;
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    let ids = |rows: &'_ [io::PointRow]| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    let (from, to) = (ids(&from), ids(&to));
    let out = MatrixOut {
        seconds: &seconds,
        from: from.iter().map(String::as_str).collect(),
        to: to.iter().map(String::as_str).collect(),
        vehicle: &trips.vehicle.key,
        basis: TimeBasis::of(county, &trips),
        timing,
        sources: sources_of(county, &[Kind::Road, Kind::Closure]),
    };
    console.answer(&out, || {
        let mut table = console.table(&[("from", Left), ("to", Left), ("travel", Right)]);
        for (from, row) in out.from.iter().zip(&seconds) {
            for (to, s) in out.to.iter().zip(row) {
                let time = s.map_or_else(|| console.tr("cli-no-way"), figure::minutes);
                table.row(vec![(*from).to_owned(), (*to).to_owned(), time]);
            }
        }
        let (head, own) = (out.basis.head(console), out.basis.text(console));
        format!("{head}{}\n{}{own}", table.render(), source::text(&out.sources, console))
    })
}
