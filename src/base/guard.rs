//! Cells that a spreadsheet would run as a formula, made harmless and brought back.

const DANGEROUS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn is_armed(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(DANGEROUS)
}

/// Puts an apostrophe before a text that a spreadsheet would run (CWE-1236). Texts that already
/// begin with apostrophes and then such a sign get one more, so that [`unguard`] is its inverse.
///
/// ```
/// use shouye::base::{guard, unguard};
/// assert_eq!(guard("=1+1"), "'=1+1");
/// assert_eq!(guard("'-a"), "''-a");
/// assert_eq!(guard("plain"), "plain");
/// assert_eq!(unguard(&guard("'@me")), "'@me");
/// ```
pub fn guard(text: &str) -> String {
    if is_armed(text) { format!("'{text}") } else { text.to_owned() }
}

/// Takes the apostrophe away that [`guard`] has put there; any other text stays as it is.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_armed(text) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_comes_back_and_none_is_run(text in "['=+@a -]{0,5}.{0,3}") {
            let safe = guard(&text);
            prop_assert!(!safe.starts_with(DANGEROUS));
            prop_assert_eq!(unguard(&safe), text);
        }
    }
}
