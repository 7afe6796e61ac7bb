//! The map without a window and in one: what is drawn, named, picked, and reported.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use geo_types::{Coord, Geometry, LineString, Point, Polygon, Rect};
use shouye::base::Id;
use shouye::county::County;
use shouye::model::{Attributes, Feature, Kind, Provenance, Value};
use shouye::scene::glyph::Glyph;
use shouye::scene::{
    BANDS, Canvas, Collider, FeatureRef, Labels, Look, MapScene, Overlay, PlacedLabel, Signs,
    Stroke, Token, View, paint_ground,
};
use shouye::ui::map::{MapResponse, MapState, MapTool, map_ui};
use shouye::ui::theme::{Theme, ThemeMode};
use shouye::view::{Lang, Locale};

/// A note of a boundary that the map knows in every language.
const NOTE: &str = "示意图，不作划界依据";

const SEAT: Coord<f64> = Coord { x: 116.5, y: 35.7 };

fn feature(kind: Kind, name: &str, geometry: impl Into<Geometry<f64>>) -> Feature {
    Feature {
        id: Id::from_natural_key(kind.key(), name),
        kind,
        code: None,
        name: name.to_owned(),
        geometry: Some(geometry.into()),
        attributes: Attributes::default(),
        extra: Vec::new(),
        provenance: Provenance { sample: true, ..Provenance::default() },
    }
}

fn with(mut feature: Feature, field: &str, value: &str) -> Feature {
    assert!(feature.attributes.set(feature.kind, field, Some(Value::from(value))));
    feature
}

fn square(x: f64, y: f64, half: f64) -> Polygon<f64> {
    let (low, high) = (Coord { x: x - half, y: y - half }, Coord { x: x + half, y: y + half });
    Rect::new(low, high).to_polygon()
}

fn line(corners: &[(f64, f64)]) -> LineString<f64> {
    corners.iter().map(|(x, y)| Coord { x: SEAT.x + x, y: SEAT.y + y }).collect()
}

/// Two townships with a common border, a road in two pieces across it, a river, two shelters and
/// a row of villages.
fn county() -> County {
    let boundary = with(feature(Kind::Boundary, "县", square(SEAT.x, SEAT.y, 0.2)), "note", NOTE);
    let townships = vec![
        feature(
            Kind::Township,
            "西镇",
            Polygon::new(line(&[(-0.2, -0.2), (0.0, -0.2), (0.0, 0.2), (-0.2, 0.2)]), Vec::new()),
        ),
        feature(
            Kind::Township,
            "东镇",
            Polygon::new(line(&[(0.0, -0.2), (0.2, -0.2), (0.2, 0.2), (0.0, 0.2)]), Vec::new()),
        ),
    ];
    let road = |code: &str, corners: &[(f64, f64)]| {
        let mut piece = with(feature(Kind::Road, code, line(corners)), "road_class", "primary");
        piece.name = "省道333".to_owned();
        piece
    };
    let roads = vec![
        road("a", &[(-0.15, 0.05), (-0.05, 0.0501), (0.0, 0.05)]),
        road("b", &[(0.0, 0.05), (0.15, 0.05)]),
    ];
    let river = feature(Kind::River, "泉河", line(&[(-0.1, -0.1), (0.0, -0.101), (0.1, -0.1)]));
    let river = with(river, "river_class", "major");
    let shelter = |name: &str, x: f64, status: &str| {
        let point = Point::new(SEAT.x + x, SEAT.y);
        with(feature(Kind::Shelter, name, point), "status", status)
    };
    let villages = (0..30)
        .map(|i| {
            let x = SEAT.x + 0.002 * f64::from(i);
            feature(Kind::Settlement, &format!("第{i}村"), Point::new(x, SEAT.y + 0.01))
        })
        .collect();
    County::new(
        1,
        [
            (Kind::Boundary, vec![boundary]),
            (Kind::Township, townships),
            (Kind::Road, roads),
            (Kind::River, vec![river]),
            (Kind::Shelter, vec![shelter("一中", 0.0, "open"), shelter("二中", 0.05, "closed")]),
            (Kind::Settlement, villages),
        ],
    )
}

fn view(zoom: f64) -> View {
    View::at(SEAT, zoom, [1200.0, 800.0])
}

/// Writes down what is drawn.
#[derive(Default)]
struct Record {
    fills: Vec<(Token, usize)>,
    lines: Vec<(Token, f32, Vec<[f32; 2]>)>,
    signs: Vec<(Glyph, Look)>,
}

impl Canvas for Record {
    fn fill(&mut self, _corners: &[[f32; 2]], triangles: &[[u32; 3]], color: Token) {
        self.fills.push((color, triangles.len()));
    }
    fn stroke(&mut self, line: &[[f32; 2]], _closed: bool, stroke: Stroke<'_>) {
        self.lines.push((stroke.color, stroke.width, line.to_vec()));
    }
    fn sign(&mut self, glyph: Glyph, _at: [f32; 2], _size: f32, look: Look) {
        self.signs.push((glyph, look));
    }
}

fn drawn(scene: &MapScene, view: &View) -> (Record, Vec<PlacedLabel>) {
    let mut record = Record::default();
    paint_ground(scene, view, &mut record);
    let mut taken = Collider::new(view.size);
    let mut measure = |text: &str, size: f32| [text.chars().count() as f32 * size, size * 1.4];
    let mut first = Labels::first(scene, view);
    while first.step(&mut taken, &mut measure) {}
    let mut signs = Signs::new(scene, view, &mut taken);
    while signs.step(&mut record) {}
    let mut labels = Labels::new(scene, view, signs.drawn());
    while labels.step(&mut taken, &mut measure) {}
    (record, [first.placed(), labels.placed()].concat())
}

#[test]
fn every_band_of_a_line_begins_and_ends_where_the_line_does() {
    let scene = MapScene::new(&county());
    let road = scene.visible_layers().find(|layer| layer.kind() == Kind::Road).unwrap();
    let frame = scene.frame();
    let ends = [(-0.15, 0.05), (0.15, 0.05)]
        .map(|(x, y)| frame.local_from_lonlat(Coord { x: SEAT.x + x, y: SEAT.y + y }));
    let mut corners = Vec::new();
    for zoom in [9.0, 10.5, 12.0, 13.5, 15.0, 17.0] {
        let parts = &road.band(zoom).parts;
        assert_eq!(parts.len(), 1, "both pieces are one line");
        let line = &parts[0].corners;
        let mut here = [line[0], *line.last().unwrap()];
        here.sort_by(|a, b| a[0].total_cmp(&b[0]));
        assert_eq!(here, ends);
        corners.push(line.len());
    }
    assert_eq!(corners.len(), BANDS);
    assert_eq!((corners[0], corners[BANDS - 1]), (2, 4));
    assert!(corners.is_sorted(), "closer views show no fewer corners: {corners:?}");
}

#[test]
fn a_border_between_neighbours_is_drawn_once() {
    let scene = MapScene::new(&county());
    let (record, _) = drawn(&scene, &view(11.0));
    let length: f32 = record
        .lines
        .iter()
        .filter(|(color, ..)| *color == Token::TownshipLine)
        .flat_map(|(.., line)| {
            // A closed line is handed over without its last side, and there is none here.
            line.windows(2)
                .map(|s| (s[1][0] - s[0][0]).hypot(s[1][1] - s[0][1]))
                .collect::<Vec<_>>()
        })
        .sum();
    let [x0, y0] = view(11.0).screen_from_lonlat(Coord { x: SEAT.x - 0.2, y: SEAT.y + 0.2 });
    let [x1, y1] = view(11.0).screen_from_lonlat(Coord { x: SEAT.x + 0.2, y: SEAT.y - 0.2 });
    let expected = 2.0 * (x1 - x0) + 3.0 * (y1 - y0);
    assert!((length - expected).abs() < 2.0, "{length} is not {expected}");
}

#[test]
fn the_ground_is_drawn_from_the_land_up() {
    let scene = MapScene::new(&county());
    let (record, _) = drawn(&scene, &view(12.0));
    assert_eq!(record.fills, [(Token::Land, 2)]);
    let at = |token| record.lines.iter().position(|(color, ..)| *color == token).unwrap();
    assert!(at(Token::WaterLine) < at(Token::RoadMinorCasing), "roads cross over rivers");
    assert!(at(Token::RoadMinorCasing) < at(Token::RoadMinor), "edges first");
    assert!(at(Token::RoadMinor) < at(Token::Boundary));
    let shelters: Vec<Look> =
        record.signs.iter().filter(|(g, _)| *g == Glyph::Shelter).map(|(_, look)| *look).collect();
    assert_eq!(shelters.len(), 2);
    assert!(shelters.contains(&Look::Full) && shelters.contains(&Look::Hollow));
}

#[test]
fn hidden_layers_are_neither_drawn_nor_picked() {
    let mut scene = MapScene::new(&county());
    let at = view(13.0).screen_from_lonlat(SEAT);
    assert_eq!(scene.pick(&view(13.0), at, 8.0).unwrap().feature.kind, Kind::Shelter);
    scene.set_visible(Kind::Shelter, false);
    assert_ne!(scene.pick(&view(13.0), at, 8.0).unwrap().feature.kind, Kind::Shelter);
    let (record, labels) = drawn(&scene, &view(14.0));
    assert!(record.signs.iter().all(|(glyph, _)| *glyph != Glyph::Shelter));
    assert!(labels.iter().all(|label| label.text != "一中"));
}

#[test]
fn names_do_not_cover_each_other_and_come_out_the_same_every_time() {
    let scene = MapScene::new(&county());
    for zoom in [10.0, 11.5, 13.0, 14.5] {
        let (_, first) = drawn(&scene, &view(zoom));
        let (_, second) = drawn(&MapScene::new(&county()), &view(zoom));
        assert_eq!(first, second);
        let level: Vec<_> = first.iter().filter(|label| label.angle == 0.0).collect();
        for (i, a) in level.iter().enumerate() {
            for b in &level[i + 1..] {
                let half = |l: &PlacedLabel| l.text.chars().count() as f32 * l.size / 2.0;
                let beside = (a.at[0] - b.at[0]).abs() >= half(a) + half(b);
                let above = (a.at[1] - b.at[1]).abs() >= (a.size + b.size) * 0.7;
                assert!(beside || above, "{} on {} at zoom {zoom}", a.text, b.text);
            }
        }
    }
    let (_, labels) = drawn(&scene, &view(11.9));
    let has = |text: &str| labels.iter().any(|label| label.text == text);
    assert!(has("西镇") && has("东镇") && has("泉河") && has("省道333"));
    let (_, labels) = drawn(&scene, &view(12.5));
    let villages = labels.iter().filter(|label| label.text.ends_with('村')).count();
    assert!(villages > 0 && villages < 30, "crowded villages give way: {villages}");
}

#[test]
fn a_click_means_the_sign_then_the_line_then_the_surface() {
    let scene = MapScene::new(&county());
    let view = view(12.0);
    let pick = |x: f64, y: f64| {
        let at = view.screen_from_lonlat(Coord { x: SEAT.x + x, y: SEAT.y + y });
        scene.pick(&view, at, 8.0).map(|hit| hit.feature)
    };
    let named = |kind: Kind, name: &str| {
        Some(FeatureRef { kind, id: Id::from_natural_key(kind.key(), name) })
    };
    assert_eq!(pick(0.0, 0.0), named(Kind::Shelter, "一中"));
    assert_eq!(pick(-0.1, 0.05), named(Kind::Road, "a"));
    assert_eq!(pick(0.1, 0.05), named(Kind::Road, "b"), "each piece is itself");
    assert_eq!(pick(0.05, -0.1005), named(Kind::River, "泉河"));
    assert_eq!(pick(-0.1, 0.15), named(Kind::Township, "西镇"));
    assert_eq!(pick(0.5, 0.5), None, "outside the county");
    assert_eq!(pick(0.3, -0.1), None);
}

#[test]
fn a_changed_layer_is_made_anew_and_the_others_are_shared() {
    let county = county();
    let mut scene = MapScene::new(&county);
    scene.set_visible(Kind::River, false);
    let shelters = county.features(Kind::Shelter)[..1].to_vec();
    let newer = scene.updated(&county.with_layer(2, Kind::Shelter, shelters));
    assert!(!newer.same_base(&scene));
    assert!(!newer.is_visible(Kind::River));
    let layer = |scene: &MapScene, kind| {
        let layer = scene.visible_layers().find(|layer| layer.kind() == kind).unwrap();
        Arc::as_ptr(layer.source()).addr()
    };
    assert_eq!(layer(&newer, Kind::Road), layer(&scene, Kind::Road));
    assert_ne!(layer(&newer, Kind::Shelter), layer(&scene, Kind::Shelter));
    assert!(scene.updated(&county).same_base(&scene), "nothing changed, nothing is made anew");
}

#[test]
fn an_empty_county_is_a_map_too() {
    let scene = MapScene::new(&County::default());
    let (record, labels) = drawn(&scene, &view(10.0));
    assert!(record.fills.is_empty() && record.lines.is_empty() && labels.is_empty());
    assert_eq!(scene.pick(&view(10.0), [100.0, 100.0], 10.0), None);
}

struct Shown {
    scene: MapScene,
    state: MapState,
    last: Vec<MapResponse>,
}

fn window(lang: Lang, mode: ThemeMode) -> (Harness<'static>, Rc<RefCell<Shown>>) {
    window_of([1200.0, 800.0], lang, mode)
}

fn window_of(
    size: [f32; 2],
    lang: Lang,
    mode: ThemeMode,
) -> (Harness<'static>, Rc<RefCell<Shown>>) {
    let shown = Rc::new(RefCell::new(Shown {
        scene: MapScene::new(&county()),
        state: MapState::default(),
        last: Vec::new(),
    }));
    let inside = shown.clone();
    let (locale, theme) = (Locale::new(lang), Theme::of(mode));
    let mut fonts_set = false;
    let harness = Harness::builder().with_size(size).build_ui(move |ui| {
        if !fonts_set {
            let mut fonts = egui::FontDefinitions::default();
            let font = egui::FontData::from_static(include_bytes!(
                "../assets/fonts/NotoSansSC-Subset.otf"
            ));
            fonts.font_data.insert("sc".to_owned(), Arc::new(font));
            fonts.families.values_mut().for_each(|family| family.push("sc".to_owned()));
            ui.ctx().set_fonts(fonts);
            fonts_set = true;
            return;
        }
        let shown = &mut *inside.borrow_mut();
        let response = map_ui(ui, &shown.scene, &mut shown.state, &theme, &locale);
        shown.last.push(response);
    });
    (harness, shown)
}

#[test]
fn the_map_and_its_buttons_have_names_in_both_languages_and_come_to_rest() {
    for (lang, mode, names) in [
        (Lang::Zh, ThemeMode::Day, ["地图", "放大", "缩小", "全县", "显示全部结果"]),
        (
            Lang::En,
            ThemeMode::Night,
            ["Map", "Zoom in", "Zoom out", "Whole county", "Show the whole answer"],
        ),
    ] {
        let (mut harness, shown) = window(lang, mode);
        // Panics if the window keeps asking to be painted.
        harness.run();
        for name in names {
            harness.get_by_label(name);
        }
        let before = shown.borrow().state.view().unwrap().1;
        harness.get_by_label(names[1]).click();
        harness.run();
        let after = shown.borrow().state.view().unwrap().1;
        assert!((after - before - 1.0).abs() < 1e-9, "{before} {after}");
        harness.get_by_label(names[3]).click();
        harness.run();
        assert!((shown.borrow().state.view().unwrap().1 - before).abs() < 1e-9);
    }
}

#[test]
fn the_notice_is_whole_in_the_readers_language_and_under_no_button() {
    for (lang, notice, buttons) in [
        (Lang::Zh, "示例数据 · 示意图，不作划界依据", ["放大", "缩小", "全县", "显示全部结果"]),
        (
            Lang::En,
            "Sample data · Schematic outline, not for delimiting boundaries",
            ["Zoom in", "Zoom out", "Whole county", "Show the whole answer"],
        ),
    ] {
        for width in [1200.0, 900.0, 780.0, 640.0, 500.0, 400.0, 330.0] {
            let (mut harness, _) = window_of([width, 600.0], lang, ThemeMode::Day);
            harness.run();
            let notice = harness.get_by_label(notice).rect();
            assert!(notice.left() >= 0.0 && notice.right() <= width, "{width}: {notice}");
            assert!(notice.bottom() <= 600.0 && notice.height() >= 12.0, "{width}: {notice}");
            for button in buttons {
                let button = harness.get_by_label(button).rect();
                assert!(!button.intersects(notice), "{width}: {notice} under {button}");
            }
        }
    }
}

#[test]
fn what_a_plan_cannot_use_is_hollow() {
    let mut scene = MapScene::new(&county());
    let looks = |scene: &MapScene| {
        let (record, _) = drawn(scene, &view(12.0));
        let shelters = record.signs.iter().filter(|(glyph, _)| *glyph == Glyph::Shelter);
        shelters.map(|(_, look)| *look).collect::<Vec<_>>()
    };
    assert!(looks(&scene).contains(&Look::Full));
    let before = scene.clone();
    let id = Id::from_natural_key(Kind::Shelter.key(), "一中");
    let unusable = [FeatureRef { kind: Kind::Shelter, id }].into();
    scene.set_overlay(Overlay { unusable, ..Overlay::default() });
    assert_eq!(looks(&scene), [Look::Hollow, Look::Hollow]);
    assert!(!scene.same_base(&before), "the signs are drawn anew");
}

#[test]
fn a_click_reports_the_place_and_the_feature() {
    let (mut harness, shown) = window(Lang::Zh, ThemeMode::Day);
    harness.run();
    shown.borrow_mut().state.set_view(SEAT, 13.0);
    harness.run();
    shown.borrow_mut().last.clear();
    click(&mut harness, [600.0, 400.0]);
    let clicks: Vec<_> =
        shown.borrow().last.iter().filter_map(|r| Some((r.clicked?, r.hit?.kind))).collect();
    let [(at, kind)] = clicks[..] else { panic!("one click: {clicks:?}") };
    assert_eq!(kind, Kind::Shelter);
    // The map fills the window but for a margin, so the middle is where it was put.
    assert!((at.x - SEAT.x).abs() < 0.01 && (at.y - SEAT.y).abs() < 0.01);
}

#[test]
fn a_notch_of_the_wheel_is_a_small_step_around_the_pointer() {
    let (mut harness, shown) = window(Lang::Zh, ThemeMode::Day);
    harness.run();
    shown.borrow_mut().state.set_view(SEAT, 12.0);
    harness.event(egui::Event::PointerMoved(egui::pos2(300.0, 200.0)));
    harness.run();
    let under = |shown: &Rc<RefCell<Shown>>| {
        shown.borrow().last.iter().rev().find_map(|response| response.pointer).unwrap()
    };
    let before = under(&shown);
    let mut zooms = vec![12.0];
    for turn in [1.0, 1.0, -1.0] {
        harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Line,
            delta: egui::vec2(0.0, turn),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::default(),
        });
        harness.run_steps(60);
        zooms.push(shown.borrow().state.view().unwrap().1);
        let after = under(&shown);
        assert!((after.x - before.x).abs() < 1e-5 && (after.y - before.y).abs() < 1e-5);
    }
    for (step, way) in zooms.windows(2).zip([1.0, 1.0, -1.0]) {
        let scale = ((step[1] - step[0]) * way).exp2();
        assert!((1.15..=1.5).contains(&scale), "{zooms:?}");
    }
    assert!((zooms[3] - zooms[1]).abs() < 1e-6, "there and back: {zooms:?}");
}

#[test]
fn a_double_click_zooms_only_where_a_click_means_no_place() {
    for (tool, steps) in [(MapTool::Select, 1.0), (MapTool::PickPoint, 0.0)] {
        let (mut harness, shown) = window(Lang::Zh, ThemeMode::Day);
        harness.run();
        shown.borrow_mut().state.set_view(SEAT, 12.0);
        shown.borrow_mut().state.set_tool(tool);
        harness.run();
        let pos = egui::pos2(400.0, 300.0);
        harness.event(egui::Event::PointerMoved(pos));
        harness.step();
        // A step takes longer than a double click may: all of it within one.
        for pressed in [true, false, true, false] {
            harness.input_mut().events.push(button(pos, pressed));
        }
        harness.run_steps(30);
        let (at, zoom) = shown.borrow().state.view().unwrap();
        assert!((zoom - 12.0 - steps).abs() < 1e-9, "{tool:?} {zoom}");
        assert!(steps > 0.0 || ((at.x - SEAT.x).abs() < 1e-9 && (at.y - SEAT.y).abs() < 1e-9));
    }
}

#[test]
fn an_open_list_has_the_arrow_keys_for_itself() {
    let (mut harness, shown) = window(Lang::Zh, ThemeMode::Day);
    harness.run();
    shown.borrow_mut().state.set_view(SEAT, 12.0);
    harness.run();
    for (open, moves) in [(true, false), (false, true)] {
        if open {
            egui::Popup::open_id(&harness.ctx, egui::Id::unique("list"));
        }
        let before = shown.borrow().state.view();
        harness.key_press(egui::Key::ArrowLeft);
        harness.run_steps(30);
        assert_eq!(shown.borrow().state.view() != before, moves, "list open: {open}");
    }
}

#[test]
fn what_is_fitted_lies_above_the_strip_and_the_buttons() {
    let (mut harness, shown) = window(Lang::Zh, ThemeMode::Day);
    harness.run();
    let extent = Rect::new(
        Coord { x: SEAT.x - 0.3, y: SEAT.y - 0.1 },
        Coord { x: SEAT.x + 0.3, y: SEAT.y + 0.3 },
    );
    shown.borrow_mut().state.fit(extent);
    harness.run_steps(60);
    let (at, zoom) = shown.borrow().state.view().unwrap();
    let size = harness.get_by_label("地图").rect().size();
    let view = View::at(at, zoom, [size.x, size.y]);
    let [left, bottom] = view.screen_from_lonlat(extent.min());
    let [right, top] = view.screen_from_lonlat(extent.max());
    let free =
        harness.get_by_label("放大").rect().top() - harness.get_by_label("地图").rect().top();
    assert!(left >= 20.0 && top >= 20.0 && right <= size.x - 20.0, "{left} {top} {right}");
    assert!(bottom <= free && bottom > free - 60.0, "{bottom} of {free}");
}

#[test]
fn townships_and_the_seat_are_named_first_and_signs_give_way() {
    let community = |n: u32, x: f64, people: i64| {
        let point = Point::new(SEAT.x + x, SEAT.y + 0.1);
        let row = feature(Kind::Settlement, &format!("社区{n}"), point);
        let mut row = with(row, "settlement_type", "community");
        assert!(row.attributes.set(row.kind, "residents", Some(Value::Integer(people))));
        row
    };
    let county = county();
    let communities =
        vec![community(0, -0.1, 900), community(1, 0.1, 600), community(2, 0.102, 600)];
    // A crowd of shelters on the middle of the western township.
    let shelters = (0..40)
        .map(|n| {
            let (x, y) = (f64::from(n % 8) * 0.004, f64::from(n / 8) * 0.004);
            let point = Point::new(SEAT.x - 0.116 + x, SEAT.y - 0.01 + y);
            feature(Kind::Shelter, &format!("避难场所{n}"), point)
        })
        .collect();
    let county =
        county.with_layer(2, Kind::Settlement, communities).with_layer(3, Kind::Shelter, shelters);
    let scene = MapScene::new(&county);
    let view = view(10.8);
    let (_, labels) = drawn(&scene, &view);
    let place = |text: &str| labels.iter().find(|label| label.text == text).map(|label| label.at);
    assert!(place("西镇").is_some() && place("东镇").is_some(), "{labels:?}");
    let seat = place("县").expect("the seat has its name");
    let town = view.screen_from_lonlat(Coord { x: SEAT.x + 0.101, y: SEAT.y + 0.1 });
    assert!((seat[0] - town[0]).hypot(seat[1] - town[1]) < 60.0, "{seat:?} is not at {town:?}");
}

#[test]
fn what_lies_far_outside_the_county_shows_at_every_zoom() {
    let near = feature(Kind::Hydrant, "近", Point::new(SEAT.x, SEAT.y));
    let far = feature(Kind::Hydrant, "远", Point::new(SEAT.x + 2.0, SEAT.y));
    let scene = MapScene::new(&county().with_layer(2, Kind::Hydrant, vec![near, far]));
    let view = view(7.0);
    let (record, _) = drawn(&scene, &view);
    let hydrants = record.signs.iter().filter(|(glyph, _)| *glyph == Glyph::Hydrant);
    assert_eq!(hydrants.map(|(_, look)| *look).collect::<Vec<_>>(), [Look::Speck]);
    let at = view.screen_from_lonlat(Coord { x: SEAT.x + 2.0, y: SEAT.y });
    assert_eq!(scene.pick(&view, at, 8.0).unwrap().feature.kind, Kind::Hydrant);
}

#[test]
fn a_polygon_is_drawn_corner_by_corner_and_closed_with_enter() {
    let (mut harness, shown) = window(Lang::Zh, ThemeMode::Day);
    harness.run();
    shown.borrow_mut().state.set_tool(MapTool::Polygon);
    for corner in [[300.0, 200.0], [800.0, 220.0], [700.0, 600.0]] {
        click(&mut harness, corner);
        assert!(shown.borrow().state.is_drawing());
    }
    shown.borrow_mut().last.clear();
    harness.key_press(egui::Key::Enter);
    harness.run();
    let done: Vec<_> = shown.borrow().last.iter().filter_map(|r| r.drawn.clone()).collect();
    assert_eq!(done.len(), 1);
    assert_eq!(done[0].polygons.0[0].exterior().0.len(), 4);
    assert!(!shown.borrow().state.is_drawing());
    assert!(shown.borrow().last.iter().all(|r| r.clicked.is_none()), "drawing is not asking");
}

fn click(harness: &mut Harness<'static>, at: [f32; 2]) {
    let at = egui::pos2(at[0], at[1]);
    harness.event(egui::Event::PointerMoved(at));
    harness.run();
    for pressed in [true, false] {
        harness.event(button(at, pressed));
        harness.step();
    }
    // Two clicks in quick succession would be a double click.
    harness.run_steps(30);
}

fn button(pos: egui::Pos2, pressed: bool) -> egui::Event {
    let button = egui::PointerButton::Primary;
    egui::Event::PointerButton { pos, button, pressed, modifiers: egui::Modifiers::default() }
}
