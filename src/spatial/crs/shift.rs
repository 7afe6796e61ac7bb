//! Whether new data carry the shift of Chinese web maps: evidence, not proof.

use geo_types::Coord;

use super::Crs;
use crate::spatial::area::Area;
use crate::spatial::measure::geodesic_distance;

/// What the comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShiftVerdict {
    /// They fit as they are.
    Fits,
    /// They fit clearly better after taking off the GCJ-02 shift.
    LikelyGcj02,
    /// They fit clearly better after taking off the BD-09 shift.
    LikelyBd09,
    /// Too few to compare, or no clear difference.
    Unclear,
}

/// A verdict with the figures it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShiftEvidence {
    /// What it says.
    pub verdict: ShiftVerdict,
    /// How many places were compared.
    pub compared: usize,
    /// Misfit as they are: median metres between pairs, or places outside the boundary.
    pub before: f64,
    /// The same after the better of the two shifts is taken off.
    pub after: f64,
}

const SHIFTS: [(Crs, ShiftVerdict); 2] =
    [(Crs::Gcj02, ShiftVerdict::LikelyGcj02), (Crs::Bd09, ShiftVerdict::LikelyBd09)];

/// Compares places of new data with trusted places of the same things: `(new, trusted)`.
///
/// Needs five pairs. Medians, so that a few namesakes elsewhere do no harm.
pub fn shift_against_pairs(pairs: &[(Coord<f64>, Coord<f64>)]) -> ShiftEvidence {
    let misfit = |crs: Option<&Crs>| {
        let mut gaps: Vec<f64> = pairs
            .iter()
            .filter_map(|(new, trusted)| {
                let place = crs.map_or(Some(*new), |crs| crs.to_lonlat(*new))?;
                Some(geodesic_distance(place, *trusted).0)
            })
            .collect();
        gaps.sort_unstable_by(f64::total_cmp);
        gaps.get(gaps.len() / 2).copied().unwrap_or(f64::INFINITY)
    };
    let before = misfit(None);
    let (after, verdict) = SHIFTS
        .iter()
        .map(|(crs, verdict)| (misfit(Some(crs)), *verdict))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((before, ShiftVerdict::Unclear));
    // The shift is 300 m to 700 m in China, BD-09 above 1 km: half of that must be explained away.
    let verdict = if pairs.len() < 5 {
        ShiftVerdict::Unclear
    } else if after < before * 0.5 && before - after > 150.0 {
        verdict
    } else if before < after * 0.5 {
        ShiftVerdict::Fits
    } else {
        ShiftVerdict::Unclear
    };
    ShiftEvidence { verdict, compared: pairs.len(), before, after }
}

/// Compares places of new data with the county's boundary: a shift pushes the outermost ones over it.
///
/// Says something only if at least three places change sides, four times as many one way as the other.
pub fn shift_against_boundary(points: &[Coord<f64>], boundary: &Area) -> ShiftEvidence {
    let outside = |at: &Coord<f64>| !boundary.contains(*at);
    let before = points.iter().filter(|at| outside(at)).count();
    let mut best = (ShiftVerdict::Unclear, usize::MAX, 0, 0);
    for (crs, verdict) in &SHIFTS {
        let (mut comes_in, mut goes_out, mut still) = (0, 0, 0);
        for at in points {
            let moved = crs.to_lonlat(*at).unwrap_or(*at);
            match (outside(at), outside(&moved)) {
                (true, false) => comes_in += 1,
                (false, true) => goes_out += 1,
                _ => {}
            }
            still += usize::from(outside(&moved));
        }
        if still < best.1 {
            best = (*verdict, still, comes_in, goes_out);
        }
    }
    let (likely, after, comes_in, goes_out) = best;
    let verdict = if comes_in >= 3 && comes_in >= 4 * goes_out {
        likely
    } else if goes_out >= 3 && goes_out >= 4 * comes_in {
        ShiftVerdict::Fits
    } else {
        ShiftVerdict::Unclear
    };
    let after = if points.is_empty() { 0 } else { after };
    ShiftEvidence { verdict, compared: points.len(), before: before as f64, after: after as f64 }
}
