//! Whether new data carry the shift of Chinese web maps: evidence, not proof.

use geo_types::Coord;

use super::Crs;
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
    /// Misfit as they are: median metres between pairs.
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
