//! The checks of a shelter on its card: a sign, what was measured, and the clause.

use egui::{Align, Color32, Layout, RichText, Ui, Vec2};

use crate::analysis::shelter_check::Outcome;
use crate::ui::theme::Theme;
use crate::ui::widget::{part, weak};
use crate::view::Locale;
use crate::view::card::ChecksPart;
use crate::view::shelter_check::CheckRow;

/// Width of the sign's column.
const SIGN: f32 = 18.0;

/// Draws the checks, the worst first.
pub fn checks_ui(ui: &mut Ui, checks: &ChecksPart, locale: &Locale, theme: &Theme) {
    part(ui, theme, locale.tr("card-checks"));
    weak(ui, theme, locale.text(&checks.head));
    for row in &checks.rows {
        row_ui(ui, row, locale, theme);
    }
    weak(ui, theme, locale.tr("card-checks-caveat"));
}

/// What fails or warns says everything; what passes or has no data is one line.
fn row_ui(ui: &mut Ui, row: &CheckRow, locale: &Locale, theme: &Theme) {
    let color = match row.outcome {
        Outcome::Fail => theme.danger,
        Outcome::Warn => theme.attention,
        Outcome::NoData => theme.text_weak,
        Outcome::Pass => theme.text,
    };
    let mut name = locale.text(&row.name());
    if let Some(figure) = &row.figure {
        name = format!("{name} {}", locale.text(figure));
    }
    let outcome = locale.text(&row.outcome_name());
    signed(ui, row.outcome.sign(), &outcome, color, |ui| {
        ui.label(RichText::new(name).color(color));
        let details = row.details().into_iter().filter(|part| Some(part) != row.figure.as_ref());
        let all: Vec<String> =
            details.chain([row.basis()]).map(|part| locale.text(&part)).collect();
        weak(ui, theme, all.join(" · "));
    });
}

/// A sign with what it means, and what stands beside it.
fn signed(ui: &mut Ui, sign: &str, means: &str, color: Color32, beside: impl FnOnce(&mut Ui)) {
    let row = Layout::left_to_right(Align::Min);
    ui.allocate_ui_with_layout(Vec2::new(ui.available_width(), 20.0), row, |ui| {
        ui.allocate_ui_with_layout(Vec2::new(SIGN, 0.0), Layout::top_down(Align::Center), |ui| {
            ui.set_width(SIGN);
            ui.label(RichText::new(sign).strong().color(color)).on_hover_text(means);
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            beside(ui);
        });
    });
}
