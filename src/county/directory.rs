//! Looking rows up without walking through them: by id, by code, by name.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::base::Id;
use crate::model::Feature;

/// Where rows stand in a list ordered by id.
#[derive(Debug)]
pub(super) struct Directory {
    ids: Vec<Id>,
    /// Where ids with the same leading bits begin: ids are hashes, so each run is a few rows long.
    runs: Vec<u32>,
    /// How far to shift an id's first word to get its run.
    shift: u32,
    words: OnceLock<Words>,
}

#[derive(Debug, Default)]
struct Words {
    /// The first row with this code.
    codes: HashMap<String, u32>,
    /// The row with this name; `None` if several have it.
    names: HashMap<String, Option<u32>>,
}

impl Directory {
    /// A directory of rows ordered by id.
    pub fn new(rows: &[Feature]) -> Self {
        let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
        // About four rows a run.
        let bits = (ids.len() / 4).max(1).ilog2();
        let shift = 64 - bits.max(1);
        let mut runs = vec![0_u32; (1 << bits.max(1)) + 1];
        for id in &ids {
            if let Some(count) = runs.get_mut(run(id, shift) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut runs {
            sum += *count;
            *count = sum;
        }
        Self { ids, runs, shift, words: OnceLock::new() }
    }

    /// The position of the row with this id.
    pub fn by_id(&self, id: Id) -> Option<usize> {
        let run = run(&id, self.shift);
        let (start, end) = (*self.runs.get(run)? as usize, *self.runs.get(run + 1)? as usize);
        let at = self.ids.get(start..end)?.binary_search(&id).ok()?;
        Some(start + at)
    }

    /// The position of the first row with this code, or of the only row with this name.
    pub fn by_word(&self, word: &str, rows: &[Feature]) -> Option<usize> {
        let words = self.words.get_or_init(|| {
            let mut words = Words::default();
            for (at, row) in (0..).zip(rows) {
                if let Some(code) = &row.code {
                    words.codes.entry(code.clone()).or_insert(at);
                }
                if !row.name.is_empty() {
                    words
                        .names
                        .entry(row.name.clone())
                        .and_modify(|n| *n = None)
                        .or_insert(Some(at));
                }
            }
            words
        });
        let at = words.codes.get(word).copied().or_else(|| words.names.get(word).copied()?);
        at.map(|at| at as usize)
    }
}

fn run(id: &Id, shift: u32) -> usize {
    let word = id.as_bytes().first_chunk().map_or(0, |first| u64::from_be_bytes(*first));
    (word >> shift) as usize
}
