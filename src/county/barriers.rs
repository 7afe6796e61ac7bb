//! What the county's records say about roads that cannot be passed.

use geo_types::Geometry;

use super::County;
use crate::base::Timestamp;
use crate::model::{Feature, Kind};
use crate::network::Barrier;

impl County {
    /// The barriers in force: closures, closed bridges and closed roads, in the order of their ids. With
    /// `at`, closures outside their time window are left out; a window that cannot be read is
    /// taken as open, because a closure forgotten costs more than a detour.
    pub fn barriers(&self, at: Option<Timestamp>) -> Vec<Barrier> {
        let mut out: Vec<Barrier> = Vec::new();
        for row in self.features(Kind::Closure) {
            let lifted = row.text("status") == Some("lifted");
            if !lifted && at.is_none_or(|at| in_window(row, at)) {
                let shape = row.geometry.clone();
                out.extend(shape.map(|shape| barrier(row, Some(shape), Vec::new())));
            }
        }
        for row in self.features(Kind::Bridge) {
            if row.text("status") == Some("closed") {
                let shape = row.geometry.clone();
                out.extend(shape.map(|shape| barrier(row, Some(shape), Vec::new())));
            }
        }
        for (number, row) in (0_u32..).zip(self.features(Kind::Road)) {
            if row.text("status") == Some("closed") {
                out.push(barrier(row, None, vec![number]));
            }
        }
        out
    }
}

fn barrier(row: &Feature, shape: Option<Geometry<f64>>, roads: Vec<u32>) -> Barrier {
    let factor = row.number("factor").filter(|factor| factor.is_finite()).unwrap_or(0.0);
    Barrier {
        id: Some(row.id),
        name: row.name.clone(),
        shape,
        roads,
        factor: factor.clamp(0.0, 1.0),
        depth_m: row.number("depth_m").filter(|depth| depth.is_finite() && *depth > 0.0),
    }
}

fn in_window(row: &Feature, at: Timestamp) -> bool {
    let moment = |field: &str| row.text(field).and_then(Timestamp::parse);
    moment("valid_from").is_none_or(|from| from <= at)
        && moment("valid_to").is_none_or(|to| at < to)
}
