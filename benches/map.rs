//! CPU of one frame of the map at 1920×1080: laying out, moving and tessellating, everything but
//! the graphics card. Aim: 4 ms while panning.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use geo_types::{Coord, Geometry, LineString, Point, Rect};
use shouye::base::Id;
use shouye::county::County;
use shouye::model::{Attributes, Feature, Kind, Provenance, Value};
use shouye::scene::MapScene;
use shouye::ui::map::{MapState, map_ui};
use shouye::ui::theme::{Theme, ThemeMode};
use shouye::view::{Lang, Locale};

const SIZE: egui::Vec2 = egui::Vec2::new(1920.0, 1080.0);
const CENTRE: Coord<f64> = Coord { x: 116.5, y: 35.73 };
const ZOOMS: [f64; 3] = [11.0, 13.0, 15.5];

/// A small deterministic generator (xorshift64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn feature(kind: Kind, n: usize, name: String, geometry: Geometry<f64>) -> Feature {
    Feature {
        id: Id::from_natural_key(kind.key(), &n.to_string()),
        kind,
        code: None,
        name,
        geometry: Some(geometry),
        attributes: Attributes::default(),
        extra: Vec::new(),
        provenance: Provenance::default(),
    }
}

/// A county of 40 × 50 km with about 9,000 pieces of road, 372 villages and 700 facilities: as
/// dense as a real one.
fn county() -> County {
    let mut random = Random(88_172_645_463_325_252);
    let (low, high) = (Coord { x: 116.28, y: 35.5 }, Coord { x: 116.72, y: 35.95 });
    let at =
        |x: f64, y: f64| Coord { x: low.x + (high.x - low.x) * x, y: low.y + (high.y - low.y) * y };
    let mut roads = Vec::new();
    let classes = [
        ("motorway", 1),
        ("trunk", 2),
        ("primary", 5),
        ("secondary", 14),
        ("tertiary", 50),
        ("village", 120),
    ];
    for (class, count) in classes {
        for line in 0..count {
            let (from, bend) = (random.next(), random.next() * 6.0);
            let corners: Vec<Coord<f64>> = (0..=240)
                .map(|i| {
                    let t = f64::from(i) / 240.0;
                    let side = from + 0.02 * (t * 9.0 + bend).sin();
                    if line % 2 == 0 { at(t, side) } else { at(side, t) }
                })
                .collect();
            for piece in corners.windows(5).step_by(4) {
                let line = Geometry::LineString(LineString::new(piece.to_vec()));
                let mut road = feature(Kind::Road, roads.len(), format!("{class} {from:.4}"), line);
                road.attributes.set(Kind::Road, "road_class", Some(Value::from(class)));
                roads.push(road);
            }
        }
    }
    let mut points = |kind: Kind, count: usize| {
        let rows: Vec<Feature> = (0..count)
            .map(|n| {
                let place = Point(at(random.next(), random.next()));
                feature(kind, n, format!("{kind} {n}"), place.into())
            })
            .collect();
        (kind, rows)
    };
    let mut layers = vec![
        points(Kind::Settlement, 372),
        points(Kind::Shelter, 60),
        points(Kind::Station, 96),
        points(Kind::Hospital, 10),
        points(Kind::School, 200),
        points(Kind::Hydrant, 200),
        points(Kind::Bridge, 150),
    ];
    let land =
        feature(Kind::Boundary, 0, "county".to_owned(), Rect::new(low, high).to_polygon().into());
    layers.push((Kind::Boundary, vec![land]));
    layers.push((Kind::Road, roads));
    County::new(1, layers)
}

fn context() -> egui::Context {
    let ctx = egui::Context::default();
    let mut fonts = egui::FontDefinitions::default();
    let font = egui::FontData::from_static(include_bytes!("../assets/fonts/NotoSansSC-Subset.otf"));
    fonts.font_data.insert("sc".to_owned(), font.into());
    fonts.families.values_mut().for_each(|family| family.push("sc".to_owned()));
    ctx.set_fonts(fonts);
    ctx
}

struct Bench {
    ctx: egui::Context,
    scene: MapScene,
    state: MapState,
    theme: Theme,
    locale: Locale,
    time: f64,
}

impl Bench {
    fn new(scene: MapScene) -> Self {
        Self {
            ctx: context(),
            scene,
            state: MapState::default(),
            theme: Theme::of(ThemeMode::Day),
            locale: Locale::new(Lang::Zh),
            time: 0.0,
        }
    }

    /// One frame looking at a place; the number of triangle corners for the graphics card.
    fn frame(&mut self, at: Coord<f64>, zoom: f64) -> usize {
        self.state.set_view(at, zoom);
        self.time += 1.0 / 60.0;
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, SIZE)),
            time: Some(self.time),
            ..egui::RawInput::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| {
            let _response = map_ui(ui, &self.scene, &mut self.state, &self.theme, &self.locale);
        });
        output.textures_delta.clear();
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        primitives
            .iter()
            .map(|p| match &p.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
                egui::epaint::Primitive::Callback(_) => 0,
            })
            .sum()
    }
}

/// A slow sweep to the side and back, eight pixels a frame.
fn sweep(frame: u32, zoom: f64) -> Coord<f64> {
    let degree = 360.0 / (256.0 * zoom.exp2());
    let phase = frame % 240;
    let steps = f64::from(if phase < 120 { phase } else { 240 - phase });
    Coord { x: CENTRE.x + (steps - 60.0) * 8.0 * degree, y: CENTRE.y }
}

fn frames(c: &mut Criterion) {
    let county = county();
    let scene = MapScene::new(&county);
    let mut group = c.benchmark_group("map frame 1920x1080");
    for zoom in ZOOMS {
        let mut bench = Bench::new(scene.clone());
        let mut n = 0;
        bench.frame(sweep(0, zoom), zoom);
        group.bench_function(format!("panning at zoom {zoom}"), |b| {
            b.iter(|| {
                n += 1;
                black_box(bench.frame(sweep(n, zoom), zoom))
            });
        });
        let mut wiggle = 0.0;
        group.bench_function(format!("drawn anew around zoom {zoom}"), |b| {
            b.iter(|| {
                // More than a kept picture may be stretched.
                wiggle = 0.45 - wiggle;
                black_box(bench.frame(CENTRE, zoom + wiggle))
            });
        });
    }
    group.finish();
    c.bench_function("scene of a county", |b| b.iter(|| black_box(MapScene::new(&county))));
}

criterion_group!(benches, frames);
criterion_main!(benches);
