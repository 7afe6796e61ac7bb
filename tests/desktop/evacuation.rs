//! The evacuation panel: an area, a plan within capacity, those without a place, saving and reloading.

use shouye::base::{Metres, Persons};
use shouye::model::{HazardKind, Kind};
use shouye::scene::FeatureRef;
use shouye::session::state::Tool;
use shouye::session::{AnalysisCommand, MapCommand};
use shouye::spatial::Area;

use crate::county;
use crate::walk::Desk;

fn with_area() -> Desk {
    let mut desk = Desk::open();
    desk.click("疏散安置");
    desk.must_show(&["先画出险区，再生成方案"]);
    let lake = FeatureRef { kind: Kind::Waterbody, id: county::id(Kind::Waterbody, "l1") };
    desk.does(AnalysisCommand::AreaOf(lake));
    desk
}

#[test]
fn a_plan_fills_shelters_up_to_their_capacity_and_says_who_is_left() {
    let mut desk = with_area();
    // Both western villages lie wholly in the lake basin: 400 + 300 people.
    desk.must_show(&["西湖洼", "700"]);
    desk.click("生成疏散安置方案");
    let plan = desk.session().state.evacuation.answer.clone().unwrap().plan;
    // 450 places are declared at the school; the park has 400 m² for 2 m² each; the hall is closed.
    assert_eq!((plan.people, plan.assigned), (Persons(700), Persons(650)));
    desk.must_show(&["已落实", "650", "未落实", "450 / 450 人", "200 / 200 人"]);
    desk.must_show(&["可到达的避难场所已满", "已证明最优", "卡在哪里"]);
    let overlay = desk.session().state.scene.as_ref().unwrap().overlay().clone();
    assert_eq!((overlay.areas.len(), overlay.loads.len(), overlay.unassigned.len()), (1, 2, 1));
    desk.click("场所表");
    desk.must_show(&["容量依据", "按有效面积估算", "已停用"]);
}

#[test]
fn the_words_follow_the_hazard() {
    let mut desk = with_area();
    for (hazard, words) in [
        (HazardKind::Flood, "生成转移安置方案"),
        (HazardKind::Earthquake, "生成避险安置方案"),
        (HazardKind::Chemical, "生成疏散方案"),
        (HazardKind::Fire, "生成疏散方案"),
    ] {
        let mut form = desk.session().state.evacuation.form.clone();
        form.hazard = Some(hazard);
        desk.does(AnalysisCommand::Evacuation(form));
        desk.must_show(&[words]);
    }
}

#[test]
fn a_plan_is_saved_reloaded_and_deleted_only_after_a_yes() {
    let mut desk = with_area();
    desk.click("生成疏散安置方案");
    desk.does(AnalysisCommand::NamePlan("西湖洼转移".to_owned()));
    desk.does(AnalysisCommand::SavePlan);
    desk.must_show(&["方案已保存：西湖洼转移"]);
    let before = desk.session().state.evacuation.answer.clone().unwrap().plan;
    desk.does(AnalysisCommand::ClearArea);
    assert!(desk.session().state.evacuation.answer.is_none());
    desk.does(AnalysisCommand::LoadPlan("西湖洼转移".to_owned()));
    assert_eq!(desk.session().state.evacuation.answer.clone().unwrap().plan, before);
    assert!(desk.session().state.evacuation.exposure.is_some());
    desk.click("修改条件");
    desk.must_show(&["常住人口", "700"]);
    assert!(!desk.shows("正在处理"));
    desk.does(AnalysisCommand::ClearArea);
    desk.click("删除");
    desk.must_show(&["删除方案“西湖洼转移”？"]);
    desk.click("不，返回");
    assert_eq!(desk.session().state.evacuation.saved, ["西湖洼转移"]);
    desk.click("删除");
    desk.click("删除方案");
    assert!(desk.session().state.evacuation.saved.is_empty());
}

#[test]
fn a_changed_shelter_marks_the_plan_as_old() {
    let mut desk = with_area();
    desk.click("生成疏散安置方案");
    assert!(!desk.shows("这份方案是旧的"));
    desk.does(shouye::session::EditCommand::Set {
        id: county::id(Kind::Shelter, "s3"),
        field: "status".to_owned(),
        value: Some("open".into()),
    });
    desk.must_show(&["这份方案是旧的"]);
}

#[test]
fn a_drawn_circle_becomes_the_area() {
    let mut desk = Desk::open();
    desk.click("疏散安置");
    desk.click("画圆");
    assert_eq!(desk.session().state.tool, Tool::DrawCircle);
    let centre = geo_types::Coord { x: 116.60, y: 35.70 };
    let polygons = Area::circle(centre, Metres(1200.0)).unwrap().polygons().clone();
    desk.does(MapCommand::Drawn { polygons, radius: Some(Metres(1200.0)) });
    assert_eq!(desk.session().state.tool, Tool::Select);
    desk.must_show(&["圆形险区，半径 1,200 米", "600"]);
}

#[test]
fn a_new_area_starts_without_a_name_and_a_plan_is_overwritten_only_after_a_yes() {
    let mut desk = with_area();
    desk.click("生成疏散安置方案");
    desk.does(AnalysisCommand::NamePlan("夜间".to_owned()));
    desk.does(AnalysisCommand::SavePlan);
    let lake = FeatureRef { kind: Kind::Waterbody, id: county::id(Kind::Waterbody, "l1") };
    desk.does(AnalysisCommand::AreaOf(lake));
    assert_eq!(desk.session().state.evacuation.name, "");
    desk.does(AnalysisCommand::Plan);
    desk.does(AnalysisCommand::NamePlan("夜间".to_owned()));
    desk.click("保存方案");
    desk.must_show(&["已有方案“夜间”。用这份覆盖它？"]);
    desk.click("不，返回");
    assert_eq!(desk.session().state.evacuation.answer.as_ref().unwrap().saved_as, None);
    desk.click("保存方案");
    desk.click("覆盖");
    let saved = desk.session().state.evacuation.answer.as_ref().unwrap().saved_as.clone();
    assert_eq!(saved.as_deref(), Some("夜间"));
}

#[test]
fn an_area_comes_from_a_file() {
    let mut desk = Desk::open();
    desk.click("疏散安置");
    let file = desk.folder.path().join("area.geojson");
    let ring = "[[[116.47,35.69],[116.51,35.69],[116.51,35.71],[116.47,35.71],[116.47,35.69]]]";
    std::fs::write(&file, format!(r#"{{"type":"Polygon","coordinates":{ring}}}"#)).unwrap();
    use shouye::session::state::FileWish;
    desk.does(shouye::session::DataCommand::UseFile(FileWish::Area, file));
    desk.must_show(&["文件“area.geojson”的险区", "700"]);
    let broken = desk.folder.path().join("broken.geojson");
    std::fs::write(&broken, "{}").unwrap();
    desk.does(shouye::session::DataCommand::UseFile(FileWish::Area, broken));
    desk.must_show(&["broken.geojson", "文件“area.geojson”的险区"]);
}

#[test]
fn a_row_of_the_plan_shows_both_ends_of_its_way() {
    let mut desk = with_area();
    desk.click("生成疏散安置方案");
    let id =
        desk.session().state.evacuation.answer.as_ref().unwrap().plan.assignments[0].settlement;
    let village = FeatureRef { kind: Kind::Settlement, id };
    desk.session().apply(MapCommand::Show(village).into());
    let camera = desk.session().state.camera;
    assert!(matches!(camera, Some(shouye::session::state::Camera::Fit(_))), "{camera:?}");
}

#[test]
fn a_county_without_villages_has_no_figure_rather_than_nobody() {
    let mut desk = Desk::open();
    let file = desk.folder.path().join("new.gpkg");
    desk.does(shouye::session::DataCommand::New { path: file, empty: true });
    desk.click("疏散安置");
    let centre = geo_types::Coord { x: 116.60, y: 35.70 };
    let polygons = Area::circle(centre, Metres(1200.0)).unwrap().polygons().clone();
    desk.does(MapCommand::Drawn { polygons, radius: Some(Metres(1200.0)) });
    desk.must_show(&["常住人口", "无数据"]);
}
