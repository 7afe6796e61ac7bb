//! The map: clicks, drawings, visibility, moving about.

use std::sync::Arc;

use geo::BoundingRect;
use geo_types::{Coord, MultiPolygon, Rect};

use crate::base::{Message, Metres};
use crate::model::Kind;
use crate::scene::FeatureRef;
use crate::session::Session;
use crate::session::closures::Marked;
use crate::session::command::MapCommand;
use crate::session::evacuation::{AreaOrigin, ChosenArea, PlanAnswer};
use crate::session::notice::Level;
use crate::session::roads::Spot;
use crate::session::search::{Hit, position};
use crate::session::state::{Camera, Card, Task, Tool};
use crate::spatial::Area;

impl Session {
    pub(in crate::session) fn apply_map(&mut self, command: MapCommand) {
        match command {
            MapCommand::Click { at, hit } => self.clicked(at, hit),
            MapCommand::Drawn { polygons, radius } => self.drawn(polygons, radius),
            MapCommand::DrawnLine(line) => {
                if self.is_closing() {
                    self.close_marked(Marked::Line(line));
                }
            }
            MapCommand::CancelDrawing => {
                self.state.closures.open = false;
                self.state.tool = self.tool_of_task();
            }
            MapCommand::UseTool(tool) => self.state.tool = tool,
            MapCommand::SetVisible(kind, visible) => {
                let hidden = &mut self.state.prefs.hidden;
                hidden.retain(|other| *other != kind);
                if !visible {
                    hidden.push(kind);
                }
                if let Some(scene) = &mut self.state.scene {
                    scene.set_visible(kind, visible);
                }
            }
            MapCommand::Select(feature) => self.state.selected = feature,
            MapCommand::Identify(feature) => self.identify(feature),
            MapCommand::Show(feature) => self.show(feature),
            MapCommand::LookAt(feature, at) => {
                self.state.selected = Some(feature);
                self.state.camera = Some(Camera::FlyTo(at));
            }
            MapCommand::GoTo(hit) => self.go_to(hit),
            MapCommand::FitAll => {
                self.state.camera = self.state.county.extent().map(Camera::Fit);
            }
            MapCommand::FitLayer(kind) => {
                let extent = self.state.county.layer(kind).and_then(|layer| layer.extent());
                self.state.camera = extent.map(Camera::Fit);
            }
            MapCommand::FitAnswer => {
                let extent = self.state.scene.as_ref().and_then(|scene| scene.overlay().extent());
                self.state.camera = extent.map(Camera::Fit);
            }
            MapCommand::KeepView(view) => self.state.prefs.view = Some(view),
        }
    }

    fn clicked(&mut self, at: Coord<f64>, hit: Option<FeatureRef>) {
        match self.state.tool {
            Tool::CloseRoad => {
                let road = hit.filter(|hit| hit.kind == Kind::Road).map(|hit| hit.id);
                self.close_marked(Marked::Click { at, road });
            }
            Tool::PickPlace if self.state.task == Task::Roads => {
                self.place_roads(Spot { at, name: String::new() });
            }
            Tool::PickPlace => {
                let mut form = self.state.nearest.clone();
                form.at = Some(at);
                form.place = String::new();
                self.ask_nearest(form);
            }
            _ => match hit {
                Some(feature) => self.identify(feature),
                None => {
                    self.state.selected = None;
                    self.state.card = None;
                }
            },
        }
    }

    fn drawn(&mut self, polygons: MultiPolygon<f64>, radius: Option<Metres>) {
        if self.is_closing() {
            return self.close_marked(Marked::Area(polygons));
        }
        let origin = match radius {
            Some(radius) => AreaOrigin::Circle { radius },
            None => AreaOrigin::Polygon,
        };
        self.state.tool = Tool::Select;
        self.choose_area(polygons, origin);
    }

    /// Takes polygons as the danger area and counts who is in it.
    pub(in crate::session) fn choose_area(
        &mut self,
        polygons: MultiPolygon<f64>,
        origin: AreaOrigin,
    ) {
        match Area::new(polygons) {
            Ok(area) => {
                self.state.task = Task::Evacuation;
                self.state.card = None;
                self.state.evacuation.answer = None;
                self.state.evacuation.folded = false;
                // The name belongs to the plan of the old area.
                self.state.evacuation.name.clear();
                self.state.evacuation.area = Some(ChosenArea { area: Arc::new(area), origin });
                self.ask_exposure();
            }
            Err(_) => {
                let hint = Some(Message::new("evacuation-bad-area-hint"));
                let message = Message::new("evacuation-bad-area");
                self.notify(Level::Attention, message, hint, Some(Task::Evacuation));
            }
        }
    }

    /// Opens the card of a feature and asks for its history.
    pub(in crate::session) fn identify(&mut self, feature: FeatureRef) {
        self.state.selected = Some(feature);
        self.state.prefs.panel_open = true;
        self.state.card = Some(Card { feature, typed: None, history: Vec::new() });
        self.ask_history(feature.id);
    }

    pub(in crate::session) fn ask_history(&mut self, id: crate::base::Id) {
        if self.state.store.path.is_some() {
            self.on_store(Message::new("job-history"), move |keeper, _| keeper.history(id));
        }
    }

    fn go_to(&mut self, hit: Hit) {
        self.state.search = String::new();
        self.state.hits = Vec::new();
        self.state.camera = Some(Camera::FlyTo(hit.at));
        match (self.state.task, hit.feature) {
            (Task::Nearest, _) => {
                let mut form = self.state.nearest.clone();
                form.at = Some(hit.at);
                form.place = hit.name;
                self.ask_nearest(form);
            }
            (Task::Roads, _) if self.state.tool == Tool::PickPlace => {
                self.place_roads(Spot { at: hit.at, name: hit.name });
            }
            (_, Some(feature)) => self.identify(feature),
            (_, None) => self.state.selected = None,
        }
    }

    /// The whole answer: the danger area, the people who leave it and where they go.
    pub(in crate::session) fn extent_of(&self, answer: &PlanAnswer) -> Rect<f64> {
        let of = |kind, id| self.place_of(FeatureRef { kind, id });
        let lines = answer.plan.assignments.iter();
        let ends = lines.flat_map(|line| {
            [of(Kind::Settlement, line.settlement), of(Kind::Shelter, line.shelter)]
        });
        ends.flatten().fold(answer.area.area.extent(), around)
    }

    /// Where a feature is.
    pub(in crate::session) fn place_of(&self, feature: FeatureRef) -> Option<Coord<f64>> {
        let row = self.state.county.layer(feature.kind)?.by_id(feature.id)?;
        let geometry = row.geometry.as_ref()?;
        position(geometry).or_else(|| geometry.bounding_rect().map(|extent| extent.center()))
    }

    /// Shows a feature, with the other ends of its ways if the open plan sends people there.
    fn show(&mut self, feature: FeatureRef) {
        self.state.selected = Some(feature);
        let Some(at) = self.place_of(feature) else { return };
        let ways = match &self.state.evacuation.answer {
            Some(answer) if self.state.task == Task::Evacuation => {
                let lines = answer.plan.assignments.iter();
                let others = lines.filter_map(|line| match feature.kind {
                    Kind::Settlement if line.settlement == feature.id => {
                        self.place_of(FeatureRef { kind: Kind::Shelter, id: line.shelter })
                    }
                    Kind::Shelter if line.shelter == feature.id => {
                        self.place_of(FeatureRef { kind: Kind::Settlement, id: line.settlement })
                    }
                    _ => None,
                });
                others.fold(Rect::new(at, at), around)
            }
            _ => Rect::new(at, at),
        };
        let alone = ways.min() == ways.max();
        self.state.camera = Some(if alone { Camera::FlyTo(at) } else { Camera::Fit(ways) });
    }

    pub(in crate::session) fn tool_of_task(&self) -> Tool {
        match self.state.task {
            Task::Nearest => Tool::PickPlace,
            Task::Roads if self.state.closures.open && self.state.store.read_only => Tool::Select,
            Task::Roads if self.state.closures.open => self.state.closures.form.extent.tool(),
            Task::Roads if !self.state.roads.form.is_complete() => Tool::PickPlace,
            _ => Tool::Select,
        }
    }
}

/// The extent with a place taken in.
fn around(extent: Rect<f64>, at: Coord<f64>) -> Rect<f64> {
    let (low, high) = (extent.min(), extent.max());
    Rect::new(
        Coord { x: low.x.min(at.x), y: low.y.min(at.y) },
        Coord { x: high.x.max(at.x), y: high.y.max(at.y) },
    )
}
