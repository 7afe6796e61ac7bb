//! A store that cannot be opened or changed: each fault has its own word, and nothing is lost.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use shouye::base::Feedback;
use shouye::model::{Feature, Kind};
use shouye::store::{NewRecord, NotAStore, Store, StoreError};

use crate::case::{Case, batch, import, set, shelter};

fn shelters(count: u32) -> Vec<Feature> {
    (0..count)
        .map(|i| {
            let note = format!("第{i}处，{}", "详细说明".repeat(20));
            let values = [("capacity", 100_i64.into()), ("note", note.as_str().into())];
            shelter(&format!("A{i}"), 116.0 + f64::from(i) * 1e-4, 35.0, &values)
        })
        .collect()
}

/// A closed store with some hundred pages.
fn filled() -> Case {
    let case = Case::new();
    let mut store = case.create();
    import(&mut store, batch(Kind::Shelter, "a.csv"), &shelters(1500));
    store.close().unwrap();
    case
}

fn opened(case: &Case) -> StoreError {
    let Err(fault) = Store::open(&case.path(), case.clock()) else { panic!("it opened") };
    assert!(fault.hint().is_some(), "{fault}: no next step");
    fault
}

#[test]
fn what_is_no_county_store_is_told_apart() {
    let case = Case::new();
    let path = case.path();
    assert_eq!(opened(&case).code(), "not_found");
    let what = |case: &Case| match opened(case) {
        StoreError::NotAStore { what, .. } => what,
        other => panic!("{other}"),
    };

    fs::write(&path, "").unwrap();
    assert_eq!(what(&case), NotAStore::Empty);
    fs::write(&path, "名称,经度,纬度\n").unwrap();
    assert_eq!(what(&case), NotAStore::OtherFormat);
    fs::write(&path, [0_u8; 4096]).unwrap();
    assert_eq!(what(&case), NotAStore::OtherFormat);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(what(&case), NotAStore::Folder);
    fs::remove_dir(&path).unwrap();

    let db = Connection::open(&path).unwrap();
    db.execute_batch("CREATE TABLE a (b)").unwrap();
    assert_eq!(what(&case), NotAStore::OtherDatabase);
    shouye::store::geopackage::found(&Connection::open(case.folder.path().join("b")).unwrap())
        .unwrap();
    fs::rename(case.folder.path().join("b"), &path).unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(what(&case), NotAStore::PlainGeoPackage);
    assert_eq!(fs::read(&path).unwrap(), before, "looking at a file does not change it");
}

#[test]
fn a_new_store_never_overwrites() {
    let case = Case::new();
    fs::write(case.path(), "precious").unwrap();
    let Err(fault) = Store::create(&case.path(), case.clock()) else { panic!("overwritten") };
    assert_eq!(fault.code(), "exists");
    assert_eq!(fs::read(case.path()).unwrap(), b"precious");
    let nowhere = case.folder.path().join("no/such/folder.gpkg");
    let Err(fault) = Store::create(&nowhere, case.clock()) else { panic!("made") };
    assert_eq!(fault.code(), "not_found");
}

#[test]
fn a_newer_store_is_left_alone() {
    let case = filled();
    let db = Connection::open(case.path()).unwrap();
    db.execute("UPDATE shouye_meta SET value = '99' WHERE key = 'schema'", []).unwrap();
    drop(db);
    let fault = opened(&case);
    assert!(matches!(fault, StoreError::Newer { found: 99, supported: 3, .. }), "{fault}");
}

#[test]
fn a_store_of_the_first_schema_gets_a_place_for_its_road_net() {
    let case = filled();
    let mut store = case.open();
    assert_eq!(store.kept_net().unwrap(), None);
    let version = store.version().unwrap();
    store.keep_net(b"a net").unwrap();
    store.keep_net(b"a newer net").unwrap();
    assert_eq!(store.kept_net().unwrap().as_deref(), Some(&b"a newer net"[..]));
    assert_eq!(store.version().unwrap(), version, "no part of the county's data");
    drop(store);
    let db = Connection::open(case.path()).unwrap();
    db.execute_batch(
        "DROP TABLE shouye_net;
         DROP TABLE shouye_ledger;
         DELETE FROM gpkg_contents WHERE table_name IN ('shouye_net', 'shouye_ledger');
         UPDATE shouye_meta SET value = '1' WHERE key = 'schema';",
    )
    .unwrap();
    drop(db);
    let mut store = case.open();
    assert_eq!(store.kept_net().unwrap(), None);
    store.keep_net(b"again").unwrap();
    assert!(store.check(&Feedback::default()).unwrap().is_empty());
    assert_eq!(store.read_layer(Kind::Shelter).unwrap().len(), 1500);
    assert!(store.ledger(None).unwrap().is_empty());
}

#[test]
fn an_older_store_gets_its_new_fields_after_a_backup() {
    let case = filled();
    let db = Connection::open(case.path()).unwrap();
    db.execute_batch(
        "ALTER TABLE shelter DROP COLUMN power_kw;
         DELETE FROM gpkg_geometry_columns WHERE table_name = 'mine';
         DELETE FROM gpkg_contents WHERE table_name = 'mine';
         DROP TABLE mine;",
    )
    .unwrap();
    drop(db);
    let mut store = case.open();
    let figures = [("capacity", 9_i64.into()), ("power_kw", 30.0.into())];
    let more = shelter("B1", 116.0, 35.0, &figures);
    import(&mut store, batch(Kind::Shelter, "b.csv"), std::slice::from_ref(&more));
    let rows = store.read_layer(Kind::Shelter).unwrap();
    assert_eq!((rows.len(), &rows[1500]), (1501, &more));
    assert!(store.check(&Feedback::default()).unwrap().is_empty());
    let backups = fs::read_dir(case.folder.path().join("county-backups")).unwrap();
    let names: Vec<_> = backups.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 1);
    assert!(names[0].to_string_lossy().ends_with("before-update.gpkg"), "{names:?}");
}

#[test]
fn a_store_cut_off_anywhere_is_damaged() {
    let case = filled();
    let whole = fs::read(case.path()).unwrap();
    for tenth in 1..10 {
        fs::write(case.path(), &whole[..whole.len() * tenth / 10]).unwrap();
        assert_eq!(opened(&case).code(), "damaged_store", "{tenth} tenths");
    }
}

#[test]
fn garbage_in_the_middle_is_damage_and_flipped_bits_never_panic() {
    let case = filled();
    let whole = fs::read(case.path()).unwrap();
    let size = usize::from(u16::from_be_bytes([whole[16], whole[17]]));
    for page in [1, 5, 20] {
        let mut spoilt = whole.clone();
        spoilt[page * size..(page + 1) * size].fill(0xa5);
        fs::write(case.path(), spoilt).unwrap();
        assert_eq!(opened(&case).code(), "damaged_store", "page {page}");
    }
    // One flipped bit at a time, at places spread over the file by a fixed rule.
    let mut state = 20_261_124_u64;
    for _ in 0..120 {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut spoilt = whole.clone();
        let at = usize::try_from(state >> 33).unwrap() % spoilt.len();
        spoilt[at] ^= 1 << (state & 7);
        fs::write(case.path(), spoilt).unwrap();
        // It opens or says why not; what opens is read, with whatever the bit made of it.
        if let Ok(store) = Store::open(&case.path(), case.clock()) {
            let _read = store.read_county(&Feedback::default());
            let _checked = store.check(&Feedback::default());
        }
        for left in ["-wal", "-shm"] {
            let _gone = fs::remove_file(case.folder.path().join(format!("county.gpkg{left}")));
        }
    }
}

#[test]
fn a_store_that_another_program_holds_is_busy() {
    let case = filled();
    let mut store = case.open();
    let id = shelters(1)[0].id;
    let other = Connection::open(case.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let occupied = [("occupied".to_owned(), Some(5_i64.into()))];
    assert_eq!(store.set(id, &occupied, "李四", None).unwrap_err().code(), "busy");
    // Reading goes on meanwhile, and afterwards so does writing.
    assert_eq!(store.read_layer(Kind::Shelter).unwrap().len(), 1500);
    other.execute_batch("ROLLBACK").unwrap();
    set(&mut store, id, "occupied", 5_i64);
    drop((store, other));

    let alone = Connection::open(case.path()).unwrap();
    alone.execute_batch("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE").unwrap();
    assert_eq!(opened(&case).code(), "busy");
}

/// Runs the named test again as a user who may not write everywhere; true if that has been done.
/// The superuser is never refused, so a test of refusal means nothing to it.
#[cfg(unix)]
fn ran_as_ordinary_user(test: &str) -> bool {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;
    let probe = tempfile::tempdir().unwrap();
    fs::set_permissions(probe.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(probe.path().join("x"), "").is_err() {
        return false;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    // The program may lie where an ordinary user cannot reach it.
    let program = folder.path().join("test");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let run = std::process::Command::new(&program)
        .args([test, "--exact"])
        .env("TMPDIR", folder.path())
        .current_dir(folder.path())
        .uid(NOBODY)
        .output();
    match run {
        Ok(run) => assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout)),
        Err(why) => crate::skip::skipped(format_args!("cannot run as an ordinary user: {why}")),
    }
    true
}

#[cfg(unix)]
fn permit(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
fn reads_but_does_not_write(case: &Case, rows: usize) {
    let mut store = case.open();
    assert!(store.is_read_only());
    assert_eq!(
        store.read_county(&Feedback::default()).unwrap().features(Kind::Shelter).len(),
        rows
    );
    assert!(store.check(&Feedback::default()).unwrap().is_empty());
    let id = shelters(1)[0].id;
    let record = NewRecord { kind: Kind::Contact, geometry: None, values: Vec::new() };
    let refused = [
        store.add(&record, "李四", None).unwrap_err(),
        store.set(id, &[], "李四", None).unwrap_err(),
        store.undo_set("王五").unwrap_err(),
        store.undo_import("王五").unwrap_err(),
        store.put_setting("a", "b").unwrap_err(),
        store.import(batch(Kind::Shelter, "a")).err().unwrap(),
    ];
    assert!(refused.iter().all(|fault| fault.code() == "read_only"));
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("copy.gpkg");
    store.backup(&copy).unwrap();
    assert!(!Store::open(&copy, case.clock()).unwrap().is_read_only());
}

#[cfg(unix)]
#[test]
fn a_read_only_file_or_folder_opens_for_reading() {
    if ran_as_ordinary_user("faults::a_read_only_file_or_folder_opens_for_reading") {
        return;
    }
    for (file, folder) in [(0o444, 0o755), (0o444, 0o555), (0o644, 0o555)] {
        let case = filled();
        permit(&case.path(), file);
        permit(case.folder.path(), folder);
        reads_but_does_not_write(&case, 1500);
        permit(case.folder.path(), 0o755);
        permit(&case.path(), 0o644);
        assert!(!case.open().is_read_only());
    }
}

#[cfg(unix)]
#[test]
fn a_log_in_a_read_only_folder_is_read_too() {
    if ran_as_ordinary_user("faults::a_log_in_a_read_only_folder_is_read_too") {
        return;
    }
    // A store as a crash leaves it: the newest rows are in the log alone.
    let from = filled();
    let mut store = from.open();
    import(
        &mut store,
        batch(Kind::Shelter, "b.csv"),
        &[shelter("B1", 116.0, 35.0, &[("capacity", 9_i64.into())])],
    );
    let case = Case::new();
    for ending in ["", "-wal"] {
        let name = format!("county.gpkg{ending}");
        fs::copy(from.folder.path().join(&name), case.folder.path().join(&name)).unwrap();
    }
    drop(store);
    permit(case.folder.path(), 0o555);
    reads_but_does_not_write(&case, 1501);
    permit(case.folder.path(), 0o755);
}

#[test]
fn after_an_unclean_stop_the_log_is_taken_in() {
    let from = filled();
    let mut store = from.open();
    import(
        &mut store,
        batch(Kind::Shelter, "b.csv"),
        &[shelter("B1", 116.0, 35.0, &[("capacity", 9_i64.into())])],
    );
    let case = Case::new();
    for ending in ["", "-wal"] {
        let name = format!("county.gpkg{ending}");
        fs::copy(from.folder.path().join(&name), case.folder.path().join(&name)).unwrap();
    }
    let store = case.open();
    assert_eq!(store.read_layer(Kind::Shelter).unwrap().len(), 1501);
    assert_eq!(store.version().unwrap(), 2);
    store.close().unwrap();
    assert!(!case.folder.path().join("county.gpkg-wal").exists(), "the file alone is the store");
}

/// A disk that goes again, also when the test fails.
struct Mounted(std::path::PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _unmounted = std::process::Command::new("umount").arg(&self.0).output();
    }
}

/// A disk that is really full: the store opens for reading and says why nothing can be changed.
#[test]
fn a_full_disk_is_called_that() {
    let case = filled();
    let disk = case.folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mount = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
        .arg(&disk)
        .output();
    if !mount.is_ok_and(|run| run.status.success()) {
        crate::skip::skipped("no small disk can be mounted here");
        return;
    }
    let mounted = Mounted(disk.clone());
    let path = disk.join("county.gpkg");
    fs::copy(case.path(), &path).unwrap();
    // Whatever is left is filled, down to the last page.
    let mut ballast = fs::File::create(disk.join("ballast")).unwrap();
    while std::io::Write::write_all(&mut ballast, &[0; 4096]).is_ok() {}
    let seen = Store::open(&path, case.clock()).map(|mut store| {
        let id = store.read_layer(Kind::Shelter).unwrap()[0].id;
        let changes = [("occupied".to_owned(), Some(5_i64.into()))];
        let fault = store.set(id, &changes, "李四", None).unwrap_err();
        (store.is_read_only(), fault.code(), fault.hint().is_some())
    });
    drop(ballast);
    fs::remove_file(disk.join("ballast")).unwrap();
    let occupied = {
        let mut store = Store::open(&path, case.clock()).unwrap();
        let id = store.read_layer(Kind::Shelter).unwrap()[0].id;
        set(&mut store, id, "occupied", 7_i64);
        crate::case::stored(&store, Kind::Shelter, id, "occupied")
    };
    drop(mounted);
    assert_eq!(seen.unwrap(), (true, "disk_full", true));
    assert_eq!(occupied, Some(7_i64.into()), "with room again, changes are possible again");
}
