//! Roads: the nearest by time, the four questions, and what happens when a road is closed.

use geo_types::Coord;
use shouye::base::Lang;
use shouye::model::Kind;
use shouye::network::Conditions;
use shouye::scene::FeatureRef;
use shouye::session::nearest::Measure;
use shouye::session::roads::{Found, RoadQuestion, RouteEnd};
use shouye::session::state::{Camera, Drawer, FileWish, Task};
use shouye::session::{
    AnalysisCommand, AppCommand, DataCommand, EditCommand, Light, MapCommand, RoadsCommand,
};

use crate::county;
use crate::looks::looks_finished;
use crate::walk::{Desk, prefs};
use crate::widths::edge;

fn desk(lang: Lang, light: Light) -> Desk {
    Desk::with_roads(prefs(lang, light))
}

fn road(code: &str) -> FeatureRef {
    FeatureRef { kind: Kind::Road, id: county::id(Kind::Road, code) }
}

fn close(desk: &mut Desk, code: &str) {
    desk.does(EditCommand::Set {
        id: road(code).id,
        field: "status".to_owned(),
        value: Some("closed".into()),
    });
}

fn click(desk: &mut Desk, x: f64, y: f64) {
    desk.does(MapCommand::Click { at: Coord { x, y }, hit: None });
}

fn nearest_station(desk: &mut Desk) {
    desk.does(AppCommand::Open(Task::Nearest));
    let mut form = desk.session().state.nearest.clone();
    form.kind = Kind::Station;
    form.at = Some(Coord { x: 116.488, y: 35.70 });
    desk.does(AnalysisCommand::Nearest(form));
}

#[test]
fn the_nearest_by_time_follows_the_roads_and_their_closures() {
    let mut desk = desk(Lang::Zh, Light::Day);
    nearest_station(&mut desk);
    assert!(desk.session().state.nearest_answer.clone().unwrap().by_road.is_none());
    desk.click("按车程");
    assert_eq!(desk.session().state.nearest.measure, Measure::Time);
    desk.must_show(&["消防车", "车程含出动 60 秒", "估算", "分"]);
    let time = |desk: &mut Desk| {
        let answer = desk.session().state.nearest_answer.clone().unwrap();
        (answer.reaches[0].travel_s.unwrap(), answer.reaches[0].distance.0)
    };
    let (before_s, before_m) = time(&mut desk);
    let overlay = desk.session().state.scene.as_ref().unwrap().overlay().clone();
    assert!(overlay.reaches[0].way.len() > 3);
    close(&mut desk, "r1");
    let (after_s, after_m) = time(&mut desk);
    assert!(after_s > before_s && after_m > before_m + 1000.0, "{after_s} {after_m}");
    close(&mut desk, "r3");
    desk.must_show(&["到不了（1）", "消防救援站 被“幸福大道”阻断"]);
    assert_eq!(desk.session().state.scene.as_ref().unwrap().closed().count(), 2);
    desk.does(EditCommand::Undo);
    assert_eq!(time(&mut desk).0, after_s);
}

#[test]
fn another_vehicle_takes_another_time() {
    let mut desk = desk(Lang::En, Light::Night);
    nearest_station(&mut desk);
    desk.click("By travel time");
    let mut form = desk.session().state.nearest.clone();
    form.vehicle = Some("walking".to_owned());
    desk.does(AnalysisCommand::Nearest(form));
    desk.must_show(&["On foot", "estimated", "Times include 60 s turnout"]);
    desk.does(AppCommand::Drawer(Some(Drawer::Nearest)));
    desk.must_show(&["Travel time", "Estimated range"]);
}

#[test]
fn without_roads_there_are_no_times() {
    let mut desk = Desk::open();
    nearest_station(&mut desk);
    desk.click("按车程");
    desk.must_show(&["没有道路数据"]);
    desk.click("路网");
    desk.click("孤岛");
    desk.must_show(&["没有道路数据"]);
}

#[test]
fn two_clicks_give_a_route_with_its_turns() {
    let mut desk = desk(Lang::Zh, Light::Day);
    desk.click("路网");
    desk.must_show(&["点地图选起点", "选好起点和终点"]);
    click(&mut desk, 116.55, 35.72);
    desk.must_show(&["点地图选终点"]);
    click(&mut desk, 116.48, 35.70);
    desk.must_show(&["路线 1", "路线 2", "出发，沿站前路", "右转，上幸福大道", "到达", "估算"]);
    let ways = desk.session().state.scene.as_ref().unwrap().overlay().ways.clone();
    assert!(ways.len() == 2 && ways[0].emphasised && !ways[1].emphasised);
    desk.does(RoadsCommand::Choose(1));
    desk.must_show(&["出发，沿北环路"]);
    // A closure is gone around at once, and named.
    close(&mut desk, "r1");
    desk.must_show(&["绕开的封闭", "幸福大道", "已计入 1 处封闭"]);
    assert!(!desk.shows("路线 2"));
    // Where nothing is left there is no way, and the reason stands there.
    close(&mut desk, "r3");
    desk.must_show(&["没有道路相通", "挡住去路的封闭"]);
    desk.does(RoadsCommand::Pick(RouteEnd::From));
    click(&mut desk, 116.488, 35.70);
    desk.must_show(&["出发，沿西洼路"]);
}

#[test]
fn a_road_is_closed_and_opened_from_its_card() {
    let mut desk = desk(Lang::Zh, Light::Day);
    desk.does(AppCommand::Open(Task::Roads));
    desk.does(RoadsCommand::Question(RoadQuestion::CutOff));
    desk.must_show(&["现在没有村被隔断"]);
    desk.does(MapCommand::Identify(road("r0")));
    desk.must_show(&["西洼路", "畅通"]);
    desk.click("封闭道路");
    desk.must_show(&["已封闭", "恢复通行", "值班员"]);
    desk.click("返回");
    desk.must_show(&["西洼村", "400 人", "里面没有救援队", "抢通次序", "恢复 400 人"]);
    let overlay = desk.session().state.scene.as_ref().unwrap().overlay().clone();
    assert_eq!(overlay.unassigned.len(), 1);
    desk.does(EditCommand::Undo);
    desk.must_show(&["现在没有村被隔断"]);
    desk.click("查哪些桥、路断了会成孤岛");
    desk.must_show(&["泉河桥", "岗上村"]);
    let bridge = FeatureRef { kind: Kind::Bridge, id: county::id(Kind::Bridge, "b1") };
    desk.does(MapCommand::Identify(bridge));
    desk.click("封闭道路");
    desk.click("恢复通行");
    assert_eq!(desk.session().state.county.barriers(None).len(), 0);
}

#[test]
fn coverage_lists_who_is_late_and_where_one_more_would_help() {
    let mut desk = desk(Lang::Zh, Light::Day);
    desk.does(AppCommand::Open(Task::Roads));
    desk.does(RoadsCommand::Question(RoadQuestion::Coverage));
    desk.must_show(&["15 分钟内", "含出动时间", "谁来救"]);
    desk.click("5 分钟");
    desk.click("再建一个站，放哪里最好");
    desk.must_show(&["最好的三处", "多覆盖"]);
    desk.does(AppCommand::Drawer(Some(Drawer::Uncovered)));
    desk.must_show(&["5 分钟到不了的村", "最先到的"]);
}

#[test]
fn an_old_answer_says_so_and_quick_ones_follow() {
    let mut desk = desk(Lang::Zh, Light::Day);
    desk.does(AppCommand::Open(Task::Roads));
    desk.does(RoadsCommand::Question(RoadQuestion::Coverage));
    desk.does(EditCommand::Set {
        id: county::id(Kind::Settlement, "v1"),
        field: "residents".to_owned(),
        value: Some(900_i64.into()),
    });
    desk.must_show(&["这个结果是旧的"]);
    desk.click("重新计算");
    assert!(!desk.shows("这个结果是旧的"));
    desk.does(RoadsCommand::Question(RoadQuestion::Reach));
    click(&mut desk, 116.55, 35.72);
    desk.must_show(&["5 分钟内", "10 分钟内"]);
    let bands = desk.session().state.scene.as_ref().unwrap().overlay().bands.len();
    assert_eq!(bands, 3);
}

#[test]
fn every_question_has_words_and_keeps_the_width_of_the_panel() {
    for lang in Lang::ALL {
        for light in Light::ALL {
            let mut desk = desk(lang, light);
            let wanted = edge(&desk, lang, "start");
            desk.does(AppCommand::Open(Task::Roads));
            for question in RoadQuestion::ALL {
                let name = format!("{lang:?} {light:?} {question:?}");
                desk.does(RoadsCommand::Question(question));
                for x in [116.55, 116.48] {
                    if !desk.session().state.roads.form.is_complete() {
                        click(&mut desk, x, 35.71);
                    }
                }
                desk.does(RoadsCommand::More);
                looks_finished(&desk, &name);
                assert!((edge(&desk, lang, &name) - wanted).abs() < 0.5, "{name}");
            }
            nearest_station(&mut desk);
            let mut form = desk.session().state.nearest.clone();
            form.measure = Measure::Time;
            desk.does(AnalysisCommand::Nearest(form));
            looks_finished(&desk, "nearest by time");
            desk.does(MapCommand::Identify(road("r0")));
            looks_finished(&desk, "card of a road");
            assert!((edge(&desk, lang, "card") - wanted).abs() < 0.5);
        }
    }
}

#[test]
fn night_and_rain_take_longer_and_stand_above_the_answer() {
    let mut desk = desk(Lang::Zh, Light::Day);
    desk.click("路网");
    click(&mut desk, 116.55, 35.72);
    click(&mut desk, 116.48, 35.70);
    desk.must_show(&["小汽车 · 白天，路面干燥"]);
    let seconds = |desk: &mut Desk| match &desk.session().state.roads.answer().unwrap().found {
        Found::Route(routes) => routes.routes[0].travel_s,
        other => panic!("{other:?}"),
    };
    let dry = seconds(&mut desk);
    desk.click("夜间");
    desk.click("暴雨");
    desk.must_show(&["小汽车 · 夜间 · 暴雨"]);
    let wet = seconds(&mut desk);
    assert!(f64::from(wet) > f64::from(dry) * 1.5, "{dry} {wet}");
    desk.click("夜间");
    desk.must_show(&["小汽车 · 暴雨"]);
    desk.does(RoadsCommand::Vehicle("walking".to_owned()));
    desk.must_show(&["步行按固定速度估算"]);
}

#[test]
fn the_nearest_by_time_has_conditions_of_its_own() {
    let mut desk = desk(Lang::En, Light::Day);
    nearest_station(&mut desk);
    desk.click("By travel time");
    desk.must_show(&["Fire engine · daytime, dry roads"]);
    let time = |desk: &mut Desk| {
        desk.session().state.nearest_answer.as_ref().unwrap().reaches[0].travel_s.unwrap()
    };
    let dry = time(&mut desk);
    desk.click("Snow or ice");
    desk.must_show(&["Fire engine · Snow or ice", "estimated"]);
    assert!(time(&mut desk) > dry);
}

#[test]
fn an_evacuation_by_time_is_saved_with_what_it_was_reckoned_with() {
    let mut desk = desk(Lang::Zh, Light::Day);
    desk.click("疏散安置");
    let lake = FeatureRef { kind: Kind::Waterbody, id: county::id(Kind::Waterbody, "l1") };
    desk.does(AnalysisCommand::AreaOf(lake));
    desk.click("按车程");
    desk.click("夜间");
    desk.click("生成疏散安置方案");
    desk.must_show(&["小汽车 · 夜间", "路上用时（估算）", "不限时间", "（沿道路）"]);
    let answer = desk.session().state.evacuation.answer.clone().unwrap();
    assert!(answer.plan.assignments.iter().all(|line| line.travel_s.is_some()));
    desk.does(AppCommand::Drawer(Some(Drawer::Assignments)));
    desk.must_show(&["车程", "估算范围"]);
    desk.does(AnalysisCommand::NamePlan("夜间转移".to_owned()));
    desk.does(AnalysisCommand::SavePlan);
    desk.does(AnalysisCommand::ClearArea);
    desk.does(AnalysisCommand::LoadPlan("夜间转移".to_owned()));
    let back = desk.session().state.evacuation.answer.clone().unwrap();
    assert_eq!((&back.plan, &back.times), (&answer.plan, &answer.times));
    desk.must_show(&["小汽车 · 夜间"]);
    assert!(!desk.shows("这份方案是旧的"));
    let mut form = desk.session().state.evacuation.form.clone();
    form.conditions = Conditions::default();
    desk.does(AnalysisCommand::Evacuation(form));
    desk.must_show(&["这份方案是旧的"]);
}

#[test]
fn islands_of_the_net_are_counted_and_shown_on_the_map() {
    let mut desk = desk(Lang::Zh, Light::Day);
    desk.does(AppCommand::Open(Task::Roads));
    desk.does(RoadsCommand::Question(RoadQuestion::CutOff));
    desk.must_show(&["路网检查：没有发现断头和孤立路段"]);
    let file = desk.folder.path().join("lane.geojson");
    let lane = |code: &str, y: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"{code}路","road_class":"village"}},
            "geometry":{{"type":"LineString","coordinates":[[116.50,{y}],[116.51,{y}]]}}}}"#
        )
    };
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
        lane("L1", 35.64),
        lane("L2", 35.739_95)
    );
    std::fs::write(&file, text).unwrap();
    desk.does(DataCommand::UseFile(FileWish::Import, file));
    let mut form = desk.session().state.import.form.clone().unwrap();
    form.kind = Some(Kind::Road);
    desk.does(DataCommand::ImportForm(form));
    desk.does(DataCommand::Import);
    desk.does(AppCommand::Open(Task::Roads));
    desk.must_show(&["片孤立"]);
    let marks =
        |desk: &mut Desk| desk.session().state.scene.as_ref().unwrap().overlay().faults.clone();
    assert!(marks(&mut desk).is_empty());
    desk.does(RoadsCommand::Net(true));
    desk.must_show(&["L1路", "孤立：与主路网不相通"]);
    assert!(marks(&mut desk).contains(&Coord { x: 116.50, y: 35.64 }));
    let road = FeatureRef { kind: Kind::Road, id: county::id(Kind::Road, "L1") };
    desk.session().apply(MapCommand::LookAt(road, Coord { x: 116.50, y: 35.64 }).into());
    let camera = desk.session().state.camera;
    assert_eq!(camera, Some(Camera::FlyTo(Coord { x: 116.50, y: 35.64 })));
    desk.does(RoadsCommand::Net(false));
    assert!(marks(&mut desk).is_empty());
}
