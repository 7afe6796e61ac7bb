//! A county's own figures of the costing in the store.

use shouye::base::Feedback;
use shouye::network::Costing;

use crate::case::Case;

fn trunk(value: f64) -> [(String, Option<f64>); 1] {
    [("speed.trunk".to_owned(), Some(value))]
}

#[test]
fn own_figures_outlive_the_program_and_grow_the_version() {
    let case = Case::new();
    let mut store = case.create();
    let before = store.version().unwrap();
    store.set_costing(&trunk(55.0), "li").unwrap();
    assert_eq!(store.version().unwrap(), before + 1);
    // What says nothing new changes nothing.
    store.set_costing(&trunk(55.0), "wang").unwrap();
    assert_eq!(store.version().unwrap(), before + 1);
    assert_eq!(store.set_costing(&trunk(0.0), "li").unwrap_err().code(), "bad_value");
    drop(store);
    let store = case.open();
    let costing = store.read_county(&Feedback::default()).unwrap().costing().as_ref().clone();
    assert_eq!((costing.own().len(), costing.own()[0].who.as_str()), (1, "li"));
    assert_eq!(costing, store.costing().unwrap());
}

#[test]
fn a_list_that_cannot_be_read_is_told_and_can_be_cleared() {
    let case = Case::new();
    let mut store = case.create();
    store.put_setting("costing", "nonsense").unwrap();
    assert_eq!(store.costing().unwrap(), Costing::default());
    let told = |store: &shouye::store::Store| -> Vec<&'static str> {
        let findings = store.check(&Feedback::default()).unwrap();
        findings.iter().map(|finding| finding.code).collect()
    };
    assert_eq!(told(&store), ["costing_unreadable"]);
    store.reset_costing().unwrap();
    assert!(told(&store).is_empty());
    let old = r#"[{"key":"speed.lane","value":20.0,"who":"li","at":7}]"#;
    store.put_setting("costing", old).unwrap();
    assert_eq!(told(&store), ["costing_lost"]);
    assert_eq!(store.costing().unwrap().lost().len(), 1);
}
