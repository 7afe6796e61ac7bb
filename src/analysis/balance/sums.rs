//! One line of the balance sheet.

use crate::analysis::shelter_check::{Outcome, ShelterRules, SiteClass};
use crate::base::Persons;
use crate::model::{Feature, Settlement, Shelter, StayClass};

/// People and places of a township or of the county.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Settlements.
    pub settlements: usize,
    /// How many of them have no population figure and count nothing.
    pub without_data: usize,
    /// Residents, present by night.
    pub residents: Persons,
    /// People by day; settlements without a figure count nothing.
    pub by_day: Persons,
    /// How many settlements have no figure for the day.
    pub without_day: usize,
    /// Residents beyond the walking radius of any shelter.
    pub beyond: Persons,
    /// Shelters that are not closed.
    pub shelters: usize,
    /// How many of them have no capacity on record.
    pub without_capacity: usize,
    /// Places for each of [`StayClass::ALL`]: the same ground, counted for one stay or another.
    pub places: [Persons; 5],
    /// Places left for the stay asked for.
    pub free: Persons,
    /// Places of fixed and central shelters, each for its own class.
    pub fixed_places: Persons,
    /// Fixed and central shelters without a capacity.
    pub fixed_unknown: usize,
}

impl Sums {
    pub(super) fn add_settlement(&mut self, row: &Feature, beyond: Persons) {
        let figures = Settlement::of(row);
        self.settlements += 1;
        self.without_data += usize::from(figures.residents.is_none());
        self.without_day += usize::from(figures.residents_day.is_none());
        self.residents += figures.residents.unwrap_or_default();
        self.by_day += figures.residents_day.unwrap_or_default();
        self.beyond += beyond;
    }

    pub(super) fn add_shelter(&mut self, row: &Feature, stay: StayClass) {
        let shelter = Shelter::of(row);
        if shelter.is_closed() {
            return;
        }
        self.shelters += 1;
        let class = SiteClass::of(row);
        let serves = |stay: StayClass| {
            class.is_none_or(|class| stay <= class.stay()) || shelter.declares(stay)
        };
        let mut known = false;
        for (places, stay) in self.places.iter_mut().zip(StayClass::ALL) {
            if let Some((capacity, _)) = shelter.capacity(stay).filter(|_| serves(stay)) {
                *places += capacity;
                known = true;
            }
        }
        self.without_capacity += usize::from(!known);
        if shelter.can_open() && serves(stay) {
            self.free += shelter.available(stay).unwrap_or_default();
        }
        if let Some(class) = class.filter(|class| class.is_fixed()) {
            match shelter.capacity(class.stay()) {
                Some((capacity, _)) => self.fixed_places += capacity,
                None => self.fixed_unknown += 1,
            }
        }
    }

    /// Residents; `None` if no settlement has a figure.
    pub fn known_residents(&self) -> Option<Persons> {
        (self.settlements > self.without_data).then_some(self.residents)
    }

    /// The same by day.
    pub fn known_by_day(&self) -> Option<Persons> {
        (self.settlements > self.without_day).then_some(self.by_day)
    }

    /// Places for a stay.
    pub fn places_for(&self, stay: StayClass) -> Persons {
        StayClass::ALL
            .into_iter()
            .zip(self.places)
            .find(|(class, _)| *class == stay)
            .map_or(Persons::ZERO, |(_, places)| places)
    }

    /// Free places over residents; `None` without residents.
    pub fn free_share(&self) -> Option<f64> {
        share(self.free, self.known_residents()?)
    }

    /// Places of fixed and central shelters over residents; `None` without residents.
    pub fn fixed_share(&self) -> Option<f64> {
        share(self.fixed_places, self.known_residents()?)
    }

    /// Places that fixed and central shelters have to have: 15 % of residents, rounded up (GB 51143).
    pub fn fixed_needed(&self) -> Option<Persons> {
        let ten_thousandths = (ShelterRules::usual().fixed_share.value * 10_000.0).round() as u64;
        let residents = self.known_residents()?;
        Some(Persons(residents.0.saturating_mul(ten_thousandths).div_ceil(10_000)))
    }

    /// Places of fixed and central shelters that are missing.
    pub fn shortfall(&self) -> Option<Persons> {
        Some(self.fixed_needed()? - self.fixed_places)
    }

    /// Residents for whom nothing would be free if all of them had to leave.
    pub fn without_place(&self) -> Option<Persons> {
        Some(self.known_residents()? - self.free)
    }

    /// Whether fixed and central shelters are large enough. Places or people that are not recorded
    /// leave it open, unless they could not change the answer.
    pub fn rule(&self) -> Outcome {
        match self.shortfall() {
            None => Outcome::NoData,
            Some(Persons::ZERO) if self.without_data > 0 => Outcome::NoData,
            Some(Persons::ZERO) => Outcome::Pass,
            Some(_) if self.fixed_unknown > 0 => Outcome::NoData,
            Some(_) => Outcome::Fail,
        }
    }
}

fn share(places: Persons, people: Persons) -> Option<f64> {
    (people > Persons::ZERO).then(|| places.0 as f64 / people.0 as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_per_cent_are_rounded_up_and_gaps_leave_it_open() {
        let sums = |residents: u64, fixed: u64| Sums {
            settlements: 2,
            residents: Persons(residents),
            fixed_places: Persons(fixed),
            ..Sums::default()
        };
        // 15 % of 1,001 is 150.15.
        assert_eq!(sums(1001, 150).fixed_needed(), Some(Persons(151)));
        assert_eq!(sums(1001, 150).shortfall(), Some(Persons(1)));
        assert_eq!(sums(1001, 150).rule(), Outcome::Fail);
        assert_eq!(sums(1001, 151).rule(), Outcome::Pass);
        assert_eq!(Sums { fixed_unknown: 1, ..sums(1001, 150) }.rule(), Outcome::NoData);
        assert_eq!(Sums { without_data: 1, ..sums(1001, 151) }.rule(), Outcome::NoData);
        assert_eq!(Sums { without_data: 1, ..sums(1001, 150) }.rule(), Outcome::Fail);
        assert_eq!(Sums { without_data: 2, ..sums(0, 151) }.rule(), Outcome::NoData);
        assert_eq!(Sums::default().fixed_share(), None);
    }
}
