//! The map widget: draws a scene, moves the view, reports what the hand does; decides nothing.

mod state;

pub use state::{Drawn, MapResponse, MapState, MapTool};

use crate::base::Message;
use crate::scene::MapScene;
use crate::ui::theme::Theme;

/// Draws the map over all the space that is left. `words` puts a message into the language of
/// the window.
pub fn map_ui(
    ui: &mut egui::Ui,
    _scene: &MapScene,
    state: &mut MapState,
    theme: &Theme,
    words: &dyn Fn(&Message) -> String,
) -> MapResponse {
    let size = ui.available_size();
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click_and_drag());
    let name = words(&Message::new("map-name"));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
    ui.painter().rect_filled(rect, 0.0, theme.map(crate::scene::Token::Outside));
    let _ = state.tool();
    MapResponse::default()
}
