//! Colours by role for three themes: day, night and red light.

use egui::{Color32, CornerRadius, Shadow, Stroke};
use serde::{Deserialize, Serialize};

use crate::scene::Token;

/// Which theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeMode {
    /// Light paper, dark text.
    #[default]
    Day,
    /// Near-black, warm grey text, no pure white.
    Night,
    /// Red only, so that eyes stay used to the dark.
    Red,
}

impl ThemeMode {
    /// All of them, in the order in which one button steps through them.
    pub const ALL: [Self; 3] = [Self::Day, Self::Night, Self::Red];
}

/// The colours of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Which one.
    pub mode: ThemeMode,
    /// Behind the panels.
    pub background: Color32,
    /// Panels.
    pub panel: Color32,
    /// Inputs, buttons and table heads.
    pub raised: Color32,
    /// A button or row under the pointer.
    pub hovered: Color32,
    /// Lines between things.
    pub outline: Color32,
    /// Text.
    pub text: Color32,
    /// Units, sources and other secondary text.
    pub text_weak: Color32,
    /// Our own action: primary buttons, links, the chosen task.
    pub action: Color32,
    /// Text on `action`.
    pub on_action: Color32,
    /// Ground of the chosen row.
    pub selection: Color32,
    /// Danger.
    pub danger: Color32,
    /// Text on `danger`.
    pub on_danger: Color32,
    /// Attention.
    pub attention: Color32,
    /// Text on `attention`.
    pub on_attention: Color32,
    /// Done.
    pub done: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Theme {
    /// The theme of a mode.
    pub fn of(mode: ThemeMode) -> Self {
        match mode {
            ThemeMode::Day => Self {
                mode,
                background: rgb(0xE9E6DF),
                panel: rgb(0xFAF9F6),
                raised: rgb(0xEFEDE7),
                hovered: rgb(0xE4E1D9),
                outline: rgb(0xCFCBC2),
                text: rgb(0x1F2328),
                text_weak: rgb(0x565D66),
                action: rgb(0x0B5CAD),
                on_action: rgb(0xFFFFFF),
                selection: rgb(0xCFE2F5),
                danger: rgb(0xB3261E),
                on_danger: rgb(0xFFFFFF),
                attention: rgb(0x8A4F00),
                on_attention: rgb(0xFFFFFF),
                done: rgb(0x1B6E3C),
            },
            ThemeMode::Night => Self {
                mode,
                background: rgb(0x0E1012),
                panel: rgb(0x1A1D20),
                raised: rgb(0x24282C),
                hovered: rgb(0x2E3338),
                outline: rgb(0x3A3F45),
                text: rgb(0xD9D4CA),
                text_weak: rgb(0xA39E94),
                action: rgb(0x6FB1F0),
                on_action: rgb(0x08182A),
                selection: rgb(0x1F3A54),
                danger: rgb(0xFF8A80),
                on_danger: rgb(0x2A0806),
                attention: rgb(0xF2B14A),
                on_attention: rgb(0x2A1B00),
                done: rgb(0x7CC796),
            },
            ThemeMode::Red => Self {
                mode,
                background: rgb(0x080000),
                panel: rgb(0x120101),
                raised: rgb(0x220404),
                hovered: rgb(0x300707),
                outline: rgb(0x4A0E0C),
                text: rgb(0xFF6A5C),
                text_weak: rgb(0xE85044),
                action: rgb(0xFF8A7A),
                on_action: rgb(0x200202),
                selection: rgb(0x480B0A),
                danger: rgb(0xFFA598),
                on_danger: rgb(0x280202),
                attention: rgb(0xFF9C80),
                on_attention: rgb(0x280202),
                done: rgb(0xF07868),
            },
        }
    }

    /// A colour of the map.
    pub fn map(&self, token: Token) -> Color32 {
        let hex = match self.mode {
            ThemeMode::Day => day(token),
            ThemeMode::Night => night(token),
            ThemeMode::Red => red(token),
        };
        if token == Token::DangerFill { rgb(hex).gamma_multiply(0.22) } else { rgb(hex) }
    }

    /// Whether the ground is dark.
    pub fn is_dark(&self) -> bool {
        self.mode != ThemeMode::Day
    }

    /// egui's own colours in this theme.
    pub fn visuals(&self) -> egui::Visuals {
        let mut v = if self.is_dark() { egui::Visuals::dark() } else { egui::Visuals::light() };
        v.override_text_color = None;
        v.weak_text_color = Some(self.text_weak);
        v.panel_fill = self.panel;
        v.window_fill = self.panel;
        v.window_stroke = Stroke::new(1.0, self.outline);
        v.window_shadow =
            Shadow { offset: [0, 2], blur: 12, spread: 0, color: Color32::from_black_alpha(70) };
        v.popup_shadow = v.window_shadow;
        v.window_corner_radius = CornerRadius::same(6);
        v.menu_corner_radius = CornerRadius::same(6);
        v.faint_bg_color = self.raised;
        v.extreme_bg_color = self.raised;
        v.code_bg_color = self.raised;
        v.hyperlink_color = self.action;
        v.warn_fg_color = self.attention;
        v.error_fg_color = self.danger;
        v.selection.bg_fill = self.selection;
        v.selection.stroke = Stroke::new(1.5, self.action);
        v.slider_trailing_fill = true;
        let w = &mut v.widgets;
        for (widget, fill, text, edge) in [
            (&mut w.noninteractive, self.panel, self.text, self.outline),
            (&mut w.inactive, self.raised, self.text, self.outline),
            (&mut w.hovered, self.hovered, self.text, self.text_weak),
            (&mut w.active, self.selection, self.text, self.action),
            (&mut w.open, self.hovered, self.text, self.outline),
        ] {
            widget.bg_fill = fill;
            widget.weak_bg_fill = fill;
            widget.fg_stroke = Stroke::new(1.0, text);
            widget.bg_stroke = Stroke::new(1.0, edge);
            widget.corner_radius = CornerRadius::same(4);
            widget.expansion = 0.0;
        }
        v
    }

    /// Gives the whole window this theme.
    pub fn apply(&self, ctx: &egui::Context) {
        let theme = if self.is_dark() { egui::Theme::Dark } else { egui::Theme::Light };
        ctx.set_theme(theme);
        ctx.set_visuals_of(theme, self.visuals());
    }
}

fn day(token: Token) -> u32 {
    match token {
        Token::Outside => 0xE3E0D9,
        Token::Land => 0xF5F3EE,
        Token::BuiltUp => 0xE6E1D7,
        Token::Water => 0xCFE0EA,
        Token::WaterLine => 0x9CBDD1,
        Token::Basin => 0xE3EBEA,
        Token::WaterText => 0x2B607F,
        Token::Boundary => 0x7A7A7E,
        Token::TownshipLine => 0xB9B4AA,
        Token::RoadMajor => 0xF1DDB8,
        Token::RoadMajorCasing => 0xB7A37C,
        Token::RoadMinor => 0xFFFFFF,
        Token::RoadMinorCasing => 0xBDB8AE,
        Token::RoadTrack => 0xD0CBC1,
        Token::Fault => 0x80686A,
        Token::Levee => 0x8A8574,
        Token::Label => 0x2A2D31,
        Token::LabelWeak => 0x5A5D60,
        Token::Halo => 0xF8F7F3,
        Token::Symbol => 0x3C444C,
        Token::SymbolGround => 0xFDFCFA,
        Token::SymbolUnusable => 0x6A6E72,
        Token::Action => 0x0B5CAD,
        Token::OnAction => 0xFFFFFF,
        Token::DangerFill | Token::DangerLine => 0xC0261C,
        Token::Unplaced => 0xB3261E,
        Token::OnUnplaced => 0xFFFFFF,
        Token::Closed => 0x8A4F00,
        Token::Highlight => 0x0B5CAD,
    }
}

fn night(token: Token) -> u32 {
    match token {
        Token::Outside => 0x0C0E0F,
        Token::Land => 0x17191C,
        Token::BuiltUp => 0x24262A,
        Token::Water => 0x14293A,
        Token::WaterLine => 0x2D4E66,
        Token::Basin => 0x18242A,
        Token::WaterText => 0x86B2CC,
        Token::Boundary => 0x8C8880,
        Token::TownshipLine => 0x43464A,
        Token::RoadMajor => 0x6B5F48,
        Token::RoadMajorCasing => 0x2B2720,
        Token::RoadMinor => 0x45484C,
        Token::RoadMinorCasing => 0x1F2123,
        Token::RoadTrack => 0x33363A,
        Token::Fault => 0x8E7577,
        Token::Levee => 0x77725F,
        Token::Label => 0xD2CDC3,
        Token::LabelWeak => 0x9D988F,
        Token::Halo => 0x131517,
        Token::Symbol => 0xC2BDB3,
        Token::SymbolGround => 0x202327,
        Token::SymbolUnusable => 0x918C83,
        Token::Action => 0x6FB1F0,
        Token::OnAction => 0x08182A,
        Token::DangerFill | Token::DangerLine => 0xFF5A4C,
        Token::Unplaced => 0xFF8A80,
        Token::OnUnplaced => 0x2A0806,
        Token::Closed => 0xF2B14A,
        Token::Highlight => 0x8FC6FA,
    }
}

fn red(token: Token) -> u32 {
    match token {
        Token::Outside => 0x060000,
        Token::Land => 0x100101,
        Token::BuiltUp => 0x220504,
        Token::Water => 0x2A0606,
        Token::WaterLine => 0x5A1210,
        Token::Basin => 0x1A0303,
        Token::WaterText => 0xE8594C,
        Token::Boundary => 0xA8322A,
        Token::TownshipLine => 0x4A100E,
        Token::RoadMajor => 0x7A211C,
        Token::RoadMajorCasing => 0x240505,
        Token::RoadMinor => 0x521411,
        Token::RoadMinorCasing => 0x1A0303,
        Token::RoadTrack => 0x3A0D0B,
        Token::Fault => 0x8E2A24,
        Token::Levee => 0x7A241F,
        Token::Label => 0xFF6A5C,
        Token::LabelWeak => 0xDC4A3E,
        Token::Halo => 0x0C0000,
        Token::Symbol => 0xF0604F,
        Token::SymbolGround => 0x1A0303,
        Token::SymbolUnusable => 0xDA4C40,
        Token::Action => 0xFF9484,
        Token::OnAction => 0x200202,
        Token::DangerFill => 0xE04438,
        Token::DangerLine => 0xFFB0A4,
        Token::Unplaced => 0xFFA598,
        Token::OnUnplaced => 0x280202,
        Token::Closed => 0xFF9C80,
        Token::Highlight => 0xFFC0B4,
    }
}

/// Relative luminance of WCAG 2.1.
fn luminance(c: Color32) -> f64 {
    let linear = |v: u8| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b())
}

/// Contrast of two colours, 1 to 21 (WCAG 2.1).
pub fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_stand_off_their_ground() {
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 1e-9);
        let mut weak = Vec::new();
        for mode in ThemeMode::ALL {
            let t = Theme::of(mode);
            let m = |token| t.map(token);
            let grounds = [t.panel, t.background, t.raised, t.hovered];
            let mut pairs: Vec<(&str, Color32, Color32)> = Vec::new();
            for ground in grounds {
                pairs.push(("text", t.text, ground));
                pairs.push(("text_weak", t.text_weak, ground));
            }
            for (name, color) in [
                ("action", t.action),
                ("danger", t.danger),
                ("attention", t.attention),
                ("done", t.done),
            ] {
                pairs.push((name, color, t.panel));
                pairs.push((name, color, t.raised));
            }
            pairs.push(("text on selection", t.text, t.selection));
            pairs.push(("on_action", t.on_action, t.action));
            pairs.push(("on_danger", t.on_danger, t.danger));
            pairs.push(("on_attention", t.on_attention, t.attention));
            for ground in [Token::Land, Token::BuiltUp, Token::Basin, Token::Outside, Token::Halo] {
                pairs.push(("label", m(Token::Label), m(ground)));
                pairs.push(("label-weak", m(Token::LabelWeak), m(ground)));
            }
            for ground in [Token::Land, Token::Water, Token::Basin, Token::Halo] {
                pairs.push(("water-text", m(Token::WaterText), m(ground)));
            }
            pairs.push(("symbol", m(Token::Symbol), m(Token::SymbolGround)));
            pairs.push(("symbol", m(Token::Symbol), m(Token::Land)));
            pairs.push(("unusable", m(Token::SymbolUnusable), m(Token::SymbolGround)));
            pairs.push(("action line", m(Token::Action), m(Token::Land)));
            pairs.push(("danger line", m(Token::DangerLine), m(Token::Land)));
            pairs.push(("highlight", m(Token::Highlight), m(Token::Land)));
            pairs.push(("closed", m(Token::Closed), m(Token::Land)));
            pairs.push(("closed mark", m(Token::Closed), m(Token::Halo)));
            pairs.push(("number", m(Token::OnAction), m(Token::Action)));
            pairs.push(("mark", m(Token::OnUnplaced), m(Token::Unplaced)));
            for (name, a, b) in pairs {
                let ratio = contrast(a, b);
                if ratio < 4.5 {
                    weak.push(format!("{mode:?} {name} {a:?} on {b:?}: {ratio:.2}"));
                }
            }
        }
        assert!(weak.is_empty(), "\n{}", weak.join("\n"));
    }

    #[test]
    fn red_light_sends_out_next_to_no_green_or_blue() {
        let theme = Theme::of(ThemeMode::Red);
        for token in Token::ALL {
            let c = theme.map(token);
            assert!(c.g() <= c.r() && c.b() <= c.g(), "{token:?} {c:?}");
        }
    }
}
