//! The window's letters: Latin from egui, Chinese from the embedded subset, rare ones from the system.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions};

const CHINESE: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Subset.otf");

/// Gives the window its letters. The Chinese face comes last, so that Latin keeps its own.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let name = "NotoSansSC-Subset".to_owned();
    fonts.font_data.insert(name.clone(), Arc::new(FontData::from_static(CHINESE)));
    for faces in fonts.families.values_mut() {
        faces.push(name.clone());
    }
    ctx.set_fonts(fonts);
}
