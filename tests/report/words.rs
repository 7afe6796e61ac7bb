//! What documents say, checked by hand.

use shouye::base::Timestamp;
use shouye::report::{Block, Document, Movement, brief, csv, html, opening_list, transfer_orders};
use shouye::scene::MapScene;

use crate::case::{Case, rows, zh};

/// The value of the first fact with this name.
fn fact<'a>(document: &'a Document, name: &str) -> Option<&'a str> {
    document.blocks.iter().find_map(|block| match block {
        Block::Facts(facts) => facts.iter().find(|(own, _)| own == name).map(|(_, v)| v.as_str()),
        _ => None,
    })
}

#[test]
fn whoever_is_split_has_a_line_per_shelter_and_nobody_is_lost() {
    let case = Case::new(rows(false));
    let words = zh();
    assert_eq!((case.plan.assigned.0, case.plan.unassigned.0), (140, 30));
    let orders = transfer_orders(&case.occasion(None), &words);
    let mut placed = 0;
    for block in &orders[0].blocks {
        if let Block::Table(table) = block
            && table.columns.iter().any(|column| column.heading == "路线")
        {
            placed += table.rows.iter().map(|row| row[1].parse::<u64>().unwrap()).sum::<u64>();
        }
    }
    assert_eq!(placed, 140);
    assert_eq!(fact(&orders[0], "转移人数"), Some("170"));
    assert_eq!(fact(&orders[0], "未落实去处"), Some("30"));
    // The other township's only village has no figure.
    assert_eq!(orders[1].title, "人员转移指令（乙镇）");
    assert_eq!(fact(&orders[1], "人口无数据的村"), Some("1"));
    assert_eq!(fact(&orders[1], "转移人数"), Some("无数据"));
    assert_eq!(fact(&orders[1], "已落实去处"), Some("0"));
}

#[test]
fn those_who_need_help_are_an_estimate_with_a_range() {
    let case = Case::new(rows(false));
    let words = zh();
    let text = csv(&transfer_orders(&case.occasion(None), &words), &words);
    // 120 × 0.255 = 30.6; the other village has no share.
    assert!(text.contains("其中需协助转移,估算 30–31 人"), "{text}");
    assert!(text.contains("其中需协助转移,无数据"), "{text}");
    assert!(text.contains("集合点,东村村民委员会"), "{text}");
    assert!(text.contains("灾害信息员,张某 10000000001"), "{text}");
}

#[test]
fn times_stand_there_when_they_are_known() {
    let case = Case::new(rows(false));
    let words = zh();
    let village = case.plan.assignments[0].settlement;
    let moment = |text| Timestamp::parse(text).unwrap();
    let movements = [Movement {
        settlement: village,
        wave: 2,
        notify_from: moment("2026-11-23T15:00"),
        leave_from: moment("2026-11-23T15:30"),
        leave_by: moment("2026-11-23T16:10"),
        arrive_by: moment("2026-11-23T17:00"),
        latest_start: None,
        vehicle: Some("客车".to_owned()),
        trips: Some(3),
    }];
    let text = csv(&transfer_orders(&case.occasion(Some(&movements)), &words), &words);
    for line in [
        "批次,2",
        "开始通知,11-23 15:00",
        "出发,11-23 15:30 至 11-23 16:10",
        "到达时限,11-23 17:00",
        "最迟安全出发,无数据",
        "车辆,客车",
        "车次,3",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let without = csv(&transfer_orders(&case.occasion(None), &words), &words);
    assert!(!without.contains("最迟安全出发"));
}

#[test]
fn a_plan_that_moves_nobody_says_so() {
    let case = Case::new(vec![]);
    let (on, words) = (case.occasion(None), zh());
    let orders = transfer_orders(&on, &words);
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0].signature, None);
    let documents = [orders[0].clone(), opening_list(&on, &words), brief(&on, None, &words)];
    let page = html(&documents, &words);
    assert!(page.contains("没有指令可下") && page.contains("没有启用任何避难场所"));
    // A county without villages does not know how many people there are.
    assert_eq!(fact(&documents[2], "险区内应转移"), Some("无数据"));
}

#[test]
fn a_plan_that_places_nobody_says_why() {
    let mut rows = rows(false);
    rows.retain(|row| row.kind != shouye::model::Kind::Shelter);
    let case = Case::new(rows);
    let (on, words) = (case.occasion(None), zh());
    let text = csv(&transfer_orders(&on, &words), &words);
    assert!(text.contains("未落实 120 人：没有可用的避难场所"), "{text}");
    let page = html(&[brief(&on, None, &words)], &words);
    assert!(page.contains("没有一个人落实了去处"), "{page}");
}

#[test]
fn a_village_without_figures_is_not_a_village_without_people() {
    let mut rows = rows(false);
    rows.retain(|row| !["东村", "西村"].contains(&row.name.as_str()));
    let case = Case::new(rows);
    let words = zh();
    let page = brief(&case.occasion(None), None, &words);
    assert_eq!(fact(&page, "险区内应转移"), Some("无数据"));
    assert_eq!(fact(&page, "涉及村（社区）"), Some("1"));
    assert!(html(&[page], &words).contains("没有一个人落实了去处"));
}

#[test]
fn hostile_names_stay_text_on_the_map_too() {
    let case = Case::new(rows(false));
    let (on, words) = (case.occasion(None), zh());
    let scene = MapScene::new(&case.county);
    let page = html(&[brief(&on, Some(&scene), &words)], &words);
    assert!(page.contains("<svg class=\"map\"") && page.contains("示意图，不作划界依据"));
    assert!(!page.contains("<一>") && page.contains("公园&lt;一&gt;"));
}
