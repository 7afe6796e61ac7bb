//! The embedded letters: which there are, how wide they are.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// Noto Sans SC, reduced to the characters that ledgers use (`assets/ATTRIBUTION.md`).
pub const CHINESE: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-Subset.otf");

/// What stands for a letter that is not there.
const MISSING: char = '□';

/// The letters of a document.
pub(super) struct Typeface {
    font: Font,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    per_em: f32,
}

impl Typeface {
    /// The embedded letters; `None` if they cannot be read.
    pub fn new() -> Option<Self> {
        let face = FontRef::new(CHINESE).ok()?;
        let font = Font::new(CHINESE.into(), 0)?;
        let per_em = font.units_per_em();
        let metrics = face.glyph_metrics(Size::unscaled(), LocationRef::default());
        Some(Self { font, charmap: face.charmap(), metrics, per_em })
    }

    /// The font as the writer wants it.
    pub fn font(&self) -> Font {
        self.font.clone()
    }

    /// The text as it can be written, and how many of its letters are not there. Control characters
    /// and marks of direction do not count.
    pub fn written(&self, text: &str) -> (String, usize) {
        let mut missing = 0;
        let written = text
            .chars()
            .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
            .map(|c| match c {
                '\n' => '\n',
                c if c.is_whitespace() || c.is_control() => ' ',
                c if self.charmap.map(c).is_some() => c,
                _ => {
                    missing += 1;
                    MISSING
                }
            })
            .collect();
        (written, missing)
    }

    /// Width of a letter at size 1.
    pub fn advance(&self, c: char) -> f32 {
        let glyph = self.charmap.map(c).unwrap_or_default();
        self.metrics.advance_width(glyph).map_or(1.0, |width| width / self.per_em)
    }

    /// Width of a text at a size.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.advance(c)).sum::<f32>() * size
    }

    /// The glyphs of a text.
    pub fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        text.char_indices()
            .map(|(at, c)| {
                let glyph = self.charmap.map(c).unwrap_or_default();
                let range = at..at + c.len_utf8();
                let id = GlyphId::new(glyph.to_u32());
                KrillaGlyph::new(id, self.advance(c), 0.0, 0.0, 0.0, range, None)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_not_there_are_shown_and_counted() {
        let face = Typeface::new().unwrap();
        let (text, missing) = face.written("a\u{10ffff}村\u{7}\u{1f9ff}\u{202e}b");
        assert_eq!((text.as_str(), missing), ("a□村 □b", 2));
        assert!(face.charmap.map(MISSING).is_some(), "the box itself is there");
        assert_eq!(face.width("中文", 10.0), 20.0);
        assert_eq!(face.glyphs("a村").last().map(|g| g.text_range.clone()), Some(1..4));
    }
}
