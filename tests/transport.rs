//! The transportation solver against exhaustive search, its own certificate and known optima.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use proptest::prelude::*;
use shouye::analysis::transport::Solution;
use shouye::analysis::{CostMatrix, Transport};
use shouye::base::Feedback;

use support::flow::{Instance, splitmix};

const NEVER: u32 = CostMatrix::FORBIDDEN;

fn solve(case: &Instance) -> Solution {
    transport(case).solve(&Feedback::default()).unwrap()
}

fn transport(case: &Instance) -> Transport {
    Transport::new(&case.people, &case.places, &case.costs)
}

/// Capacities hold, everybody is accounted for, the totals are right, and the prices prove it.
fn certify(case: &Instance, found: &Solution) {
    let mut arrived = vec![0; case.places.len()];
    let mut left: Vec<u64> = found.unassigned.clone();
    let mut cost = 0;
    for flow in &found.flows {
        let each = case.costs.get(flow.settlement, flow.shelter).unwrap();
        assert!(flow.people > 0);
        arrived[flow.shelter] += flow.people;
        left[flow.settlement] += flow.people;
        cost += flow.people * u64::from(each);
        let price = found.prices[flow.shelter];
        assert_eq!(found.values[flow.settlement], i64::from(each) + price, "used, so tight");
    }
    assert_eq!(left, case.people);
    assert_eq!(cost, found.cost);
    assert_eq!(found.assigned, arrived.iter().sum::<u64>());
    let mut dual = 0_i128;
    for (shelter, &places) in case.places.iter().enumerate() {
        assert!(arrived[shelter] <= places, "capacity is never exceeded");
        assert!(found.prices[shelter] >= 0);
        assert!(arrived[shelter] == places || found.prices[shelter] == 0, "empty places are free");
        dual -= i128::from(places) * i128::from(found.prices[shelter]);
    }
    for (row, &people) in case.people.iter().enumerate() {
        assert!(found.values[row] <= found.penalty);
        assert!(found.unassigned[row] == 0 || found.values[row] == found.penalty);
        for (shelter, price) in found.prices.iter().enumerate() {
            if let Some(each) = case.costs.get(row, shelter) {
                assert!(found.values[row] <= i64::from(each) + price, "nothing better is left");
            }
        }
        dual += i128::from(people) * i128::from(found.values[row]);
    }
    let unassigned: u64 = found.unassigned.iter().sum();
    assert_eq!(dual, i128::from(cost) + i128::from(unassigned) * i128::from(found.penalty));
}

/// Fewest people without a place and then least cost, by trying everything.
fn exhaustive(case: &Instance) -> (u64, u64) {
    fn people(case: &Instance, row: usize, left: &mut [u64]) -> (u64, u64) {
        match case.people.get(row) {
            None => (0, 0),
            Some(&n) => split(case, row, 0, n, left),
        }
    }
    fn split(case: &Instance, row: usize, column: usize, n: u64, left: &mut [u64]) -> (u64, u64) {
        if column == left.len() {
            let rest = people(case, row + 1, left);
            return (rest.0 + n, rest.1);
        }
        let cost = case.costs.get(row, column);
        let most = if cost.is_some() { n.min(left[column]) } else { 0 };
        (0..=most)
            .map(|go| {
                left[column] -= go;
                let rest = split(case, row, column + 1, n - go, left);
                left[column] += go;
                (rest.0, rest.1 + go * u64::from(cost.unwrap_or(0)))
            })
            .min()
            .unwrap()
    }
    people(case, 0, &mut case.places.clone())
}

/// Most people that can be placed at all: augmenting paths on people and places.
fn most_people(case: &Instance) -> u64 {
    let (rows, columns) = (case.people.len(), case.places.len());
    let mut flow = vec![vec![0_u64; columns]; rows];
    let (mut left, mut room) = (case.people.clone(), case.places.clone());
    let mut total = 0;
    loop {
        // Breadth first over settlements and shelters from every settlement with people left.
        let mut queue: Vec<usize> = (0..rows).filter(|&row| left[row] > 0).collect();
        let mut before: Vec<Option<usize>> = vec![None; rows + columns];
        let mut seen: Vec<bool> = (0..rows + columns).map(|n| n < rows && left[n] > 0).collect();
        let mut at = 0;
        let mut end = None;
        while at < queue.len() && end.is_none() {
            let node = queue[at];
            at += 1;
            for next in 0..rows + columns {
                let open = if node < rows {
                    next >= rows && case.costs.get(node, next - rows).is_some()
                } else {
                    next < rows && flow[next][node - rows] > 0
                };
                if open && !seen[next] {
                    seen[next] = true;
                    before[next] = Some(node);
                    queue.push(next);
                    if next >= rows && room[next - rows] > 0 {
                        end = Some(next);
                        break;
                    }
                }
            }
        }
        let Some(end) = end else { return total };
        let mut steps = vec![];
        let mut node = end;
        while let Some(from) = before[node] {
            steps.push((from, node));
            node = from;
        }
        let mut push = left[node].min(room[end - rows]);
        for &(from, to) in &steps {
            if from >= rows {
                push = push.min(flow[to][from - rows]);
            }
        }
        left[node] -= push;
        room[end - rows] -= push;
        for &(from, to) in &steps {
            if from < rows {
                flow[from][to - rows] += push;
            } else {
                flow[to][from - rows] -= push;
            }
        }
        total += push;
    }
}

/// What a hurried officer would do: each village in turn to its nearest shelter with room.
fn greedy(case: &Instance) -> (u64, u64) {
    let mut left = case.places.clone();
    let (mut placed, mut cost) = (0, 0);
    for (row, &people) in case.people.iter().enumerate() {
        let mut order: Vec<_> =
            (0..left.len()).filter_map(|c| Some((case.costs.get(row, c)?, c))).collect();
        order.sort_unstable();
        let mut people = people;
        for (each, column) in order {
            let go = people.min(left[column]);
            left[column] -= go;
            people -= go;
            placed += go;
            cost += go * u64::from(each);
        }
    }
    (placed, cost)
}

/// Up to `rows` × `columns` with up to `most` people and places and costs below `dearest`.
fn instances(
    rows: usize,
    columns: usize,
    most: u64,
    dearest: u32,
) -> impl Strategy<Value = Instance> {
    (1..=rows, 1..=columns).prop_flat_map(move |(rows, columns)| {
        let cell = prop_oneof![5 => 0..dearest, 1 => Just(NEVER)];
        (
            proptest::collection::vec(0..=most, rows),
            proptest::collection::vec(0..=most, columns),
            proptest::collection::vec(cell, rows * columns),
        )
            .prop_map(move |(people, places, cells)| Instance {
                people,
                places,
                costs: CostMatrix::new(columns, cells).unwrap(),
            })
    })
}

#[test]
fn the_generator_is_the_one_the_peers_use() {
    // Sums of the files that the other solvers were run on.
    let case = Instance::county(500, 100);
    assert_eq!(case.people.iter().sum::<u64>(), 571_272);
    assert_eq!(case.places.iter().sum::<u64>(), 657_015);
}

#[test]
fn the_optimum_of_500_by_100_is_the_one_other_solvers_find() {
    let case = Instance::county(500, 100);
    let found = solve(&case);
    assert_eq!(found.cost, 3_150_597_606);
    certify(&case, &found);
}

#[test]
fn the_optimum_of_2000_by_300_is_the_one_other_solvers_find() {
    let case = Instance::county(2000, 300);
    let found = solve(&case);
    assert_eq!(found.cost, 6_016_937_290);
    certify(&case, &found);
}

#[test]
fn after_a_shelter_closes_solving_on_gives_what_solving_afresh_gives() {
    let mut case = Instance::county(500, 100);
    let mut warm = transport(&case);
    warm.solve(&Feedback::default()).unwrap();
    let original = case.places.clone();
    // Close ten one after the other, half one, open the first again, close the rest of a region.
    let changes = (0..10)
        .map(|n| (n * 7, 0))
        .chain([(70, original[70] / 2), (0, original[0])])
        .chain((80..95).map(|n| (n, 0)));
    for (shelter, places) in changes {
        case.places[shelter] = places;
        warm.set_capacity(shelter, places);
        let again = warm.solve(&Feedback::default()).unwrap();
        let cold = solve(&case);
        assert_eq!(again.flows, cold.flows, "after shelter {shelter} has {places} places");
        assert_eq!((again.cost, again.unassigned), (cold.cost, cold.unassigned));
    }
    certify(&case, &warm.solve(&Feedback::default()).unwrap());
}

#[test]
fn a_county_of_equal_distances_still_has_one_answer() {
    let people: Vec<u64> = (0..40).map(|n| 10 + splitmix(1, n) % 90).collect();
    let places: Vec<u64> = (0..15).map(|n| 50 + splitmix(2, n) % 200).collect();
    let costs = CostMatrix::new(15, vec![1000; 40 * 15]).unwrap();
    let case = Instance { people, places, costs };
    let cold = solve(&case);
    certify(&case, &cold);
    for shelter in 0..15 {
        let mut other = transport(&case);
        other.set_capacity(shelter, 0);
        other.solve(&Feedback::default()).unwrap();
        other.set_capacity(shelter, case.places[shelter]);
        assert_eq!(other.solve(&Feedback::default()).unwrap().flows, cold.flows);
    }
}

#[test]
fn costs_near_the_end_of_32_bits_do_not_overflow() {
    let far = NEVER - 1;
    let case = Instance {
        people: vec![1 << 20, 1 << 20, 7],
        places: vec![1 << 20, (1 << 20) + 3],
        costs: CostMatrix::new(2, vec![far, 0, far, far - 1, 5, NEVER]).unwrap(),
    };
    let found = solve(&case);
    certify(&case, &found);
    assert_eq!(found.assigned, (1 << 21) + 3);
}

#[test]
fn nothing_to_do_is_solved_too() {
    let nobody = Instance { people: vec![], places: vec![5], costs: CostMatrix::default() };
    assert_eq!(solve(&nobody).assigned, 0);
    let nowhere = Instance { people: vec![5], places: vec![], costs: CostMatrix::default() };
    assert_eq!(solve(&nowhere).unassigned, [5]);
    let shut =
        Instance { people: vec![5], places: vec![0], costs: CostMatrix::new(1, vec![1]).unwrap() };
    assert_eq!(solve(&shut).unassigned, [5]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn small_cases_agree_with_trying_everything(case in instances(4, 3, 4, 6)) {
        let found = solve(&case);
        certify(&case, &found);
        prop_assert_eq!((found.unassigned.iter().sum::<u64>(), found.cost), exhaustive(&case));
    }

    #[test]
    fn most_people_come_first(case in instances(12, 8, 60, 50_000)) {
        let found = solve(&case);
        certify(&case, &found);
        prop_assert_eq!(found.assigned, most_people(&case));
        let (placed, cost) = greedy(&case);
        prop_assert!(found.assigned > placed || (found.assigned == placed && found.cost <= cost));
    }

    #[test]
    fn the_way_there_does_not_matter(
        case in instances(10, 6, 30, 4),
        changes in proptest::collection::vec((0..6_usize, 0..40_u64), 1..12),
    ) {
        let mut case = case;
        let mut warm = transport(&case);
        for (n, (shelter, places)) in changes.into_iter().enumerate() {
            let shelter = shelter % case.places.len();
            case.places[shelter] = places;
            warm.set_capacity(shelter, places);
            if n % 3 != 1 {
                let again = warm.solve(&Feedback::default()).unwrap();
                certify(&case, &again);
                prop_assert_eq!(again.flows, solve(&case).flows);
            }
        }
    }

    #[test]
    fn closing_a_shelter_never_helps(case in instances(8, 5, 40, 900), shelter in 0..5_usize) {
        let before = solve(&case);
        let mut closed = case.clone();
        let shelter = shelter % closed.places.len();
        closed.places[shelter] = 0;
        let after = solve(&closed);
        prop_assert!(after.assigned <= before.assigned);
        prop_assert!(after.assigned < before.assigned || after.cost >= before.cost);
    }

    #[test]
    fn one_more_place_gains_what_solving_again_gains(case in instances(8, 5, 20, 40)) {
        let mut problem = transport(&case);
        let before = problem.solve(&Feedback::default()).unwrap();
        for (shelter, marginal) in problem.one_more_place(&before).into_iter().enumerate() {
            let mut more = case.clone();
            more.places[shelter] += 1;
            let after = solve(&more);
            let saved: i64 = marginal
                .moves
                .iter()
                .map(|&(row, column, n)| -n * i64::from(case.costs.get(row, column).unwrap()))
                .sum();
            prop_assert_eq!(after.assigned - before.assigned, u64::from(marginal.places_one_more));
            prop_assert_eq!(before.cost as i64 - after.cost as i64, saved);
        }
    }
}
