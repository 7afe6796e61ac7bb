//! The nearest panel: click the map, read the answer, find it in the table and on the map.

use egui_kittest::kittest::Queryable;
use shouye::model::Kind;
use shouye::scene::FeatureRef;
use shouye::session::AppCommand;
use shouye::session::state::Task;

use crate::county;
use crate::walk::Desk;

#[test]
fn a_click_on_the_map_lists_what_is_nearest() {
    let mut desk = Desk::open();
    desk.click("最近资源");
    desk.must_show(&["点一下地图上的位置"]);
    desk.harness.get_by_label("地图").click();
    desk.rest();
    let answer = desk.session().state.nearest_answer.clone().unwrap();
    assert_eq!(answer.reaches.len(), 3);
    // The county, around 116.55 35.70, lies above the map's buttons, so the middle of the map is
    // 1.5 km south of it: the park is nearest.
    let nearest = answer.county.feature(answer.reaches[0].id).unwrap();
    assert_eq!(nearest.name, "人民公园");
    desk.must_show(&[
        &format!("1 人民公园 {:.1} km", answer.reaches[0].distance.0 / 1000.0),
        "2 实验小学",
        "3 老礼堂",
        "容量 200 人（按面积估算）",
        "容量 450 人",
        "余 450 个安置名额",
    ]);
    // What the answer rests on, and how old that is.
    desk.must_show(&["县应急局台账，2026-10-02（53 天前）"]);
    let overlay = desk.session().state.scene.as_ref().unwrap().overlay().clone();
    assert_eq!(overlay.reaches.len(), 3);
}

#[test]
fn rows_table_and_map_are_linked() {
    let mut desk = Desk::open();
    desk.click("最近资源");
    desk.harness.get_by_label("地图").click();
    desk.rest();
    let row = desk.words().into_iter().find(|word| word.starts_with("2 实验小学")).unwrap();
    desk.click(&row);
    let school = FeatureRef { kind: Kind::Shelter, id: county::id(Kind::Shelter, "s1") };
    assert_eq!(desk.session().state.selected, Some(school));
    let overlay = desk.session().state.scene.as_ref().unwrap().overlay().clone();
    assert_eq!(overlay.highlight, Some(school));
    assert!(overlay.reaches[1].emphasised && !overlay.reaches[0].emphasised);
    desk.click("打开表格");
    desk.must_show(&["0537-0000001", "序号"]);
    // The row's details lead to its card.
    desk.click("详情");
    desk.must_show(&["容量（安置人数）", "450 人"]);
}

#[test]
fn filters_and_distance_narrow_the_answer() {
    let mut desk = Desk::open();
    desk.click("最近资源");
    desk.harness.get_by_label("地图").click();
    desk.rest();
    let mut form = desk.session().state.nearest.clone();
    form.filters = vec![shouye::session::nearest::FilterLine {
        field: "status".to_owned(),
        value: "open".to_owned(),
    }];
    desk.does(shouye::session::AnalysisCommand::Nearest(form.clone()));
    assert_eq!(desk.session().state.nearest_answer.as_ref().unwrap().reaches.len(), 1);
    form.within_km = "0.5".to_owned();
    desk.does(shouye::session::AnalysisCommand::Nearest(form.clone()));
    desk.must_show(&["没有符合条件的"]);
    form.within_km = "远".to_owned();
    desk.does(shouye::session::AnalysisCommand::Nearest(form));
    desk.must_show(&["距离看不懂"]);
}

#[test]
fn a_typed_place_is_as_good_as_a_click() {
    let mut desk = Desk::open();
    desk.does(AppCommand::Open(Task::Nearest));
    desk.does(shouye::session::AnalysisCommand::Search("岗上".to_owned()));
    desk.must_show(&["岗上村", "南站街道"]);
    let hit = desk.session().state.hits[0].clone();
    desk.does(shouye::session::MapCommand::GoTo(hit));
    let answer = desk.session().state.nearest_answer.clone().unwrap();
    assert_eq!(answer.place, "岗上村");
    desk.must_show(&["岗上村", "1 人民公园"]);
    desk.does(shouye::session::AnalysisCommand::Search("116.5，35.7".to_owned()));
    let hit = desk.session().state.hits[0].clone();
    assert_eq!((hit.at.x, hit.at.y), (116.5, 35.7));
    desk.does(shouye::session::AnalysisCommand::Search("没有这个村".to_owned()));
    desk.must_show(&["没有找到"]);
}

#[test]
fn a_code_is_found_whatever_its_letters() {
    let mut desk = Desk::open();
    desk.does(shouye::session::AnalysisCommand::Search("S1".to_owned()));
    desk.must_show(&["实验小学"]);
}

#[test]
fn the_answer_is_exported_with_ranks_and_distances() {
    let mut desk = Desk::open();
    desk.click("最近资源");
    desk.harness.get_by_label("地图").click();
    desk.rest();
    let file = desk.folder.path().join("nearest.csv");
    use shouye::session::state::FileWish;
    desk.does(shouye::session::DataCommand::UseFile(FileWish::ExportAnswer, file.clone()));
    let text = std::fs::read_to_string(file).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].contains("distance_m") && lines[1].contains("人民公园"), "{text}");
}

#[test]
fn an_unreadable_distance_leaves_no_old_answer_beside_it() {
    let mut desk = Desk::open();
    desk.click("最近资源");
    desk.harness.get_by_label("地图").click();
    desk.rest();
    let mut form = desk.session().state.nearest.clone();
    form.within_km = "abc".to_owned();
    desk.does(shouye::session::AnalysisCommand::Nearest(form));
    assert!(desk.session().state.nearest_answer.is_none());
    assert!(!desk.shows("打开表格"));
}

#[test]
fn the_arrow_keys_choose_among_what_was_found() {
    let mut desk = Desk::open();
    desk.does(shouye::session::AnalysisCommand::Search("村".to_owned()));
    let second = desk.session().state.hits[1].feature;
    desk.harness.get_by_role(egui::accesskit::Role::TextInput).focus();
    desk.rest();
    desk.harness.key_press(egui::Key::ArrowDown);
    desk.rest();
    desk.harness.key_press(egui::Key::Enter);
    desk.rest();
    assert!(second.is_some());
    assert_eq!(desk.session().state.selected, second);
}
