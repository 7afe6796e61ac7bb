//! The table of speeds and turnout times in the settings: seen, changed, refused, and as usual again.

use geo_types::Coord;
use shouye::base::Lang;
use shouye::model::Kind;
use shouye::scene::FeatureRef;
use shouye::session::roads::Found;
use shouye::session::state::Task;
use shouye::session::{AnalysisCommand, AppCommand, CostingCommand, Light, MapCommand};

use crate::county;
use crate::looks::looks_finished;
use crate::walk::{Desk, prefs};
use crate::widths::edge;

fn types(desk: &mut Desk, key: &str, text: &str) {
    desk.does(CostingCommand::Type { key: key.to_owned(), text: text.to_owned() });
    desk.does(CostingCommand::Put);
}

fn seconds(desk: &mut Desk) -> u32 {
    match &desk.session().state.roads.answer().unwrap().found {
        Found::Route(routes) => routes.routes[0].travel_s,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_changed_speed_changes_the_answer_on_the_screen() {
    let mut desk = Desk::with_roads(prefs(Lang::Zh, Light::Day));
    desk.click("路网");
    for x in [116.55, 116.50] {
        desk.does(MapCommand::Click { at: Coord { x, y: 35.70 }, hit: None });
    }
    let usual = seconds(&mut desk);
    desk.click("设置");
    desk.click("车速（按道路等级）");
    desk.must_show(&["省道", "60", "公里/小时", "系统默认"]);
    types(&mut desk, "speed.primary", "30");
    desk.must_show(&["1 项自定", "本县自定（默认 60；值班员，2026-11-24）", "恢复 60"]);
    desk.click("路网");
    assert!(seconds(&mut desk) > usual);
    desk.must_show(&["车速与出动表：1 项是本县自定"]);
    desk.click("设置");
    desk.click("恢复 60");
    assert!(!desk.shows("1 项自定"));
    desk.click("路网");
    assert_eq!(seconds(&mut desk), usual);
    assert!(!desk.shows("是本县自定"));
}

#[test]
fn what_cannot_be_stays_in_its_field_with_the_reason() {
    let mut desk = Desk::with_roads(prefs(Lang::En, Light::Night));
    desk.click("Settings");
    desk.click("Fire engine");
    desk.must_show(&["Wading depth", "Height", "Weight", "Pace"]);
    for text in ["", "deep", "-1", "99"] {
        types(&mut desk, "vehicle.fire-engine.ford_depth_m", text);
        desk.must_show(&["Give a number from 0 to 3 (m)"]);
        assert!(desk.session().state.county.costing().own().is_empty());
    }
    types(&mut desk, "vehicle.fire-engine.ford_depth_m", "0.6");
    assert!(!desk.shows("Give a number"));
    desk.must_show(&["1 own", "Back to 0.5"]);
    types(&mut desk, "vehicle.fire-engine.height_m", "3.6");
    desk.click("All as usual again (2)");
    desk.must_show(&["Make all of the county's own speeds"]);
    desk.click("As usual again");
    assert!(desk.session().state.county.costing().own().is_empty());
}

#[test]
fn without_roads_there_is_no_plan_by_time_but_a_reason() {
    let mut desk = Desk::open();
    let lake = FeatureRef { kind: Kind::Waterbody, id: county::id(Kind::Waterbody, "l1") };
    desk.click("疏散安置");
    desk.does(AnalysisCommand::AreaOf(lake));
    desk.click("按车程");
    desk.must_show(&["最长", "分钟", "夜间", "暴雨", "冰雪"]);
    desk.click("生成疏散安置方案");
    desk.must_show(&["没有道路数据，算不了车程", "请先导入道路"]);
    assert!(desk.session().state.evacuation.answer.is_none());
}

#[test]
fn every_group_has_words_and_keeps_the_width_of_the_panel() {
    for lang in Lang::ALL {
        let mut desk = Desk::with_roads(prefs(lang, Light::Day));
        let wanted = edge(&desk, lang, "start");
        desk.does(AppCommand::Open(Task::Settings));
        types(&mut desk, "vehicle.ladder-truck.weight_t", "34.5");
        let table = desk.session().state.county.costing().clone();
        for group in shouye::view::costing::cost_groups(&table) {
            desk.does(CostingCommand::Unfold(Some(group.key.clone())));
            looks_finished(&desk, &group.key);
            assert!((edge(&desk, lang, &group.key) - wanted).abs() < 0.5, "{}", group.key);
        }
    }
}
