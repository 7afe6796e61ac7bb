//! A drawing in the making: corners of a polygon or line, or centre and rim of a circle. No window in it.

use geo::BooleanOps;
use geo::algorithm::bool_ops::{FillRule, OpType};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::state::{Drawn, MapTool};
use crate::base::Metres;
use crate::scene::View;
use crate::spatial::Area;
use crate::spatial::measure::geodesic_distance;

/// Within this many pixels two presses mean the same place; wide enough for gloves.
const SAME_PX: f32 = 14.0;
/// A shorter drag than this is a click.
const LEAST_RADIUS_PX: f32 = 6.0;

/// What the hand does while drawing, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stroke {
    /// A click.
    Click(Coord<f64>),
    /// The second click of a double click.
    DoubleClick(Coord<f64>),
    /// The pointer goes down to drag.
    Press(Coord<f64>),
    /// The pointer comes up after a drag.
    Release(Coord<f64>),
    /// Enter.
    Finish,
    /// Backspace or a right click.
    Back,
    /// Esc.
    Cancel,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// Nothing to report; go on.
    Going,
    /// Finished; the sketch is empty again.
    Done(Drawn),
    /// A finished line; the sketch is empty again.
    Line(LineString<f64>),
    /// Given up; the sketch is empty again.
    Cancelled,
}

/// The drawing so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    corners: Vec<Coord<f64>>,
}

impl Sketch {
    /// Corners of the polygon or line, or the circle's centre.
    pub fn corners(&self) -> &[Coord<f64>] {
        &self.corners
    }

    /// Whether nothing has been drawn yet.
    pub fn is_empty(&self) -> bool {
        self.corners.is_empty()
    }

    /// Takes one act of the hand. The view tells what counts as the same place.
    pub fn take(&mut self, tool: MapTool, act: Stroke, view: &View) -> Progress {
        match (tool, act) {
            (MapTool::Polygon | MapTool::Line | MapTool::Circle, Stroke::Cancel) => {
                self.corners.clear();
                Progress::Cancelled
            }
            (MapTool::Polygon | MapTool::Line | MapTool::Circle, Stroke::Back) => {
                self.corners.pop();
                Progress::Going
            }
            (MapTool::Polygon, Stroke::Click(at)) => self.corner(at, view),
            (MapTool::Polygon, Stroke::DoubleClick(at)) => {
                // Its first click has set the corner already.
                if self.corners.last().is_none_or(|last| !same(view, *last, at)) {
                    self.corners.push(at);
                }
                self.close()
            }
            (MapTool::Polygon, Stroke::Finish) => self.close(),
            (MapTool::Line, Stroke::Click(at)) => match self.corners.last() {
                // A press on its last corner ends it, as a double click does.
                Some(last) if self.corners.len() >= 2 && same(view, *last, at) => self.end(),
                Some(last) if same_pixel(view, *last, at) => Progress::Going,
                _ => {
                    self.corners.push(at);
                    Progress::Going
                }
            },
            (MapTool::Line, Stroke::DoubleClick(_) | Stroke::Finish) => self.end(),
            (MapTool::Circle, Stroke::Press(at)) => {
                // A press that ends a circle begun by a click must not move its centre.
                if self.corners.is_empty() {
                    self.corners = vec![at];
                }
                Progress::Going
            }
            (MapTool::Circle, Stroke::Release(at) | Stroke::Click(at)) => self.rim(at, view),
            _ => Progress::Going,
        }
    }

    fn corner(&mut self, at: Coord<f64>, view: &View) -> Progress {
        if self.corners.len() >= 3 && same(view, self.corners[0], at) {
            return self.close();
        }
        if self.corners.last().is_none_or(|last| !same_pixel(view, *last, at)) {
            self.corners.push(at);
        }
        Progress::Going
    }

    fn close(&mut self) -> Progress {
        if self.corners.len() < 3 {
            return Progress::Going;
        }
        let ring = Polygon::new(LineString::new(self.corners.clone()), Vec::new());
        // Sides that cross each other become several clean polygons.
        let nothing = MultiPolygon::new(Vec::new());
        let polygons = ring.boolean_op_with_fill_rule(&nothing, OpType::Union, FillRule::NonZero);
        if polygons.0.is_empty() {
            return Progress::Going;
        }
        self.corners.clear();
        Progress::Done(Drawn { polygons, circle: None })
    }

    fn end(&mut self) -> Progress {
        if self.corners.len() < 2 {
            return Progress::Going;
        }
        Progress::Line(LineString::new(std::mem::take(&mut self.corners)))
    }

    fn rim(&mut self, at: Coord<f64>, view: &View) -> Progress {
        let Some(centre) = self.corners.first().copied() else {
            self.corners.push(at);
            return Progress::Going;
        };
        let (a, b) = (view.screen_from_lonlat(centre), view.screen_from_lonlat(at));
        if (a[0] - b[0]).hypot(a[1] - b[1]) < LEAST_RADIUS_PX {
            return Progress::Going;
        }
        match circle(centre, at) {
            Some(drawn) => {
                self.corners.clear();
                Progress::Done(drawn)
            }
            None => Progress::Going,
        }
    }
}

/// The circle through a place around a centre; `None` if it leaves the globe's map.
pub fn circle(centre: Coord<f64>, rim: Coord<f64>) -> Option<Drawn> {
    let radius: Metres = geodesic_distance(centre, rim);
    let area = Area::circle(centre, radius).ok()?;
    Some(Drawn { polygons: MultiPolygon::clone(area.polygons()), circle: Some((centre, radius)) })
}

fn distance_px(view: &View, a: Coord<f64>, b: Coord<f64>) -> f32 {
    let (a, b) = (view.screen_from_lonlat(a), view.screen_from_lonlat(b));
    (a[0] - b[0]).hypot(a[1] - b[1])
}

fn same(view: &View, a: Coord<f64>, b: Coord<f64>) -> bool {
    distance_px(view, a, b) <= SAME_PX
}

fn same_pixel(view: &View, a: Coord<f64>, b: Coord<f64>) -> bool {
    distance_px(view, a, b) < 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area as _, Contains};
    use geo_types::Point;

    fn view() -> View {
        View::at(Coord { x: 116.5, y: 35.7 }, 14.0, [800.0, 600.0])
    }

    fn at(x: f32, y: f32) -> Coord<f64> {
        view().lonlat_from_screen([x, y])
    }

    fn draw(tool: MapTool, acts: &[Stroke]) -> (Sketch, Progress) {
        let mut sketch = Sketch::default();
        let mut last = Progress::Going;
        for act in acts {
            assert_eq!(last, Progress::Going, "no act after the end");
            last = sketch.take(tool, *act, &view());
        }
        (sketch, last)
    }

    #[test]
    fn a_polygon_closes_at_its_first_corner_by_enter_or_by_double_click() {
        use Stroke::{Click, DoubleClick, Finish};
        let corners = [Click(at(100.0, 100.0)), Click(at(300.0, 100.0)), Click(at(300.0, 300.0))];
        for end in [Click(at(108.0, 95.0)), Finish, DoubleClick(at(301.0, 301.0))] {
            let (sketch, last) = draw(MapTool::Polygon, &[&corners[..], &[end]].concat());
            let Progress::Done(drawn) = last else { panic!("{end:?} did not close") };
            assert!(sketch.is_empty());
            assert_eq!(drawn.circle, None);
            assert_eq!(drawn.polygons.0.len(), 1);
            assert_eq!(drawn.polygons.0[0].exterior().0.len(), 4);
            assert!(drawn.polygons.contains(&Point(at(250.0, 150.0))));
        }
    }

    #[test]
    fn two_corners_are_no_polygon_and_the_last_corner_can_be_taken_back() {
        use Stroke::{Back, Click, Finish};
        let (sketch, last) = draw(
            MapTool::Polygon,
            &[
                Click(at(100.0, 100.0)),
                Click(at(300.0, 100.0)),
                Click(at(90.0, 400.0)),
                Back,
                Finish,
            ],
        );
        assert_eq!(last, Progress::Going);
        assert_eq!(sketch.corners().len(), 2);
        let (sketch, last) = draw(MapTool::Polygon, &[Click(at(1.0, 1.0)), Stroke::Cancel]);
        assert!(sketch.is_empty());
        assert_eq!(last, Progress::Cancelled);
    }

    #[test]
    fn a_line_ends_at_its_last_corner_by_enter_or_by_double_click() {
        use Stroke::{Back, Click, DoubleClick, Finish};
        let begin = [Click(at(100.0, 100.0)), Click(at(300.0, 100.0))];
        for end in [Click(at(305.0, 103.0)), Finish, DoubleClick(at(300.0, 100.0))] {
            let (sketch, last) = draw(MapTool::Line, &[&begin[..], &[end]].concat());
            let Progress::Line(line) = last else { panic!("{end:?} did not end it") };
            assert!(sketch.is_empty());
            assert_eq!(line.0, [at(100.0, 100.0), at(300.0, 100.0)]);
        }
        let (sketch, last) = draw(MapTool::Line, &[&begin[..], &[Back, Finish]].concat());
        assert_eq!((sketch.corners().len(), last), (1, Progress::Going), "a point is no line");
    }

    #[test]
    fn crossing_sides_become_clean_polygons() {
        use Stroke::{Click, Finish};
        let (_, last) = draw(
            MapTool::Polygon,
            &[
                Click(at(100.0, 100.0)),
                Click(at(300.0, 300.0)),
                Click(at(300.0, 100.0)),
                Click(at(100.0, 300.0)),
                Finish,
            ],
        );
        let Progress::Done(drawn) = last else { panic!("not closed") };
        assert_eq!(drawn.polygons.0.len(), 2, "a bow-tie is two triangles");
        assert!(drawn.polygons.unsigned_area() > 0.0);
    }

    #[test]
    fn a_circle_is_dragged_or_clicked_twice() {
        use Stroke::{Click, Press, Release};
        let (centre, rim) = (at(400.0, 300.0), at(500.0, 300.0));
        for acts in [[Press(centre), Release(rim)], [Click(centre), Click(rim)]] {
            let (_, last) = draw(MapTool::Circle, &acts);
            let Progress::Done(drawn) = last else { panic!("not done") };
            let (middle, radius) = drawn.circle.unwrap();
            assert_eq!(middle, centre);
            // 100 px of zoom 14 at 35.7 N are 775.9 m on the sphere, 777 m on the ellipsoid.
            assert!((radius.0 - 776.5).abs() < 2.0, "{radius:?}");
        }
        let (sketch, last) = draw(MapTool::Circle, &[Press(centre), Release(at(402.0, 300.0))]);
        assert_eq!((sketch.corners().len(), last), (1, Progress::Going), "a slip of the hand");
    }
}
