//! Every panel in both languages, all colours, both usual sizes: words are there, none is a bare id, and
//! no letter is missing from the embedded face (the harness fails on that by itself).

use egui::Vec2;
use egui_kittest::kittest::{NodeT, Queryable};
use shouye::base::Lang;
use shouye::model::Kind;
use shouye::scene::FeatureRef;
use shouye::session::state::{Drawer, Task};
use shouye::session::{AnalysisCommand, AppCommand, Light, MapCommand};

use crate::county;
use crate::walk::{Desk, prefs};

/// Words that look like a message id without words: two or more small Latin words joined by hyphens.
fn bare_ids(words: &[String]) -> Vec<&String> {
    let known = |word: &&String| {
        let small = word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        small && word.contains('-') && word.len() > 4
    };
    words.iter().filter(known).collect()
}

/// Fails where a bare id stands or a button is too low for a finger.
#[track_caller]
pub fn looks_finished(desk: &Desk, where_: &str) {
    let words = desk.words();
    assert!(bare_ids(&words).is_empty(), "{where_}: {:?}", bare_ids(&words));
    let screen = desk.harness.ctx.content_rect();
    for node in desk.harness.query_all_by_role(egui::accesskit::Role::Button) {
        // What is scrolled out of sight has no rectangle.
        let Some(bounds) = node.accesskit_node().bounding_box() else { continue };
        let rect = egui::Rect::from_min_max(
            egui::pos2(bounds.x0 as f32, bounds.y0 as f32),
            egui::pos2(bounds.x1 as f32, bounds.y1 as f32),
        );
        if screen.contains(rect.center()) {
            assert!(
                rect.height() >= 34.0,
                "{where_}: {:?} is {} px high",
                node.accesskit_node().label(),
                rect.height()
            );
        }
    }
}

#[test]
fn every_panel_has_words_in_both_languages_and_all_colours() {
    for lang in Lang::ALL {
        for light in Light::ALL {
            let mut desk = Desk::with(prefs(lang, light), Vec2::new(1280.0, 720.0));
            for task in Task::ALL {
                desk.does(AppCommand::Open(task));
                looks_finished(&desk, &format!("{lang:?} {light:?} {task:?}"));
            }
            desk.does(AppCommand::Open(Task::Evacuation));
            let lake = FeatureRef { kind: Kind::Waterbody, id: county::id(Kind::Waterbody, "l1") };
            desk.does(AnalysisCommand::AreaOf(lake));
            desk.does(AnalysisCommand::Plan);
            for drawer in [Drawer::Assignments, Drawer::Shelters, Drawer::Unassigned] {
                desk.does(AppCommand::Drawer(Some(drawer)));
                looks_finished(&desk, &format!("{lang:?} {light:?} {drawer:?}"));
            }
            for kind in [Kind::Shelter, Kind::Settlement, Kind::Station, Kind::Contact] {
                desk.does(AppCommand::Drawer(Some(Drawer::Layer(kind))));
                looks_finished(&desk, &format!("{lang:?} {light:?} table of {kind}"));
            }
            let shelter = FeatureRef { kind: Kind::Shelter, id: county::id(Kind::Shelter, "s1") };
            desk.does(MapCommand::Identify(shelter));
            looks_finished(&desk, &format!("{lang:?} {light:?} card"));
        }
    }
}

#[test]
fn the_large_window_and_the_vehicle_look_finished_too() {
    let mut large = Desk::with(prefs(Lang::En, Light::Night), Vec2::new(1920.0, 1080.0));
    large.does(AppCommand::ToggleVehicle);
    for task in Task::ALL {
        large.does(AppCommand::Open(task));
        looks_finished(&large, &format!("vehicle {task:?}"));
    }
}

#[test]
fn the_language_changes_while_the_window_is_open() {
    let mut desk = Desk::open();
    desk.must_show(&["图层", "示范县", "含示例数据（1 个图层）", "已保存"]);
    desk.click("EN");
    desk.must_show(&["Layers", "Partly sample data (1 layer)", "Saved", "Rescue station"]);
    assert!(!desk.shows("救援站"), "{:?}", desk.words());
    desk.click("中文");
    desk.must_show(&["图层", "已保存"]);
}

#[test]
fn one_button_steps_through_the_colours() {
    let mut desk = Desk::open();
    for wanted in [Light::Night, Light::Red, Light::Day] {
        let name = match desk.session().state.prefs.light {
            Light::Day => "日间",
            Light::Night => "夜间",
            Light::Red => "红光",
        };
        desk.click(name);
        assert_eq!(desk.session().state.prefs.light, wanted);
    }
}

#[test]
fn the_hint_is_put_away_once_and_for_all() {
    let mut desk = Desk::with(
        shouye::session::Prefs { hint_dismissed: false, ..prefs(Lang::Zh, Light::Day) },
        Vec2::new(1280.0, 720.0),
    );
    desk.must_show(&["三步上手"]);
    // It never lies over the work of a task.
    desk.does(AppCommand::Open(Task::Nearest));
    assert!(!desk.shows("三步上手"));
    desk.does(AppCommand::Open(Task::Layers));
    desk.click("知道了，不再提示");
    assert!(!desk.shows("三步上手"));
    assert!(desk.session().state.prefs.hint_dismissed);
}

#[test]
fn without_a_store_the_window_says_what_to_do() {
    let mut desk = Desk::empty(prefs(Lang::Zh, Light::Day), Vec2::new(1280.0, 720.0));
    let missing = desk.folder.path().join("missing.gpkg");
    desk.does(shouye::session::DataCommand::Open(missing));
    desk.must_show(&["没有打开的数据库", "没有打开数据库"]);
    desk.does(AppCommand::Open(Task::Data));
    desk.must_show(&["没有打开数据库。请在下面打开或新建"]);
}
