//! What delimited tables and workbook sheets have in common: where the heading line is.

use std::collections::{HashMap, HashSet};

use super::fault::ReadFault;
use super::recognise::known_heading;
use super::source::MAX_COLUMNS;
use crate::model::Value;

/// How many lines may stand above the heading: titles, "unit: people", dates.
pub const MAX_TITLE_LINES: usize = 10;
/// Characters of a heading; it is stored with every row that has a cell under it.
const MAX_HEADING: usize = 250;

/// Which of the first lines is the heading: the one with most known headings, else the first that
/// has anything.
pub fn heading_line(lines: &[Vec<Value>]) -> usize {
    let known =
        |line: &Vec<Value>| line.iter().filter(|v| v.as_text().is_some_and(known_heading)).count();
    let best = lines.iter().enumerate().map(|(at, line)| (known(line), at));
    match best.max_by_key(|(known, at)| (*known, usize::MAX - at)) {
        Some((2.., at)) => at,
        // A single known word may also stand in a title line.
        _ => lines
            .iter()
            .position(|line| line.iter().filter(|v| !is_blank(v)).count() > 1)
            .or_else(|| lines.iter().position(|line| line.iter().any(|v| !is_blank(v))))
            .unwrap_or(0),
    }
}

/// Whether a cell holds nothing.
pub fn is_blank(value: &Value) -> bool {
    value.as_text().is_some_and(|text| text.trim().is_empty())
}

/// Headings made unique and never empty: `#3` stands for a column without one.
pub fn headings(line: &[Value]) -> Result<Vec<String>, ReadFault> {
    if line.len() > MAX_COLUMNS {
        return Err(ReadFault::TooLarge { what: format!("> {MAX_COLUMNS} columns") });
    }
    let mut out: Vec<String> = Vec::with_capacity(line.len());
    let mut used: HashSet<String> = HashSet::new();
    // How often each heading came up: thousands of the same shall not be counted again and again.
    let mut counts: HashMap<String, u32> = HashMap::new();
    for (at, value) in line.iter().enumerate() {
        let text = value.to_string();
        let base = match text.trim().trim_start_matches('\u{feff}') {
            "" => format!("#{}", at + 1),
            text => text.chars().take(MAX_HEADING).collect(),
        };
        let mut name = base.clone();
        let count = counts.entry(base.clone()).or_insert(1);
        while used.contains(&name) {
            *count += 1;
            name = format!("{base} ({count})");
        }
        used.insert(name.clone());
        out.push(name);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[&str]) -> Vec<Value> {
        cells.iter().map(|c| Value::from(*c)).collect()
    }

    #[test]
    fn titles_above_the_heading_are_skipped() {
        let lines = [
            line(&["汶上县应急避难场所统计表", "", ""]),
            line(&["单位：人", "", ""]),
            line(&["名称", "容纳人数", "地址"]),
            line(&["人民公园", "300", "中都大街"]),
        ];
        assert_eq!(heading_line(&lines), 2);
        assert_eq!(heading_line(&[line(&["a", "b"]), line(&["1", "2"])]), 0);
    }

    #[test]
    fn headings_are_unique_and_never_empty() {
        let of = |cells: &[&str]| headings(&line(cells)).unwrap();
        assert_eq!(of(&["名称", "", "名称 "]), ["名称", "#2", "名称 (2)"]);
        assert_eq!(of(&["a", "a (2)", "a", "a"]), ["a", "a (2)", "a (3)", "a (4)"]);
    }

    #[test]
    fn thousands_of_one_heading_are_named_in_no_time() {
        let began = std::time::Instant::now();
        let all = headings(&vec![Value::from("a"); MAX_COLUMNS]).unwrap();
        assert_eq!(all[MAX_COLUMNS - 1], format!("a ({MAX_COLUMNS})"));
        assert!(headings(&vec![Value::from("a"); 1_000_000]).is_err());
        assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    }
}
