//! The window: draws what the session knows, hands commands back to it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use eframe::{CreationContext, Storage};
use egui::{
    CentralPanel, Context, Frame, Key, Margin, Modifiers, Panel, Rect, Ui, UiBuilder,
    ViewportCommand,
};

use super::font;
use super::map::{MapResponse, MapState, MapTool, map_ui};
use super::panel::{confirm, drawer, hint, path, rail, status, task, top};
use super::style;
use super::theme::{Theme, ThemeMode};
use super::widget::empty_ui;
use crate::base::{Clock, Lang, Timestamp};
use crate::scene::FeatureRef;
use crate::session::notice::{Level, Notice};
use crate::session::prefs::KeptView;
use crate::session::state::{Camera, FileWish, Task, Tool};
use crate::session::{
    AppCommand, Command, DataCommand, Light, MapCommand, Opening, Prefs, Session,
};
use crate::ui::screen::Screen;
use crate::view::Locale;

/// Under which the window's memory is kept between runs.
const PREFS: &str = "shouye-prefs";
/// How long a toast stays, in milliseconds; failures stay until they are put away.
const TOAST_MS: i64 = 6000;
/// Zoom at which a single place is shown.
const PLACE_ZOOM: f64 = 14.5;

/// How the window starts.
pub struct Start {
    /// The store named by hand.
    pub store: Option<PathBuf>,
    /// The language named by hand.
    pub lang: Option<Lang>,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Who changes records.
    pub who: String,
}

/// The window.
pub struct Window {
    session: Session,
    map: MapState,
    locale: Locale,
    theme: Theme,
    vehicle: bool,
    screen: Screen,
    shown: Option<(u64, i64)>,
    selected_before: Option<FeatureRef>,
    toggle_panel: bool,
    map_rect: Rect,
    /// Focus and minute when the store was last looked at.
    looked: Option<(bool, i64)>,
}

impl Window {
    /// The window with what is remembered from the last run.
    pub fn new(cc: &CreationContext<'_>, start: Start) -> Self {
        let mut prefs: Prefs =
            cc.storage.and_then(|storage| eframe::get_value(storage, PREFS)).unwrap_or_default();
        if let Some(lang) = start.lang {
            prefs.lang = lang;
        }
        let ctx = cc.egui_ctx.clone();
        let wake: crate::session::Wake = Box::new(move || ctx.request_repaint());
        let mut window = Self::open(&cc.egui_ctx, prefs, start.clock, start.who, wake);
        let kept = window.session.state.prefs.store.clone().map(PathBuf::from);
        window.session.apply(match start.store.or(kept) {
            Some(path) => DataCommand::Open(path).into(),
            None => DataCommand::OpenDefault.into(),
        });
        window
    }

    /// The window without a store: for tests, which give it one.
    pub fn open(
        ctx: &Context,
        prefs: Prefs,
        clock: Arc<dyn Clock>,
        who: String,
        wake: crate::session::Wake,
    ) -> Self {
        font::install(ctx);
        let theme = Theme::of(mode(prefs.light));
        theme.apply(ctx);
        style::apply(ctx, prefs.vehicle);
        let locale = Locale::new(prefs.lang);
        let mut map = MapState::default();
        if let Some(view) = &prefs.view {
            map.set_view(geo_types::Coord { x: view.lon, y: view.lat }, view.zoom);
        }
        let vehicle = prefs.vehicle;
        let session = Session::new(Opening { prefs, clock, who, wake });
        let screen = Screen::of(&session.state, session.clock().now());
        Self {
            session,
            map,
            locale,
            theme,
            vehicle,
            screen,
            shown: None,
            selected_before: None,
            toggle_panel: false,
            map_rect: Rect::NOTHING,
            looked: None,
        }
    }

    /// The session behind the window.
    pub fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    /// The words in which the window speaks now.
    pub fn locale(&self) -> &Locale {
        &self.locale
    }

    /// Takes over what changed since the last frame: language, colours, size, summaries.
    fn follow(&mut self, ctx: &Context, now: Timestamp) {
        let state = &self.session.state;
        if state.prefs.lang != self.locale.lang() || self.shown.is_none() {
            self.locale = Locale::new(state.prefs.lang);
            let title = self.locale.tr("window-title");
            ctx.send_viewport_cmd(ViewportCommand::Title(title));
        }
        let mode = mode(state.prefs.light);
        if mode != self.theme.mode {
            self.theme = Theme::of(mode);
            self.theme.apply(ctx);
            style::apply(ctx, state.prefs.vehicle);
        }
        if state.prefs.vehicle != self.vehicle {
            self.vehicle = state.prefs.vehicle;
            style::apply(ctx, self.vehicle);
        }
        // Ages are in days, the clock in minutes: a new minute is a new picture at most.
        let key = (state.revision, now.0 / 60_000);
        if self.shown != Some(key) {
            self.shown = Some(key);
            self.screen = Screen::of(state, now);
            let overlay = crate::view::overlay::overlay(state);
            if let Some(scene) = &mut self.session.state.scene
                && *scene.overlay() != overlay
            {
                scene.set_overlay(overlay);
            }
        } else if !state.jobs.is_empty() {
            // Progress moves without any command.
            self.screen.status = crate::view::status::status_summary(state);
        }
    }

    /// Draws everything and does what was asked for.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.session.poll();
        let now = self.session.clock().now();
        self.follow(&ctx, now);
        let mut commands: Vec<Command> = Vec::new();
        self.shortcuts(ui, &mut commands);
        self.bars(ui, now, &mut commands);
        self.task_panel(ui, &mut commands);
        self.drawer(ui, &mut commands);
        self.map(ui, &mut commands);
        self.floating(&ctx, now, &mut commands);
        dropped(&ctx, &mut commands);
        self.look_again(&ctx, now, &mut commands);
        let any = !commands.is_empty();
        for command in commands {
            self.session.apply(command);
        }
        self.wake_up(&ctx, now, any);
    }

    /// Another program may have changed the store: looks when the window gets the focus, and once a
    /// minute, when the clock moves anyway.
    fn look_again(&mut self, ctx: &Context, now: Timestamp, commands: &mut Vec<Command>) {
        let seen = (ctx.input(|input| input.focused), now.0 / 60_000);
        if self.looked.replace(seen).is_some_and(|before| before != seen && seen.0) {
            commands.push(DataCommand::Follow.into());
        }
    }

    /// Asks to be drawn again only when there is something new to show.
    fn wake_up(&self, ctx: &Context, now: Timestamp, any: bool) {
        if any {
            ctx.request_repaint();
        }
        if self.session.state.jobs.iter().any(|job| job.shown) {
            ctx.request_repaint_after(Duration::from_millis(150));
        }
        if self.toasts(now).next().is_some() {
            ctx.request_repaint_after(Duration::from_millis(500));
        }
        let to_next_minute = 60_000 - now.0.rem_euclid(60_000);
        ctx.request_repaint_after(Duration::from_millis(to_next_minute.unsigned_abs() + 20));
    }

    fn toasts(&self, now: Timestamp) -> impl Iterator<Item = &Notice> {
        self.session
            .state
            .notices
            .fresh()
            .filter(move |notice| notice.level == Level::Failed || now.0 - notice.at.0 < TOAST_MS)
    }

    fn shortcuts(&mut self, ui: &Ui, commands: &mut Vec<Command>) {
        let (find, escape) = ui.input_mut(|input| {
            let find = input.consume_key(Modifiers::COMMAND, Key::K);
            (find, input.key_pressed(Key::Escape))
        });
        if find {
            ui.memory_mut(|memory| memory.request_focus(top::search_id()));
        }
        if std::mem::take(&mut self.toggle_panel) {
            commands.push(AppCommand::TogglePanel.into());
        }
        let nothing_open = ui.memory(|memory| memory.focused().is_none())
            && self.session.state.tool == Tool::Select
            && !egui::Popup::is_any_open(ui.ctx());
        if escape && nothing_open {
            if self.session.state.card.is_some() {
                commands.push(AppCommand::Open(self.session.state.task).into());
            } else if self.session.state.selected.is_some() {
                commands.push(MapCommand::Select(None).into());
            }
        }
    }

    fn bars(&mut self, ui: &mut Ui, now: Timestamp, commands: &mut Vec<Command>) {
        let (locale, theme, screen) = (&self.locale, &self.theme, &self.screen);
        let bar = Frame::new().fill(theme.panel);
        let light = self.session.state.prefs.light;
        let time = now.time_of_day();
        let time = time.get(..5).unwrap_or_default();
        Panel::top("top").exact_size(52.0).resizable(false).frame(bar).show(ui, |ui| {
            ui.centered_and_justified(|ui| {
                top::top_ui(ui, &screen.top, light, time, locale, theme, commands);
            });
        });
        Panel::bottom("status").exact_size(44.0).resizable(false).frame(bar).show(ui, |ui| {
            ui.centered_and_justified(|ui| {
                status::status_ui(ui, &screen.status, locale, theme, commands);
            });
        });
        let state = &self.session.state;
        let open = state.prefs.panel_open.then_some(state.task);
        Panel::left("rail").exact_size(rail::WIDTH).resizable(false).frame(bar).show(ui, |ui| {
            rail::rail_ui(ui, open, locale, theme, commands);
        });
    }

    fn task_panel(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        if !self.session.state.prefs.panel_open {
            return;
        }
        let (locale, theme, screen) = (&self.locale, &self.theme, &self.screen);
        let state = &self.session.state;
        let frame = Frame::new().fill(theme.panel);
        Panel::right("task-panel")
            .default_size(360.0)
            .size_range(300.0..=560.0)
            .resizable(true)
            .frame(frame)
            .show(ui, |ui| {
                // A panel is as wide as the hand has drawn it: what stands in it never decides that.
                let area = ui.max_rect();
                let mut inside = ui.new_child(UiBuilder::new().max_rect(area));
                inside.set_clip_rect(area.intersect(ui.clip_rect()));
                let inside = &mut inside;
                task::task_ui(inside, state.task, &state.prefs, screen, locale, theme, commands);
                ui.advance_cursor_after_rect(area);
            });
    }

    fn drawer(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let selected = self.session.state.selected;
        let fresh = (selected != self.selected_before).then_some(selected).flatten();
        self.selected_before = selected;
        let revision = self.session.state.revision;
        let Some(table) = &self.screen.table else { return };
        let frame = Frame::new().fill(self.theme.panel).inner_margin(Margin::symmetric(12, 6));
        let (locale, theme) = (&self.locale, &self.theme);
        Panel::bottom("drawer")
            .default_size(260.0)
            .size_range(140.0..=520.0)
            .resizable(true)
            .frame(frame)
            .show(ui, |ui| {
                let seen = drawer::Seen { selected, scroll_to: fresh, revision };
                drawer::drawer_ui(ui, table, &seen, locale, theme, commands);
            });
    }

    fn map(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let (locale, theme) = (&self.locale, &self.theme);
        let state = &mut self.session.state;
        self.map.set_tool(match state.tool {
            Tool::Select => MapTool::Select,
            Tool::PickPlace | Tool::CloseRoad => MapTool::PickPoint,
            Tool::DrawLine => MapTool::Line,
            Tool::DrawPolygon => MapTool::Polygon,
            Tool::DrawCircle => MapTool::Circle,
        });
        let map = &mut self.map;
        // Also while there is no map yet: a view kept from another store is none of this one's.
        let mut view_before = map.view();
        let shown = CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            self.map_rect = ui.max_rect();
            let Some(scene) = &state.scene else {
                let id = if state.store.failed { "map-no-store" } else { "map-opening" };
                ui.painter().rect_filled(ui.max_rect(), 0.0, theme.background);
                ui.add_space(ui.available_height() / 3.0);
                empty_ui(ui, theme, &locale.tr(id));
                return MapResponse::default();
            };
            match state.camera.take() {
                Some(Camera::Fit(extent)) => map.fit(extent),
                Some(Camera::FlyTo(at)) => {
                    let zoom = map.view().map_or(PLACE_ZOOM, |(_, zoom)| zoom.max(PLACE_ZOOM));
                    map.fly_to(at, Some(zoom));
                }
                None => {}
            }
            view_before = map.view();
            map_ui(ui, scene, map, theme, locale)
        });
        map_commands(shown.inner, commands);
        if let Some((at, zoom)) = self.map.view()
            && self.map.view() != view_before
            && let Some(path) = &state.store.path
        {
            // Only remembered: nothing on the screen depends on it.
            state.prefs.view =
                Some(KeptView { lon: at.x, lat: at.y, zoom, store: path.display().to_string() });
        }
    }

    fn floating(&mut self, ctx: &Context, now: Timestamp, commands: &mut Vec<Command>) {
        let (locale, theme) = (&self.locale, &self.theme);
        let state = &self.session.state;
        let begins = state.task == Task::Layers && state.card.is_none() && state.scene.is_some();
        if !state.prefs.hint_dismissed && begins {
            hint::hint_ui(ctx, self.map_rect, locale, theme, commands);
        }
        let toasts: Vec<Notice> = self.toasts(now).cloned().collect();
        status::toasts_ui(ctx, self.map_rect, &toasts, locale, theme, commands);
        if let Some((wish, text)) = &state.path_ask {
            path::path_dialog_ui(ctx, *wish, text, locale, theme, commands);
        }
        if let Some(command) = &state.confirm {
            confirm::confirm_ui(ctx, command, locale, theme, commands);
        }
    }
}

fn mode(light: Light) -> ThemeMode {
    match light {
        Light::Day => ThemeMode::Day,
        Light::Night => ThemeMode::Night,
        Light::Red => ThemeMode::Red,
    }
}

/// What the hand did on the map, as commands.
fn map_commands(response: MapResponse, commands: &mut Vec<Command>) {
    if let Some(at) = response.clicked {
        commands.push(MapCommand::Click { at, hit: response.hit }.into());
    }
    if let Some(drawn) = response.drawn {
        let radius = drawn.circle.map(|(_, radius)| radius);
        commands.push(MapCommand::Drawn { polygons: drawn.polygons, radius }.into());
    }
    if let Some(line) = response.drawn_line {
        commands.push(MapCommand::DrawnLine(line).into());
    }
    if response.cancelled {
        commands.push(MapCommand::CancelDrawing.into());
    }
}

/// A file dropped onto the window is looked into before it is imported.
fn dropped(ctx: &Context, commands: &mut Vec<Command>) {
    let path =
        ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
    if let Some(path) = path {
        commands.push(DataCommand::UseFile(FileWish::Import, path).into());
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn save(&mut self, storage: &mut dyn Storage) {
        eframe::set_value(storage, PREFS, &self.session.state.prefs);
    }

    fn auto_save_interval(&self) -> Duration {
        Duration::from_secs(300)
    }

    /// Tab shows and hides the panel as long as no field has the focus.
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut egui::RawInput) {
        if ctx.memory(|memory| memory.focused().is_some()) {
            return;
        }
        let before = input.events.len();
        input.events.retain(|event| {
            !matches!(
                event,
                egui::Event::Key { key: Key::Tab, pressed: true, modifiers, .. } if modifiers.is_none()
            )
        });
        self.toggle_panel |= input.events.len() != before;
    }
}
