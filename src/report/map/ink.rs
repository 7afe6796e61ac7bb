//! Print colours: on white paper, told apart by their lightness alone.

use crate::scene::Token;

/// A colour of a drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// Red, green and blue.
    pub rgb: [u8; 3],
    /// From 0, not to be seen, to 1.
    pub opacity: f32,
}

impl Ink {
    /// A colour that hides what lies below, `0xRRGGBB`.
    pub const fn solid(hex: u32) -> Self {
        Self { rgb: [(hex >> 16) as u8, (hex >> 8) as u8, hex as u8], opacity: 1.0 }
    }

    /// The same colour, fainter.
    #[must_use]
    pub const fn at(self, opacity: f32) -> Self {
        Self { opacity, ..self }
    }

    /// Relative luminance of WCAG 2.1, from 0 to 1.
    pub fn luminance(self) -> f64 {
        let linear = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = self.rgb.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

/// The print colour of a token.
pub fn ink(token: Token) -> Ink {
    let solid = Ink::solid(match token {
        Token::Outside | Token::Land | Token::Halo | Token::OnAction | Token::OnUnplaced => {
            0xFF_FFFF
        }
        Token::BuiltUp => 0xE6_E6E4,
        Token::Water => 0xDB_E6EE,
        Token::WaterLine => 0x8F_AFC4,
        Token::Basin => 0xEE_F2F3,
        Token::WaterText => 0x2B_607F,
        Token::Boundary => 0x55_5555,
        Token::TownshipLine => 0xA8_A8A8,
        Token::RoadMajor => 0xE2_E2DE,
        Token::RoadMajorCasing => 0x8A_8A86,
        Token::RoadMinor => 0xFF_FFFF,
        Token::RoadMinorCasing => 0xB8_B8B4,
        Token::RoadTrack => 0xCC_CCC8,
        Token::Fault => 0x77_6A6A,
        Token::Levee => 0x7A_776C,
        Token::Label => 0x1C_1E20,
        Token::LabelWeak => 0x4A_4D50,
        Token::Symbol => 0x3C_444C,
        Token::SymbolGround => 0xFF_FFFF,
        Token::SymbolUnusable => 0x6A_6E72,
        Token::Action | Token::Highlight => 0x0B_3F7A,
        Token::DangerFill | Token::DangerLine => 0x9A_1A12,
        Token::Unplaced => 0x6E_100B,
        Token::Closed => 0x5A_3300,
    });
    if token == Token::DangerFill { solid.at(0.12) } else { solid }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(a: Token, b: Token) -> f64 {
        let [a, b] = [a, b].map(|token| ink(token).luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn what_matters_stands_off_white_paper_without_colour() {
        assert_eq!(ink(Token::Land).rgb, [255; 3]);
        for token in
            [Token::Label, Token::Action, Token::DangerLine, Token::Unplaced, Token::Closed]
        {
            assert!(contrast(token, Token::Land) > 7.0, "{token:?}");
            assert!(contrast(token, Token::BuiltUp) > 4.5, "{token:?}");
        }
        assert!(contrast(Token::LabelWeak, Token::Water) > 4.5);
        // The ground stays behind.
        for token in [Token::BuiltUp, Token::Water, Token::RoadMajor, Token::Basin] {
            assert!(contrast(token, Token::Land) < 1.5, "{token:?}");
        }
    }
}
