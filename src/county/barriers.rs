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
            if !lifted && at.is_none_or(|at| window_of(row).contains(at)) {
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

/// When something is in force: from a moment on and until another, either of which may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// From when on; `None` = always was.
    pub from: Option<Timestamp>,
    /// Until when, which is no part of it; `None` = open end.
    pub to: Option<Timestamp>,
}

impl Window {
    /// Whether it is in force at a moment.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= at) && !self.is_over(at)
    }

    /// Whether it was over before a moment.
    pub fn is_over(&self, at: Timestamp) -> bool {
        self.to.is_some_and(|to| to <= at)
    }

    /// The next moment after `at` at which it begins or ends.
    pub fn next_turn(&self, at: Timestamp) -> Option<Timestamp> {
        self.from.into_iter().chain(self.to).filter(|turn| *turn > at).min()
    }
}

/// The time window of a closure; a moment that cannot be read is missing.
pub fn window_of(row: &Feature) -> Window {
    let moment = |field: &str| row.text(field).and_then(Timestamp::parse);
    Window { from: moment("valid_from"), to: moment("valid_to") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_begins_with_its_first_moment_and_ends_before_its_last() {
        let (from, to) = (Timestamp(10), Timestamp(20));
        let window = Window { from: Some(from), to: Some(to) };
        let at = |ms| window.contains(Timestamp(ms));
        assert_eq!([at(9), at(10), at(19), at(20)], [false, true, true, false]);
        assert_eq!(window.next_turn(Timestamp(5)), Some(from));
        assert_eq!(window.next_turn(from), Some(to));
        assert_eq!(window.next_turn(to), None);
        assert!(Window::default().contains(from) && !Window::default().is_over(to));
    }
}
