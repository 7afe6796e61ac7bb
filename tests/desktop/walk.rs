//! Opens a window without a display and walks through it.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Vec2;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use shouye::base::{FixedClock, Lang};
use shouye::session::{Command, DataCommand, Light, Prefs, Session};
use shouye::ui::{Window, font};

use crate::county;

/// A window on the small county.
pub struct Desk {
    pub harness: Harness<'static, Option<Window>>,
    pub folder: tempfile::TempDir,
    pub path: PathBuf,
    pub clock: Arc<FixedClock>,
}

/// What is remembered from a last run in which the hint was put away.
pub fn prefs(lang: Lang, light: Light) -> Prefs {
    Prefs { lang, light, hint_dismissed: true, ..Prefs::default() }
}

impl Desk {
    /// A window of 1280 × 720 in Chinese by day.
    pub fn open() -> Self {
        Self::with(prefs(Lang::Zh, Light::Day), Vec2::new(1280.0, 720.0))
    }

    /// A window with the small county open.
    pub fn with(prefs: Prefs, size: Vec2) -> Self {
        let mut desk = Self::empty(prefs, size);
        desk.path = county::store(desk.folder.path());
        let path = desk.path.clone();
        desk.does(DataCommand::Open(path));
        desk
    }

    /// A window with the small county and its roads open.
    pub fn with_roads(prefs: Prefs) -> Self {
        let mut desk = Self::empty(prefs, Vec2::new(1280.0, 720.0));
        desk.path = county::store_with_roads(desk.folder.path());
        let path = desk.path.clone();
        desk.does(DataCommand::Open(path));
        desk
    }

    /// A window without a store.
    pub fn empty(prefs: Prefs, size: Vec2) -> Self {
        let clock = county::hands();
        let own = Arc::clone(&clock);
        let harness =
            Harness::builder().with_size(size).with_context_setup(font::install).build_ui_state(
                move |ui, window: &mut Option<Window>| {
                    let window = window.get_or_insert_with(|| {
                        let wake = Box::new(|| ());
                        let who = "值班员".to_owned();
                        let clock = Arc::<FixedClock>::clone(&own);
                        Window::open(ui.ctx(), prefs.clone(), clock, who, wake)
                    });
                    window.frame(ui);
                },
                None,
            );
        let folder = tempfile::tempdir().unwrap();
        Self { harness, path: PathBuf::new(), folder, clock }
    }

    /// The session behind the window.
    pub fn session(&mut self) -> &mut Session {
        self.harness.state_mut().as_mut().unwrap().session()
    }

    /// Sends a command, as a click would, and waits for what it sets off.
    pub fn does(&mut self, command: impl Into<Command>) {
        let command = command.into();
        self.session().apply(command);
        self.rest();
    }

    /// Draws until everything has settled.
    pub fn rest(&mut self) {
        // A click is a press and a release, and its command is done after drawing.
        self.harness.run_steps(3);
        self.session().settle();
        self.harness.run_steps(3);
    }

    /// Clicks what carries this name, after scrolling to it as a hand would. Where a heading is called
    /// the same, the button is meant.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        let target = |harness: &Harness<'static, Option<Window>>| -> Option<usize> {
            let roles: Vec<Role> =
                harness.query_all_by_label(name).map(|node| node.accesskit_node().role()).collect();
            let button = roles.iter().position(|role| *role == Role::Button);
            button.or((!roles.is_empty()).then_some(0))
        };
        let Some(at) = target(&self.harness) else {
            panic!("nothing is called {name}; there is:\n{}", self.words().join("\n"));
        };
        self.harness.query_all_by_label(name).nth(at).unwrap().scroll_to_me();
        self.harness.run_steps(20);
        self.harness.query_all_by_label(name).nth(at).unwrap().click();
        self.rest();
    }

    /// Whether these words stand somewhere on the screen.
    pub fn shows(&self, words: &str) -> bool {
        self.words().iter().any(|own| own.contains(words))
    }

    /// Fails unless all these words stand on the screen.
    #[track_caller]
    pub fn must_show(&self, wanted: &[&str]) {
        for words in wanted {
            assert!(self.shows(words), "no {words} among:\n{}", self.words().join("\n"));
        }
    }

    /// All words on the screen.
    pub fn words(&self) -> Vec<String> {
        fn walk(node: egui_kittest::Node<'_>, out: &mut Vec<String>) {
            out.extend(node.accesskit_node().label());
            out.extend(node.accesskit_node().value());
            for child in node.children() {
                walk(child, out);
            }
        }
        let mut out = Vec::new();
        walk(self.harness.root(), &mut out);
        out
    }
}
