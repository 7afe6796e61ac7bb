//! Closing roads by hand: the form of the next closure, and where it lies.

use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPolygon, Point};

use super::state::Tool;
use crate::base::{Id, Timestamp};
use crate::county::{County, window_of};
use crate::model::{Kind, Value};
use crate::network::{Graph, Place};
use crate::store::NewRecord;

/// Hours from now at which a closure may begin.
pub const STARTS: [u32; 5] = [0, 1, 3, 6, 12];
/// Hours that a closure may last; `None` = open end.
pub const LENGTHS: [Option<u32>; 6] = [Some(1), Some(3), Some(6), Some(12), Some(24), None];
/// Percent of the usual speed.
pub const SPEEDS: [u32; 3] = [25, 50, 75];
/// Depths of water in centimetres.
pub const DEPTHS: [u32; 4] = [10, 20, 30, 50];

/// A click that hits no road means the one nearest to it within so many metres.
const NEAR_M: f64 = 100.0;
/// A point stands so far from the ends of its stretch, in millimetres: a junction belongs to all its roads.
const OFF_THE_END_MM: u32 = 1000;

/// Two presses within so many milliseconds are one.
const AGAIN_MS: u64 = 2000;

const HOUR_MS: i64 = 3_600_000;

/// What is closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// A road at the place of the click.
    #[default]
    Point,
    /// The stretch between two junctions.
    Stretch,
    /// The whole row of the road layer.
    Road,
    /// What a drawn line crosses.
    Line,
    /// The roads within a drawn area.
    Area,
}

impl Extent {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Point, Self::Stretch, Self::Road, Self::Line, Self::Area];

    /// What it is chosen with on the map.
    pub fn tool(self) -> Tool {
        match self {
            Self::Point | Self::Stretch | Self::Road => Tool::CloseRoad,
            Self::Line => Tool::DrawLine,
            Self::Area => Tool::DrawPolygon,
        }
    }

    /// Whether it has a length along the road: at a single point nobody is slowed down.
    pub fn has_length(self) -> bool {
        matches!(self, Self::Stretch | Self::Road | Self::Area)
    }
}

/// What it does to traffic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// 封闭.
    #[default]
    Closed,
    /// 减速.
    Slower,
    /// 积水: what the depth means depends on the vehicle.
    Water,
}

impl Effect {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Closed, Self::Slower, Self::Water];
}

/// What stands in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureForm {
    /// What is closed.
    pub extent: Extent,
    /// What that does to traffic.
    pub effect: Effect,
    /// Percent of the usual speed, where it slows down.
    pub speed: u32,
    /// Centimetres of water.
    pub depth: u32,
    /// Hours from now until it begins.
    pub start: u32,
    /// Hours it lasts; `None` = open end.
    pub length: Option<u32>,
    /// What it is called; without that as the road is.
    pub name: String,
}

impl Default for ClosureForm {
    fn default() -> Self {
        Self {
            extent: Extent::default(),
            effect: Effect::default(),
            speed: SPEEDS[1],
            depth: DEPTHS[2],
            start: 0,
            length: None,
            name: String::new(),
        }
    }
}

impl ClosureForm {
    /// The extents that fit the effect.
    pub fn extents(&self) -> impl Iterator<Item = Extent> + use<> {
        let effect = self.effect;
        Extent::ALL
            .into_iter()
            .filter(move |extent| effect == Effect::Closed || extent.has_length())
    }

    /// The form with an extent that fits its effect.
    #[must_use]
    pub fn fitted(mut self) -> Self {
        if !self.extents().any(|extent| extent == self.extent) {
            self.extent = Extent::Stretch;
        }
        self
    }

    /// When it begins.
    pub fn begins(&self, now: Timestamp) -> Timestamp {
        Timestamp(now.0.saturating_add(i64::from(self.start) * HOUR_MS))
    }

    /// The closure as a record, with the road's name where the form has none. It goes by its moment
    /// and its place in the order of that moment.
    pub fn record(&self, place: Located, now: Timestamp, number: usize) -> NewRecord {
        let from = self.begins(now);
        let ends = |hours: u32| Timestamp(from.0.saturating_add(i64::from(hours) * HOUR_MS));
        let factor = match self.effect {
            Effect::Closed => Some(0.0),
            Effect::Slower => Some(f64::from(self.speed) / 100.0),
            Effect::Water => None,
        };
        let depth = (self.effect == Effect::Water).then(|| f64::from(self.depth) / 100.0);
        let name = match self.name.trim() {
            "" => place.road,
            own => own.to_owned(),
        };
        let to = self.length.map(|hours| ends(hours).to_string());
        let digits = |text: String| text.replace(['-', ':'], "");
        let code = format!("{}{}-{number}", digits(now.date()), digits(now.time_of_day()));
        let values = [
            ("code", Some(Value::Text(code))),
            ("name", (!name.is_empty()).then_some(Value::Text(name))),
            ("status", Some("active".into())),
            ("factor", factor.map(Value::Real)),
            ("depth_m", depth.map(Value::Real)),
            ("valid_from", Some(Value::Text(from.to_string()))),
            ("valid_to", to.map(Value::Text)),
        ];
        let given = values.into_iter().filter(|(_, value)| value.is_some());
        NewRecord {
            kind: Kind::Closure,
            geometry: Some(place.shape),
            values: given.map(|(field, value)| (field.to_owned(), value)).collect(),
        }
    }
}

/// What the hand has marked on the map.
#[derive(Clone, Debug, PartialEq)]
pub enum Marked {
    /// A click, perhaps on a road.
    Click {
        /// Where, in degrees.
        at: Coord<f64>,
        /// The road that was hit.
        road: Option<Id>,
    },
    /// A line.
    Line(LineString<f64>),
    /// An area.
    Area(MultiPolygon<f64>),
}

/// Where a closure lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// In degrees.
    pub shape: Geometry<f64>,
    /// Name of the road; empty if it has none or there are several.
    pub road: String,
}

/// Where a closure of an extent lies; `None` if there is no road near the click. Makes the road net if
/// nobody has yet: call it in a job.
pub fn located(county: &County, extent: Extent, marked: Marked) -> Option<Located> {
    let (at, road) = match marked {
        Marked::Click { at, road } => (at, road),
        Marked::Line(line) => return Some(Located { shape: line.into(), road: String::new() }),
        Marked::Area(mut area) => {
            let shape = match area.0.len() {
                1 => area.0.pop().map(Geometry::from)?,
                _ => area.into(),
            };
            return Some(Located { shape, road: String::new() });
        }
    };
    let roads = county.features(Kind::Road);
    let row = road.and_then(|id| (0_u32..).zip(roads).find(|(_, row)| row.id == id));
    let row = row.map(|(number, _)| number);
    let net = county.network();
    let graph = &net.graph;
    let place = net.nearest(at, row)?;
    if row.is_none() && place.off.0 > NEAR_M {
        return None;
    }
    let own = graph.edges[place.edge as usize].row;
    let shape = match extent {
        Extent::Stretch => line_of(graph, place.edge).into(),
        Extent::Road => {
            let edges = (0_u32..).zip(&graph.edges);
            let edges = edges.filter(|(_, facts)| facts.gate.is_none() && facts.row == own);
            MultiLineString::new(edges.map(|(edge, _)| line_of(graph, edge)).collect()).into()
        }
        _ => Point(off_the_ends(graph, &place)).into(),
    };
    let road = roads.get(own as usize).map(|row| row.name.clone()).unwrap_or_default();
    Some(Located { shape, road })
}

fn line_of(graph: &Graph, edge: u32) -> LineString<f64> {
    LineString::new(graph.line(edge).to_vec())
}

fn off_the_ends(graph: &Graph, place: &Place) -> Coord<f64> {
    let length = graph.edges[place.edge as usize].length_mm;
    let margin = OFF_THE_END_MM.min(length / 2);
    let offset = place.offset_mm.clamp(margin, length - margin);
    if offset == place.offset_mm {
        return place.at;
    }
    Place::point_at(graph, place.edge, offset).0
}

/// Whether the same place was closed just now: the second press of a double click means no other closure.
pub fn is_again(county: &County, place: &Located, begins: Timestamp) -> bool {
    county.features(Kind::Closure).iter().any(|row| {
        row.text("status") != Some("lifted")
            && row.geometry.as_ref() == Some(&place.shape)
            && window_of(row).from.is_some_and(|from| from.0.abs_diff(begins.0) < AGAIN_MS)
    })
}

/// The next moment after `now` at which a closure begins or ends.
pub fn next_turn(county: &County, now: Timestamp) -> Option<Timestamp> {
    let rows = county.features(Kind::Closure).iter();
    let standing = rows.filter(|row| row.text("status") != Some("lifted"));
    standing.filter_map(|row| window_of(row).next_turn(now)).min()
}

/// Closing roads.
#[derive(Clone, Debug, Default)]
pub struct ClosuresState {
    /// The section is open: what the hand marks on the map is closed.
    pub open: bool,
    /// The form.
    pub form: ClosureForm,
    /// When a closure begins or ends next.
    pub next_turn: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attributes, Feature, Provenance};

    const NOW: Timestamp = Timestamp(1_795_501_205_000);

    fn record(form: ClosureForm) -> Vec<(String, Value)> {
        let shape = Point::new(116.5, 35.7).into();
        let place = Located { shape, road: "幸福大道".to_owned() };
        let values = form.record(place, NOW, 1).values;
        values.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
    }

    #[test]
    fn a_closure_says_what_it_does_and_how_long() {
        let text = |field: &str, value: &str| (field.to_owned(), Value::from(value));
        let closed = record(ClosureForm::default());
        assert_eq!(
            closed,
            [
                text("code", "20261124142005-1"),
                text("name", "幸福大道"),
                text("status", "active"),
                ("factor".to_owned(), Value::Real(0.0)),
                text("valid_from", "2026-11-24T14:20:05+08:00"),
            ]
        );
        let form = ClosureForm {
            effect: Effect::Water,
            depth: 30,
            start: 1,
            length: Some(12),
            name: " 涵洞积水 ".to_owned(),
            ..ClosureForm::default()
        };
        let water = record(form);
        assert!(water.contains(&("depth_m".to_owned(), Value::Real(0.3))));
        assert!(water.contains(&text("name", "涵洞积水")));
        assert!(water.contains(&text("valid_from", "2026-11-24T15:20:05+08:00")));
        assert!(water.contains(&text("valid_to", "2026-11-25T03:20:05+08:00")));
        assert!(water.iter().all(|(field, _)| field != "factor"));
    }

    /// A road across a junction with a lane from the north.
    fn crossing() -> County {
        let road = |name: &str, line: LineString<f64>| Feature {
            id: Id::from_natural_key("road", name),
            kind: Kind::Road,
            code: None,
            name: name.to_owned(),
            geometry: Some(line.into()),
            attributes: Attributes::default(),
            extra: Vec::new(),
            provenance: Provenance::default(),
        };
        let street = vec![(116.50, 35.70), (116.51, 35.70), (116.52, 35.70)];
        let lane = vec![(116.51, 35.70), (116.51, 35.71)];
        County::new(
            1,
            [(Kind::Road, vec![road("street", street.into()), road("lane", lane.into())])],
        )
    }

    fn found(
        county: &County,
        extent: Extent,
        x: f64,
        y: f64,
        road: Option<&str>,
    ) -> Option<Located> {
        let road = road.map(|name| Id::from_natural_key("road", name));
        located(county, extent, Marked::Click { at: Coord { x, y }, road })
    }

    #[test]
    fn a_click_means_a_point_a_stretch_or_the_whole_road() {
        let county = crossing();
        let shape = |extent| found(&county, extent, 116.515, 35.7002, None).unwrap().shape;
        let east: LineString<f64> = vec![(116.51, 35.70), (116.52, 35.70)].into();
        assert_eq!(shape(Extent::Stretch), east.clone().into());
        let west: LineString<f64> = vec![(116.50, 35.70), (116.51, 35.70)].into();
        assert_eq!(shape(Extent::Road), MultiLineString::new(vec![west, east]).into());
        let Geometry::Point(point) = shape(Extent::Point) else { panic!("no point") };
        assert!((point.x() - 116.515).abs() < 1e-9 && (point.y() - 35.70).abs() < 1e-12);
        assert_eq!(found(&county, Extent::Point, 116.515, 35.7002, None).unwrap().road, "street");
    }

    #[test]
    fn a_click_on_a_junction_closes_one_of_its_roads_only() {
        let county = crossing();
        let lane = found(&county, Extent::Point, 116.51, 35.70, Some("lane")).unwrap();
        let Geometry::Point(at) = lane.shape else { panic!("no point") };
        let off = crate::spatial::measure::geodesic_distance(at.0, Coord { x: 116.51, y: 35.70 });
        assert!((off.0 - 1.0).abs() < 0.01, "{off:?}");
        assert_eq!((at.x(), lane.road.as_str()), (116.51, "lane"));
    }

    #[test]
    fn far_from_every_road_nothing_is_meant_unless_a_road_was_hit() {
        let county = crossing();
        assert_eq!(found(&county, Extent::Point, 116.53, 35.75, None), None);
        assert!(found(&county, Extent::Point, 116.53, 35.75, Some("lane")).is_some());
        assert_eq!(found(&County::default(), Extent::Point, 116.53, 35.75, None), None);
    }

    #[test]
    fn what_slows_down_needs_a_length() {
        let form = ClosureForm { effect: Effect::Slower, ..ClosureForm::default() }.fitted();
        assert_eq!(form.extent, Extent::Stretch);
        assert_eq!(form.extents().count(), 3);
        assert_eq!(record(form)[3], ("factor".to_owned(), Value::Real(0.5)));
        assert_eq!(ClosureForm::default().fitted().extent, Extent::Point);
    }
}
