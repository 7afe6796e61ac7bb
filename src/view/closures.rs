//! What the closures section of the roads panel shows: the form, and what bars the roads now or soon.

use super::travel::barrier_name;
use crate::base::{Message, Timestamp};
use crate::county::{Window, window_of};
use crate::model::{Feature, Kind};
use crate::scene::{FeatureRef, window_text};
use crate::session::AppState;
use crate::session::closures::ClosureForm;

/// Something that bars a road, now or later.
#[derive(Clone, Debug, PartialEq)]
pub struct BarrierRow {
    /// Its record.
    pub feature: FeatureRef,
    /// What it is called.
    pub name: Message,
    /// What it does to traffic.
    pub effect: Message,
    /// When, in figures; `None` = at any time.
    pub window: Option<String>,
    /// It has not begun yet.
    pub coming: bool,
}

/// What the closures section shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosuresSummary {
    /// It is open.
    pub open: bool,
    /// The form.
    pub form: ClosureForm,
    /// The store cannot be written.
    pub read_only: bool,
    /// What bars the roads: first what is in force, then what comes, in the order of its beginning.
    pub rows: Vec<BarrierRow>,
    /// The chosen feature.
    pub selected: Option<FeatureRef>,
}

/// Builds what the closures section shows.
pub fn closures_summary(state: &AppState, now: Timestamp) -> ClosuresSummary {
    let mut rows: Vec<(bool, Option<Timestamp>, BarrierRow)> = Vec::new();
    if state.closures.open {
        let closures = state.county.features(Kind::Closure).iter();
        for row in closures.filter(|row| row.text("status") != Some("lifted")) {
            let window = window_of(row);
            if !window.is_over(now) {
                let coming = !window.contains(now);
                rows.push((coming, window.from, barrier_row(row, &window, coming)));
            }
        }
        for kind in [Kind::Bridge, Kind::Road] {
            let closed = state.county.features(kind).iter();
            for row in closed.filter(|row| row.text("status") == Some("closed")) {
                rows.push((false, None, barrier_row(row, &Window::default(), false)));
            }
        }
        // The newest first of those in force, the next first of those to come.
        rows.sort_by(|(a, begun, x), (b, other, y)| {
            let by_time = if *a { begun.cmp(other) } else { other.cmp(begun) };
            a.cmp(b).then(by_time).then(x.feature.cmp(&y.feature))
        });
    }
    ClosuresSummary {
        open: state.closures.open,
        form: state.closures.form.clone(),
        read_only: state.store.read_only,
        rows: rows.into_iter().map(|(.., row)| row).collect(),
        selected: state.selected,
    }
}

fn barrier_row(row: &Feature, window: &Window, coming: bool) -> BarrierRow {
    BarrierRow {
        feature: FeatureRef { kind: row.kind, id: row.id },
        name: barrier_name(&row.name),
        effect: effect_of(row),
        window: window_text(window),
        coming,
    }
}

/// What a barrier does to traffic, as the road net takes it.
fn effect_of(row: &Feature) -> Message {
    let number = |field: &str| row.number(field).filter(|number| number.is_finite());
    // `as` saturates.
    let whole = |share: f64| (share * 100.0).round() as u32;
    match (number("depth_m").filter(|depth| *depth > 0.0), number("factor")) {
        (Some(depth), _) => Message::new("closure-is-water").with("depth", whole(depth)),
        (None, Some(factor)) if factor >= 1.0 => Message::new("closure-is-nothing"),
        (None, Some(factor)) if factor > 0.0 => {
            Message::new("closure-is-slower").with("speed", whole(factor))
        }
        _ => Message::new("closure-is-closed"),
    }
}
