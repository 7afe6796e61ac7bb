//! PDF: pages, their numbers, what can be read on them, and what is not there.

use lopdf::Document as Pdf;
use shouye::model::Value;
use shouye::report::{Document, brief, opening_list, pdf, transfer_orders};
use shouye::scene::MapScene;

use crate::case::{Case, many, rows, zh};

/// The text of each page.
fn pages(documents: &[Document]) -> Vec<String> {
    let bytes = pdf(documents, &zh()).unwrap();
    let file = Pdf::load_mem(&bytes).unwrap();
    let text = |page: &u32| {
        let text = file.extract_text(&[*page]).unwrap();
        text.chars().filter(|c| !c.is_whitespace()).collect()
    };
    file.get_pages().keys().map(text).collect()
}

#[test]
fn every_page_says_which_it_is_and_every_order_waits_for_its_signature() {
    let case = Case::new(rows(false));
    let (on, words) = (case.occasion(None), zh());
    let orders = transfer_orders(&on, &words);
    // Two villages: the order and two door lists. One village: the order and one.
    let text = pages(&orders);
    assert_eq!(text.len(), 5, "{text:#?}");
    assert!(text[0].contains("第1页，共3页") && text[2].contains("第3页，共3页"), "{text:#?}");
    assert!(text[3].contains("第1页，共2页"), "each order counts its own pages");
    assert!(text[0].contains("人员转移指令（甲镇）") && text[3].contains("人员转移指令（乙镇）"));
    for page in &text {
        assert!(page.contains("待签发") && page.contains("2026-11-2314:20"), "{page}");
        assert!(page.contains("转移〔20261123-1420〕"), "{page}");
    }
    for word in ["签发人", "东村村民委员会", "张某", "学府路1号", "估算30–31人", "县应急局台账"]
    {
        assert!(text[0].contains(word) || text[1].contains(word), "{word}: {}", text[0]);
    }
    assert!(text[1].contains("逐户通知清单：东村"), "{}", text[1]);
}

#[test]
fn sample_data_are_marked_on_every_page_and_nothing_else_is() {
    for sample in [true, false] {
        let case = Case::new(rows(sample));
        let (on, words) = (case.occasion(None), zh());
        let scene = MapScene::new(&case.county);
        let mut documents = vec![brief(&on, Some(&scene), &words), opening_list(&on, &words)];
        documents.extend(transfer_orders(&on, &words));
        for page in pages(&documents) {
            assert_eq!(page.contains("示例数据"), sample, "{page}");
        }
    }
}

#[test]
fn the_brief_is_one_page_with_its_map_however_large_the_plan() {
    for rows in [rows(false), many(80)] {
        let case = Case::new(rows);
        let (on, words) = (case.occasion(None), zh());
        let scene = MapScene::new(&case.county);
        let text = pages(&[brief(&on, Some(&scene), &words)]);
        assert_eq!(text.len(), 1);
        for word in ["示意图，不作划界依据", "km", "北", "最满的场所", "数据来源与时间"]
        {
            assert!(text[0].contains(word), "{word}: {}", text[0]);
        }
    }
}

#[test]
fn long_tables_go_on_over_the_page_under_their_heads() {
    let case = Case::new(many(80));
    let (on, words) = (case.occasion(None), zh());
    let mut orders = transfer_orders(&on, &words);
    // The overview alone. A row is 9 × 1.35 + 6 points high: 39 and a head fill a page of 732, so that
    // 80 rows, of which the first page has room for 30, need three.
    orders[0].blocks.truncate(3);
    orders[0].sources.clear();
    let text = pages(&orders);
    assert_eq!(text.len(), 3, "{text:#?}");
    assert!(text[0].contains("一览") && !text[1].contains("一览"));
    let rows = |page: &str| page.matches("村0").count();
    assert_eq!([0, 1, 2].map(|page| rows(&text[page])), [30, 39, 11]);
    assert!(text.iter().all(|page| page.contains("未落实去处")), "{text:#?}");
    for n in 0..80 {
        let name = format!("村{n:03}");
        assert_eq!(text.iter().filter(|page| page.contains(&name)).count(), 1, "{name}");
    }
}

#[test]
fn letters_that_the_font_lacks_are_boxes_and_are_counted() {
    let mut rows = rows(false);
    let village = rows.iter_mut().find(|row| row.name == "西村").unwrap();
    village.name = "\u{30ede}村".to_owned();
    village.extra.push(("official_name".to_owned(), Value::from("\u{30ede}\u{1f6b8}村委会")));
    let case = Case::new(rows);
    let text = pages(&transfer_orders(&case.occasion(None), &zh())).concat();
    assert!(text.contains("□村") && text.contains("□□村委会"), "{text}");
    assert!(text.contains("个字的字形缺失"), "{text}");
    let whole = Case::new(crate::case::rows(false));
    let text = pages(&transfer_orders(&whole.occasion(None), &zh())).concat();
    assert!(!text.contains('□') && !text.contains("字形缺失"), "{text}");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let case = Case::new(rows(true));
    let make = || {
        let (on, words) = (case.occasion(None), zh());
        let scene = MapScene::new(&case.county);
        let mut documents = vec![brief(&on, Some(&scene), &words)];
        documents.extend(transfer_orders(&on, &words));
        pdf(&documents, &words).unwrap()
    };
    assert_eq!(make(), make());
}

#[test]
fn plans_without_people_or_places_can_be_printed() {
    for rows in [vec![], rows(false).into_iter().filter(|r| r.kind.key() != "shelter").collect()] {
        let case = Case::new(rows);
        let (on, words) = (case.occasion(None), zh());
        let scene = MapScene::new(&case.county);
        let mut documents = vec![brief(&on, Some(&scene), &words), opening_list(&on, &words)];
        documents.extend(transfer_orders(&on, &words));
        let text = pages(&documents);
        assert!(text.len() >= 3, "{text:#?}");
        assert!(text[0].contains("人员转移指挥员简报"));
    }
}
