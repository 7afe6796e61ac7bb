//! Figures in thousandths of their unit: stocks and needs add up exactly.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// A figure that is never negative, in thousandths of its unit.
///
/// ```
/// use shouye::analysis::supplies::Milli;
/// assert_eq!(Milli::of(17.5), Some(Milli(17_500)));
/// assert_eq!(Milli(17_500).value(), 17.5);
/// assert_eq!(Milli::of(-1.0), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Milli(pub u64);

/// Beyond this a figure is a slip: sums and products must stay exact.
const MOST: f64 = 1.0e12;

impl Milli {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many whole units.
    pub fn whole(n: u64) -> Self {
        Self(n.saturating_mul(1000))
    }

    /// The nearest thousandth; `None` for what is negative, absurd or no number.
    pub fn of(x: f64) -> Option<Self> {
        (x.is_finite() && (0.0..=MOST).contains(&x)).then(|| Self((x * 1000.0).round() as u64))
    }

    /// In units.
    pub fn value(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// Times `by` ÷ `of`, rounded down; `None` if `of` is 0.
    pub fn scaled(self, by: u128, of: u128) -> Option<Self> {
        Some(Self(narrow(u128::from(self.0).saturating_mul(by).checked_div(of)?)))
    }

    /// What is left after taking `other` away, never below zero.
    #[must_use]
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// As far as it goes.
pub(super) fn narrow(n: u128) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

impl Add for Milli {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Milli {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Milli {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}
