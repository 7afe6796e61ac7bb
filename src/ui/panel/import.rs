//! The import panel: what a file holds, how it was understood, corrections by hand, the report.

use egui::{RichText, Ui};

use crate::base::Message;
use crate::io::{ImportReport, PreviewColumn, PreviewLayer};
use crate::model::Kind;
use crate::session::import::ImportForm;
use crate::session::state::{Drawer, FileWish, Task};
use crate::session::{AppCommand, Command, DataCommand};
use crate::ui::panel::path::path_ui;
use crate::ui::theme::Theme;
use crate::ui::widget::{
    button, combo, cut, figures_ui, form_row, part, primary_button, remark, weak,
};
use crate::view::Locale;
use crate::view::import::{Counts, ImportStage, ImportSummary, NoteGroup, counts, grouped};
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
    cut(ui, RichText::new(&summary.file).strong());
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
            if summary.notes > 0 {
                table_ui(ui, summary.notes, locale, commands);
            }
            return;
        }
        ImportStage::Failed | ImportStage::Ready | ImportStage::Ask | ImportStage::Nothing => {}
    }
    if !summary.mendable {
        // The path may have a slip in it: it can be put right here.
        let typed = (FileWish::Import, summary.form.file.display().to_string());
        let typed = summary.typed.as_ref().unwrap_or(&typed);
        return path_ui(ui, FileWish::Import, Some(typed), true, locale, commands);
    }
    outlook_ui(ui, summary, locale, theme, commands);
    let mut form = summary.form.clone();
    form_ui(ui, summary, &mut form, locale, theme);
    if let Some(layer) = &summary.layer {
        layer_ui(ui, layer, summary, &mut form, locale, theme, commands);
    }
    ui.add_space(8.0);
    ui.checkbox(&mut form.replace, locale.tr("import-replace"))
        .on_hover_text(locale.tr("import-replace-hint"));
    if form != summary.form {
        commands.push(DataCommand::ImportForm(form).into());
    }
}

/// What can be done now, at the foot of the panel.
pub fn actions_ui(
    ui: &mut Ui,
    summary: &ImportSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if summary.stage == ImportStage::Done {
        if primary_button(ui, theme, true, &locale.tr("import-done")).clicked() {
            commands.push(DataCommand::CloseImport.into());
            commands.push(AppCommand::Open(Task::Layers).into());
        }
        if button(ui, &locale.tr("data-undo-import")).clicked() {
            commands.push(DataCommand::AskUndoImport.into());
        }
        return;
    }
    let ready = summary.stage == ImportStage::Ready;
    if primary_button(ui, theme, ready, &locale.tr("import-go")).clicked() {
        let go: Command = DataCommand::Import.into();
        let ask = summary.form.replace;
        commands.push(if ask { AppCommand::Confirm(Box::new(go)).into() } else { go });
    }
    if button(ui, &locale.tr("cancel")).clicked() {
        commands.push(DataCommand::CloseImport.into());
    }
}

/// What an import would do, as far as it is known.
fn outlook_ui(
    ui: &mut Ui,
    summary: &ImportSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let Some(counts) = summary.outlook else {
        if summary.trying {
            weak(ui, theme, locale.tr("import-trying"));
        }
        return;
    };
    counts_ui(ui, counts, ["outlook-accepted", "outlook-refused", "outlook-warned"], locale, theme);
    let (refused, warned) = &summary.outlook_notes;
    groups_ui(ui, refused, theme.danger, locale, theme);
    groups_ui(ui, warned, theme.attention, locale, theme);
    let listed = counts.refused + counts.warned;
    if listed > 0 {
        table_ui(ui, usize::try_from(listed).unwrap_or(usize::MAX), locale, commands);
    }
}

fn table_ui(ui: &mut Ui, count: usize, locale: &Locale, commands: &mut Vec<Command>) {
    let text = Message::new("open-table-all").with("count", count);
    if button(ui, &locale.text(&text)).clicked() {
        commands.push(AppCommand::Drawer(Some(Drawer::Report)).into());
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
    if summary.layers.len() > 1 {
        form_row(ui, theme, &locale.tr("import-layer"), |ui, _| {
            let all = locale.tr("import-layer-all");
            let named = form.source_layer.clone().unwrap_or_else(|| all.clone());
            combo(ui, "layer", &named, |ui| {
                ui.selectable_value(&mut form.source_layer, None, &all);
                for name in &summary.layers {
                    ui.selectable_value(&mut form.source_layer, Some(name.clone()), name);
                }
            });
        });
    }
    form_row(ui, theme, &locale.tr("import-kind"), |ui, _| {
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
    });
    if summary.kind.is_none_or(Kind::has_geometry) {
        form_row(ui, theme, &locale.tr("import-crs"), |ui, _| {
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
        });
    }
    form_row(ui, theme, &locale.tr("import-encoding"), |ui, _| {
        let found = summary.format.as_ref().map(|(_, encoding)| encoding.clone());
        let recognised = as_found(found.filter(|encoding| !encoding.is_empty()));
        let shown = form.encoding.clone().unwrap_or_else(|| recognised.clone());
        combo(ui, "encoding", &shown, |ui| {
            ui.selectable_value(&mut form.encoding, None, &recognised);
            for encoding in ENCODINGS {
                ui.selectable_value(&mut form.encoding, Some(encoding.to_owned()), encoding);
            }
        });
    });
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
    // Once an import was tried out, that says all of it.
    if summary.outlook.is_none() {
        groups_ui(ui, &grouped(&layer.notes), theme.attention, locale, theme);
    }
    part(ui, theme, locale.tr("import-columns"));
    for (at, column) in layer.columns.iter().enumerate() {
        ui.horizontal(|ui| {
            column_ui(ui, at, column, layer, summary.kind, form, locale, theme);
        });
    }
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
        cut(ui, RichText::new(&column.name));
        let sample = layer.rows.iter().filter_map(|row| row.get(at)).find(|cell| !cell.is_empty());
        let sample = sample.cloned().unwrap_or_else(|| locale.tr("no-data"));
        cut(ui, RichText::new(sample).small().color(theme.text_weak));
    });
    let name = |field: &str| match (field, kind) {
        (field, Some(kind)) if kind.field(field).is_some() => field_label(locale, kind, field),
        (field, _) => {
            // Where a row is, its own id, and whether it is sample data are no fields of a kind.
            let id = format!("import-field-{}", field.replace('_', "-"));
            if locale.has(&id) { locale.tr(&id) } else { field.to_owned() }
        }
    };
    let by_hand = form.columns.iter().find(|(_, own)| *own == column.name).map(|(f, _)| f.clone());
    let recognised = column.field.as_deref().map_or_else(|| locale.tr("import-column-kept"), &name);
    let mut chosen = by_hand.clone();
    let shown = chosen.as_deref().map_or_else(|| recognised.clone(), &name);
    combo(ui, ("column", at), &shown, |ui| {
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

fn groups_ui(
    ui: &mut Ui,
    groups: &[NoteGroup],
    color: egui::Color32,
    locale: &Locale,
    theme: &Theme,
) {
    for group in groups.iter().take(LISTED) {
        remark(ui, theme, color, group_text(group, locale));
    }
}

/// A group of notes in words: how many rows, what about them, the first of them.
fn group_text(group: &NoteGroup, locale: &Locale) -> String {
    let what = locale.text(&group.message);
    match (group.count, group.rows.as_slice()) {
        (_, []) => what,
        (1, [row, ..]) => {
            locale.text(&Message::new("import-row").with("row", *row).with("what", what))
        }
        (count, rows) => {
            let named: Vec<String> = rows.iter().map(|row| locale.count(*row)).collect();
            let mut named = named.join(&locale.tr("list-separator"));
            if count > rows.len() as u64 {
                named.push('…');
            }
            let id = if group.same { "import-rows-same" } else { "import-rows-like" };
            let text = Message::new(id).with("count", count).with("rows", named).with("what", what);
            locale.text(&text)
        }
    }
}

fn counts_ui(ui: &mut Ui, counts: Counts, names: [&str; 3], locale: &Locale, theme: &Theme) {
    let refused = if counts.refused == 0 { theme.text } else { theme.danger };
    let figures = [counts.accepted, counts.refused, counts.warned];
    let colors = [theme.text, refused, theme.text];
    let unit = locale.tr("unit-rows");
    let shown: Vec<_> = figures
        .into_iter()
        .zip(names)
        .zip(colors)
        .map(|((count, name), color)| (locale.count(count), unit.clone(), locale.tr(name), color))
        .collect();
    figures_ui(ui, theme, &shown);
}

fn report_ui(ui: &mut Ui, report: &ImportReport, locale: &Locale, theme: &Theme) {
    part(ui, theme, format!("{} · {}", kind_label(locale, report.kind), report.layer));
    let counts = counts(std::slice::from_ref(report));
    counts_ui(ui, counts, ["import-accepted", "import-refused", "import-warned"], locale, theme);
    groups_ui(ui, &grouped(&report.refused), theme.danger, locale, theme);
    groups_ui(ui, &grouped(&report.warnings), theme.attention, locale, theme);
}
