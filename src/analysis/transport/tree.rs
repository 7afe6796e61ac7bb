//! The basis: a spanning tree of the transportation network with its flows and prices.
//!
//! Nodes are the shelters `0..s`, the settlements `s..s + v` and the root, through which all
//! people without a place and all places without people pass. A settlement with one basic arc is
//! a leaf; leaves hang on their parent by `parent` alone and are in no child list, so a walk over
//! a subtree meets only shelters and settlements that are split.

/// No node.
const NONE: u32 = u32::MAX;

/// A strongly feasible spanning tree: an arc without flow always points towards the root, which
/// makes an endless loop of degenerate pivots impossible (Cunningham 1976).
#[derive(Clone, Debug)]
pub(super) struct Tree {
    shelters: u32,
    parent: Vec<u32>,
    depth: Vec<u32>,
    /// Flow of the arc between a node and its parent.
    flow: Vec<i64>,
    /// Whether that arc points to the parent.
    upward: Vec<bool>,
    first_child: Vec<u32>,
    next: Vec<u32>,
    previous: Vec<u32>,
    linked: Vec<bool>,
    path: Vec<u32>,
}

/// Which part of the tree changes its prices after a pivot, and by how much.
#[derive(Clone, Copy, Debug)]
struct Shift {
    top: u32,
    by: i64,
}

/// The prices that a pivot keeps consistent with the tree.
pub(super) trait Prices {
    /// Adds `by` to the price of a shelter.
    fn shift(&mut self, shelter: usize, by: i64);
}

/// What the arcs of the network cost.
pub(super) trait Costs {
    /// A person of this settlement (row) in this shelter (column).
    fn pair(&self, row: usize, column: usize) -> i64;
    /// A person without a place.
    fn unassigned(&self) -> i64;
    /// A person beyond a shelter's capacity.
    fn overflow(&self) -> i64;
}

impl Tree {
    /// All shelters and settlements hang on the root; shelters by `slack`, settlements with nobody placed.
    pub(super) fn new(slack: &[i64], supply: &[i64]) -> Self {
        let (s, v) = (slack.len(), supply.len());
        let nodes = s + v + 1;
        let root = (s + v) as u32;
        let mut tree = Self {
            shelters: s as u32,
            parent: vec![root; nodes],
            depth: vec![1; nodes],
            flow: slack.iter().chain(supply).copied().chain([0]).collect(),
            upward: (0..nodes).map(|n| n >= s).collect(),
            first_child: vec![NONE; nodes],
            next: vec![NONE; nodes],
            previous: vec![NONE; nodes],
            linked: vec![false; nodes],
            path: Vec::new(),
        };
        tree.parent[s + v] = NONE;
        tree.depth[s + v] = 0;
        for shelter in 0..s as u32 {
            tree.link(shelter);
        }
        tree
    }

    pub(super) fn root(&self) -> u32 {
        (self.parent.len() - 1) as u32
    }

    pub(super) fn shelters(&self) -> usize {
        self.shelters as usize
    }

    /// Node of a settlement.
    pub(super) fn settlement(&self, row: usize) -> u32 {
        self.shelters + row as u32
    }

    pub(super) fn parent(&self, node: u32) -> u32 {
        self.parent[node as usize]
    }

    /// Flow and direction of the arc between a node and its parent: true = towards the parent.
    pub(super) fn arc(&self, node: u32) -> (i64, bool) {
        (self.flow[node as usize], self.upward[node as usize])
    }

    /// Changes the arc between a node and its parent.
    pub(super) fn set_arc(&mut self, node: u32, flow: i64, upward: bool) {
        self.flow[node as usize] = flow;
        self.upward[node as usize] = upward;
    }

    /// Shelters of a settlement's basic arcs with the people on them; the root stands for "no place".
    pub(super) fn basic_arcs(&self, row: usize) -> impl Iterator<Item = (u32, i64)> + '_ {
        let node = self.settlement(row) as usize;
        let mut child = self.first_child[node];
        std::iter::once((self.parent[node], self.flow[node])).chain(std::iter::from_fn(move || {
            let at = child;
            (at != NONE).then(|| {
                child = self.next[at as usize];
                (at, self.flow[at as usize])
            })
        }))
    }

    /// Hangs a childless node on another parent; used while the first basis is built.
    pub(super) fn hang(&mut self, node: u32, parent: u32, flow: i64) {
        self.unlink(node);
        let old = self.parent[node as usize];
        self.release(old);
        self.parent[node as usize] = parent;
        self.flow[node as usize] = flow;
        self.upward[node as usize] = node >= self.shelters;
        if node < self.shelters || self.first_child[node as usize] != NONE {
            self.link(node);
        }
        if parent != self.root() && parent >= self.shelters && !self.linked[parent as usize] {
            self.link(parent);
        }
    }

    /// All shelters and split settlements, parents before their children.
    pub(super) fn order(&mut self) -> Vec<u32> {
        let mut order = Vec::with_capacity(2 * self.shelters());
        let root = self.root();
        self.walk_below(root, |tree, node| {
            let parent = tree.parent[node as usize];
            if parent != NONE {
                tree.depth[node as usize] = tree.depth[parent as usize] + 1;
                order.push(node);
            }
        });
        order
    }

    /// The prices under which every basic arc costs exactly what it is worth, by shelter.
    pub(super) fn prices(&mut self, costs: &impl Costs) -> Vec<i64> {
        let root = self.root();
        let mut prices = vec![0; self.shelters()];
        for node in self.order() {
            let (parent, shelter) = (self.parent[node as usize], node as usize);
            if node >= self.shelters {
                continue;
            }
            prices[shelter] = if parent == root {
                if self.upward[shelter] { costs.overflow() } else { 0 }
            } else {
                let row = (parent - self.shelters) as usize;
                self.value(row, costs, &prices) - costs.pair(row, shelter)
            };
        }
        prices
    }

    /// Cost and price of a settlement at its parent.
    pub(super) fn value(&self, row: usize, costs: &impl Costs, prices: &[i64]) -> i64 {
        let home = self.parent(self.settlement(row));
        if home == self.root() {
            costs.unassigned()
        } else {
            costs.pair(row, home as usize) + prices[home as usize]
        }
    }

    fn walk_below(&mut self, top: u32, mut visit: impl FnMut(&mut Self, u32)) {
        let mut node = top;
        loop {
            visit(self, node);
            let child = self.first_child[node as usize];
            if child != NONE {
                node = child;
                continue;
            }
            while node != top && self.next[node as usize] == NONE {
                node = self.parent[node as usize];
            }
            if node == top {
                return;
            }
            node = self.next[node as usize];
        }
    }

    fn link(&mut self, node: u32) {
        let n = node as usize;
        let parent = self.parent[n] as usize;
        let head = self.first_child[parent];
        self.next[n] = head;
        self.previous[n] = NONE;
        if head != NONE {
            self.previous[head as usize] = node;
        }
        self.first_child[parent] = node;
        self.linked[n] = true;
    }

    fn unlink(&mut self, node: u32) {
        let n = node as usize;
        if !self.linked[n] {
            return;
        }
        let (next, previous) = (self.next[n], self.previous[n]);
        if previous == NONE {
            self.first_child[self.parent[n] as usize] = next;
        } else {
            self.next[previous as usize] = next;
        }
        if next != NONE {
            self.previous[next as usize] = previous;
        }
        self.linked[n] = false;
    }

    /// A settlement that lost its last child is a leaf again.
    fn release(&mut self, node: u32) {
        if node != NONE
            && node >= self.shelters
            && node != self.root()
            && self.first_child[node as usize] == NONE
        {
            self.unlink(node);
        }
    }

    /// The arc `from` → `to` with reduced cost `reduced` < 0 enters the basis.
    pub(super) fn pivot(&mut self, from: u32, to: u32, reduced: i64, prices: &mut impl Prices) {
        self.push(from, to, i64::MAX, 0, reduced, prices);
    }

    /// Takes flow off a nonbasic arc that carries `excess`, by pushing as much as possible against
    /// its direction, that is along `from` → `to`. If the tree stops the push, the arc enters the
    /// basis with what is left on it; `reduced` is the reduced cost of `from` → `to`.
    pub(super) fn drain(
        &mut self,
        from: u32,
        to: u32,
        excess: i64,
        reduced: i64,
        prices: &mut impl Prices,
    ) {
        self.push(from, to, excess, excess, reduced, prices);
    }

    fn push(
        &mut self,
        from: u32,
        to: u32,
        limit: i64,
        excess: i64,
        reduced: i64,
        prices: &mut impl Prices,
    ) {
        for end in [from, to] {
            let parent = self.parent[end as usize];
            if parent != NONE {
                self.depth[end as usize] = self.depth[parent as usize] + 1;
            }
        }
        // The flow runs from the apex down to `from`, over the entering arc, and from `to` up
        // again. Of several arcs that stop it the last one in this order leaves.
        let (mut a, mut b) = (from, to);
        let (mut stop_a, mut stop_b) = (i64::MAX, i64::MAX);
        let (mut leave_a, mut leave_b) = (NONE, NONE);
        while a != b {
            if self.depth[a as usize] >= self.depth[b as usize] {
                let n = a as usize;
                if self.upward[n] && self.flow[n] < stop_a {
                    (stop_a, leave_a) = (self.flow[n], a);
                }
                a = self.parent[n];
            } else {
                let n = b as usize;
                if !self.upward[n] && self.flow[n] <= stop_b {
                    (stop_b, leave_b) = (self.flow[n], b);
                }
                b = self.parent[n];
            }
        }
        let apex = a;
        let stop = stop_a.min(stop_b);
        let theta = stop.min(limit);
        if theta > 0 {
            for (end, against) in [(from, true), (to, false)] {
                let mut node = end;
                while node != apex {
                    let n = node as usize;
                    self.flow[n] += if self.upward[n] == against { -theta } else { theta };
                    node = self.parent[n];
                }
            }
        }
        let on_from = stop_b > stop_a;
        // A slack arc without flow would point away from the root: it stays out of the basis.
        if stop > limit || (stop == limit && on_from) {
            return;
        }
        let (end, other, leave) = if on_from { (from, to, leave_a) } else { (to, from, leave_b) };
        if leave == NONE {
            return;
        }
        // Where an excess is drained, the arc that enters is the one against the push.
        let (flow, upward) = if excess > 0 { (excess - theta, !on_from) } else { (theta, on_from) };
        self.rehang(end, other, leave, flow, upward);
        let shift = Shift { top: end, by: if on_from { reduced } else { -reduced } };
        self.reprice(shift, prices);
    }

    /// Cuts the arc above `leave` and hangs the part that falls off on `other`, by its node `end`.
    fn rehang(&mut self, end: u32, other: u32, leave: u32, flow: i64, upward: bool) {
        let mut path = std::mem::take(&mut self.path);
        path.clear();
        let mut node = end;
        path.push(node);
        while node != leave {
            node = self.parent[node as usize];
            path.push(node);
        }
        let stump = self.parent[leave as usize];
        for &node in &path {
            self.unlink(node);
        }
        self.release(stump);
        let mut arc = (other, flow, upward);
        for &node in &path {
            let n = node as usize;
            let old = (node, self.flow[n], !self.upward[n]);
            (self.parent[n], self.flow[n], self.upward[n]) = arc;
            arc = old;
        }
        for &node in path.iter().rev() {
            if node < self.shelters || self.first_child[node as usize] != NONE {
                self.link(node);
            }
        }
        if other >= self.shelters
            && other != self.root()
            && !self.linked[other as usize]
            && self.first_child[other as usize] != NONE
        {
            self.link(other);
        }
        self.path = path;
    }

    fn reprice(&mut self, shift: Shift, prices: &mut impl Prices) {
        if shift.top >= self.shelters && self.first_child[shift.top as usize] == NONE {
            return;
        }
        let shelters = self.shelters;
        self.walk_below(shift.top, |tree, node| {
            let parent = tree.parent[node as usize] as usize;
            tree.depth[node as usize] = tree.depth[parent] + 1;
            if node < shelters {
                prices.shift(node as usize, shift.by);
            }
        });
    }

    /// Adds `by` to the prices of all shelters at and below `top`.
    pub(super) fn shift_below(&mut self, top: u32, by: i64, prices: &mut impl Prices) {
        self.reprice(Shift { top, by }, prices);
    }
}
