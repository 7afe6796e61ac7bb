//! What reading a file may cost: memory, time and patience. Whichever runs out, nothing of the file stays.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use shouye::base::Feedback;
use shouye::io::{ImportAsk, ImportError, ImportReport, Limits, Reader, import_by};
use shouye::model::Kind;

use crate::hostile::{bomb, workbook};
use crate::support::{Desk, ask};

const PROGRAM: &str = env!("CARGO_BIN_EXE_shouye");

/// A store with a row that the large ledger would change.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let file = desk.file("good.csv", "编号,名称,经度,纬度\nBN0,旧公园,116.4,35.6\n");
    desk.take(&file, Kind::Shelter);
    desk
}

/// Rows for several batches; the first changes what is there.
fn ledger(rows: usize) -> String {
    let mut text = String::from("编号,名称,经度,纬度,容纳人数,说明\n");
    for at in 0..rows {
        let x = 116.3 + (at % 1000) as f64 / 10_000.0;
        text += &format!("BN{at},新公园{at},{x:.4},35.7,300,县城东关中都大街路北\n");
    }
    text
}

/// A program that stands for the reading process. Another process writes it: a file that this one still had
/// open for writing, in a copy made for a child of some other test, could not be run.
fn script(desk: &Desk, text: &str) -> PathBuf {
    let path = desk.path("worker.sh");
    let made = Command::new("/bin/sh")
        .args(["-c", "printf '#!/bin/sh\n%s\n' \"$1\" > \"$0\" && chmod +x \"$0\""])
        .arg(&path)
        .arg(text)
        .status();
    assert!(made.unwrap().success());
    path
}

fn limited(
    desk: &mut Desk,
    program: impl Into<PathBuf>,
    limits: Limits,
    ask: &ImportAsk,
) -> Result<Vec<ImportReport>, ImportError> {
    let reader = Reader::Limited(program.into(), limits);
    import_by(&reader, &mut desk.store, ask, "张三", &Feedback::default())
}

#[test]
fn a_file_that_needs_more_memory_than_it_may_have() {
    let mut desk = desk();
    let limits = Limits { memory: 300 << 20, ..Limits::default() };
    // The limits leave enough for what is honest.
    let small = desk.file("small.csv", ledger(10));
    limited(&mut desk, PROGRAM, limits, &ask(&small, Kind::Shelter)).unwrap();
    // One cell of two hundred megabytes; the zeros that most of it is take no room on disk.
    let file = desk.file("a.csv", format!("名称,经度,纬度\n\"{}", "x".repeat(8 << 20)));
    std::fs::File::options().write(true).open(&file).unwrap().set_len(200 << 20).unwrap();
    let cell = ImportAsk { encoding: Some("UTF-8".to_owned()), ..ask(&file, Kind::Shelter) };
    // A workbook of half a megabyte whose one text has as much.
    let sheet = r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>"#;
    let packed = bomb(sheet, 300);
    assert!(packed.len() < 4 << 20, "{}", packed.len());
    let book = desk.file("bomb.xlsx", packed);
    let before = desk.everything();
    for ask in [cell, ask(&book, Kind::Shelter)] {
        let error = limited(&mut desk, PROGRAM, limits, &ask).unwrap_err();
        assert_eq!(error.code(), "worker_died", "{}", ask.file.display());
        assert_eq!(desk.everything(), before);
    }
}

#[test]
fn a_file_that_keeps_the_processor_busy_too_long() {
    let mut desk = desk();
    let file = desk.file("a.csv", ledger(300_000));
    let before = desk.everything();
    let limits = Limits { cpu_seconds: 1, ..Limits::default() };
    let error = limited(&mut desk, PROGRAM, limits, &ask(&file, Kind::Shelter)).unwrap_err();
    assert_eq!(error.code(), "worker_died");
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_process_that_stalls_is_ended_when_its_time_is_over() {
    let mut desk = desk();
    let file = desk.file("a.csv", ledger(40_000));
    let before = desk.everything();
    let midway = format!("'{PROGRAM}' \"$@\" | head -c 600000; exec sleep 60");
    for (text, wait_ms) in [("exec sleep 60", 300), (midway.as_str(), 4000)] {
        let program = script(&desk, text);
        let limits = Limits { wait_ms, ..Limits::default() };
        let began = Instant::now();
        let error = limited(&mut desk, program, limits, &ask(&file, Kind::Shelter)).unwrap_err();
        assert_eq!(error.code(), "timeout", "{text}");
        assert!(began.elapsed() < Duration::from_secs(40), "{text}");
        assert_eq!(desk.everything(), before, "{text}");
    }
}

#[test]
fn a_process_that_is_killed_after_it_sent_rows_leaves_none() {
    let mut desk = desk();
    let file = desk.file("a.csv", ledger(40_000));
    let before = desk.everything();
    let program = script(&desk, &format!("'{PROGRAM}' \"$@\" | head -c 600000; kill -9 $$"));
    let feedback = Feedback::default();
    let reader = Reader::Process(program);
    let replace = ImportAsk { replace: true, ..ask(&file, Kind::Shelter) };
    let error = import_by(&reader, &mut desk.store, &replace, "张三", &feedback).unwrap_err();
    assert_eq!(error.code(), "worker_died");
    assert!(feedback.progress().is_some_and(|(done, total)| done > 0 && done < total), "midway");
    assert_eq!(desk.everything(), before);
    assert!(desk.store.undo_import("张三").unwrap().is_some(), "only the first import is there");
    assert!(desk.store.undo_import("张三").unwrap().is_none());
}

#[test]
fn a_cancel_midway_changes_nothing() {
    let mut desk = desk();
    let file = desk.file("a.csv", ledger(40_000));
    let before = desk.everything();
    let midway = format!("'{PROGRAM}' \"$@\" | head -c 600000; exec sleep 60");
    let reader = Reader::Process(script(&desk, &midway));
    let feedback = Feedback::default();
    let watcher = feedback.clone();
    let person = std::thread::spawn(move || {
        let began = Instant::now();
        while watcher.progress().is_none_or(|(done, _)| done == 0) {
            assert!(began.elapsed() < Duration::from_secs(40), "nothing was read");
            std::thread::sleep(Duration::from_millis(10));
        }
        watcher.cancel();
    });
    let ask = ask(&file, Kind::Shelter);
    let error = import_by(&reader, &mut desk.store, &ask, "张三", &feedback).unwrap_err();
    person.join().unwrap();
    assert_eq!(error.code(), "cancelled");
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_workbook_that_says_itself_that_it_is_too_large() {
    let mut desk = desk();
    let mut packed = workbook("<worksheet/>");
    // The directory at the end says four gigabytes of every part, however small they are.
    let heads: Vec<usize> =
        (0..packed.len() - 4).filter(|at| packed[*at..*at + 4] == *b"PK\x01\x02").collect();
    for head in heads {
        packed[head + 24..head + 28].copy_from_slice(&0xfff0_0000_u32.to_le_bytes());
    }
    let file = desk.file("a.xlsx", packed);
    let before = desk.everything();
    assert_eq!(desk.import(&ask(&file, Kind::Shelter)).unwrap_err().code(), "too_large");
    assert_eq!(desk.everything(), before);
}
