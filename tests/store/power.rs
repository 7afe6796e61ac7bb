//! Power loss: a writer is killed at any moment, and whatever it had acknowledged is there.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use shouye::base::{Feedback, SystemClock};
use shouye::model::Kind;
use shouye::store::{NewRecord, Store};

use crate::case::{Case, batch, import, shelter};

const STORE: &str = "SHOUYE_TEST_WRITES_TO";
const ROUNDS: u64 = 15;

/// The writer: it counts a shelter's occupancy up, imports a row and adds a record now and then, and says each number
/// once it is committed. Without its variable this is no test of its own.
#[test]
fn writer() {
    let Some(path) = std::env::var_os(STORE) else { return };
    let mut store = Store::open(path.as_ref(), Arc::new(SystemClock)).unwrap();
    let id = shelter("A1", 116.0, 35.0, &[]).id;
    let mut occupied = occupancy(&store);
    loop {
        occupied += 1;
        if occupied % 7 == 0 {
            let row = shelter(&format!("B{occupied}"), 116.0, 35.0, &[]);
            import(&mut store, batch(Kind::Shelter, "b.csv"), &[row]);
        }
        if occupied % 5 == 0 {
            let closure = NewRecord {
                kind: Kind::Closure,
                geometry: Some(geo_types::Point::new(116.0, 35.0).into()),
                values: Vec::new(),
            };
            store.add(&closure, "writer", None).unwrap();
            if occupied % 2 == 0 {
                store.undo_set("writer").unwrap().unwrap();
            }
        }
        let changes = [("occupied".to_owned(), Some(occupied.into()))];
        store.set(id, &changes, "writer", None).unwrap();
        println!("committed {occupied}");
        std::io::stdout().flush().unwrap();
    }
}

fn occupancy(store: &Store) -> i64 {
    let rows = store.read_layer(Kind::Shelter).unwrap();
    let row = rows.iter().find(|row| row.code.as_deref() == Some("A1")).unwrap();
    row.count("occupied").map_or(0, |n| i64::try_from(n).unwrap())
}

#[test]
fn no_acknowledged_change_is_lost() {
    let case = Case::new();
    let mut store = case.create();
    import(&mut store, batch(Kind::Shelter, "a.csv"), &[shelter("A1", 116.0, 35.0, &[])]);
    drop(store);
    let mut state = 0x5eed_u64;
    let mut acknowledged = 0;
    for round in 0..ROUNDS {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["power::writer", "--exact", "--nocapture"])
            .env(STORE, case.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(writer.stdout.take().unwrap()).lines();
        let number = |line: &str| line.strip_prefix("committed ")?.parse::<i64>().ok();
        // It is killed some time after its first commit of this round.
        let first = said.by_ref().map(Result::unwrap).find_map(|line| number(&line));
        acknowledged = first.expect("the writer never committed");
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(Duration::from_micros((state >> 33) % 60_000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        for line in said.map_while(Result::ok) {
            acknowledged = number(&line).unwrap_or(acknowledged);
        }

        let store = case.open();
        let occupied = occupancy(&store);
        assert!(occupied >= acknowledged, "round {round}: {acknowledged} became {occupied}");
        assert!(occupied <= acknowledged + 1, "round {round}: {occupied} was never asked for");
        let found = store.check(&Feedback::default()).unwrap();
        assert!(found.iter().all(|finding| !finding.is_fault), "round {round}: {found:?}");
    }
    assert!(acknowledged >= i64::try_from(ROUNDS).unwrap());
}

/// The power goes: of the log only what was synchronised is sure, and behind it lies anything. What was
/// acknowledged up to there is there; what came later is there whole or not at all.
#[test]
fn a_log_torn_at_any_place_loses_nothing_acknowledged() {
    let case = Case::new();
    let mut store = case.create();
    import(&mut store, batch(Kind::Shelter, "a.csv"), &[shelter("A1", 116.0, 35.0, &[])]);
    let id = shelter("A1", 116.0, 35.0, &[]).id;
    let log = case.folder.path().join("county.gpkg-wal");
    let mut state = 0xdead_u64;
    let mut chance = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below.max(1)
    };
    for occupied in 1..=40_i64 {
        let sure = std::fs::metadata(&log).map_or(0, |facts| facts.len());
        let changes = [("occupied".to_owned(), Some(occupied.into()))];
        store.set(id, &changes, "writer", None).unwrap();
        // A copy as a disk may hold it at any moment of that change.
        let cut = tempfile::tempdir().unwrap();
        let file = cut.path().join("county.gpkg");
        std::fs::copy(case.path(), &file).unwrap();
        let mut bytes = std::fs::read(&log).unwrap();
        let torn = sure + chance(bytes.len() as u64 - sure + 1);
        bytes.truncate(usize::try_from(torn).unwrap());
        bytes.extend((0..chance(9000)).map(|i| (i * 37 % 251) as u8));
        std::fs::write(cut.path().join("county.gpkg-wal"), bytes).unwrap();

        let found = Store::open(&file, case.clock()).unwrap();
        let seen = occupancy(&found);
        assert!((occupied - 1..=occupied).contains(&seen), "{occupied} became {seen}");
        let faults = found.check(&Feedback::default()).unwrap();
        assert!(faults.iter().all(|finding| !finding.is_fault), "{faults:?}");
    }
}
