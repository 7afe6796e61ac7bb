//! The reading process as its supervisor sees it: dead, taken over, or no longer wanted.

use shouye::base::Feedback;
use shouye::io::{Reader, Surroundings, import_by, preview_by};
use shouye::model::Kind;

use crate::support::{Desk, ask, guess};

const LEDGER: &str = "名称,经度,纬度,容纳人数,水井\n公园,116.5,35.7,300,有\n";

#[test]
fn a_process_that_dies_or_talks_nonsense_is_an_error_and_changes_nothing() {
    for (program, code) in [
        ("/bin/false", "worker_died"),
        ("/bin/cat", "worker_died"),
        ("/no/such/program", "worker_start"),
    ] {
        let mut desk = Desk::new();
        let file = desk.file("避难场所.csv", LEDGER);
        let before = desk.everything();
        let reader = Reader::Process(program.into());
        let error =
            import_by(&reader, &mut desk.store, &guess(&file), "张三", &Feedback::default());
        assert_eq!(error.unwrap_err().code(), code, "{program}");
        assert_eq!(desk.everything(), before);
    }
}

#[test]
fn a_cancelled_import_changes_nothing() {
    let mut desk = Desk::new();
    let file = desk.file("避难场所.csv", LEDGER);
    let before = desk.everything();
    let feedback = Feedback::default();
    feedback.cancel();
    for reader in [Reader::Own, Reader::Process(env!("CARGO_BIN_EXE_shouye").into())] {
        let error =
            import_by(&reader, &mut desk.store, &guess(&file), "张三", &feedback).unwrap_err();
        assert_eq!(error.code(), "cancelled");
        assert_eq!(desk.everything(), before);
    }
}

#[test]
fn both_readers_say_the_same() {
    let mut here = Desk::new();
    let file = here.file("避难场所.csv", LEDGER);
    let own = import_by(&Reader::Own, &mut here.store, &guess(&file), "张三", &Feedback::default())
        .unwrap();
    let mut there = Desk::new();
    assert_eq!(there.import(&guess(&file)).unwrap(), own);
    assert_eq!(there.rows(Kind::Shelter), here.rows(Kind::Shelter));
}

#[test]
fn a_look_shows_what_an_import_would_do() {
    let desk = Desk::new();
    let file = desk.file("避难场所.csv", LEDGER);
    for reader in [Reader::Own, Reader::Process(env!("CARGO_BIN_EXE_shouye").into())] {
        let preview =
            preview_by(&reader, &guess(&file), &Surroundings::default(), &Feedback::default())
                .unwrap();
        assert_eq!((preview.format.as_str(), preview.encoding.as_str()), ("CSV", "UTF-8"));
        let layer = &preview.layers[0];
        assert_eq!((layer.kind, layer.row_count), (Some(Kind::Shelter), 1));
        let fields: Vec<Option<&str>> = layer.columns.iter().map(|c| c.field.as_deref()).collect();
        assert_eq!(fields, [Some("name"), Some("lon"), Some("lat"), Some("capacity"), None]);
        assert_eq!(layer.rows, [["公园", "116.5", "35.7", "300", "有"]]);
    }
    // What cannot be known is asked for, not an error.
    let metres = desk.file("台账.csv", "名称,x,y\n公园,453771,3956037\n");
    let preview = preview_by(
        &Reader::Own,
        &ask(&metres, Kind::Shelter),
        &Surroundings::default(),
        &Feedback::default(),
    )
    .unwrap();
    assert_eq!(preview.layers[0].crs, None);
    assert!(preview.layers[0].notes.iter().any(|note| note.code == "crs_unknown"));
}
