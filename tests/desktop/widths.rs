//! The task panel is as wide as the hand has drawn it, whatever stands in it.

use egui::accesskit::Role;
use egui::{Rect, Vec2, pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use shouye::base::Lang;
use shouye::model::Kind;
use shouye::scene::FeatureRef;
use shouye::session::state::{FileWish, Task};
use shouye::session::{AnalysisCommand, AppCommand, DataCommand, EditCommand, Light, MapCommand};

use crate::county;
use crate::walk::{Desk, prefs};

const LONG: &str =
    "二〇二六年十一月汶上县泉河北堤康驿镇至南站街道段超标准洪水夜间紧急转移安置方案第三次修订稿";

fn rect(node: &egui_kittest::Node<'_>) -> Option<Rect> {
    let b = node.accesskit_node().bounding_box()?;
    Some(Rect::from_min_max(pos2(b.x0 as f32, b.y0 as f32), pos2(b.x1 as f32, b.y1 as f32)))
}

/// Where the map ends and the panel begins; fails if anything sticks out of the panel on either side.
#[track_caller]
pub fn edge(desk: &Desk, lang: Lang, where_: &str) -> f32 {
    let map = desk.harness.get_by_label(if lang == Lang::Zh { "地图" } else { "Map" });
    let map = rect(&map).unwrap();
    let right = desk.harness.ctx.content_rect().right();
    fn walk(node: egui_kittest::Node<'_>, out: &mut Vec<(Rect, String)>) {
        let own = node.accesskit_node();
        // A field cuts its text by itself.
        if own.role() == Role::TextRun {
            return;
        }
        let words = own.label().or_else(|| own.value());
        out.extend(rect(&node).zip(words));
        for child in node.children() {
            walk(child, out);
        }
    }
    let mut all = Vec::new();
    walk(desk.harness.root(), &mut all);
    for (own, words) in all {
        // The bars above and below reach over the whole window, the map is beside the panel; what is as
        // narrow as a line is the edge that the hand takes hold of.
        let beside = own.center().y > map.top() && own.center().y < map.bottom();
        if !beside || own.width() < 8.0 || own.right() <= map.right() + 1.0 {
            continue;
        }
        let inside = own.left() >= map.right() && own.right() <= right - 8.0;
        assert!(inside, "{lang:?} {where_}: {words:?} at {own:?}, panel from {}", map.right());
    }
    map.right()
}

#[test]
fn nothing_widens_the_panel_or_sticks_out_of_it() {
    for lang in Lang::ALL {
        let mut desk = Desk::with(prefs(lang, Light::Day), Vec2::new(1280.0, 720.0));
        let wanted = edge(&desk, lang, "start");
        let same = |desk: &Desk, where_: &str| {
            let is = edge(desk, lang, where_);
            assert!((is - wanted).abs() < 0.5, "{lang:?} {where_}: {is} instead of {wanted}");
        };
        for task in Task::ALL {
            desk.does(AppCommand::Open(task));
            same(&desk, &format!("{task:?}"));
        }
        desk.does(AppCommand::Open(Task::Nearest));
        desk.does(AnalysisCommand::Search("实验".to_owned()));
        let mut hit = desk.session().state.hits[0].clone();
        desk.does(MapCommand::GoTo(hit.clone()));
        same(&desk, "nearest");
        hit.name = LONG.to_owned();
        desk.does(MapCommand::GoTo(hit));
        let mut form = desk.session().state.nearest.clone();
        for field in ["status", "capacity"] {
            let line = shouye::session::nearest::FilterLine {
                field: field.to_owned(),
                value: String::new(),
            };
            form.filters.push(line);
        }
        desk.does(AnalysisCommand::Nearest(form));
        let shelter = FeatureRef { kind: Kind::Shelter, id: county::id(Kind::Shelter, "s1") };
        desk.does(MapCommand::Select(Some(shelter)));
        same(&desk, "nearest with filters and a chosen row");
        desk.does(MapCommand::Identify(shelter));
        desk.does(EditCommand::Type { field: "occupied".to_owned(), text: "123456".to_owned() });
        same(&desk, "card");
        desk.does(EditCommand::Set {
            id: county::id(Kind::Shelter, "s1"),
            field: "name".to_owned(),
            value: Some(LONG.into()),
        });
        same(&desk, "card with a long name");
        desk.does(AppCommand::Open(Task::Evacuation));
        let lake = FeatureRef { kind: Kind::Waterbody, id: county::id(Kind::Waterbody, "l1") };
        desk.does(EditCommand::Set {
            id: county::id(Kind::Waterbody, "l1"),
            field: "name".to_owned(),
            value: Some(LONG.into()),
        });
        desk.does(AnalysisCommand::AreaOf(lake));
        same(&desk, "area");
        desk.does(AnalysisCommand::Plan);
        same(&desk, "plan");
        desk.does(AnalysisCommand::NamePlan(LONG.to_owned()));
        desk.does(AnalysisCommand::SavePlan);
        same(&desk, "saved plan");
        desk.does(AnalysisCommand::ClearArea);
        same(&desk, "list of saved plans");
        desk.does(AnalysisCommand::LoadPlan(LONG.to_owned()));
        same(&desk, "opened plan");
        desk.does(AnalysisCommand::Unfold);
        same(&desk, "conditions of an opened plan");
        let file = desk.folder.path().join(format!("{LONG}.csv"));
        let text =
            format!("名称,经度,纬度,容纳人数,{LONG}\n甲,116.55,35.70,300,{LONG}\n乙,,,200,\n");
        std::fs::write(&file, text).unwrap();
        desk.does(DataCommand::UseFile(FileWish::Import, file));
        let mut form = desk.session().state.import.form.clone().unwrap();
        same(&desk, "import");
        form.kind = Some(Kind::Shelter);
        desk.does(DataCommand::ImportForm(form));
        same(&desk, "import of a kind");
        desk.does(DataCommand::Import);
        same(&desk, "report");
        desk.does(AppCommand::Open(Task::Layers));
        same(&desk, "layers");
    }
}
