//! Joins pieces of one road or river end to end, so that far views simplify and label the whole.

use std::collections::BTreeMap;

use super::simplify::Corner;

/// A piece of line with what it must share to be joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its corners in local units.
    pub line: Vec<Corner>,
    /// Only pieces with the same style ...
    pub style: u16,
    /// ... and the same name are joined.
    pub name: u32,
}

/// Joins pieces at places where exactly two ends of the same style and name meet.
pub fn chain(pieces: Vec<Piece>) -> Vec<Piece> {
    let bits = |c: Corner| (c[0].to_bits(), c[1].to_bits());
    let mut ends: BTreeMap<_, Vec<(usize, bool)>> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        if let (Some(first), Some(last)) = (piece.line.first(), piece.line.last()) {
            let key = (piece.style, piece.name);
            ends.entry((key, bits(*first))).or_default().push((at, true));
            ends.entry((key, bits(*last))).or_default().push((at, false));
        }
    }
    let mut used = vec![false; pieces.len()];
    let mut out = Vec::new();
    for start in 0..pieces.len() {
        if used[start] || pieces[start].line.is_empty() {
            continue;
        }
        used[start] = true;
        let key = (pieces[start].style, pieces[start].name);
        let mut line = pieces[start].line.clone();
        // Grow at the tail, turn round, grow at what was the head, turn back.
        for _ in 0..2 {
            while let Some(tail) = line.last()
                && let Some(meeting) = ends.get(&(key, bits(*tail)))
                && meeting.len() == 2
                && let Some((next, at_head)) = meeting.iter().find(|(piece, _)| !used[*piece])
            {
                used[*next] = true;
                let more = &pieces[*next].line;
                if *at_head {
                    line.extend(&more[1..]);
                } else {
                    line.extend(more.iter().rev().skip(1));
                }
            }
            line.reverse();
        }
        out.push(Piece { line, ..pieces[start] });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(name: u32, line: &[Corner]) -> Piece {
        Piece { line: line.to_vec(), style: 0, name }
    }

    #[test]
    fn pieces_of_one_road_become_one_line_whatever_their_direction() {
        let (a, b, c, d) = ([0.0, 0.0], [1.0, 0.0], [2.0, 1.0], [3.0, 1.0]);
        let joined = chain(vec![piece(1, &[b, c]), piece(1, &[b, a]), piece(1, &[d, c])]);
        assert_eq!(joined, [piece(1, &[a, b, c, d])]);
    }

    #[test]
    fn crossings_and_other_names_end_a_line() {
        let (a, b, c, d) = ([0.0, 0.0], [1.0, 0.0], [2.0, 1.0], [1.0, 5.0]);
        let fork = vec![piece(1, &[a, b]), piece(1, &[b, c]), piece(1, &[b, d])];
        assert_eq!(chain(fork.clone()), fork);
        let two = vec![piece(1, &[a, b]), piece(2, &[b, c])];
        assert_eq!(chain(two.clone()), two);
    }

    #[test]
    fn a_ring_of_pieces_closes_once() {
        let (a, b, c) = ([0.0, 0.0], [1.0, 0.0], [1.0, 1.0]);
        let joined = chain(vec![piece(1, &[a, b]), piece(1, &[b, c]), piece(1, &[c, a])]);
        assert_eq!(joined.len(), 1);
        assert_eq!(joined[0].line.len(), 4);
    }
}
