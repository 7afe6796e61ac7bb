//! The ledger of stock: quantities move, are never typed over, and come back.

use shouye::base::Id;
use shouye::model::{Feature, Kind, Value};
use shouye::store::{Movement, StockMovement, Store};

use crate::case::{Case, batch, feature, import, rows_of, sample, stored};

fn stock(warehouse: &str, quantity: Option<f64>) -> Feature {
    let mut row = feature(Kind::Stock, "x", &[("warehouse", warehouse.into())]);
    row.code = None;
    row.name = "棉被".to_owned();
    row.attributes.set(Kind::Stock, "quantity", quantity.map(Value::Real));
    row.attributes.set(Kind::Stock, "unit", Some("床".into()));
    row.attributes.set(Kind::Stock, "expiry", Some("2030-01-01".into()));
    row.id = Id::from_natural_key("stock", &row.natural_key().unwrap());
    row
}

fn case(rows: &[Feature]) -> (Case, Store) {
    let case = Case::new();
    let mut store = case.create();
    let houses = ["K1", "K2"].map(|code| feature(Kind::Warehouse, code, &[]));
    import(&mut store, batch(Kind::Warehouse, "w.csv"), &houses);
    import(&mut store, batch(Kind::Stock, "s.csv"), rows);
    (case, store)
}

fn moving(movement: Movement, stock: Id, quantity: f64) -> StockMovement {
    let to = (movement == Movement::Transfer).then(|| feature(Kind::Warehouse, "K2", &[]).id);
    let document = Some("单-7".to_owned());
    StockMovement { movement, stock, quantity, to, document, why: None }
}

fn quantity(store: &Store, id: Id) -> Option<f64> {
    stored(store, Kind::Stock, id, "quantity").and_then(|value| value.as_f64())
}

#[test]
fn the_quantity_is_what_was_imported_plus_the_movements() {
    let row = stock("K1", Some(100.0));
    let (case, mut store) = case(std::slice::from_ref(&row));
    for (movement, amount, after) in [
        (Movement::In, 20.5, 120.5),
        (Movement::Out, 60.25, 60.25),
        (Movement::Loss, 0.25, 60.0),
        (Movement::Count, 58.0, 58.0),
        (Movement::Count, 58.0, 58.0),
        (Movement::Out, 58.0, 0.0),
    ] {
        let made = store.move_stock(&moving(movement, row.id, amount), "李四").unwrap();
        assert_eq!(made.len(), 1);
        assert_eq!(quantity(&store, row.id), Some(after), "{movement:?}");
    }
    drop(store);
    let store = case.open();
    let ledger = store.ledger(Some(row.id)).unwrap();
    let told: Vec<_> = ledger.iter().map(|e| (e.movement, e.before, e.after)).collect();
    assert_eq!(told[0], (Movement::In, Some(100.0), Some(120.5)));
    assert_eq!(told[5], (Movement::Out, Some(58.0), Some(0.0)));
    assert_eq!((told.len(), ledger[0].document.as_deref()), (6, Some("单-7")));
    assert_eq!((ledger[0].who.as_str(), ledger[0].is_undo), ("李四", false));
    // The history of the record tells the same.
    assert_eq!(store.history(row.id).unwrap().len(), 6);
    assert!(store.ledger(Some(Id::from_natural_key("stock", "other"))).unwrap().is_empty());
}

#[test]
fn what_cannot_be_moved_is_refused_and_nothing_changes() {
    let (row, uncounted) = (stock("K1", Some(100.0)), stock("K2", None));
    let (_case, mut store) = case(&[row.clone(), uncounted.clone()]);
    let house = feature(Kind::Warehouse, "K1", &[]).id;
    let mut refused = |ask: StockMovement| {
        let fault = store.move_stock(&ask, "李四").unwrap_err();
        assert!(fault.hint().is_some());
        fault.code()
    };
    assert_eq!(refused(moving(Movement::Out, row.id, 100.5)), "stock_short");
    assert_eq!(refused(moving(Movement::Loss, row.id, 101.0)), "stock_short");
    assert_eq!(refused(moving(Movement::In, row.id, 0.0)), "bad_value");
    assert_eq!(refused(moving(Movement::In, row.id, -5.0)), "bad_value");
    assert_eq!(refused(moving(Movement::Count, row.id, -1.0)), "bad_value");
    assert_eq!(refused(moving(Movement::In, row.id, f64::NAN)), "bad_value");
    assert_eq!(refused(moving(Movement::In, uncounted.id, 5.0)), "not_counted");
    assert_eq!(refused(moving(Movement::In, house, 5.0)), "not_stock");
    assert_eq!(
        refused(StockMovement { to: None, ..moving(Movement::Transfer, row.id, 5.0) }),
        "bad_value"
    );
    let home = StockMovement { to: Some(house), ..moving(Movement::Transfer, row.id, 5.0) };
    assert_eq!(refused(home), "bad_value");
    // The other warehouse has such a row, but nobody knows how much.
    assert_eq!(refused(moving(Movement::Transfer, row.id, 5.0)), "not_counted");
    for id in [row.id, uncounted.id] {
        let typed = [("quantity".to_owned(), Some(Value::Real(5.0)))];
        assert_eq!(store.set(id, &typed, "李四", None).unwrap_err().code(), "ledger_only");
    }
    assert_eq!((quantity(&store, row.id), quantity(&store, uncounted.id)), (Some(100.0), None));
    assert!(store.ledger(None).unwrap().is_empty());
    // A count is how an unknown quantity becomes known.
    store.move_stock(&moving(Movement::Count, uncounted.id, 0.0), "李四").unwrap();
    assert_eq!(quantity(&store, uncounted.id), Some(0.0));
    store.undo_set("李四").unwrap().unwrap();
    assert_eq!(quantity(&store, uncounted.id), None);
}

#[test]
fn a_transfer_is_one_movement_of_two_rows_and_comes_back_whole() {
    let (row, there) = (sample(stock("K1", Some(100.0))), stock("K2", None));
    let (_case, mut store) = case(std::slice::from_ref(&row));
    let made = store.move_stock(&moving(Movement::Transfer, row.id, 30.0), "李四").unwrap();
    let moved: Vec<Id> = made.iter().map(|(id, _)| *id).collect();
    // The row that an import of the other warehouse would bring; sample data stay sample data.
    assert_eq!(moved, [row.id, there.id]);
    assert_eq!((quantity(&store, row.id), quantity(&store, there.id)), (Some(70.0), Some(30.0)));
    let rows = store.read_layer(Kind::Stock).unwrap();
    assert!(rows.iter().all(|row| row.provenance.sample && row.text("unit") == Some("床")));
    store.move_stock(&moving(Movement::Transfer, row.id, 20.0), "李四").unwrap();
    assert_eq!((quantity(&store, row.id), quantity(&store, there.id)), (Some(50.0), Some(50.0)));
    assert_eq!(rows.len(), 2);
    let (id, changes) = store.undo_set("王五").unwrap().unwrap();
    assert_eq!((id, changes.len()), (row.id, 2));
    assert_eq!((quantity(&store, row.id), quantity(&store, there.id)), (Some(70.0), Some(30.0)));
    let ledger = store.ledger(None).unwrap();
    let undos: Vec<bool> = ledger.iter().map(|entry| entry.is_undo).collect();
    assert_eq!(undos, [false, false, false, false, true, true]);
    store.undo_set("王五").unwrap().unwrap();
    assert_eq!((quantity(&store, row.id), quantity(&store, there.id)), (Some(100.0), Some(0.0)));
    // Then the row itself, which the transfer made.
    store.undo_set("王五").unwrap().unwrap();
    assert_eq!(store.read_layer(Kind::Stock).unwrap().len(), 1);
    assert!(store.undo_set("王五").unwrap().is_none());
}

#[test]
fn a_movement_others_have_built_on_is_not_taken_back() {
    let row = stock("K1", Some(100.0));
    let (_case, mut store) = case(std::slice::from_ref(&row));
    store.move_stock(&moving(Movement::Out, row.id, 10.0), "李四").unwrap();
    import(&mut store, batch(Kind::Stock, "later.csv"), &[stock("K1", Some(500.0))]);
    assert!(store.undo_set("李四").unwrap().is_none());
    assert_eq!(quantity(&store, row.id), Some(500.0));
}

#[test]
fn the_ledger_is_append_only() {
    let row = stock("K1", Some(100.0));
    let (_case, mut store) = case(std::slice::from_ref(&row));
    store.move_stock(&moving(Movement::Out, row.id, 10.0), "李四").unwrap();
    let db = rusqlite::Connection::open(store.path()).unwrap();
    assert!(db.execute("DELETE FROM shouye_ledger", []).is_err());
    assert!(db.execute("UPDATE shouye_ledger SET movement = 'in'", []).is_err());
    assert_eq!(rows_of(&store, "shouye_ledger").len(), 1);
}
