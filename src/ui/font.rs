//! The window's letters: one embedded family for Latin and Chinese; egui's and the system's for rare ones.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions};

use crate::report::pdf::CHINESE;

/// Gives the window its letters. The embedded face comes first, so that Latin letters, digits and
/// Chinese have one weight; what it lacks comes from egui's own.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let name = "NotoSansSC-Subset".to_owned();
    fonts.font_data.insert(name.clone(), Arc::new(FontData::from_static(CHINESE)));
    for faces in fonts.families.values_mut() {
        faces.insert(0, name.clone());
    }
    ctx.set_fonts(fonts);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::shelter_check::Outcome;

    #[test]
    fn signs_of_checks_can_be_drawn() {
        let ctx = Context::default();
        install(&ctx);
        // Letters are there after the first frame; nothing draws it.
        ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
        for sign in Outcome::ALL.map(Outcome::sign) {
            let font = egui::FontId::proportional(14.0);
            assert!(ctx.fonts_mut(|fonts| fonts.has_glyphs(&font, sign)), "{sign}");
        }
    }
}
