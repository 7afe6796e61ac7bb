//! How fast the transportation solver is, beside LEMON 1.3.1's network simplex on the same
//! instances (measured November 2026 on two cores of an AMD EPYC).

#![allow(missing_docs, reason = "criterion writes the entry points")]
#![allow(clippy::unwrap_used, reason = "a benchmark may fail loudly")]

#[path = "../tests/support/flow.rs"]
mod flow;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use flow::Instance;
use shouye::analysis::Transport;
use shouye::base::Feedback;

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

criterion_group!(benches, evacuation);
criterion_main!(benches);
