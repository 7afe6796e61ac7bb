//! Changing a record: two taps, an entry each, and the way back.

use shouye::base::{Feedback, Id, Timestamp};
use shouye::model::{Kind, Value};
use shouye::store::{Change, StoreError};

use crate::case::{Case, NOW, batch, import, set, shelter, stored};

fn case_with_shelter() -> (Case, shouye::store::Store, Id) {
    let case = Case::new();
    let mut store = case.create();
    let row =
        shelter("A1", 116.0, 35.0, &[("capacity", 100_i64.into()), ("status", "standby".into())]);
    import(&mut store, batch(Kind::Shelter, "a.csv"), std::slice::from_ref(&row));
    (case, store, row.id)
}

fn change(field: &str, old: Option<Value>, new: Option<Value>) -> Change {
    Change { field: field.to_owned(), old, new }
}

#[test]
fn the_words_of_the_trade_are_understood() {
    let (_case, mut store, id) = case_with_shelter();
    let asked = [
        ("status".to_owned(), Some("启用".into())),
        ("occupied".to_owned(), Some("1,2".into())),
        ("capacity".to_owned(), Some(Value::Integer(100))),
    ];
    let made = store.set(id, &asked, "李四", Some("暴雨")).unwrap();
    // What was so already is no change.
    assert_eq!(
        made,
        [
            change("status", Some("standby".into()), Some("open".into())),
            change("occupied", None, Some(Value::Integer(12))),
        ]
    );
    assert_eq!(store.version().unwrap(), 2);
    assert_eq!(store.set(id, &asked, "李四", None).unwrap(), []);
    assert_eq!(store.version().unwrap(), 2);
    // An empty cell means that nothing is known any more.
    let emptied = store.set(id, &[("capacity".to_owned(), None)], "李四", None).unwrap();
    assert_eq!(emptied, [change("capacity", Some(Value::Integer(100)), None)]);
    assert_eq!(stored(&store, Kind::Shelter, id, "capacity"), None);
}

#[test]
fn what_cannot_be_is_refused_and_nothing_changes() {
    let (_case, mut store, id) = case_with_shelter();
    let mut refused = |field: &str, value: Value| {
        let asked = [("note".to_owned(), Some("x".into())), (field.to_owned(), Some(value))];
        let fault = store.set(id, &asked, "李四", None).unwrap_err();
        assert_eq!(store.version().unwrap(), 1);
        assert!(fault.hint().is_some());
        (fault.code(), fault.to_string())
    };
    assert_eq!(refused("occupied", (-1_i64).into()).0, "bad_value");
    assert_eq!(refused("occupied", "many".into()).0, "bad_value");
    let flown = ("bad_value", "status cannot be \"飞走\"".to_owned());
    assert_eq!(refused("status", "飞走".into()), flown);
    assert_eq!(
        refused("wings", 2_i64.into()),
        ("no_field", "shelter has no field wings".to_owned())
    );
    assert_eq!(refused("geom", 2_i64.into()).0, "no_field");
    let nobody = Id::from_natural_key("shelter", "nobody");
    let fault = store.set(nobody, &[], "李四", None).unwrap_err();
    assert!(matches!(fault, StoreError::NoRecord { id } if id == nobody));
    assert_eq!(store.history(nobody).unwrap_err().code(), "not_found");
}

#[test]
fn undo_walks_back_one_act_at_a_time() {
    let (_case, mut store, id) = case_with_shelter();
    let act = |status: &str, occupied: i64| {
        [("status".to_owned(), Some(status.into())), ("occupied".to_owned(), Some(occupied.into()))]
    };
    store.set(id, &act("open", 10), "李四", None).unwrap();
    store.set(id, &act("full", 100), "李四", None).unwrap();

    let (undone, made) = store.undo_set("王五").unwrap().unwrap();
    assert_eq!(undone, id);
    assert_eq!(
        made,
        [
            change("status", Some("full".into()), Some("open".into())),
            change("occupied", Some(Value::Integer(100)), Some(Value::Integer(10))),
        ]
    );
    store.undo_set("王五").unwrap().unwrap();
    assert_eq!(stored(&store, Kind::Shelter, id, "status"), Some("standby".into()));
    assert_eq!(stored(&store, Kind::Shelter, id, "occupied"), None);
    assert_eq!(store.undo_set("王五").unwrap(), None);

    // After an undo a new act can be taken back again, and only that one.
    set(&mut store, id, "occupied", 5_i64);
    assert!(store.undo_set("王五").unwrap().is_some());
    assert_eq!(store.undo_set("王五").unwrap(), None);
}

#[test]
fn undo_leaves_a_value_that_an_import_has_set_since() {
    let (_case, mut store, id) = case_with_shelter();
    set(&mut store, id, "capacity", 80_i64);
    let newer = shelter("A1", 116.0, 35.0, &[("capacity", 300_i64.into())]);
    import(&mut store, batch(Kind::Shelter, "b.csv"), &[newer]);
    assert_eq!(store.undo_set("王五").unwrap(), None);
    assert_eq!(stored(&store, Kind::Shelter, id, "capacity"), Some(Value::Integer(300)));
}

#[test]
fn the_history_tells_who_did_what_when_and_why() {
    let (case, mut store, id) = case_with_shelter();
    case.clock.set(Timestamp(NOW.0 + 60_000));
    let asked = [("status".to_owned(), Some("开放".into()))];
    store.set(id, &asked, "李四", Some("洪水红色预警")).unwrap();
    let newer = shelter("A1", 116.0, 35.0, &[("capacity", 120_i64.into())]);
    import(&mut store, batch(Kind::Shelter, "b.csv"), &[newer]);
    store.undo_set("王五").unwrap().unwrap();

    let told: Vec<_> = store
        .history(id)
        .unwrap()
        .into_iter()
        .map(|r| (r.at, r.who, r.change, r.why, r.source, r.is_undo))
        .collect();
    let later = Timestamp(NOW.0 + 60_000).to_string();
    let status = |old: &str, new: &str| change("status", Some(old.into()), Some(new.into()));
    let capacity = change("capacity", Some(Value::Integer(100)), Some(Value::Integer(120)));
    let text = |text: &str| Some(text.to_owned());
    let (zhang, li, wang) = ("张三".to_owned(), "李四".to_owned(), "王五".to_owned());
    assert_eq!(
        told,
        [
            (
                later.clone(),
                li.clone(),
                status("standby", "open"),
                text("洪水红色预警"),
                None,
                false
            ),
            (later.clone(), zhang, capacity, None, text("b.csv"), false),
            (later, wang, status("open", "standby"), None, None, true),
        ]
    );
}

#[test]
fn the_change_table_forgets_nothing() {
    let (case, mut store, id) = case_with_shelter();
    set(&mut store, id, "occupied", 5_i64);
    store.close().unwrap();
    let db = rusqlite::Connection::open(case.path()).unwrap();
    for sql in ["DELETE FROM shouye_change", "UPDATE shouye_change SET new = '6'"] {
        let refused = db.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{refused}");
    }
}

#[test]
fn settings_and_plans_are_kept_without_changing_the_county() {
    let (case, mut store, _) = case_with_shelter();
    assert_eq!(store.setting("theme").unwrap(), None);
    store.put_setting("theme", "night").unwrap();
    store.put_setting("theme", "day").unwrap();
    store.save_plan("城区内涝", "{\"v\":1}").unwrap();
    case.clock.set(Timestamp(NOW.0 + 1000));
    store.save_plan("泗河决口", "{}").unwrap();
    store.save_plan("城区内涝", "{\"v\":2}").unwrap();
    assert_eq!(store.version().unwrap(), 1);
    store.close().unwrap();

    let mut store = case.open();
    assert_eq!(store.setting("theme").unwrap().as_deref(), Some("day"));
    assert_eq!(store.load_plan("城区内涝").unwrap().as_deref(), Some("{\"v\":2}"));
    let names: Vec<String> = store.plans().unwrap().into_iter().map(|plan| plan.name).collect();
    assert_eq!(names, ["城区内涝", "泗河决口"]);
    assert!(store.delete_plan("泗河决口").unwrap());
    assert!(!store.delete_plan("泗河决口").unwrap());
    assert_eq!(store.load_plan("泗河决口").unwrap(), None);
    assert!(store.check(&Feedback::default()).unwrap().is_empty());
}
