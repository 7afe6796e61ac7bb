//! The whole picture: the county's layers, which of them show, and the answer on top.

use std::collections::BTreeSet;
use std::sync::Arc;

use geo_types::{Coord, Rect};

use super::closed::{Closed, closed};
use super::grid::{Bounds, meet};
use super::layer::SceneLayer;
use super::style::StyleTable;
use super::{Frame, Overlay, place_of};
use crate::base::{Id, Timestamp};
use crate::county::County;
use crate::model::{Feature, Kind};

/// A feature on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeatureRef {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
}

/// What the map must say about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// Some layer holds sample data (示例数据).
    pub sample: bool,
    /// The boundary is a schematic outline (示意图), by a note we know in every language.
    pub schematic: bool,
    /// The boundary's own note, where it says something else.
    pub boundary: Option<String>,
}

/// The county's seat on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    /// The county's name.
    pub name: String,
    /// Where, in local units.
    pub at: [f32; 2],
}

/// What the map shows. Cheap to clone: layers and overlay are shared.
#[derive(Clone, Debug)]
pub struct MapScene {
    frame: Frame,
    extent: Option<Rect<f64>>,
    /// Inside the boundary and around it, in local units.
    near: Option<Bounds>,
    seat: Option<Arc<Seat>>,
    notice: Arc<Notice>,
    layers: Vec<Arc<SceneLayer>>,
    hidden: BTreeSet<Kind>,
    closed: Arc<Vec<Closed>>,
    overlay: Arc<Overlay>,
}

impl MapScene {
    /// The scene of a county. Simplifies and triangulates every layer: call it in a job.
    pub fn new(county: &County) -> Self {
        Self::build(county, None)
    }

    /// The scene of a newer county that shares the layers which did not change, with the same
    /// hidden layers and overlay.
    #[must_use]
    pub fn updated(&self, county: &County) -> Self {
        Self::build(county, Some(self))
    }

    fn build(county: &County, before: Option<&Self>) -> Self {
        // Faults and rivers run on beyond the boundary; the county is what lies within.
        let within = county.layer(Kind::Boundary).and_then(crate::county::Layer::extent);
        let extent = within.or_else(|| county.extent());
        let centre = extent.map(|extent| extent.center());
        // The frame stays as long as it is near enough for `f32`, so that layers can be shared.
        let frame = before
            .filter(|before| !before.layers.is_empty())
            .map(|before| before.frame)
            .filter(|frame| {
                centre.is_none_or(|c| {
                    let [x, y] = frame.local_from_lonlat(c);
                    x.abs().max(y.abs()) < 65_536.0
                })
            })
            .unwrap_or_else(|| Frame::around(centre.unwrap_or(Coord { x: 0.0, y: 0.0 })));
        let kept = |source: &Arc<crate::county::Layer>| {
            before?
                .layers
                .iter()
                .find(|layer| Arc::ptr_eq(layer.source(), source) && layer.frame() == frame)
                .cloned()
        };
        let layers = county
            .shared_layers()
            .filter(|source| source.kind().has_geometry())
            .map(|source| {
                kept(source).unwrap_or_else(|| Arc::new(SceneLayer::build(source.clone(), frame)))
            })
            .collect();
        let note = county.features(Kind::Boundary).iter().find_map(|f| f.text("note"));
        let schematic = note.is_some_and(|note| StyleTable::get().is_schematic(note));
        let notice = Notice {
            sample: county.layers().any(crate::county::Layer::is_sample),
            schematic,
            boundary: note.filter(|_| !schematic).map(str::to_owned),
        };
        let near = within.map(|extent| {
            let [left, bottom] = frame.local_from_lonlat(extent.min());
            let [right, top] = frame.local_from_lonlat(extent.max());
            let (x, y) = (right - left, bottom - top);
            [left - x, top - y, right + x, bottom + y]
        });
        Self {
            frame,
            extent,
            near,
            seat: seat(county, frame).map(Arc::new),
            notice: Arc::new(notice),
            layers,
            hidden: before.map(|b| b.hidden.clone()).unwrap_or_default(),
            closed: Arc::new(closed(county)),
            overlay: before.map(|b| b.overlay.clone()).unwrap_or_default(),
        }
    }

    /// The local frame of all primitives.
    pub fn frame(&self) -> Frame {
        self.frame
    }

    /// The county's extent in degrees: its boundary's, else that of everything; `None` if nothing
    /// is known.
    pub fn extent(&self) -> Option<Rect<f64>> {
        self.extent
    }

    /// The county's seat, if it is known where it is.
    pub fn seat(&self) -> Option<&Seat> {
        self.seat.as_deref().filter(|_| self.is_visible(Kind::Boundary))
    }

    /// Whether a place in local units lies far outside the boundary: what was brought in there must
    /// be found from afar.
    pub fn is_far(&self, at: [f32; 2]) -> bool {
        self.near.is_some_and(|near| !meet(&[at[0], at[1], at[0], at[1]], &near))
    }

    /// What the map must say about itself.
    pub fn notice(&self) -> &Notice {
        &self.notice
    }

    /// The layers that show, in the order of [`Kind::ALL`].
    pub fn visible_layers(&self) -> impl Iterator<Item = &SceneLayer> {
        self.layers.iter().map(Arc::as_ref).filter(|layer| self.is_visible(layer.kind()))
    }

    /// Whether a kind shows.
    pub fn is_visible(&self, kind: Kind) -> bool {
        !self.hidden.contains(&kind)
    }

    /// Shows or hides a kind.
    pub fn set_visible(&mut self, kind: Kind, visible: bool) {
        if visible {
            self.hidden.remove(&kind);
        } else {
            self.hidden.insert(kind);
        }
    }

    /// Tells the map what time it is: closures that are over go, those to come show as such.
    pub fn tell_time(&mut self, at: Timestamp) {
        let closed = Arc::make_mut(&mut self.closed);
        closed.retain(|closed| !closed.window.is_over(at));
        for closed in closed {
            closed.coming = !closed.window.contains(at);
        }
    }

    /// What is closed to traffic, of the kinds that show.
    pub fn closed(&self) -> impl Iterator<Item = &Closed> {
        self.closed.iter().filter(|closed| self.is_visible(closed.feature.kind))
    }

    /// The running question's answer.
    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// Puts an answer on the map in place of the last one.
    pub fn set_overlay(&mut self, overlay: Overlay) {
        if *self.overlay != overlay {
            self.overlay = Arc::new(overlay);
        }
    }

    /// The feature meant, if its layer is on the map.
    pub fn feature(&self, feature: FeatureRef) -> Option<&Feature> {
        self.layers.iter().find(|layer| layer.kind() == feature.kind)?.source().by_id(feature.id)
    }

    /// Whether the ground, the signs and the names of two scenes are the same.
    pub fn same_base(&self, other: &Self) -> bool {
        self.hidden == other.hidden
            // What an answer cannot use changes its sign.
            && self.overlay.unusable == other.overlay.unusable
            && self.layers.len() == other.layers.len()
            && self.layers.iter().zip(&other.layers).all(|(a, b)| Arc::ptr_eq(a, b))
    }

    /// Whether two scenes show the same answer, and the same closures with it.
    pub fn same_overlay(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.overlay, &other.overlay)
            && (Arc::ptr_eq(&self.closed, &other.closed) || self.closed == other.closed)
    }
}

/// Communities no farther than this from each other, in local units, are one town: some 2.5 km.
const TOWN: f32 = 1300.0;
/// With more communities than this a county has more than one town.
const MOST_COMMUNITIES: usize = 2000;

/// Where the seat of a county is: around the community that has the most townspeople about it.
fn seat(county: &County, frame: Frame) -> Option<Seat> {
    let name = county.features(Kind::Boundary).first()?.name.clone();
    let communities: Vec<([f32; 2], f32)> = county
        .features(Kind::Settlement)
        .iter()
        .filter(|row| row.text("settlement_type") == Some("community"))
        .filter_map(|row| {
            let people = row.count("residents").unwrap_or(0).max(1) as f32;
            Some((frame.local_from_lonlat(place_of(row)?), people))
        })
        .collect();
    if name.is_empty() || communities.len() > MOST_COMMUNITIES {
        return None;
    }
    let town = |middle: [f32; 2]| {
        let inside = communities
            .iter()
            .filter(move |(at, _)| (at[0] - middle[0]).hypot(at[1] - middle[1]) <= TOWN);
        inside.fold(([0.0, 0.0], 0.0), |(sum, whole): ([f32; 2], f32), (at, people)| {
            ([sum[0] + at[0] * people, sum[1] + at[1] * people], whole + people)
        })
    };
    let (sum, people) = communities
        .iter()
        .map(|(at, _)| town(*at))
        .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    Some(Seat { name, at: [sum[0] / people, sum[1] / people] })
}
