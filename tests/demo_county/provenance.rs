//! The files: what the generator writes, small, complete, and every row says where it comes from.

use std::collections::BTreeSet;

use shouye::model::Kind;

use crate::demo;
use crate::files::{layer, layers, read};

#[test]
fn the_generator_writes_the_committed_bytes() {
    for (file, text) in demo::files() {
        assert!(
            text == read(file),
            "maps/{file} is not what the generator writes: cargo run --example generate_demo_county"
        );
    }
}

#[test]
fn the_manifest_names_every_file_once_and_knows_every_kind_with_data() {
    let listed: Vec<String> = layers().into_iter().map(|(file, _)| file).collect();
    let written: BTreeSet<String> =
        demo::files().iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), written);
    assert_eq!(listed.len(), written.len());
    let kinds: BTreeSet<Kind> = layers().into_iter().map(|(_, kind)| kind).collect();
    // What only an extract of OpenStreetMap brings, or an incident.
    let later = [
        Kind::Closure,
        Kind::TurnRestriction,
        Kind::RoadGate,
        Kind::Railway,
        Kind::Landuse,
        Kind::Building,
    ];
    let missing: Vec<Kind> =
        Kind::ALL.iter().copied().filter(|kind| !kinds.contains(kind)).collect();
    assert_eq!(missing, later);
}

#[test]
fn all_of_it_is_small() {
    let bytes: usize = layers().iter().map(|(file, _)| read(file).len()).sum();
    assert!(bytes < 3_000_000, "{bytes} bytes");
}

#[test]
fn every_row_says_where_it_comes_from() {
    for (file, kind) in layers() {
        let fact = matches!(kind, Kind::Boundary | Kind::Fault);
        for row in layer(kind) {
            if fact {
                assert_eq!(row.get("sample"), "false", "{file}");
                assert!(!row.get("source").is_empty() && row.get("source") != "示例数据", "{file}");
                assert!(row.get("note").contains("示意"), "{file}");
            } else {
                assert_eq!(
                    (row.get("sample"), row.get("source"), row.get("as_of")),
                    ("true", "示例数据", "2026-10-02"),
                    "{file}"
                );
            }
        }
    }
}

#[test]
fn every_column_is_a_field_and_every_cell_a_value_of_it() {
    for (file, kind) in layers() {
        let extra: &[&str] = match kind {
            Kind::River => &["width_m", "bed_start_m", "bed_end_m"],
            Kind::Settlement => &["urban", "official_name"],
            _ => &[],
        };
        for row in layer(kind) {
            for (name, cell) in &row.cells {
                if ["lon", "lat", "sample"].contains(&name.as_str())
                    || extra.contains(&name.as_str())
                {
                    continue;
                }
                let field = kind.field(name).unwrap_or_else(|| panic!("{file}: no field {name}"));
                assert!(field.read(cell).is_ok(), "{file}: {name} = {cell}");
            }
        }
    }
}

#[test]
fn codes_are_unique() {
    for (file, kind) in layers() {
        let rows = layer(kind);
        let codes: BTreeSet<&str> = rows.iter().map(|row| row.get("code")).collect();
        if codes != BTreeSet::from([""]) {
            assert_eq!(codes.len(), rows.len(), "{file}");
            assert!(!codes.contains(""), "{file}");
        }
    }
}

#[test]
fn no_telephone_number_can_exist() {
    for (_, kind) in layers() {
        for row in layer(kind) {
            let phone = row.get("phone");
            assert!(
                phone.is_empty() || phone.starts_with("0537-0") || phone.starts_with("100"),
                "{phone}"
            );
        }
    }
}
