//! How fast the transportation solver is, beside LEMON 1.3.1's network simplex on the same
//! instances (measured November 2026 on two cores of an AMD EPYC).

#![allow(missing_docs, reason = "criterion writes the entry points")]
#![allow(clippy::unwrap_used, reason = "a benchmark may fail loudly")]

#[path = "../tests/support/flow.rs"]
mod flow;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use flow::Instance;
use geo_types::Coord;
use shouye::analysis::evacuation::{Origin, Place, ShelterLoad};
use shouye::analysis::{Evacuation, EvacuationProblem, Transport, evacuation_with_costs};
use shouye::base::{Feedback, Id, Persons};

fn evacuation(c: &mut Criterion) {
    // LEMON: 4.9 ms and 71.5 ms from nothing. Ours must not take longer, and 0.3 and 4 ms after
    // one shelter closes.
    for (villages, shelters, optimum) in [(500, 100, 3_150_597_606_u64), (2000, 300, 6_016_937_290)]
    {
        let case = Instance::county(villages, shelters);
        let mut group = c.benchmark_group(format!("evacuation {villages}x{shelters}"));
        group.bench_function("cold", |b| {
            b.iter(|| {
                let mut problem = Transport::new(&case.people, &case.places, &case.costs);
                let found = problem.solve(&Feedback::default()).unwrap();
                assert_eq!(found.cost, optimum);
                black_box(found)
            });
        });
        let mut solved = Transport::new(&case.people, &case.places, &case.costs);
        solved.solve(&Feedback::default()).unwrap();
        let mut shelter = 0;
        group.bench_function("one shelter closes", |b| {
            b.iter_batched(
                || {
                    // Every shelter in turn, so that the mean is fair.
                    shelter = (shelter + 1) % shelters;
                    (solved.clone(), shelter)
                },
                |(mut problem, shelter)| {
                    problem.set_capacity(shelter, 0);
                    let found = problem.solve(&Feedback::default()).unwrap();
                    (problem, found)
                },
                BatchSize::LargeInput,
            );
        });
        group.bench_function("one more place everywhere", |b| {
            let found = solved.clone().solve(&Feedback::default()).unwrap();
            b.iter(|| black_box(solved.one_more_place(&found)));
        });
        group.finish();
    }
}

/// The same county with whole villages; the work is bounded, so that the time should be, too.
fn keep_together(c: &mut Criterion) {
    let mut group = c.benchmark_group("keep together");
    group.sample_size(10);
    for (villages, shelters, most) in [(500, 100, 3_340_000_000_u64), (2000, 300, 6_400_000_000)] {
        let case = Instance::county(villages, shelters);
        let problem = problem(&case);
        let ask = Evacuation { keep_together: true, ..Evacuation::default() };
        group.bench_function(format!("{villages}x{shelters}"), |b| {
            b.iter(|| {
                let feedback = Feedback::default();
                let plan = evacuation_with_costs(&problem, &ask, &case.costs, &feedback).unwrap();
                assert_eq!(plan.unassigned, Persons::ZERO);
                assert!(plan.cost < most, "{} person-metres", plan.cost);
                black_box(plan)
            });
        });
    }
    group.finish();
}

/// The question behind an instance; where everybody is does not matter.
fn problem(case: &Instance) -> EvacuationProblem {
    let at = Coord { x: 116.5, y: 35.7 };
    let mut problem = EvacuationProblem::default();
    for (n, &people) in case.people.iter().enumerate() {
        let id = Id::from_natural_key("settlement", &n.to_string());
        problem.origins.push(Origin { id, name: n.to_string(), people: Persons(people), at });
    }
    for (shelter, &places) in case.places.iter().enumerate() {
        let id = Id::from_natural_key("shelter", &shelter.to_string());
        let left = Persons(places);
        problem.places.push(Place { id, shelter, left, at });
        problem.shelters.push(ShelterLoad {
            id,
            code: None,
            name: shelter.to_string(),
            capacity: Some(left),
            capacity_basis: None,
            occupied: Persons::ZERO,
            reserved: Persons::ZERO,
            assigned: Persons::ZERO,
            unusable: None,
        });
    }
    problem
}

criterion_group!(benches, evacuation, keep_together);
criterion_main!(benches);
