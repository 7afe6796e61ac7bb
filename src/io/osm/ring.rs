//! The rings of a multipolygon: member ways put end to end, then shells and holes told apart by where they lie.

use std::collections::HashMap;

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{Area, BoundingRect};
use geo_types::{LineString, MultiPolygon, Polygon, Rect};

/// Puts ways (as lists of nodes) end to end until each ring is closed; the node where one stays open otherwise.
pub fn assemble(ways: &[&[i64]]) -> Result<Vec<Vec<i64>>, i64> {
    let mut rings = Vec::new();
    let mut ends: HashMap<i64, Vec<usize>> = HashMap::new();
    let mut used = vec![false; ways.len()];
    // Backwards, so that the first way of the relation is the first taken from a node.
    for (at, way) in ways.iter().enumerate().rev() {
        match (way.first(), way.last()) {
            (Some(first), Some(last)) if first != last => {
                ends.entry(*first).or_default().push(at);
                ends.entry(*last).or_default().push(at);
            }
            (Some(_), _) => {
                used[at] = true;
                rings.push(way.to_vec());
            }
            _ => used[at] = true,
        }
    }
    rings.reverse();
    for start in 0..ways.len() {
        if !used[start] {
            walk(start, ways, &mut ends, &mut used, &mut rings)?;
        }
    }
    Ok(rings)
}

/// Goes from way to way. Whenever the path meets itself, that loop is a ring: so rings that touch stay apart.
fn walk(
    start: usize,
    ways: &[&[i64]],
    ends: &mut HashMap<i64, Vec<usize>>,
    used: &mut [bool],
    rings: &mut Vec<Vec<i64>>,
) -> Result<(), i64> {
    let Some(first) = ways[start].first() else { return Ok(()) };
    let mut tail = *first;
    let mut path: Vec<(usize, bool)> = Vec::new();
    let mut nodes = vec![tail];
    let mut met = HashMap::from([(tail, 0)]);
    let mut next = Some(start);
    loop {
        let way = next.take().or_else(|| {
            let there = ends.get_mut(&tail)?;
            while let Some(way) = there.pop() {
                if !used[way] {
                    return Some(way);
                }
            }
            None
        });
        let way = way.ok_or(tail)?;
        used[way] = true;
        let backwards = ways[way].first() != Some(&tail);
        let end = if backwards { ways[way].first() } else { ways[way].last() };
        tail = *end.ok_or(tail)?;
        path.push((way, backwards));
        match met.get(&tail).copied() {
            None => {
                met.insert(tail, nodes.len());
                nodes.push(tail);
            }
            Some(at) => {
                rings.push(joined(&path.split_off(at), ways));
                for node in nodes.drain(at + 1..) {
                    met.remove(&node);
                }
                if path.is_empty() {
                    return Ok(());
                }
            }
        }
    }
}

fn joined(path: &[(usize, bool)], ways: &[&[i64]]) -> Vec<i64> {
    let mut ring: Vec<i64> = Vec::new();
    for (way, backwards) in path {
        // The node where two ways meet comes once.
        ring.pop();
        if *backwards {
            ring.extend(ways[*way].iter().rev());
        } else {
            ring.extend(ways[*way]);
        }
    }
    ring
}

/// Shells with their holes: a ring within an odd number of others is a hole, whatever its role says.
pub fn nest(rings: Vec<LineString<f64>>) -> MultiPolygon<f64> {
    struct Ring {
        shape: Polygon<f64>,
        extent: Option<Rect<f64>>,
        size: f64,
    }
    let mut rings: Vec<Ring> = rings
        .into_iter()
        .map(|line| {
            let shape = Polygon::new(line, Vec::new());
            Ring { extent: shape.bounding_rect(), size: shape.unsigned_area(), shape }
        })
        .collect();
    rings.sort_by(|a, b| b.size.total_cmp(&a.size));
    let mut shells: Vec<(usize, Polygon<f64>)> = Vec::new();
    for at in 0..rings.len() {
        let mut around: Vec<usize> = Vec::new();
        for larger in 0..at {
            let (own, other) = (&rings[at], &rings[larger]);
            if covers(other.extent, own.extent) && lies_in(own.shape.exterior(), &other.shape) {
                around.push(larger);
            }
        }
        let parent = around.last().and_then(|last| shells.iter_mut().find(|(of, _)| of == last));
        match parent {
            Some((_, shell)) if around.len() % 2 == 1 => {
                shell.interiors_push(rings[at].shape.exterior().clone());
            }
            _ => shells.push((at, rings[at].shape.clone())),
        }
    }
    MultiPolygon::new(shells.into_iter().map(|(_, shell)| shell).collect())
}

fn covers(outer: Option<Rect<f64>>, inner: Option<Rect<f64>>) -> bool {
    outer.zip(inner).is_some_and(|(o, i)| {
        o.min().x <= i.min().x
            && o.min().y <= i.min().y
            && o.max().x >= i.max().x
            && o.max().y >= i.max().y
    })
}

/// By the first corner that is not on the other's outline.
fn lies_in(ring: &LineString<f64>, other: &Polygon<f64>) -> bool {
    let mut sides = ring.0.iter().map(|corner| other.coordinate_position(corner));
    sides.find(|side| *side != CoordPos::OnBoundary) == Some(CoordPos::Inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_joined_in_any_direction() {
        let rings = assemble(&[&[1, 2, 3], &[1, 5, 4], &[3, 4]]).unwrap();
        assert_eq!(rings, [[1, 2, 3, 4, 5, 1]]);
        let rings = assemble(&[&[1, 2, 3, 1], &[4, 5], &[5, 6, 4], &[]]).unwrap();
        assert_eq!(rings, [vec![1, 2, 3, 1], vec![4, 5, 6, 4]]);
        assert_eq!(assemble(&[&[1, 2], &[2, 3]]), Err(3));
        assert_eq!(assemble(&[&[1, 2]]), Err(2));
    }

    #[test]
    fn rings_that_touch_at_a_node_stay_apart() {
        // Two triangles meet at node 3.
        let rings = assemble(&[&[1, 2, 3], &[3, 5], &[5, 6, 3], &[3, 1]]).unwrap();
        let mut lengths: Vec<usize> = rings.iter().map(Vec::len).collect();
        lengths.sort_unstable();
        assert_eq!(lengths, [4, 4]);
        assert!(rings.iter().all(|ring| ring.first() == ring.last()));
    }

    #[test]
    fn islands_in_lakes_on_islands() {
        let square = |from: f64, to: f64| {
            LineString::from(vec![(from, from), (to, from), (to, to), (from, to), (from, from)])
        };
        let all =
            nest(vec![square(2.0, 3.0), square(0.0, 10.0), square(1.0, 9.0), square(20.0, 21.0)]);
        let holes: Vec<usize> = all.iter().map(|polygon| polygon.interiors().len()).collect();
        assert_eq!(holes, [1, 0, 0]);
        assert!((all.unsigned_area() - (100.0 - 64.0 + 1.0 + 1.0)).abs() < 1e-9);
    }
}
