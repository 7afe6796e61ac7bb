//! Which village of a township gets which place: the seat's namesake at the seat, east of its west twin.

use super::facts::VillageFact;
use super::plane::P;

/// For each village the slot it gets. The first slots go to communities, the next to the villages
/// of the seat, twins (`东…`/`西…`, `…南`/`…北`) to neighbouring slots in the order of their names.
pub fn arrange(villages: &[VillageFact], slots: &[P], township: &str) -> Vec<usize> {
    let root = township.trim_end_matches('镇').trim_end_matches('乡').trim_end_matches("街道");
    let mut free: Vec<usize> = (0..slots.len()).collect();
    let mut order = vec![usize::MAX; villages.len()];
    let communities: Vec<usize> = (0..villages.len()).filter(|&i| villages[i].community).collect();
    // In the town they live in its blocks, elsewhere round the seat: always the first slots.
    let mut first: Vec<usize> = free.drain(..communities.len()).collect();
    place_group(&communities, villages, slots, &mut first, &mut order, true);
    let namesakes: Vec<usize> = (0..villages.len())
        .filter(|&i| order[i] == usize::MAX && villages[i].name.starts_with(root))
        .collect();
    place_group(&namesakes, villages, slots, &mut free, &mut order, true);
    while let Some(next) = order.iter().position(|slot| *slot == usize::MAX) {
        let stem = stem(&villages[next].name);
        let group: Vec<usize> = (next..villages.len())
            .filter(|&i| order[i] == usize::MAX && self::stem(&villages[i].name) == stem)
            .collect();
        place_group(&group, villages, slots, &mut free, &mut order, false);
    }
    order
}

/// Gives a group neighbouring free slots, then sorts them by the direction in their names.
fn place_group(
    group: &[usize],
    villages: &[VillageFact],
    slots: &[P],
    free: &mut Vec<usize>,
    order: &mut [usize],
    at_seat: bool,
) {
    if group.is_empty() {
        return;
    }
    // The first slot is at the seat; twins elsewhere start from the last free one.
    let origin = match (at_seat, group.len()) {
        (true, _) => slots[0],
        (false, 1) => slots[free[0]],
        (false, _) => slots[free[free.len() - 1]],
    };
    let mut near = free.clone();
    near.sort_by(|a, b| {
        slots[*a].distance2(origin).total_cmp(&slots[*b].distance2(origin)).then(a.cmp(b))
    });
    let mut taken: Vec<usize> = near.into_iter().take(group.len()).collect();
    free.retain(|slot| !taken.contains(slot));
    let mut members = group.to_vec();
    if members.len() == 1 {
        order[members[0]] = taken[0];
        return;
    }
    let bearing = |i: usize| direction(&villages[i].name);
    let score = |(dx, dy): (f64, f64), q: P| dx * (q.x - origin.x) + dy * (q.y - origin.y);
    // The most outspoken direction chooses first.
    members.sort_by(|a, b| {
        let size = |i: usize| bearing(i).0.abs() + bearing(i).1.abs();
        size(*b).total_cmp(&size(*a)).then(a.cmp(b))
    });
    for i in members {
        let best = (0..taken.len())
            .max_by(|&a, &b| {
                score(bearing(i), slots[taken[a]])
                    .total_cmp(&score(bearing(i), slots[taken[b]]))
                    .then(b.cmp(&a))
            })
            .unwrap();
        order[i] = taken.remove(best);
    }
}

const DIRECTIONS: [(char, f64, f64); 8] = [
    ('东', 1.0, 0.0),
    ('西', -1.0, 0.0),
    ('南', 0.0, -1.0),
    ('北', 0.0, 1.0),
    ('前', 0.0, -1.0),
    ('后', 0.0, 1.0),
    ('中', 0.0, 0.0),
    ('新', 0.0, 0.0),
];

/// The direction words in a name, summed.
fn direction(name: &str) -> (f64, f64) {
    name.chars().fold((0.0, 0.0), |(x, y), c| {
        DIRECTIONS.iter().find(|d| d.0 == c).map_or((x, y), |d| (x + d.1, y + d.2))
    })
}

/// A name without direction, size and number words.
fn stem(name: &str) -> String {
    name.chars()
        .filter(|c| !DIRECTIONS.iter().any(|d| d.0 == *c) && !"大小村壹贰叁肆社区".contains(*c))
        .collect()
}
