//! Repeatable chance: SplitMix64 and smooth value noise, without any function that differs between machines.

/// SplitMix64 (Steele, Lea & Flood 2014).
#[derive(Clone)]
pub struct Rng(u64);

/// One step of the SplitMix64 output function.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Rng {
    /// A stream of its own for each purpose, so that a change in one layer leaves the others alone.
    pub fn new(purpose: &str) -> Self {
        Self(purpose.bytes().fold(370_830, |h, b| mix(h ^ u64::from(b))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// Uniform in `[0, 1)`.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `[low, high)`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Whole number in `0..n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// True with this probability.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// A direction of length one, spread evenly enough for our purposes.
    pub fn direction(&mut self) -> (f64, f64) {
        loop {
            let (x, y) = (self.between(-1.0, 1.0), self.between(-1.0, 1.0));
            let length = (x * x + y * y).sqrt();
            if length > 0.1 && length < 1.0 {
                return (x / length, y / length);
            }
        }
    }
}

/// Smooth noise in `[-1, 1]` over the plane; `scale` is the size of its features in metres.
pub fn noise(seed: u64, x: f64, y: f64, scale: f64) -> f64 {
    let (u, v) = (x / scale, y / scale);
    let (i, j) = (u.floor(), v.floor());
    let fade = |t: f64| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
    let (fu, fv) = (fade(u - i), fade(v - j));
    let corner = |di: i64, dj: i64| {
        let (a, b) = ((i as i64 + di) as u64, (j as i64 + dj) as u64);
        let h = mix(seed ^ mix(a.wrapping_mul(0x9e37_79b9).wrapping_add(mix(b ^ 0x5851_f42d))));
        (h >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    };
    let low = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * fu;
    let high = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * fu;
    low + (high - low) * fv
}
