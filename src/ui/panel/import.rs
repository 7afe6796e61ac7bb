//! The import panel: what a file holds, how it was understood, corrections by hand, the report.

use egui::{ComboBox, RichText, Ui};

use crate::base::Message;
use crate::io::{ImportReport, PreviewColumn, PreviewLayer, RowNote};
use crate::model::Kind;
use crate::session::import::ImportForm;
use crate::session::state::{Drawer, Task};
use crate::session::{AppCommand, Command, DataCommand};
use crate::ui::theme::Theme;
use crate::ui::widget::{button, figures_ui, part, primary_button, remark, weak};
use crate::view::Locale;
use crate::view::import::{ImportStage, ImportSummary};
use crate::view::label::{field_label, kind_label};

/// Encodings to choose from.
const ENCODINGS: [&str; 5] = ["UTF-8", "GBK", "GB18030", "Big5", "UTF-16LE"];
/// Coordinate reference systems to choose from.
const SYSTEMS: [(&str, &str); 9] = [
    ("EPSG:4490", "crs-cgcs2000"),
    ("EPSG:4326", "crs-wgs84"),
    ("GCJ02", "crs-gcj02"),
    ("BD09", "crs-bd09"),
    ("EPSG:4548", "crs-gk-117"),
    ("EPSG:4549", "crs-gk-120"),
    ("EPSG:4547", "crs-gk-114"),
    ("EPSG:3857", "crs-mercator"),
    ("EPSG:32650", "crs-utm-50"),
];
/// How many notes the panel lists; the table has all.
const LISTED: usize = 6;

/// Draws the import panel.
pub fn import_ui(
    ui: &mut Ui,
    summary: &ImportSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.add(egui::Label::new(RichText::new(&summary.file).strong()).truncate());
    if let Some((format, encoding)) = &summary.format {
        let text =
            if encoding.is_empty() { format.clone() } else { format!("{format} · {encoding}") };
        weak(ui, theme, text);
    }
    if let Some(fault) = &summary.fault {
        remark(ui, theme, theme.danger, locale.text(fault));
    }
    if let Some(hint) = &summary.hint {
        remark(ui, theme, theme.attention, locale.text(hint));
    }
    match summary.stage {
        ImportStage::Looking => {
            weak(ui, theme, locale.tr("import-looking"));
        }
        ImportStage::Importing => {
            weak(ui, theme, locale.tr("import-running"));
        }
        ImportStage::Done => {
            for report in &summary.reports {
                report_ui(ui, report, locale, theme);
            }
            done_ui(ui, summary, locale, theme, commands);
            return;
        }
        ImportStage::Failed | ImportStage::Ready | ImportStage::Ask => {}
    }
    let mut form = summary.form.clone();
    form_ui(ui, summary, &mut form, locale, theme);
    if let Some(layer) = &summary.layer {
        layer_ui(ui, layer, summary, &mut form, locale, theme, commands);
    }
    ui.add_space(8.0);
    ui.checkbox(&mut form.replace, locale.tr("import-replace"))
        .on_hover_text(locale.tr("import-replace-hint"));
    if form != summary.form {
        commands.push(DataCommand::ImportForm(form.clone()).into());
    }
    let ready = summary.stage == ImportStage::Ready;
    if primary_button(ui, theme, ready, &locale.tr("import-go")).clicked() {
        let go: Command = DataCommand::Import.into();
        commands.push(if form.replace { AppCommand::Confirm(Box::new(go)).into() } else { go });
    }
    if button(ui, &locale.tr("cancel")).clicked() {
        commands.push(DataCommand::CloseImport.into());
    }
}

fn form_ui(
    ui: &mut Ui,
    summary: &ImportSummary,
    form: &mut ImportForm,
    locale: &Locale,
    theme: &Theme,
) {
    part(ui, theme, locale.tr("import-understood"));
    let as_found = |found: Option<String>| match found {
        Some(found) => locale.text(&Message::new("import-recognised").with("what", found)),
        None => locale.tr("import-not-recognised"),
    };
    egui::Grid::new("import-form").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
        if summary.layers.len() > 1 {
            weak(ui, theme, locale.tr("import-layer"));
            let all = locale.tr("import-layer-all");
            let named = form.source_layer.clone().unwrap_or_else(|| all.clone());
            combo(ui, "layer", &named, |ui| {
                ui.selectable_value(&mut form.source_layer, None, &all);
                for name in &summary.layers {
                    ui.selectable_value(&mut form.source_layer, Some(name.clone()), name);
                }
            });
            ui.end_row();
        }
        weak(ui, theme, locale.tr("import-kind"));
        let found = summary.layer.as_ref().and_then(|layer| layer.kind);
        let recognised = as_found(found.map(|kind| kind_label(locale, kind)));
        let shown = form.kind.map_or_else(|| recognised.clone(), |kind| kind_label(locale, kind));
        let before = form.kind;
        combo(ui, "kind", &shown, |ui| {
            ui.selectable_value(&mut form.kind, None, &recognised);
            for kind in Kind::ALL {
                ui.selectable_value(&mut form.kind, Some(*kind), kind_label(locale, *kind));
            }
        });
        if form.kind != before {
            form.columns.clear();
        }
        ui.end_row();
        if summary.kind.is_none_or(Kind::has_geometry) {
            weak(ui, theme, locale.tr("import-crs"));
            let found = summary.layer.as_ref().and_then(|layer| layer.crs.clone());
            let recognised = as_found(found.map(|crs| crs_name(&crs, locale)));
            let shown =
                form.crs.as_deref().map_or_else(|| recognised.clone(), |crs| crs_name(crs, locale));
            combo(ui, "crs", &shown, |ui| {
                ui.selectable_value(&mut form.crs, None, &recognised);
                for (crs, id) in SYSTEMS {
                    ui.selectable_value(&mut form.crs, Some(crs.to_owned()), locale.tr(id));
                }
            });
            ui.end_row();
        }
        weak(ui, theme, locale.tr("import-encoding"));
        let found = summary.format.as_ref().map(|(_, encoding)| encoding.clone());
        let recognised = as_found(found.filter(|encoding| !encoding.is_empty()));
        let shown = form.encoding.clone().unwrap_or_else(|| recognised.clone());
        combo(ui, "encoding", &shown, |ui| {
            ui.selectable_value(&mut form.encoding, None, &recognised);
            for encoding in ENCODINGS {
                ui.selectable_value(&mut form.encoding, Some(encoding.to_owned()), encoding);
            }
        });
        ui.end_row();
    });
}

fn combo(ui: &mut Ui, salt: &str, shown: &str, list: impl FnOnce(&mut Ui)) {
    ComboBox::from_id_salt(salt)
        .width((ui.available_width() - 8.0).max(120.0))
        .height(360.0)
        .truncate()
        .selected_text(shown)
        .show_ui(ui, list);
}

/// A system's usual name, or its code where it has none here.
fn crs_name(crs: &str, locale: &Locale) -> String {
    let known = SYSTEMS.iter().find(|(code, _)| *code == crs);
    known.map_or_else(|| crs.to_owned(), |(_, id)| locale.tr(id))
}

fn layer_ui(
    ui: &mut Ui,
    layer: &PreviewLayer,
    summary: &ImportSummary,
    form: &mut ImportForm,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.add_space(8.0);
    let rows = Message::new("import-rows").with("count", layer.row_count);
    if button(ui, &locale.text(&rows)).clicked() {
        commands.push(AppCommand::Drawer(Some(Drawer::Preview)).into());
    }
    notes_ui(ui, &layer.notes, theme.attention, locale, theme);
    part(ui, theme, locale.tr("import-columns"));
    egui::Grid::new("import-columns").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
        for (at, column) in layer.columns.iter().enumerate() {
            column_ui(ui, at, column, layer, summary.kind, form, locale, theme);
            ui.end_row();
        }
    });
}

#[expect(clippy::too_many_arguments, reason = "one line of the table of columns")]
fn column_ui(
    ui: &mut Ui,
    at: usize,
    column: &PreviewColumn,
    layer: &PreviewLayer,
    kind: Option<Kind>,
    form: &mut ImportForm,
    locale: &Locale,
    theme: &Theme,
) {
    ui.vertical(|ui| {
        ui.set_width(120.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(egui::Label::new(&column.name).truncate()).on_hover_text(&column.name);
        let sample = layer.rows.iter().filter_map(|row| row.get(at)).find(|cell| !cell.is_empty());
        let sample = sample.cloned().unwrap_or_else(|| locale.tr("no-data"));
        let text = RichText::new(&sample).small().color(theme.text_weak);
        ui.add(egui::Label::new(text).truncate()).on_hover_text(sample);
    });
    let name = |field: &str| match (field, kind) {
        ("lon" | "lat" | "wkt" | "sample", _) => locale.tr(&format!("import-field-{field}")),
        (field, Some(kind)) => field_label(locale, kind, field),
        (field, None) => field.to_owned(),
    };
    let by_hand = form.columns.iter().find(|(_, own)| *own == column.name).map(|(f, _)| f.clone());
    let recognised = column.field.as_deref().map_or_else(|| locale.tr("import-column-kept"), &name);
    let mut chosen = by_hand.clone();
    let shown = chosen.as_deref().map_or_else(|| recognised.clone(), &name);
    combo(ui, &format!("column-{at}"), &shown, |ui| {
        let text = if by_hand.is_some() {
            locale.tr("import-column-recognised")
        } else {
            recognised.clone()
        };
        ui.selectable_value(&mut chosen, None, text);
        for place in ["lon", "lat"] {
            ui.selectable_value(&mut chosen, Some(place.to_owned()), name(place));
        }
        for field in kind.map(|kind| &kind.table_def().fields).into_iter().flatten() {
            ui.selectable_value(&mut chosen, Some(field.name.clone()), name(&field.name));
        }
    });
    if chosen != by_hand {
        form.set_column(&column.name, chosen.as_deref());
    }
}

fn notes_ui(ui: &mut Ui, notes: &[RowNote], color: egui::Color32, locale: &Locale, theme: &Theme) {
    for note in notes.iter().take(LISTED) {
        let text = locale.text(&note.message);
        let text = if note.row == 0 {
            text
        } else {
            locale.text(&Message::new("import-row").with("row", note.row).with("what", text))
        };
        remark(ui, theme, color, text);
    }
}

fn report_ui(ui: &mut Ui, report: &ImportReport, locale: &Locale, theme: &Theme) {
    part(ui, theme, format!("{} · {}", kind_label(locale, report.kind), report.layer));
    let refused = if report.refused.is_empty() { theme.text } else { theme.danger };
    let shown = [
        (report.accepted, "import-accepted", theme.text),
        (report.refused.len() as u64, "import-refused", refused),
        (report.warnings.len() as u64, "import-warned", theme.text),
    ];
    let unit = locale.tr("unit-rows");
    let shown = shown
        .map(|(count, name, color)| (locale.count(count), unit.clone(), locale.tr(name), color));
    figures_ui(ui, theme, &shown);
    notes_ui(ui, &report.refused, theme.danger, locale, theme);
    notes_ui(ui, &report.warnings, theme.attention, locale, theme);
}

fn done_ui(
    ui: &mut Ui,
    summary: &ImportSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.add_space(8.0);
    if summary.notes > LISTED {
        let text = Message::new("open-table-all").with("count", summary.notes);
        if button(ui, &locale.text(&text)).clicked() {
            commands.push(AppCommand::Drawer(Some(Drawer::Report)).into());
        }
    }
    if primary_button(ui, theme, true, &locale.tr("import-done")).clicked() {
        commands.push(DataCommand::CloseImport.into());
        commands.push(AppCommand::Open(Task::Layers).into());
    }
    if button(ui, &locale.tr("data-undo-import")).clicked() {
        let command = DataCommand::UndoImport.into();
        commands.push(DataCommand::CloseImport.into());
        commands.push(AppCommand::Confirm(Box::new(command)).into());
    }
}
