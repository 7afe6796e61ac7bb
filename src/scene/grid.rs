//! Which boxes meet a window: a uniform grid over the boxes of a layer.

/// Left, top, right and bottom in local units.
pub type Bounds = [f32; 4];

/// Bounds that contain nothing.
pub const NOWHERE: Bounds = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];

/// Whether two bounds share a point.
pub fn meet(a: &Bounds, b: &Bounds) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/// The bounds of some corners.
pub fn bounds_of(corners: &[[f32; 2]]) -> Bounds {
    corners
        .iter()
        .fold(NOWHERE, |b, c| [b[0].min(c[0]), b[1].min(c[1]), b[2].max(c[0]), b[3].max(c[1])])
}

/// Numbered bounds in cells.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    boxes: Vec<Bounds>,
    around: [f32; 2],
    cell: [f32; 2],
    side: usize,
    /// Items of cell `c` are `items[starts[c]..starts[c + 1]]`.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Grid {
    /// A grid over bounds, numbered in their order; bounds of nothing are never found.
    pub fn build(boxes: Vec<Bounds>) -> Self {
        let whole = boxes
            .iter()
            .filter(|b| b[0] <= b[2])
            .fold(NOWHERE, |a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
        let side = ((boxes.len() as f32).sqrt().ceil() as usize).clamp(1, 256);
        let step = |low: f32, high: f32| ((high - low) / side as f32).max(1e-6);
        let mut grid = Self {
            around: [whole[0], whole[1]],
            cell: [step(whole[0], whole[2]), step(whole[1], whole[3])],
            side,
            starts: vec![0; side * side + 1],
            items: Vec::new(),
            boxes: Vec::new(),
        };
        for b in boxes.iter().filter(|b| b[0] <= b[2]) {
            for cell in grid.cells(b) {
                grid.starts[cell + 1] += 1;
            }
        }
        for c in 0..side * side {
            grid.starts[c + 1] += grid.starts[c];
        }
        let mut next = grid.starts.clone();
        grid.items = vec![0; *grid.starts.last().unwrap_or(&0) as usize];
        for (item, b) in (0_u32..).zip(&boxes).filter(|(_, b)| b[0] <= b[2]) {
            for cell in grid.cells(b) {
                grid.items[next[cell] as usize] = item;
                next[cell] += 1;
            }
        }
        grid.boxes = boxes;
        grid
    }

    fn cells(&self, b: &Bounds) -> Vec<usize> {
        // `as` saturates: what lies outside belongs to the outermost cells.
        let at = |v: f32, axis: usize| {
            (((v - self.around[axis]) / self.cell[axis]) as usize).min(self.side - 1)
        };
        let (x0, x1, y0, y1) = (at(b[0], 0), at(b[2], 0), at(b[1], 1), at(b[3], 1));
        (y0..=y1).flat_map(|y| (x0..=x1).map(move |x| y * self.side + x)).collect()
    }

    /// The items whose bounds meet the window, in ascending number.
    pub fn query(&self, window: &Bounds) -> Vec<u32> {
        if self.boxes.is_empty() || window[0] > window[2] {
            return Vec::new();
        }
        let mut found: Vec<u32> = self
            .cells(window)
            .into_iter()
            .flat_map(|c| &self.items[self.starts[c] as usize..self.starts[c + 1] as usize])
            .copied()
            .filter(|item| meet(&self.boxes[*item as usize], window))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_exactly_what_meets_the_window() {
        let boxes: Vec<Bounds> = (0..400)
            .map(|i| {
                let (x, y) = ((i * 37 % 101) as f32, (i * 53 % 97) as f32);
                [x, y, x + (i % 7) as f32, y + (i % 11) as f32]
            })
            .chain([NOWHERE])
            .collect();
        let grid = Grid::build(boxes.clone());
        for window in
            [[10.0, 10.0, 30.0, 20.0], [-50.0, -50.0, -1.0, 500.0], [0.0, 0.0, 500.0, 500.0]]
        {
            let plain: Vec<u32> =
                (0_u32..).zip(&boxes).filter(|(_, b)| meet(b, &window)).map(|(i, _)| i).collect();
            assert_eq!(grid.query(&window), plain);
        }
        assert!(Grid::build(Vec::new()).query(&[0.0, 0.0, 1.0, 1.0]).is_empty());
        assert!(Grid::default().query(&[0.0, 0.0, 1.0, 1.0]).is_empty());
    }
}
