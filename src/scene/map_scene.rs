//! The whole picture: the county's layers, which of them show, and the answer on top.

use std::collections::BTreeSet;
use std::sync::Arc;

use geo_types::{Coord, Rect};

use super::{Frame, Overlay};
use crate::base::Id;
use crate::county::County;
use crate::model::Kind;

/// A feature on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeatureRef {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
}

/// What the map shows. Cheap to clone: layers and overlay are shared.
#[derive(Clone, Debug)]
pub struct MapScene {
    frame: Frame,
    extent: Option<Rect<f64>>,
    hidden: BTreeSet<Kind>,
    overlay: Arc<Overlay>,
}

impl MapScene {
    /// The scene of a county. Simplifies and triangulates every layer: call it in a job.
    pub fn new(county: &County) -> Self {
        let extent = county.extent();
        let centre = extent.map_or(Coord { x: 0.0, y: 0.0 }, |extent| extent.center());
        Self {
            frame: Frame::around(centre),
            extent,
            hidden: BTreeSet::new(),
            overlay: Arc::default(),
        }
    }

    /// The scene of a newer county that shares the layers which did not change, with the same
    /// hidden layers and overlay.
    #[must_use]
    pub fn updated(&self, county: &County) -> Self {
        Self { hidden: self.hidden.clone(), overlay: self.overlay.clone(), ..Self::new(county) }
    }

    /// The local frame of all primitives.
    pub fn frame(&self) -> Frame {
        self.frame
    }

    /// The county's extent in degrees; `None` if nothing is known.
    pub fn extent(&self) -> Option<Rect<f64>> {
        self.extent
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

    /// The running question's answer.
    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// Puts an answer on the map in place of the last one.
    pub fn set_overlay(&mut self, overlay: Overlay) {
        self.overlay = Arc::new(overlay);
    }
}
