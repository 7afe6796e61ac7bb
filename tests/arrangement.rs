//! The rule with a preplanned table, against trying everything: most people first, then fewest of
//! them off the table, then the lowest ranks, then the fewest metres.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use shouye::analysis::evacuation::{Evacuation, EvacuationPlan};
use shouye::analysis::{CostMatrix, EvacuationProblem, evacuation_with_costs};
use shouye::base::Feedback;
use shouye::model::Feature;
use shouye::spatial::Area;
use support::county::{arrangement, block, county, settlement, shelter};
use support::flow::splitmix;

/// A few villages and shelters, metres between them, and a table.
struct Case {
    people: Vec<u64>,
    places: Vec<u64>,
    /// Row by row.
    metres: Vec<u32>,
    /// Village, shelter, priority.
    table: Vec<(usize, usize, u32)>,
}

/// Unassigned, off the table, Σ rank, Σ metres.
type Worth = (u64, u64, u64, u64);

impl Case {
    fn made_up(seed: u64, villages: u64, shelters: u64, most: u64) -> Self {
        let mut n = 0;
        let mut draw = |below: u64| {
            n += 1;
            splitmix(seed, n) % below
        };
        let people: Vec<u64> = (0..villages).map(|_| 1 + draw(most)).collect();
        let all: u64 = people.iter().sum();
        let places = (0..shelters).map(|_| draw(2 * all / shelters + 2)).collect();
        let metres = (0..villages * shelters).map(|_| 1 + draw(9000) as u32).collect();
        let mut table = Vec::new();
        for village in 0..villages as usize {
            let first = draw(shelters);
            for rank in 0..draw(3) {
                table.push((village, ((first + rank) % shelters) as usize, rank as u32 + 1));
            }
        }
        Self { people, places, metres, table }
    }

    /// What sending one of a village to a shelter adds.
    fn cost(&self, village: usize, shelter: usize) -> (u64, u64, u64) {
        let arranged = |&&(from, ..): &&(usize, usize, u32)| from == village;
        // A shelter without places is no choice of the table: nobody could be sent there.
        let usable = |&&(_, to, _): &&(usize, usize, u32)| self.places[to] > 0;
        let rows = || self.table.iter().filter(arranged);
        let rank = rows().position(|&(_, to, _)| to == shelter);
        let off = rank.is_none() && rows().filter(usable).count() > 0;
        let metres = self.metres[village * self.places.len() + shelter];
        (off.into(), rank.unwrap_or(0) as u64, metres.into())
    }

    /// The best plan of all, by parties (village, people) that stay together.
    fn best(&self, parties: &[(usize, u64)], left: &mut [u64]) -> Worth {
        let Some((&(village, people), rest)) = parties.split_first() else { return (0, 0, 0, 0) };
        let stay = self.best(rest, left);
        let mut best = (stay.0 + people, stay.1, stay.2, stay.3);
        for shelter in 0..left.len() {
            if left[shelter] >= people {
                left[shelter] -= people;
                let rest = self.best(rest, left);
                left[shelter] += people;
                let (off, rank, metres) = self.cost(village, shelter);
                best = best.min((
                    rest.0,
                    rest.1 + off * people,
                    rest.2 + rank * people,
                    rest.3 + metres * people,
                ));
            }
        }
        best
    }

    fn plan(&self, keep_together: bool) -> EvacuationPlan {
        let mut rows: Vec<Feature> = Vec::new();
        for (n, people) in self.people.iter().enumerate() {
            rows.push(settlement(&format!("v{n}"), 5.0, 5.0, *people as u32));
        }
        for (n, places) in self.places.iter().enumerate() {
            rows.push(shelter(&format!("s{n}"), 15.0, 5.0, *places as u32));
        }
        for (village, to, priority) in &self.table {
            rows.push(arrangement(&format!("v{village}"), &format!("s{to}"), *priority));
        }
        let county = county(rows);
        let ask = Evacuation { keep_together, ..Evacuation::default() };
        let area = Area::new(block(0.0, 0.0, 10.0, 10.0)).unwrap();
        let feedback = Feedback::default();
        let problem = EvacuationProblem::new(&county, &area, &ask, &feedback).unwrap();
        let number = |name: &str| name[1..].parse::<usize>().unwrap();
        let mut cells = Vec::new();
        for origin in &problem.origins {
            for place in &problem.places {
                let shelter = number(&problem.shelters[place.shelter].name);
                cells.push(self.metres[number(&origin.name) * self.places.len() + shelter]);
            }
        }
        let costs = CostMatrix::new(problem.places.len(), cells).unwrap();
        evacuation_with_costs(&problem, &ask, &costs, &feedback).unwrap()
    }

    fn worth(&self, plan: &EvacuationPlan) -> Worth {
        let number = |name: &str| name[1..].parse::<usize>().unwrap();
        let mut worth = (plan.unassigned.0, 0, 0, 0);
        for line in &plan.assignments {
            let (village, shelter) = (number(&line.settlement_name), number(&line.shelter_name));
            let (off, rank, metres) = self.cost(village, shelter);
            worth.1 += off * line.people.0;
            worth.2 += rank * line.people.0;
            worth.3 += metres * line.people.0;
            if off > 0 {
                assert!(line.deviates_from.is_some(), "a deviation is listed");
            }
        }
        worth
    }
}

#[test]
fn one_person_keeps_to_the_table_though_three_thousand_walk_for_it() {
    // The table sends the single person of v0 to s0, which then has no room for all of v1.
    let case = Case {
        people: vec![1, 3000],
        places: vec![3000, 3000],
        metres: vec![2000, 7000, 906, 8156],
        table: vec![(0, 0, 1)],
    };
    let plan = case.plan(true);
    assert!(plan.optimal);
    assert_eq!(case.worth(&plan), (0, 0, 0, 2000 + 3000 * 8156));
    assert!(plan.assignments.iter().all(|line| line.deviates_from.is_none()));
}

#[test]
fn whole_villages_keep_to_the_rule_as_trying_everything_does() {
    let mut deviating = 0;
    for seed in 0..150 {
        let case = Case::made_up(seed, 6, 3, 60);
        let plan = case.plan(true);
        let parties: Vec<(usize, u64)> = case.people.iter().copied().enumerate().collect();
        let best = case.best(&parties, &mut case.places.clone());
        assert!(plan.optimal, "case {seed}");
        assert_eq!(case.worth(&plan), best, "case {seed}");
        deviating += usize::from(best.1 > 0);
    }
    assert!(deviating > 20, "the cases are too easy: {deviating}");
}

#[test]
fn split_villages_keep_to_the_rule_as_trying_everything_does() {
    let mut deviating = 0;
    for seed in 0..150 {
        let case = Case::made_up(seed, 3, 3, 3);
        let plan = case.plan(false);
        // Everybody goes alone.
        let alone = |(n, &people): (usize, &u64)| vec![(n, 1); people as usize];
        let parties: Vec<(usize, u64)> = case.people.iter().enumerate().flat_map(alone).collect();
        let best = case.best(&parties, &mut case.places.clone());
        assert_eq!(case.worth(&plan), best, "case {seed}");
        deviating += usize::from(best.1 > 0);
    }
    assert!(deviating > 20, "the cases are too easy: {deviating}");
}
