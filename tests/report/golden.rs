//! Golden text: the whole of a document in HTML and CSV.

use expect_test::expect_file;
use shouye::report::{brief, csv, html, opening_list, transfer_orders};
use shouye::view::{Lang, Locale};

use crate::case::{Case, rows, zh};

#[test]
fn transfer_orders_as_a_page() {
    let case = Case::new(rows(true));
    let words = zh();
    let orders = transfer_orders(&case.occasion(None), &words);
    // Two townships, two orders.
    assert_eq!(orders.len(), 2);
    expect_file!["orders.html"].assert_eq(&html(&orders, &words));
}

#[test]
fn transfer_orders_as_a_spreadsheet() {
    let case = Case::new(rows(false));
    let words = zh();
    let orders = transfer_orders(&case.occasion(None), &words);
    let text = csv(&orders, &words);
    assert!(text.starts_with('\u{feff}'));
    // What a spreadsheet would run is not run.
    assert!(text.contains("'=王某 +86-1"), "{text}");
    expect_file!["orders.csv"].assert_eq(&text.replace("\r\n", "\n"));
}

#[test]
fn the_opening_list_in_english() {
    let case = Case::new(rows(false));
    let words = Locale::new(Lang::En);
    let list = opening_list(&case.occasion(None), &words);
    expect_file!["opening.csv"].assert_eq(&csv(&[list], &words).replace("\r\n", "\n"));
}

#[test]
fn the_brief_as_a_page() {
    let case = Case::new(rows(true));
    let words = zh();
    let page = html(&[brief(&case.occasion(None), None, &words)], &words);
    expect_file!["brief.html"].assert_eq(&page);
}
