//! A packed static R-tree: eight boxes a node, full nodes, flat arrays, no pointers.
//!
//! Boxes are kept as `f32` relative to an origin and rounded outward, so that a node is three cache
//! lines and never hides anything; whoever owns the things behind the boxes decides exactly.

/// Children of a node.
pub(crate) const FAN: usize = 8;

/// An axis-parallel box: lower and upper corner.
pub(crate) type Bounds<const D: usize> = ([f64; D], [f64; D]);

/// The boxes of eight children, by axis so that the compiler can compare them all at once.
#[derive(Clone, Debug)]
struct Node<const D: usize> {
    low: [[f32; FAN]; D],
    high: [[f32; FAN]; D],
}

impl<const D: usize> Node<D> {
    /// Children that are not there: nothing meets them, and they are infinitely far.
    const EMPTY: Self =
        Self { low: [[f32::INFINITY; FAN]; D], high: [[f32::NEG_INFINITY; FAN]; D] };

    fn bounds(&self) -> ([f32; D], [f32; D]) {
        let mut out = ([f32::INFINITY; D], [f32::NEG_INFINITY; D]);
        for d in 0..D {
            out.0[d] = self.low[d].iter().copied().fold(f32::INFINITY, f32::min);
            out.1[d] = self.high[d].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        }
        out
    }
}

/// The tree over boxes numbered by their place in the order they were given in.
#[derive(Clone, Debug)]
pub(crate) struct Packed<const D: usize> {
    origin: [f64; D],
    /// From the leaves (whose children are the boxes given) to the root.
    levels: Vec<Vec<Node<D>>>,
}

impl<const D: usize> Packed<D> {
    /// Builds over boxes already in a good order, as [`order`] gives.
    pub fn new(boxes: impl ExactSizeIterator<Item = Bounds<D>>) -> Self {
        let mut boxes = boxes.peekable();
        let origin = boxes.peek().map_or([0.0; D], |first| first.0);
        let mut leaves = vec![Node::EMPTY; boxes.len().div_ceil(FAN)];
        for (i, (low, high)) in boxes.enumerate() {
            let Some(node) = leaves.get_mut(i / FAN) else { break };
            for d in 0..D {
                // One step outward covers the rounding of both the subtraction and the conversion.
                node.low[d][i % FAN] = ((low[d] - origin[d]) as f32).next_down();
                node.high[d][i % FAN] = ((high[d] - origin[d]) as f32).next_up();
            }
        }
        let mut levels = vec![leaves];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let mut above = vec![Node::EMPTY; below.len().div_ceil(FAN)];
            for (node, children) in above.iter_mut().zip(below.chunks(FAN)) {
                for (c, child) in children.iter().enumerate() {
                    let (low, high) = child.bounds();
                    for d in 0..D {
                        node.low[d][c] = low[d];
                        node.high[d][c] = high[d];
                    }
                }
            }
            levels.push(above);
        }
        Self { origin, levels }
    }

    /// The level of the root; level 0 has the boxes given as children.
    pub fn root(&self) -> usize {
        self.levels.len() - 1
    }

    /// Square distances from a point to the children of a node, infinite where there is none,
    /// never more than the true ones but for rounding below 1e-8.
    pub fn distances(&self, level: usize, node: usize, from: &[f64; D]) -> [f64; FAN] {
        self.scaled_distances(level, node, from, &[1.0; D])
    }

    /// The same where a unit is longer along one axis than along another, as degrees are.
    pub fn scaled_distances(
        &self,
        level: usize,
        node: usize,
        from: &[f64; D],
        scale: &[f64; D],
    ) -> [f64; FAN] {
        let Some(node) = self.levels.get(level).and_then(|level| level.get(node)) else {
            return [f64::INFINITY; FAN];
        };
        let mut sum = [0.0; FAN];
        for (d, (at, scale)) in from.iter().zip(scale).enumerate() {
            let q = at - self.origin[d];
            for (sum, (low, high)) in sum.iter_mut().zip(node.low[d].iter().zip(&node.high[d])) {
                let gap = (f64::from(*low) - q).max(q - f64::from(*high)).max(0.0) * scale;
                *sum += gap * gap;
            }
        }
        sum
    }

    /// Calls `visit` with the number of each box that meets the query box, until it says `false`.
    pub fn meeting(&self, low: &[f64; D], high: &[f64; D], visit: &mut dyn FnMut(usize) -> bool) {
        let mut a = [0.0; D];
        let mut b = [0.0; D];
        for d in 0..D {
            a[d] = low[d] - self.origin[d];
            b[d] = high[d] - self.origin[d];
        }
        // Each step down leaves at most seven siblings behind; eleven levels hold 2³² boxes.
        let mut stack = [(0_u8, 0_u32); 96];
        let mut top = 1;
        stack[0] = (self.root() as u8, 0);
        while top > 0 {
            top -= 1;
            let (level, at) = stack[top];
            let Some(node) =
                self.levels.get(usize::from(level)).and_then(|nodes| nodes.get(at as usize))
            else {
                continue;
            };
            let mut meets = [true; FAN];
            for d in 0..D {
                for (meets, (low, high)) in
                    meets.iter_mut().zip(node.low[d].iter().zip(&node.high[d]))
                {
                    *meets &= f64::from(*low) <= b[d] && f64::from(*high) >= a[d];
                }
            }
            for (c, _) in meets.iter().enumerate().filter(|(_, meets)| **meets) {
                let child = at as usize * FAN + c;
                if level > 0 {
                    if let Some(slot) = stack.get_mut(top) {
                        *slot = (level - 1, child as u32);
                        top += 1;
                    }
                } else if !visit(child) {
                    return;
                }
            }
        }
    }
}

/// Puts things into an order in which neighbours stand together, by their centres: each run of
/// 8, 64, 512 … things is compact. Median splits along the longest side, as in an STR-packed R-tree.
pub(crate) fn order<T, const D: usize>(things: &[T], centre: impl Fn(&T) -> [f64; D]) -> Vec<u32> {
    let mut low = [f64::INFINITY; D];
    let mut high = [f64::NEG_INFINITY; D];
    for thing in things {
        let centre = centre(thing);
        for d in 0..D {
            low[d] = low[d].min(centre[d]);
            high[d] = high[d].max(centre[d]);
        }
    }
    let side = (0..D).map(|d| high[d] - low[d]).fold(0.0, f64::max);
    // Whole numbers compare faster than floats and have no NaN.
    let scale = if side > 0.0 { f64::from(1 << 30) / side } else { 0.0 };
    let mut keyed: Vec<([i32; D], u32)> = (0..)
        .zip(things)
        .map(|(i, thing)| {
            let centre = centre(thing);
            let mut key = [0; D];
            for d in 0..D {
                key[d] = ((centre[d] - low[d]) * scale) as i32;
            }
            (key, i)
        })
        .collect();
    let mut unit = 1;
    while unit < keyed.len() {
        unit *= FAN;
    }
    split(&mut keyed, unit);
    keyed.into_iter().map(|(_, i)| i).collect()
}

/// Orders a run so that each `unit / 8` of it is compact, then each of these.
fn split<const D: usize>(run: &mut [([i32; D], u32)], unit: usize) {
    let mut unit = unit;
    while run.len() <= unit {
        if unit <= FAN {
            return;
        }
        unit /= FAN;
    }
    // More than one unit: halve it at a multiple of the unit.
    let left = run.len().div_ceil(unit) / 2 * unit;
    let axis = longest_axis(run);
    run.select_nth_unstable_by_key(left, |(key, _)| key[axis]);
    let (a, b) = run.split_at_mut(left);
    split(a, unit);
    split(b, unit);
}

/// By a sample: it need not be exact, and long runs are many.
fn longest_axis<const D: usize>(run: &[([i32; D], u32)]) -> usize {
    let step = (run.len() / 256).max(1);
    let mut low = [i32::MAX; D];
    let mut high = [i32::MIN; D];
    for (key, _) in run.iter().step_by(step) {
        for d in 0..D {
            low[d] = low[d].min(key[d]);
            high[d] = high[d].max(key[d]);
        }
    }
    (0..D).max_by_key(|d| i64::from(high[*d]) - i64::from(low[*d])).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fixed sequence without pattern (splitmix64).
    fn scattered(n: usize) -> Vec<[f64; 2]> {
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ z >> 31) >> 11) as f64 / (1_u64 << 53) as f64
        };
        (0..n).map(|_| [next(), next()]).collect()
    }

    #[test]
    fn every_box_is_found_and_no_other() {
        for n in [0, 1, 7, 8, 9, 64, 65, 513, 5000] {
            let centres = scattered(n);
            let ordered: Vec<[f64; 2]> =
                order(&centres, |c| *c).into_iter().map(|i| centres[i as usize]).collect();
            assert_eq!(ordered.len(), n);
            let tree = Packed::new(ordered.iter().map(|c| (*c, *c)));
            let mut found = Vec::new();
            tree.meeting(&[0.2, 0.3], &[0.5, 0.4], &mut |i| {
                found.push(i);
                true
            });
            found.sort_unstable();
            let expected: Vec<usize> = (0..n)
                .filter(|i| {
                    let [x, y] = ordered[*i];
                    (0.2..=0.5).contains(&x) && (0.3..=0.4).contains(&y)
                })
                .collect();
            assert_eq!(found, expected, "{n}");
        }
    }

    #[test]
    fn distances_never_exceed_the_true_ones() {
        let centres = scattered(64);
        let tree = Packed::new(centres.iter().map(|c| (*c, *c)));
        let from = [0.31, 0.77];
        for node in 0..8 {
            for (c, d2) in tree.distances(0, node, &from).into_iter().enumerate() {
                let [x, y] = centres[node * 8 + c];
                let truth = (x - from[0]).powi(2) + (y - from[1]).powi(2);
                assert!(d2 <= truth && d2 > truth - 1e-6);
            }
        }
        assert_eq!(tree.distances(0, 99, &from), [f64::INFINITY; 8]);
    }
}
