//! Opens the window.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::{NativeOptions, Renderer};
use egui::ViewportBuilder;

use super::window::{Start, Window};
use crate::base::{Clock, Lang};

/// How the window is to be opened.
pub struct RunOptions {
    /// The store named by hand; `None` = the one that was open last, or the user's own.
    pub store: Option<PathBuf>,
    /// The language named by hand; `None` = as remembered.
    pub lang: Option<Lang>,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Who changes records.
    pub who: String,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Neither an X11 nor a Wayland display is there.
    #[error("no display: DISPLAY and WAYLAND_DISPLAY are not set")]
    NoDisplay,
    /// The system refuses to open one.
    #[error("{0}")]
    Window(String),
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// [`RunError::NoDisplay`] where there is nothing to show a window on: the command line works all the same.
pub fn run(options: RunOptions) -> Result<(), RunError> {
    let named = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(all(unix, not(target_os = "macos"))) && !named("DISPLAY") && !named("WAYLAND_DISPLAY") {
        return Err(RunError::NoDisplay);
    }
    let native = NativeOptions {
        viewport: ViewportBuilder::default()
            .with_app_id("shouye")
            // With its frame and the system's bars it still finds room on a screen of 1280 × 720.
            .with_inner_size([1200.0, 630.0])
            .with_min_inner_size([960.0, 600.0])
            .with_drag_and_drop(true),
        // Old vehicle laptops know OpenGL at best.
        renderer: Renderer::Glow,
        dithering: false,
        ..NativeOptions::default()
    };
    let start =
        Start { store: options.store, lang: options.lang, clock: options.clock, who: options.who };
    let opened = eframe::run_native(
        "shouye",
        native,
        Box::new(move |cc| Ok(Box::new(Window::new(cc, start)))),
    );
    opened.map_err(|error| RunError::Window(error.to_string()))
}
