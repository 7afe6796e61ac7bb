//! Closing roads on the map: by a click, a line and an area, for a time, and back again.

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Rect};
use shouye::base::{Lang, Timestamp};
use shouye::county::County;
use shouye::model::{Feature, Kind};
use shouye::scene::FeatureRef;
use shouye::session::closures::{ClosureForm, Effect, Extent};
use shouye::session::roads::{Found, RoadQuestion};
use shouye::session::state::{Task, Tool};
use shouye::session::{AppCommand, ClosuresCommand, Light, MapCommand, RoadsCommand};

use crate::county;
use crate::looks::looks_finished;
use crate::walk::{Desk, prefs};
use crate::widths::edge;

const HOUR_MS: i64 = 3_600_000;

/// From the station to the western village, and the section open.
fn desk(lang: Lang, light: Light) -> Desk {
    let mut desk = Desk::with_roads(prefs(lang, light));
    desk.does(AppCommand::Open(Task::Roads));
    for (x, y) in [(116.55, 35.72), (116.48, 35.70)] {
        desk.does(MapCommand::Click { at: Coord { x, y }, hit: None });
    }
    desk.does(ClosuresCommand::Open);
    desk
}

fn chinese() -> Desk {
    desk(Lang::Zh, Light::Day)
}

fn click(desk: &mut Desk, x: f64, y: f64, road: &str) {
    let hit = FeatureRef { kind: Kind::Road, id: county::id(Kind::Road, road) };
    desk.does(MapCommand::Click { at: Coord { x, y }, hit: Some(hit) });
}

fn with(desk: &mut Desk, form: ClosureForm) {
    desk.does(ClosuresCommand::Form(form));
}

/// Seconds of the quickest way; `None` if there is none.
fn seconds(desk: &mut Desk) -> Option<u32> {
    let answer = desk.session().state.roads.answer().unwrap();
    let Found::Route(routes) = &answer.found else { panic!("no route") };
    routes.routes.first().map(|way| way.travel_s)
}

fn closures(desk: &mut Desk) -> Vec<Feature> {
    desk.session().state.county.features(Kind::Closure).to_vec()
}

fn net(desk: &mut Desk) -> *const shouye::network::Network {
    let county: &County = &desk.session().state.county;
    county.network()
}

#[test]
fn a_click_closes_a_road_and_the_time_changes_at_once() {
    let mut desk = chinese();
    desk.must_show(&["点地图上的路，就封在那里", "正在封（0）", "没有封闭的路", "最快路线"]);
    let (before, built) = (seconds(&mut desk).unwrap(), net(&mut desk));
    click(&mut desk, 116.52, 35.7003, "r1");
    let after = seconds(&mut desk).unwrap();
    assert!(after > before, "{after} {before}");
    assert_eq!(net(&mut desk), built, "a closure makes no new net");
    desk.must_show(&["正在封（1）", "幸福大道", "封闭 · 11-24 14:20 –", "已封路：幸福大道"]);
    let row = closures(&mut desk).remove(0);
    // It stands on the road, and says who recorded it when.
    let Some(Geometry::Point(at)) = row.geometry else { panic!("{row:?}") };
    assert!((at.y() - 35.70).abs() < 1e-9 && (at.x() - 116.52).abs() < 1e-6);
    assert_eq!(row.provenance.source.as_deref(), Some("值班员"));
    assert_eq!(row.provenance.as_of.as_deref(), Some("2026-11-24"));
    assert_eq!(desk.session().state.tool, Tool::CloseRoad, "ready for the next one");
    let closed: Vec<_> = desk.session().state.scene.as_ref().unwrap().closed().cloned().collect();
    assert!(closed.len() == 1 && closed[0].stops && closed[0].window.to.is_none());

    desk.click("撤销");
    assert_eq!(seconds(&mut desk), Some(before));
    assert!(closures(&mut desk).is_empty());
    desk.must_show(&["正在封（0）", "已撤回：幸福大道"]);
    assert_eq!(net(&mut desk), built);
}

#[test]
fn one_tap_lifts_a_closure_and_a_closed_road() {
    let mut desk = chinese();
    let (before, built) = (seconds(&mut desk), net(&mut desk));
    click(&mut desk, 116.52, 35.70, "r1");
    let id = closures(&mut desk)[0].id;
    let closure = FeatureRef { kind: Kind::Closure, id };
    desk.does(MapCommand::Identify(closure));
    desk.must_show(&["人工录入", "撤销"]);
    desk.click("返回");
    desk.click("解除");
    assert_eq!(closures(&mut desk)[0].text("status"), Some("lifted"));
    assert_eq!(seconds(&mut desk), before);
    desk.must_show(&["正在封（0）"]);
    desk.click("撤销");
    desk.must_show(&["正在封（1）"]);
    desk.click("解除");
    // A road closed by its status stands in the list too, and opening it makes no new net.
    desk.does(shouye::session::EditCommand::Set {
        id: county::id(Kind::Road, "r1"),
        field: "status".to_owned(),
        value: Some("closed".into()),
    });
    desk.must_show(&["正在封（1）", "幸福大道"]);
    desk.click("解除");
    assert_eq!(desk.session().state.county.barriers(None).len(), 0);
    assert_eq!((seconds(&mut desk), net(&mut desk)), (before, built));
}

#[test]
fn a_closure_holds_within_its_time_only() {
    let mut desk = chinese();
    let before = seconds(&mut desk);
    with(&mut desk, ClosureForm { start: 1, length: Some(3), ..ClosureForm::default() });
    click(&mut desk, 116.52, 35.70, "r1");
    desk.must_show(&["正在封（0）", "将要封（1）", "封闭 · 11-24 15:20–18:20"]);
    assert_eq!(seconds(&mut desk), before);
    let now = |hours: i64| Timestamp(1_795_501_205_000 + hours * HOUR_MS);
    // The clock alone brings it into force and out of it again.
    desk.clock.set(now(1));
    desk.rest();
    desk.must_show(&["正在封（1）"]);
    assert!(seconds(&mut desk) > before);
    desk.clock.set(now(4));
    desk.rest();
    desk.must_show(&["正在封（0）"]);
    assert_eq!(seconds(&mut desk), before);
    assert_eq!(desk.session().state.scene.as_ref().unwrap().closed().count(), 0);
    assert_eq!(closures(&mut desk)[0].text("status"), Some("active"), "nobody lifted it");
}

#[test]
fn a_stretch_that_slows_down_and_water_that_is_too_deep() {
    let mut desk = chinese();
    let before = seconds(&mut desk).unwrap();
    desk.click("减速");
    desk.must_show(&["点地图上的路，封这个路口到下个路口", "50 %"]);
    assert!(!desk.shows("一点"), "at a single point nobody is slowed down");
    click(&mut desk, 116.52, 35.70, "r1");
    let slower = seconds(&mut desk).unwrap();
    assert!(slower > before, "{slower} {before}");
    desk.must_show(&["车速降到 50 %"]);
    let line = closures(&mut desk)[0].geometry.clone();
    assert!(matches!(line, Some(Geometry::LineString(line)) if line.0.len() == 3));
    desk.click("撤销");

    let water = ClosureForm {
        effect: Effect::Water,
        extent: Extent::Area,
        depth: 50,
        ..ClosureForm::default()
    };
    with(&mut desk, water);
    assert_eq!(desk.session().state.tool, Tool::DrawPolygon);
    let west = Rect::new(Coord { x: 116.481, y: 35.69 }, Coord { x: 116.49, y: 35.71 });
    let polygons = MultiPolygon::new(vec![west.to_polygon()]);
    desk.does(MapCommand::Drawn { polygons, radius: None });
    assert_eq!(seconds(&mut desk), None);
    desk.must_show(&["没有道路相通", "积水 50 厘米"]);
    assert!(desk.session().state.evacuation.area.is_none(), "it is no danger area");
    assert_eq!(desk.session().state.task, Task::Roads);
}

#[test]
fn a_line_closes_what_it_crosses() {
    let mut desk = chinese();
    let before = seconds(&mut desk);
    let form =
        ClosureForm {
            extent: Extent::Line, name: "封控线".to_owned(), ..ClosureForm::default()
        };
    with(&mut desk, form);
    assert_eq!(desk.session().state.tool, Tool::DrawLine);
    let line: LineString<f64> = vec![(116.52, 35.75), (116.52, 35.69)].into();
    desk.does(MapCommand::DrawnLine(line));
    assert_eq!(seconds(&mut desk), None);
    desk.must_show(&["封控线"]);
    assert!(desk.session().state.closures.form.name.is_empty(), "the next one has its own name");
    desk.click("撤销");
    assert_eq!(seconds(&mut desk), before);
}

#[test]
fn two_closures_of_one_second_are_two_and_a_double_click_is_one() {
    let mut desk = chinese();
    for x in [116.52, 116.52, 116.54] {
        click(&mut desk, x, 35.70, "r1");
    }
    let codes: Vec<_> = closures(&mut desk).into_iter().filter_map(|row| row.code).collect();
    assert_eq!(codes, ["20261124142005-1", "20261124142005-2"]);
}

#[test]
fn a_click_far_from_every_road_closes_none() {
    let mut desk = chinese();
    desk.does(MapCommand::Click { at: Coord { x: 116.60, y: 35.60 }, hit: None });
    desk.must_show(&["那里附近没有道路"]);
    assert!(closures(&mut desk).is_empty());
    // Escape, or a question, puts the section away.
    desk.does(MapCommand::CancelDrawing);
    assert!(!desk.session().state.closures.open);
    desk.does(ClosuresCommand::Open);
    desk.does(RoadsCommand::Question(RoadQuestion::Route));
    desk.must_show(&["路线 1"]);
}

#[test]
fn the_section_has_words_and_keeps_the_width_of_the_panel() {
    for lang in Lang::ALL {
        for light in Light::ALL {
            let mut desk = desk(lang, light);
            let wanted = edge(&desk, lang, "start");
            for (effect, extent) in [
                (Effect::Closed, Extent::Point),
                (Effect::Closed, Extent::Area),
                (Effect::Slower, Extent::Stretch),
                (Effect::Water, Extent::Road),
            ] {
                let form = ClosureForm { effect, extent, ..ClosureForm::default() };
                with(&mut desk, ClosureForm { name: "泉河桥".repeat(8), ..form });
                click(&mut desk, 116.52, 35.70, "r1");
                let name = format!("{lang:?} {light:?} {effect:?}");
                looks_finished(&desk, &name);
                assert!((edge(&desk, lang, &name) - wanted).abs() < 0.5, "{name}");
            }
        }
    }
}
