//! The status bar and the toasts: jobs, notices, state of the store.

use egui::{
    Align, Align2, Area, Color32, Frame, Layout, Order, ProgressBar, RichText, Sense, TextStyle,
    Ui, Vec2,
};

use crate::session::notice::{Level, Notice};
use crate::session::{AppCommand, Command, EditCommand};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::Theme;
use crate::ui::widget::{button, cut, icon_button, weak};
use crate::view::label::notice_text;
use crate::view::{Locale, StatusSummary};

/// Draws the status bar.
pub fn status_ui(
    ui: &mut Ui,
    summary: &StatusSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        for job in &summary.jobs {
            let text = locale.text(&job.label);
            weak(ui, theme, text);
            match job.share {
                Some(share) => {
                    let bar = ProgressBar::new(share).desired_width(120.0).desired_height(10.0);
                    ui.add(bar.fill(theme.action));
                    ui.label(RichText::new(locale.percent(share.into())).small());
                }
                None => {
                    weak(ui, theme, locale.tr("working"));
                }
            }
            ui.push_id(job.ticket, |ui| {
                let cancel = egui::Button::new(locale.tr("cancel")).min_size(Vec2::new(48.0, 36.0));
                if ui.add(cancel).clicked() {
                    commands.push(AppCommand::CancelJob(job.ticket).into());
                }
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(12.0);
            weak(ui, theme, locale.text(&summary.store));
            if let Some(notice) = &summary.attention {
                notice_line(ui, notice, locale, theme, commands);
            }
        });
    });
}

fn color_of(level: Level, theme: &Theme) -> Color32 {
    match level {
        Level::Done => theme.done,
        Level::Attention => theme.attention,
        Level::Failed => theme.danger,
    }
}

fn notice_line(
    ui: &mut Ui,
    notice: &Notice,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let close = icon_button(ui, theme, Icon::Close, &locale.tr("notice-clear"));
    if close.clicked() {
        commands.push(AppCommand::ClearNotice(notice.number).into());
    }
    if let Some(task) = notice.look {
        let look = egui::Button::new(locale.tr("look")).min_size(Vec2::new(48.0, 36.0));
        if ui.add(look).clicked() {
            commands.push(AppCommand::Open(task).into());
        }
    }
    let color = color_of(notice.level, theme);
    let text = RichText::new(notice_text(locale, notice)).small().color(color);
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        // The words stand at the right, their sign before them.
        let font = TextStyle::Small.resolve(ui.style());
        let wide = ui.painter().layout_no_wrap(text.text().to_owned(), font, color).size().x;
        ui.add_space((ui.available_width() - wide - 40.0).max(8.0));
        let (sign, _) = ui.allocate_exact_size(Vec2::splat(22.0), Sense::hover());
        icon::paint(ui.painter(), sign, Icon::Attention, color);
        cut(ui, text);
    });
}

/// Draws what should be noticed now over the map, newest last, at most three.
pub fn toasts_ui(
    ctx: &egui::Context,
    area: egui::Rect,
    notices: &[Notice],
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let Some(last) = notices.last() else { return };
    let number = last.number;
    let shown = notices.len().saturating_sub(3);
    Area::new(egui::Id::unique("toasts"))
        .order(Order::Foreground)
        .pivot(Align2::CENTER_TOP)
        .fixed_pos(area.center_top() + Vec2::new(0.0, 12.0))
        .show(ctx, |ui| {
            ui.set_width(area.width().min(460.0));
            for notice in &notices[shown..] {
                let color = color_of(notice.level, theme);
                let newest = notice.number == number;
                let frame = Frame::popup(ui.style())
                    .fill(theme.panel)
                    .stroke(egui::Stroke::new(1.5, color))
                    .inner_margin(egui::Margin::symmetric(12, 8));
                frame.show(ui, |ui| toast_ui(ui, notice, number, newest, locale, theme, commands));
            }
        });
}

fn toast_ui(
    ui: &mut Ui,
    notice: &Notice,
    last: u64,
    newest: bool,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.push_id(notice.number, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
                if icon_button(ui, theme, Icon::Close, &locale.tr("put-away")).clicked() {
                    commands.push(AppCommand::PutAwayNotices(last).into());
                }
                if let Some(task) = notice.look
                    && button(ui, &locale.tr("look")).clicked()
                {
                    commands.push(AppCommand::Open(task).into());
                    commands.push(AppCommand::PutAwayNotices(last).into());
                }
                // Only the store's last act can be taken back.
                let undo = notice.change.as_ref().is_some_and(|note| note.taken_back.is_none());
                if undo && newest && button(ui, &locale.tr("undo")).clicked() {
                    commands.push(EditCommand::Undo.into());
                    commands.push(AppCommand::PutAwayNotices(last).into());
                }
                ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                    ui.label(notice_text(locale, notice));
                    if let Some(hint) = &notice.hint {
                        weak(ui, theme, locale.text(hint));
                    }
                });
            });
        });
    });
}
