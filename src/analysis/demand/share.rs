//! Whole people divided by shares, none lost: the largest-remainder method (Hamilton 1792).

/// Divides `whole` in proportion to the weights. Every part is its exact share rounded down or up, parts add
/// up to `whole`, ties go to the first; weights that are not positive count nothing, and without any all
/// go to the last part.
///
/// ```
/// use shouye::analysis::demand::apportioned;
/// assert_eq!(apportioned(10, &[0.5, 0.25, 0.25]), [5, 3, 2]);
/// assert_eq!(apportioned(7, &[0.0, 0.0]), [0, 7]);
/// ```
pub fn apportioned(whole: u64, weights: &[f64]) -> Vec<u64> {
    let weight = |w: &f64| if w.is_finite() && *w > 0.0 { *w } else { 0.0 };
    let sum: f64 = weights.iter().map(weight).sum();
    let mut parts = vec![0_u64; weights.len()];
    if sum <= 0.0 {
        if let Some(last) = parts.last_mut() {
            *last = whole;
        }
        return parts;
    }
    let exact: Vec<f64> = weights.iter().map(|w| whole as f64 * (weight(w) / sum)).collect();
    let mut left = whole;
    for (part, exact) in parts.iter_mut().zip(&exact) {
        *part = (exact.floor() as u64).min(left);
        left -= *part;
    }
    let mut order: Vec<usize> =
        (0..weights.len()).filter(|at| weight(&weights[*at]) > 0.0).collect();
    // A billionth of a person is rounding, not a claim.
    let claim = |at: usize| ((exact[at] - exact[at].floor()) * 1e9).round() as u64;
    order.sort_by_key(|at| (std::cmp::Reverse(claim(*at)), *at));
    for at in order.iter().cycle().take(usize::try_from(left).unwrap_or(usize::MAX)) {
        parts[*at] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_lost_and_every_part_is_its_share_rounded() {
        for whole in (0..400).chain([9_999_999_937]) {
            for weights in [&[0.6, 0.2, 0.2][..], &[1.0, 1.0, 1.0], &[0.165, 0.17, 0.06, 0.605]] {
                let parts = apportioned(whole, weights);
                assert_eq!(parts.iter().sum::<u64>(), whole, "{weights:?}");
                let sum: f64 = weights.iter().sum();
                for (part, weight) in parts.iter().zip(weights) {
                    let exact = whole as f64 * weight / sum;
                    assert!((*part as f64 - exact).abs() < 1.0 + 1e-6, "{whole} {weights:?}");
                }
            }
        }
    }

    #[test]
    fn ties_go_to_the_first_and_nothing_to_no_weight() {
        assert_eq!(apportioned(1, &[1.0, 1.0]), [1, 0]);
        assert_eq!(apportioned(5, &[0.0, f64::NAN, 1.0]), [0, 0, 5]);
        assert_eq!(apportioned(3, &[]), Vec::<u64>::new());
    }
}
