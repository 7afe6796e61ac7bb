//! Importing the 58 MB, 115,402-feature GeoJSON of Japan's emergency sites into a new store.
//!
//! Binding: 2.5 s and 600 MB. The peer, GDAL, needs 3.2 s only to read a GeoJSON of 131 MB
//! (geometry, attributes and index), 1.4 s for the 58 MB of this one in proportion.

#![allow(clippy::unwrap_used, reason = "a bench may fail loudly")]
#![allow(clippy::print_stdout, reason = "a bench reports")]

use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use shouye::base::{Feedback, SystemClock};
use shouye::io::{ImportAsk, Reader, import_by};
use shouye::model::Kind;
use shouye::store::Store;

fn import(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let name = "bench/jp_emergency_115402.geojson";
    let found = ["../shared/data", "../../shared/data"].map(|data| root.join(data).join(name));
    let Some(file) = found.into_iter().find(|path| path.exists()) else {
        println!("skipped: ../shared/data/{name} is not there");
        return;
    };
    let ask = ImportAsk { file, kind: Some(Kind::Shelter), ..ImportAsk::default() };
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10);
    let readers = [
        ("jp_geojson_by_process", Reader::Process(env!("CARGO_BIN_EXE_shouye").into())),
        ("jp_geojson_in_process", Reader::Own),
    ];
    for (title, reader) in readers {
        group.bench_function(title, |bencher| {
            bencher.iter_batched(
                || {
                    let folder = tempfile::tempdir().unwrap();
                    let store = Store::create(&folder.path().join("a.gpkg"), Arc::new(SystemClock));
                    (store.unwrap(), folder)
                },
                |(mut store, folder)| {
                    let done = import_by(&reader, &mut store, &ask, "bench", &Feedback::default())
                        .unwrap();
                    assert_eq!(done[0].read, 115_402);
                    (store, folder)
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);
