//! Sizes: letters, targets and gaps.

use egui::{Context, FontFamily, FontId, Margin, TextStyle, Vec2};

/// Height of everything that is meant to be touched.
pub const TARGET: f32 = 44.0;
/// Height of controls inside a form.
pub const CONTROL: f32 = 40.0;
/// Width of what a field of a form is called.
pub const FORM_LABEL: f32 = 92.0;
/// Gap between groups.
pub const GAP: f32 = 8.0;

/// The text style of the number that matters.
pub fn figure() -> TextStyle {
    TextStyle::Name("figure".into())
}

/// Gives the window its sizes. `vehicle` makes everything a quarter larger.
pub fn apply(ctx: &Context, vehicle: bool) {
    ctx.set_zoom_factor(if vehicle { 1.25 } else { 1.0 });
    ctx.all_styles_mut(|style| {
        let font = |size| FontId::new(size, FontFamily::Proportional);
        style.text_styles = [
            (TextStyle::Heading, font(18.0)),
            (TextStyle::Body, font(15.0)),
            (TextStyle::Button, font(15.0)),
            (TextStyle::Small, font(13.0)),
            (TextStyle::Monospace, FontId::new(14.0, FontFamily::Monospace)),
            (figure(), font(20.0)),
        ]
        .into();
        let spacing = &mut style.spacing;
        spacing.item_spacing = Vec2::new(8.0, 6.0);
        spacing.button_padding = Vec2::new(12.0, 6.0);
        spacing.interact_size = Vec2::new(CONTROL, CONTROL);
        spacing.combo_width = 120.0;
        spacing.icon_width = 20.0;
        spacing.icon_width_inner = 12.0;
        spacing.icon_spacing = 8.0;
        spacing.menu_margin = Margin::same(6);
        spacing.window_margin = Margin::same(12);
        spacing.scroll.floating = false;
        spacing.scroll.bar_width = 8.0;
        style.interaction.selectable_labels = false;
        style.animation_time = 0.1;
    });
}
