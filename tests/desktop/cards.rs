//! The card of a feature: what is known, what is not, and changes in two taps with undo.

use shouye::model::Kind;
use shouye::scene::FeatureRef;
use shouye::session::MapCommand;
use shouye::store::Store;

use crate::county;
use crate::walk::Desk;

fn card(code: &str, kind: Kind) -> Desk {
    let mut desk = Desk::open();
    desk.does(MapCommand::Identify(FeatureRef { kind, id: county::id(kind, code) }));
    desk
}

#[test]
fn the_card_shows_every_field_and_what_has_no_data() {
    let desk = card("s2", Kind::Shelter);
    desk.must_show(&["人民公园", "应急避难场所", "室外有效避难面积", "400 平方米", "无数据"]);
    desk.must_show(&["县应急局台账", "2026-10-02", "余位", "200", "容量 200 人（按面积估算）"]);
}

#[test]
fn status_changes_in_two_taps_and_comes_back() {
    let mut desk = card("s1", Kind::Shelter);
    let status = |desk: &mut Desk| {
        let state = &desk.session().state;
        let row = state.county.feature(county::id(Kind::Shelter, "s1")).unwrap();
        row.text("status").unwrap().to_owned()
    };
    assert_eq!(status(&mut desk), "standby");
    desk.click("启用");
    assert_eq!(status(&mut desk), "open");
    desk.must_show(&["已保存：实验小学", "修改记录", "状态：平时 → 启用"]);
    // It is on disk, by name.
    let store = Store::open(&desk.path, county::clock()).unwrap();
    let history = store.history(county::id(Kind::Shelter, "s1")).unwrap();
    assert_eq!(history.last().unwrap().who, "值班员");
    drop(store);
    desk.click("撤销");
    assert_eq!(status(&mut desk), "standby");
}

#[test]
fn occupancy_changes_by_steps() {
    let mut desk = card("s1", Kind::Shelter);
    desk.click("+10");
    desk.click("+1");
    let row = desk.session().state.county.feature(county::id(Kind::Shelter, "s1")).unwrap().clone();
    assert_eq!(row.count("occupied"), Some(11));
    desk.must_show(&["余位", "439"]);
}

#[test]
fn more_people_than_places_are_saved_only_after_a_yes_and_stand_out() {
    let mut desk = card("s1", Kind::Shelter);
    let set = |n: i64| shouye::session::EditCommand::Set {
        id: county::id(Kind::Shelter, "s1"),
        field: "occupied".to_owned(),
        value: Some(n.into()),
    };
    let occupied = |desk: &mut Desk| {
        let state = &desk.session().state;
        state.county.feature(county::id(Kind::Shelter, "s1")).unwrap().count("occupied")
    };
    desk.does(set(560));
    desk.must_show(&["这样会超员 110 人"]);
    desk.click("不，返回");
    assert_eq!(occupied(&mut desk), None);
    desk.does(set(560));
    desk.click("仍要保存");
    assert_eq!(occupied(&mut desk), Some(560));
    desk.must_show(&["超员", "110"]);
    // One more comes in unasked, fewer always may.
    desk.does(set(561));
    desk.does(set(440));
    assert_eq!(occupied(&mut desk), Some(440));
    desk.must_show(&["余位", "10"]);
}

#[test]
fn a_taken_back_change_says_whose_it_was_and_what() {
    let mut desk = card("s1", Kind::Shelter);
    desk.click("启用");
    desk.must_show(&["已保存：实验小学　状态：平时 → 启用"]);
    desk.does(shouye::session::EditCommand::Undo);
    desk.must_show(&["已撤销值班员的修改：实验小学　状态：启用 → 平时"]);
}

#[test]
fn a_phone_number_is_copied_by_a_tap() {
    let mut desk = card("s1", Kind::Shelter);
    desk.click("电话 0537-0000001");
    desk.must_show(&["已复制：0537-0000001"]);
}

#[test]
fn sample_rows_say_so() {
    let desk = card("f1", Kind::Station);
    desk.must_show(&["消防救援站", "示例数据，不可用于实际指挥"]);
}

#[test]
fn the_mark_on_the_map_goes_with_the_card() {
    let mut desk = card("s2", Kind::Shelter);
    let task = desk.session().state.task;
    assert!(desk.session().state.selected.is_some());
    desk.does(shouye::session::AppCommand::Open(task));
    assert!(desk.session().state.card.is_none());
    assert_eq!(desk.session().state.selected, None);
}

#[test]
fn a_shelter_shows_its_checks_with_signs_figures_and_clauses() {
    // A place of 400 m² with nothing else on record, near an old lake and no fault layer.
    let desk = card("s2", Kind::Shelter);
    desk.must_show(&["核查", "–", "避让断裂", "没有这类图层", "GB 50011-2010 4.1.7"]);
    desk.must_show(&["无障碍", "台账未填", "✓", "避开水域和湖洼"]);
    desk.must_show(&["不合格 0 项", "参考值，以现行标准和预案为准"]);
}

#[test]
fn what_is_recorded_changes_the_checks_at_once() {
    let mut desk = card("s2", Kind::Shelter);
    let set = |field: &str, value: shouye::model::Value| shouye::session::EditCommand::Set {
        id: county::id(Kind::Shelter, "s2"),
        field: field.to_owned(),
        value: Some(value),
    };
    desk.does(set("shelter_type", "fixed_short".into()));
    desk.does(set("accessible", false.into()));
    desk.does(set("toilets", 4_i64.into()));
    // 200 people at 2 m² each; a fixed shelter needs 2,000 m².
    desk.must_show(&["×", "有效避难面积 400 平方米", "应不少于 2000 平方米", "不合格 1 项"]);
    desk.must_show(&["!", "厕位 50 人/厕位", "提醒 1 项"]);
    desk.must_show(&["GB 51143-2015 3.1（凭记忆，以现行标准为准）"]);
}

#[test]
fn the_checks_speak_english_too() {
    let mut desk = card("s2", Kind::Shelter);
    desk.does(shouye::session::AppCommand::Language(shouye::base::Lang::En));
    desk.must_show(&[
        "Checks",
        "Set-back from faults",
        "no such layer",
        "0 failed",
        "public source",
    ]);
}

#[test]
fn a_station_has_no_checks() {
    let desk = card("f1", Kind::Station);
    assert!(!desk.words().iter().any(|word| word == "核查"));
}
