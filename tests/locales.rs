//! The words: both languages say the same things, and everything that is said has words.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use shouye::model::{HazardKind, Kind, StayClass};
use shouye::view::{Lang, Locale, label};

/// Messages of a language with their variables, by file name and id.
fn messages(folder: &str) -> BTreeMap<(String, String), BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales").join(folder);
    let mut out = BTreeMap::new();
    for entry in fs::read_dir(&root).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let resource = fluent_syntax::parser::parse(text)
            .unwrap_or_else(|(_, faults)| panic!("{folder}/{file}: {faults:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name;
            let value = message.value.unwrap_or_else(|| panic!("{folder}/{file}: {id} is empty"));
            let mut variables = BTreeSet::new();
            of_pattern(&value, &mut variables);
            let twice = out.insert((file.clone(), id.clone()), variables).is_some();
            assert!(!twice, "{folder}/{file}: {id} stands there twice");
        }
    }
    out
}

fn of_pattern(pattern: &Pattern<String>, out: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, out);
        }
    }
}

fn of_expression(expression: &Expression<String>, out: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, out),
        Expression::Select { selector, variants } => {
            of_inline(selector, out);
            for variant in variants {
                of_pattern(&variant.value, out);
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<String>, out: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            out.insert(id.name.clone());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, out),
        _ => {}
    }
}

#[test]
fn both_languages_have_the_same_messages_and_variables() {
    let (zh, en) = (messages("zh-CN"), messages("en"));
    let mut faults = Vec::new();
    for (key, variables) in &zh {
        match en.get(key) {
            None => faults.push(format!("{key:?} has no English words")),
            Some(other) if other != variables => {
                faults.push(format!("{key:?}: {variables:?} in Chinese, {other:?} in English"));
            }
            Some(_) => {}
        }
    }
    faults.extend(en.keys().filter(|k| !zh.contains_key(k)).map(|k| format!("{k:?}: no Chinese")));
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn an_id_stands_in_one_file_only() {
    let mut homes: BTreeMap<String, String> = BTreeMap::new();
    for (file, id) in messages("zh-CN").into_keys() {
        if let Some(other) = homes.insert(id.clone(), file.clone()) {
            panic!("{id} stands in {other} and in {file}");
        }
    }
}

#[test]
fn english_words_are_not_chinese() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales/en");
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    // The language switch names the other language in its own letters.
    let allowed = ["lang-", "app-name"];
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let named = allowed.iter().any(|id| line.starts_with(id));
            assert!(named || !line.chars().any(is_han), "{}: {line}", path.display());
        }
    }
}

#[test]
fn every_kind_field_value_and_unit_has_a_name() {
    for lang in Lang::ALL {
        let locale = Locale::new(lang);
        let need = |id: String| assert!(locale.has(&id), "{lang:?}: {id}");
        for kind in Kind::ALL {
            need(label::kind_id(*kind));
            for field in &kind.table_def().fields {
                let common = format!("field-{}", field.name);
                let own = format!("field-{}-{}", kind.key(), field.name);
                assert!(locale.has(&common) || locale.has(&own), "{lang:?}: {common}");
                for choice in &field.values {
                    need(label::choice_id(*kind, &field.name, &choice.key));
                }
                if let Some(unit) = &field.unit {
                    need(label::unit_id(unit));
                }
            }
        }
        for stay in StayClass::ALL {
            need(format!("stay-{}", stay.key()));
        }
        for hazard in HazardKind::ALL {
            need(format!("hazard-{}", hazard.key()));
        }
    }
}

/// String literals that directly follow `opening` in a source text, unit tests left out.
fn literals<'a>(text: &'a str, opening: &str) -> Vec<&'a str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    code.match_indices(opening)
        .filter_map(|(at, _)| {
            let rest = code[at + opening.len()..].trim_start().strip_prefix('"')?;
            rest.split('"').next()
        })
        .filter(|id| !id.contains('{'))
        .collect()
}

#[test]
fn every_message_that_is_sent_has_words() {
    fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                out.push(path);
            }
        }
    }
    let known: BTreeSet<String> = messages("zh-CN").into_keys().map(|(_, id)| id).collect();
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files.sort();
    let mut faults = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let text: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for opening in ["Message::new(", ".tr("] {
            for id in literals(&text, opening) {
                if !known.contains(id) {
                    faults.push(format!("{}: {id}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
