//! The lines and areas of a large layer behind two packed trees.

use geo_types::{Coord, Rect};

use super::super::outline::{Outlines, Shape};
use crate::spatial::globe::{Arc, space};
use crate::spatial::packed::{Packed, order};

/// Lines and areas behind two trees.
#[derive(Debug)]
pub(super) struct Shapes {
    shapes: Vec<Shape>,
    /// Pieces and the numbers of their features, in the order of the tree.
    arcs: Vec<(u32, Arc)>,
    /// Over the pieces, in space.
    pub tree: Packed<3>,
    /// Over the extents, in degrees.
    extents: Packed<2>,
}

impl Shapes {
    pub fn new(outlines: Outlines) -> Self {
        let (shapes, unordered) = outlines.cut();
        let arcs: Vec<(u32, Arc)> = order(&unordered, |(_, arc)| space(arc.at(0.5)))
            .into_iter()
            .map(|i| unordered[i as usize])
            .collect();
        let tree = Packed::new(arcs.iter().map(|(_, arc)| {
            let (a, b, sag) = (space(arc.a), space(arc.b), arc.sag());
            (
                [0, 1, 2].map(|d: usize| a[d].min(b[d]) - sag),
                [0, 1, 2].map(|d: usize| a[d].max(b[d]) + sag),
            )
        }));
        let middle = |shape: &Shape| [shape.extent.center().x, shape.extent.center().y];
        let order = order(&shapes, middle);
        let mut slots: Vec<Option<Shape>> = shapes.into_iter().map(Some).collect();
        let shapes: Vec<Shape> = order
            .into_iter()
            .filter_map(|i| slots.get_mut(i as usize).and_then(Option::take))
            .collect();
        let extents = Packed::new(shapes.iter().map(|shape| {
            let (low, high) = (shape.extent.min(), shape.extent.max());
            ([low.x, low.y], [high.x, high.y])
        }));
        Self { shapes, arcs, tree, extents }
    }

    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// The piece at this position in the tree's order and the number of its feature.
    pub fn arc(&self, at: usize) -> Option<(u32, Arc)> {
        self.arcs.get(at).copied()
    }

    /// Adds the numbers of the features whose extent meets a window of degrees.
    pub fn window(&self, window: Rect<f64>, hits: &mut Vec<u32>) {
        let (low, high) = (window.min(), window.max());
        self.extents.meeting(&[low.x, low.y], &[high.x, high.y], &mut |i| {
            use geo::Intersects;
            let meets = self.shapes.get(i).filter(|shape| shape.extent.intersects(&window));
            hits.extend(meets.map(|shape| shape.item));
            true
        });
    }

    /// Adds the numbers of the areas around a place.
    pub fn containing(&self, at: Coord<f64>, hits: &mut Vec<u32>) {
        self.extents.meeting(&[at.x, at.y], &[at.x, at.y], &mut |i| {
            let around = self.shapes.get(i).filter(|shape| shape.contains(at));
            hits.extend(around.map(|shape| shape.item));
            true
        });
    }
}
