//! The drawer at the bottom: wide tables, their rows linked with the map.

use std::sync::Arc;

use egui::{
    Align, Id, Layout, Response, RichText, Role, ScrollArea, Sense, Shape, Stroke, Ui, Vec2,
    WidgetInfo,
};
use egui_extras::{Column, TableBuilder};

use crate::scene::FeatureRef;
use crate::session::{AppCommand, Command, DataCommand, MapCommand};
use crate::ui::icon::Icon;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, cut, empty_ui, icon_button, weak};
use crate::view::table::{Cell, Heading, Table};
use crate::view::{Locale, table};

/// Height of a row: a finger's width.
const ROW: f32 = 34.0;
/// Height of the headings, which are pressed to sort.
const HEAD: f32 = 40.0;
/// Room beside the content of a cell.
const PADDING: f32 = 8.0;

/// What is known about the table beside its rows.
pub struct Seen {
    /// The marked feature.
    pub selected: Option<FeatureRef>,
    /// A feature that was chosen on the map just now.
    pub scroll_to: Option<FeatureRef>,
    /// Counts what changed in the window.
    pub revision: u64,
}

/// In which order the rows stand, kept as long as the table is open.
#[derive(Clone, Default)]
struct Order {
    /// The column and whether its largest comes first; `None` = as the rows come.
    by: Option<(usize, bool)>,
    /// Of which rows and in which language this is the order.
    of: (u64, usize, &'static str),
    rows: Arc<Vec<usize>>,
}

impl Order {
    /// Which row stands on a line.
    fn row(&self, line: usize) -> Option<usize> {
        if self.by.is_some() { self.rows.get(line).copied() } else { Some(line) }
    }
}

fn order_id(table: &Table) -> Id {
    Id::unique("table-order").with(&table.title.id)
}

/// Draws a table.
pub fn drawer_ui(
    ui: &mut Ui,
    table: &Table,
    seen: &Seen,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let title = locale.text(&table.title);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, theme, Icon::Close, &locale.tr("table-close")).clicked() {
                commands.push(AppCommand::Drawer(None).into());
            }
            if !table.is_empty() && button(ui, &locale.tr("table-save")).clicked() {
                let order = order_of(ui, order_id(table), table, seen.revision, locale);
                let rows = (0..table.len()).filter_map(|line| order.row(line));
                commands.push(
                    DataCommand::SaveText {
                        text: table::to_csv(table, rows, locale),
                        title: locale.tr("dialog-export"),
                        name: format!("{title}.csv"),
                    }
                    .into(),
                );
            }
            let count = crate::base::Message::new("layers-records").with("count", table.len());
            weak(ui, theme, locale.text(&count));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                cut(ui, RichText::new(&title).strong());
            });
        });
    });
    if table.is_empty() {
        empty_ui(ui, theme, &locale.tr("table-empty"));
        return;
    }
    ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        grid_ui(ui, table, seen, locale, theme, commands);
    });
}

/// The order of the rows, worked out anew when they have changed.
fn order_of(ui: &Ui, id: Id, table: &Table, revision: u64, locale: &Locale) -> Order {
    let mut order = ui.data(|data| data.get_temp::<Order>(id)).unwrap_or_default();
    let of = (table.stamp(revision), table.len(), locale.lang().key());
    order.by = order.by.filter(|(column, _)| *column < table.columns.len());
    if let Some((column, down)) = order.by
        && (order.of != of || order.rows.len() != table.len())
    {
        order.rows = Arc::new(table.order_by(column, down, locale));
        order.of = of;
        ui.data_mut(|data| data.insert_temp(id, order.clone()));
    }
    order
}

fn grid_ui(
    ui: &mut Ui,
    table: &Table,
    seen: &Seen,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let id = order_id(table);
    let order = order_of(ui, id, table, seen.revision, locale);
    let row_at = |line: usize| order.row(line);
    let mut builder = TableBuilder::new(ui)
        .id_salt(&table.title.id)
        .striped(true)
        .resizable(true)
        .sense(egui::Sense::click())
        .auto_shrink(false)
        .cell_layout(Layout::left_to_right(Align::Center));
    for (heading, number) in &table.columns {
        let width = match heading {
            Heading::Message("column-number" | "column-row") => 64.0,
            _ if *number => 112.0,
            _ => 160.0,
        };
        builder = builder.column(Column::initial(width).at_least(56.0).clip(true));
    }
    let line = seen.scroll_to.and_then(|feature| {
        (0..table.len())
            .find(|line| row_at(*line).and_then(|at| table.feature(at)) == Some(feature))
    });
    if let Some(line) = line {
        builder = builder.scroll_to_row(line, Some(Align::Center));
    }
    let mut by = order.by;
    let heads = builder.header(HEAD, |mut header| {
        for (at, (heading, number)) in table.columns.iter().enumerate() {
            header.col(|ui| {
                let own = order.by.filter(|(column, _)| *column == at).map(|(_, down)| down);
                if heading_ui(ui, &heading.text(locale), *number, own, locale, theme).clicked() {
                    // Up, down, and as it was.
                    by = match own {
                        None => Some((at, *number)),
                        Some(down) if down == *number => Some((at, !down)),
                        Some(_) => None,
                    };
                }
            });
        }
    });
    heads.body(|body| {
        body.rows(ROW, table.len(), |mut line| {
            let Some(row) = row_at(line.index()).and_then(|at| table.row(at)) else { return };
            line.set_selected(row.feature.is_some() && row.feature == seen.selected);
            for (cell, (_, number)) in row.cells.iter().zip(&table.columns) {
                line.col(|ui| cell_ui(ui, cell, *number, locale, theme));
            }
            let response = line.response();
            if let Some(feature) = row.feature {
                if response.double_clicked() {
                    commands.push(MapCommand::Identify(feature).into());
                } else if response.clicked() {
                    commands.push(MapCommand::Show(feature).into());
                }
            }
        });
    });
    if by != order.by {
        ui.data_mut(|data| data.insert_temp(id, Order { by, ..Order::default() }));
        ui.ctx().request_repaint();
    }
}

/// A heading that sorts. `down`: it sorts now, the largest first or last.
fn heading_ui(
    ui: &mut Ui,
    text: &str,
    right: bool,
    down: Option<bool>,
    locale: &Locale,
    theme: &Theme,
) -> Response {
    let response = ui.interact(ui.max_rect(), ui.scope_id().with("sort"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    let ink = if down.is_some() { theme.action } else { theme.text_weak };
    if response.hovered() {
        ui.painter().rect_filled(ui.max_rect(), 2.0, theme.hovered);
    }
    aligned(ui, right, |ui| {
        if let Some(down) = down {
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(12.0), Sense::hover());
            let middle = rect.center();
            let tip = if down { 3.5 } else { -3.5 };
            let points = vec![
                middle + Vec2::new(-4.0, -tip),
                middle + Vec2::new(4.0, -tip),
                middle + Vec2::new(0.0, tip),
            ];
            ui.painter().add(Shape::convex_polygon(points, ink, Stroke::NONE));
        }
        ui.add(egui::Label::new(RichText::new(text).small().strong().color(ink)).truncate());
    });
    response.on_hover_text(format!("{text}\n{}", locale.tr("table-sort-hint")))
}

/// The content of a cell with room on both sides, so that a number never touches the next words.
fn aligned(ui: &mut Ui, right: bool, content: impl FnOnce(&mut Ui)) {
    let layout = if right {
        Layout::right_to_left(Align::Center)
    } else {
        Layout::left_to_right(Align::Center)
    };
    ui.with_layout(layout, |ui| {
        ui.add_space(PADDING);
        content(ui);
    });
}

fn cell_ui(ui: &mut Ui, cell: &Cell, right: bool, locale: &Locale, theme: &Theme) {
    let color = if *cell == Cell::NoData { theme.text_weak } else { theme.text };
    let label = egui::Label::new(RichText::new(cell.text(locale)).color(color)).truncate();
    aligned(ui, right, |ui| {
        ui.add(label);
    });
}
