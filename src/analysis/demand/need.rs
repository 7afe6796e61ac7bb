//! What the people of one place need, in one case: nobody is counted twice and nobody is lost.

use super::rates::{Case, Rates};
use super::share::apportioned;
use crate::base::Persons;

/// People who have to leave, and how.
///
/// `people = moved + to_move`, `to_move = relatives + sheltered = with_help + by_car + on_foot + by_bus`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// Present.
    pub people: Persons,
    /// Already moved.
    pub moved: Persons,
    /// Still to be moved.
    pub to_move: Persons,
    /// Of these, going to relatives and friends (投亲靠友).
    pub relatives: Persons,
    /// And settled together (集中安置).
    pub sheltered: Persons,
    /// Of those to be moved, in need of a vehicle with help.
    pub with_help: Persons,
    /// By their own car.
    pub by_car: Persons,
    /// On foot.
    pub on_foot: Persons,
    /// By bus.
    pub by_bus: Persons,
    /// Of those to be moved, the vulnerable by [`Rates::group`].
    pub groups: Vec<Persons>,
}

impl Need {
    /// Divides the people present in one case; `vulnerable` is the place's own share of vulnerable people.
    pub fn of(people: Persons, moved: Persons, vulnerable: Option<f64>, case: Case) -> Self {
        let rates = Rates::usual();
        let moved = moved.min(people);
        let to_move = people - moved;
        let sheltered = rates.sheltered.range.at(case);
        let homes = apportioned(to_move.0, &[sheltered, 1.0 - sheltered]);
        let groups = groups(to_move, vulnerable, case);
        let help = |(people, group): (&u64, &super::rates::Group)| {
            ((*people as f64 * group.transport.at(case)).round() as u64).min(*people)
        };
        let with_help: u64 = groups.iter().zip(&rates.group).map(help).sum();
        let (car, foot) = (rates.by_car.range.at(case), rates.on_foot.range.at(case));
        let modes = apportioned(to_move.0 - with_help, &[car, foot, 1.0 - car - foot]);
        Self {
            people,
            moved,
            to_move,
            sheltered: Persons(homes[0]),
            relatives: Persons(homes[1]),
            with_help: Persons(with_help),
            by_car: Persons(modes[0]),
            on_foot: Persons(modes[1]),
            by_bus: Persons(modes[2]),
            groups: groups.into_iter().map(Persons).collect(),
        }
    }

    /// Adds another place's need.
    pub fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.moved += other.moved;
        self.to_move += other.to_move;
        self.relatives += other.relatives;
        self.sheltered += other.sheltered;
        self.with_help += other.with_help;
        self.by_car += other.by_car;
        self.on_foot += other.on_foot;
        self.by_bus += other.by_bus;
        self.groups.resize(self.groups.len().max(other.groups.len()), Persons::ZERO);
        for (sum, group) in self.groups.iter_mut().zip(&other.groups) {
            *sum += *group;
        }
    }

    /// Vulnerable people of all groups.
    pub fn vulnerable(&self) -> Persons {
        self.groups.iter().copied().sum()
    }

    /// Cars on the road, each as full as the table says.
    pub fn cars(&self, case: Case) -> u64 {
        vehicles(self.by_car, Rates::usual().car_load.range.at(case))
    }

    /// Bus loads.
    pub fn buses(&self, case: Case) -> u64 {
        vehicles(self.by_bus, Rates::usual().bus_load.range.at(case))
    }
}

/// The vulnerable by group: the place's own share divided as the groups are, else the shares of the table.
fn groups(to_move: Persons, vulnerable: Option<f64>, case: Case) -> Vec<u64> {
    let shares: Vec<f64> = Rates::usual().group.iter().map(|group| group.share.at(case)).collect();
    let all: f64 = shares.iter().sum();
    match vulnerable {
        Some(own) => {
            let own = own.clamp(0.0, 1.0);
            let parts = apportioned(to_move.0, &[own, 1.0 - own]);
            apportioned(parts[0], &shares)
        }
        None => {
            let with_rest: Vec<f64> = shares.iter().copied().chain([1.0 - all]).collect();
            let mut parts = apportioned(to_move.0, &with_rest);
            parts.pop();
            parts
        }
    }
}

/// Vehicles for so many people; loads have one decimal.
fn vehicles(people: Persons, load: f64) -> u64 {
    let tenths = (load * 10.0).round() as u64;
    people.0.saturating_mul(10).div_ceil(tenths.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_lost_whatever_the_figures() {
        for people in (0..300).chain([7_852, 687_544, 10_000_000_000]) {
            for moved in [0, people / 3, people, people + 5] {
                for vulnerable in [None, Some(0.0), Some(0.256), Some(1.0)] {
                    for case in Case::ALL {
                        let need = Need::of(Persons(people), Persons(moved), vulnerable, case);
                        let said = format!("{people} {moved} {vulnerable:?} {case:?}");
                        assert_eq!(need.moved + need.to_move, need.people, "{said}");
                        assert_eq!(need.relatives + need.sheltered, need.to_move, "{said}");
                        let ways = need.with_help + need.by_car + need.on_foot + need.by_bus;
                        assert_eq!(ways, need.to_move, "{said}");
                        assert!(need.with_help <= need.vulnerable(), "{said}");
                        assert!(need.vulnerable() <= need.to_move, "{said}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_thousand_people_are_divided_as_the_table_says() {
        let need = Need::of(Persons(1000), Persons(0), None, Case::Likely);
        assert_eq!((need.sheltered.0, need.relatives.0), (300, 700));
        assert_eq!(need.groups, [165, 170, 60].map(Persons));
        // A fifth of 165, a tenth of 170, six tenths of 60.
        assert_eq!(need.with_help.0, 33 + 17 + 36);
        // The other 914: half by car, 15 % on foot, 35 % by bus (457.0, 137.1, 319.9).
        assert_eq!((need.by_car.0, need.on_foot.0, need.by_bus.0), (457, 137, 320));
        // 457 / 2.8 = 163.2 and 320 / 42 = 7.6.
        assert_eq!((need.cars(Case::Likely), need.buses(Case::Likely)), (164, 8));
        let own = Need::of(Persons(1000), Persons(200), Some(0.25), Case::Likely);
        assert_eq!((own.to_move.0, own.vulnerable().0), (800, 200));
    }

    #[test]
    fn more_need_means_more_places_and_more_buses() {
        let [low, likely, high] =
            Case::ALL.map(|case| Need::of(Persons(5000), Persons(0), None, case));
        assert!(low.sheltered < likely.sheltered && likely.sheltered < high.sheltered);
        assert!(low.by_bus < likely.by_bus && likely.by_bus < high.by_bus);
        assert!(low.with_help < likely.with_help && likely.with_help < high.with_help);
    }
}
