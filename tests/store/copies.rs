//! Backups and the way back to one.

use std::fs;

use rusqlite::Connection;
use shouye::base::{Feedback, Timestamp};
use shouye::model::{Kind, Value};
use shouye::store::{Store, StoreError, restore};

use crate::case::{Case, NOW, batch, import, set, shelter, stored};

fn with_backup() -> (Case, std::path::PathBuf) {
    let case = Case::new();
    let mut store = case.create();
    let row = shelter("A1", 116.0, 35.0, &[("capacity", 100_i64.into())]);
    import(&mut store, batch(Kind::Shelter, "a.csv"), &[row]);
    let to = case.folder.path().join("copy.gpkg");
    let bytes = store.backup(&to).unwrap();
    assert_eq!(bytes, fs::metadata(&to).unwrap().len());
    set(&mut store, id(), "occupied", 40_i64);
    (case, to)
}

fn id() -> shouye::base::Id {
    shelter("A1", 116.0, 35.0, &[]).id
}

#[test]
fn a_backup_is_a_store_of_its_moment() {
    let (case, copy) = with_backup();
    let store = Store::open(&copy, case.clock()).unwrap();
    assert_eq!(stored(&store, Kind::Shelter, id(), "occupied"), None);
    assert!(store.check(&Feedback::default()).unwrap().is_empty());
    let fault = case.open().backup(&copy).unwrap_err();
    assert_eq!(fault.code(), "exists", "a backup is never overwritten");
}

#[test]
fn a_restored_store_is_the_backup_and_whoever_has_it_open_sees_that() {
    let (case, copy) = with_backup();
    let open = case.open();
    let before = open.version().unwrap();
    let bytes = restore(&copy, &case.path(), case.clock()).unwrap();
    assert!(bytes > 0);
    assert_eq!(stored(&open, Kind::Shelter, id(), "occupied"), None);
    assert!(open.version().unwrap() > before);
    assert!(open.check(&Feedback::default()).unwrap().is_empty());
    // The store as it was lies in the folder of backups.
    let folder = fs::read_dir(case.folder.path().join("county-backups")).unwrap();
    let kept: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept.len(), 1);
    let kept = Store::open(&kept[0], case.clock()).unwrap();
    assert_eq!(stored(&kept, Kind::Shelter, id(), "occupied"), Some(Value::Integer(40)));
}

#[test]
fn a_backup_with_pages_of_another_size_can_be_restored() {
    let (case, copy) = with_backup();
    let db = Connection::open(&copy).unwrap();
    db.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM").unwrap();
    drop(db);
    let open = case.open();
    let before = fs::read(&copy).unwrap();
    restore(&copy, &case.path(), case.clock()).unwrap();
    assert_eq!(stored(&open, Kind::Shelter, id(), "occupied"), None);
    assert!(open.check(&Feedback::default()).unwrap().is_empty());
    assert!(fs::read(&copy).unwrap() == before, "the backup itself stays as it was");
}

#[test]
fn a_bad_backup_leaves_the_store_alone() {
    let (case, copy) = with_backup();
    let whole = fs::read(&copy).unwrap();
    let missing = case.folder.path().join("missing.gpkg");
    assert_eq!(restore(&missing, &case.path(), case.clock()).unwrap_err().code(), "not_found");
    for bad in [Vec::new(), b"text".to_vec(), whole[..whole.len() / 2].to_vec()] {
        fs::write(&copy, bad).unwrap();
        let fault = restore(&copy, &case.path(), case.clock()).unwrap_err();
        assert_eq!(fault.code(), "bad_backup");
        assert!(fault.to_string().contains("copy.gpkg"), "{fault}");
        let store = case.open();
        assert_eq!(stored(&store, Kind::Shelter, id(), "occupied"), Some(Value::Integer(40)));
    }
    fs::write(&copy, &whole).unwrap();
    let db = Connection::open(&copy).unwrap();
    db.execute("UPDATE shouye_meta SET value = '99' WHERE key = 'schema'", []).unwrap();
    drop(db);
    let fault = restore(&copy, &case.path(), case.clock()).unwrap_err();
    assert!(matches!(&fault, StoreError::BadBackup(inner) if inner.code() == "newer_store"));
    let same = restore(&case.path(), &case.path(), case.clock()).unwrap_err();
    assert_eq!(same.code(), "exists");
}

#[test]
fn a_damaged_or_missing_store_can_be_restored() {
    let (case, copy) = with_backup();
    let whole = fs::read(case.path()).unwrap();
    fs::write(case.path(), &whole[..whole.len() / 3]).unwrap();
    restore(&copy, &case.path(), case.clock()).unwrap();
    assert_eq!(case.open().read_layer(Kind::Shelter).unwrap().len(), 1);
    let names: Vec<String> = fs::read_dir(case.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.iter().any(|name| name.contains(".damaged-")), "{names:?}");

    // So damaged that it does not even look like a database any more.
    let mut wrecked = whole.clone();
    wrecked[..4096].fill(0);
    for rest in [wrecked, Vec::new()] {
        fs::write(case.path(), rest).unwrap();
        restore(&copy, &case.path(), case.clock()).unwrap();
        assert_eq!(case.open().read_layer(Kind::Shelter).unwrap().len(), 1);
    }

    let elsewhere = case.folder.path().join("new.gpkg");
    restore(&copy, &elsewhere, case.clock()).unwrap();
    assert_eq!(
        Store::open(&elsewhere, case.clock()).unwrap().read_layer(Kind::Shelter).unwrap().len(),
        1
    );
    // A file that is something else is not a store to be replaced.
    let ledger = case.folder.path().join("ledger.csv");
    fs::write(&ledger, "名称\n").unwrap();
    assert_eq!(restore(&copy, &ledger, case.clock()).unwrap_err().code(), "not_a_store");
    assert_eq!(fs::read(&ledger).unwrap(), "名称\n".as_bytes());
}

#[test]
fn rotating_backups_keep_the_newest() {
    let (case, _) = with_backup();
    let store = case.open();
    for day in 0..6 {
        case.clock.set(Timestamp(NOW.0 + day * 86_400_000));
        assert!(store.back_up_today(3).unwrap().is_some());
        assert!(store.back_up_today(3).unwrap().is_none(), "one a day is enough");
    }
    let folder = fs::read_dir(case.folder.path().join("county-backups")).unwrap();
    let mut names: Vec<String> =
        folder.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let days: Vec<&str> = names.iter().map(|name| &name[7..15]).collect();
    assert_eq!(days, ["20261127", "20261128", "20261129"]);
}
