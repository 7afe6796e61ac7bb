//! Transportation problems made from numbers, the same in every language.

use shouye::analysis::CostMatrix;

/// People by settlement, places by shelter, and the costs between them.
#[derive(Clone, Debug)]
pub struct Instance {
    pub people: Vec<u64>,
    pub places: Vec<u64>,
    pub costs: CostMatrix,
}

/// The `n`-th number of a SplitMix64 sequence, counted from 0.
pub fn splitmix(seed: u64, n: u64) -> u64 {
    let mut z = seed.wrapping_add((n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The same between 0 and 1; `stream` tells several sequences of one seed apart.
fn unit(seed: u64, stream: u64, n: u64) -> f64 {
    let seed = seed.wrapping_add(stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
    (splitmix(seed, n) >> 11) as f64 / 9_007_199_254_740_992.0
}

/// Places in a county of 50 × 40 km, half of them spread evenly, half around 500 village centres.
fn points(count: u64, seed: u64) -> Vec<(f64, f64)> {
    const WIDTH: f64 = 50_000.0;
    const HEIGHT: f64 = 40_000.0;
    (0..count)
        .map(|n| {
            if unit(seed, 4, n) >= 0.5 {
                return (unit(seed, 0, n) * WIDTH, unit(seed, 1, n) * HEIGHT);
            }
            let centre = (unit(seed, 5, n) * 500.0) as u64;
            let dx = (unit(seed, 6, n) + unit(seed, 7, n) - 1.0) * 1500.0;
            let dy = (unit(seed, 8, n) + unit(seed, 9, n) - 1.0) * 1500.0;
            let x = unit(seed, 2, centre) * WIDTH + dx;
            let y = unit(seed, 3, centre) * HEIGHT + dy;
            (x.clamp(0.0, WIDTH), y.clamp(0.0, HEIGHT))
        })
        .collect()
}

impl Instance {
    /// The made-up county on which solvers are compared: 100 to 3,000 people a village, places
    /// for 1.15 times the people, roads 1.2 to 1.8 times as long as the straight line.
    pub fn county(villages: usize, shelters: usize) -> Self {
        let from = points(villages as u64, 11);
        let to = points(shelters as u64, 12);
        let people: Vec<u64> = (0..villages as u64)
            .map(|n| (100.0 + (unit(13, 0, n).powi(2) * 2900.0).floor()) as u64)
            .collect();
        let raw: Vec<f64> =
            (0..shelters as u64).map(|n| 0.2 + unit(14, 0, n).powi(2) * 3.0).collect();
        let all = people.iter().sum::<u64>() as f64;
        let sum: f64 = raw.iter().sum();
        let places = raw.iter().map(|share| (share / sum * all * 1.15).ceil() as u64).collect();
        let mut cells = Vec::with_capacity(villages * shelters);
        for a in &from {
            for b in &to {
                let detour = 1.2 + 0.6 * unit(15, 0, cells.len() as u64);
                // Half to even, as numpy rounds.
                cells.push(((a.0 - b.0).hypot(a.1 - b.1) * detour).round_ties_even() as u32);
            }
        }
        let costs = CostMatrix::new(shelters, cells).unwrap_or_default();
        Self { people, places, costs }
    }
}
