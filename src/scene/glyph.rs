//! The signs of facilities as vector drawings of one weight.

use serde::Deserialize;

/// Shape of a sign's ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plate {
    /// Rounded square: places that take things or people in.
    Square,
    /// Circle: people who come.
    Circle,
    /// Square on its corner: places that are themselves a danger.
    Diamond,
    /// Small disc: water and fire points.
    Disc,
    /// No ground.
    None,
}

/// A stroke of a sign in a box from -1 to 1, y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// A line.
    Line(&'static [[f32; 2]]),
    /// A closed line.
    Ring(&'static [[f32; 2]]),
    /// A circle: middle and radius.
    Circle([f32; 2], f32),
    /// A filled circle: middle and radius.
    Dot([f32; 2], f32),
}

/// What a sign shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Glyph {
    /// A plain dot: a settlement.
    Dot,
    /// A roof over an open door.
    Shelter,
    /// A box.
    Warehouse,
    /// Three chevrons: the fire and rescue service. A star would stand for the government.
    Station1,
    /// Two chevrons: a township's station.
    StationM,
    /// One chevron: a village's station.
    StationN,
    /// A cross.
    Hospital,
    /// A shield.
    Police,
    /// A flag on a mast.
    School,
    /// A heart.
    CareHome,
    /// A staff gauge.
    Gauge,
    /// Water lifted upwards.
    Pump,
    /// A flask.
    HazardSource,
    /// Crossed hammers.
    Mine,
    /// A drop.
    Hydrant,
    /// A deck on an arch.
    Bridge,
    /// A bar: no way through.
    Closure,
    /// A beam on two posts.
    Gate,
    /// A bent arrow.
    Turn,
}

impl Glyph {
    /// The shape below the drawing.
    pub fn plate(self) -> Plate {
        match self {
            Self::Dot => Plate::None,
            Self::Shelter
            | Self::Warehouse
            | Self::Hospital
            | Self::School
            | Self::CareHome
            | Self::Bridge => Plate::Square,
            Self::Station1 | Self::StationM | Self::StationN | Self::Police => Plate::Circle,
            Self::HazardSource | Self::Mine => Plate::Diamond,
            Self::Gauge | Self::Pump | Self::Hydrant | Self::Closure => Plate::Disc,
            Self::Gate | Self::Turn => Plate::Square,
        }
    }

    /// The drawing.
    pub fn marks(self) -> &'static [Mark] {
        use Mark::{Dot, Line, Ring};
        match self {
            Self::Dot => &[Dot([0.0, 0.0], 1.0)],
            Self::Shelter => &[
                Line(&[[-0.66, 0.02], [0.0, -0.58], [0.66, 0.02]]),
                Line(&[[-0.44, -0.1], [-0.44, 0.56], [0.44, 0.56], [0.44, -0.1]]),
                Line(&[[0.0, 0.56], [0.0, 0.14]]),
            ],
            Self::Warehouse => &[
                Ring(&[[-0.56, -0.22], [0.56, -0.22], [0.56, 0.54], [-0.56, 0.54]]),
                Line(&[[-0.56, -0.22], [-0.36, -0.54], [0.36, -0.54], [0.56, -0.22]]),
                Line(&[[-0.18, 0.1], [0.18, 0.1]]),
            ],
            Self::Station1 => &[
                Line(&[[-0.5, -0.14], [0.0, -0.58], [0.5, -0.14]]),
                Line(&[[-0.5, 0.2], [0.0, -0.24], [0.5, 0.2]]),
                Line(&[[-0.5, 0.54], [0.0, 0.1], [0.5, 0.54]]),
            ],
            Self::StationM => &[
                Line(&[[-0.5, 0.0], [0.0, -0.46], [0.5, 0.0]]),
                Line(&[[-0.5, 0.48], [0.0, 0.02], [0.5, 0.48]]),
            ],
            Self::StationN => &[Line(&[[-0.5, 0.24], [0.0, -0.26], [0.5, 0.24]])],
            Self::Hospital => {
                &[Line(&[[0.0, -0.58], [0.0, 0.58]]), Line(&[[-0.58, 0.0], [0.58, 0.0]])]
            }
            Self::Police => &[Ring(&[
                [0.0, -0.58],
                [0.5, -0.38],
                [0.44, 0.16],
                [0.0, 0.6],
                [-0.44, 0.16],
                [-0.5, -0.38],
            ])],
            Self::School => &[
                Line(&[[-0.36, 0.62], [-0.36, -0.6], [0.52, -0.3], [-0.36, 0.02]]),
                Line(&[[-0.6, 0.62], [0.5, 0.62]]),
            ],
            Self::CareHome => &[Ring(&[
                [0.0, 0.58],
                [-0.58, -0.04],
                [-0.56, -0.4],
                [-0.3, -0.52],
                [0.0, -0.26],
                [0.3, -0.52],
                [0.56, -0.4],
                [0.58, -0.04],
            ])],
            Self::Gauge => &[
                Line(&[[-0.16, -0.6], [-0.16, 0.6]]),
                Line(&[[-0.16, -0.44], [0.4, -0.44]]),
                Line(&[[-0.16, 0.0], [0.24, 0.0]]),
                Line(&[[-0.16, 0.44], [0.4, 0.44]]),
            ],
            Self::Pump => &[
                Line(&[[0.0, 0.26], [0.0, -0.56]]),
                Line(&[[-0.34, -0.22], [0.0, -0.56], [0.34, -0.22]]),
                Line(&[[-0.54, 0.5], [-0.27, 0.36], [0.0, 0.5], [0.27, 0.36], [0.54, 0.5]]),
            ],
            Self::HazardSource => &[
                Line(&[
                    [-0.14, -0.5],
                    [-0.14, -0.12],
                    [-0.44, 0.4],
                    [0.44, 0.4],
                    [0.14, -0.12],
                    [0.14, -0.5],
                ]),
                Line(&[[-0.26, -0.5], [0.26, -0.5]]),
            ],
            Self::Mine => &[
                Line(&[[-0.42, 0.42], [0.34, -0.34]]),
                Line(&[[0.42, 0.42], [-0.34, -0.34]]),
                Line(&[[0.12, -0.46], [0.46, -0.12]]),
                Line(&[[-0.12, -0.46], [-0.46, -0.12]]),
            ],
            Self::Hydrant => &[Ring(&[
                [0.0, -0.62],
                [0.36, -0.04],
                [0.4, 0.26],
                [0.22, 0.52],
                [-0.22, 0.52],
                [-0.4, 0.26],
                [-0.36, -0.04],
            ])],
            Self::Bridge => &[
                Line(&[[-0.66, -0.2], [0.66, -0.2]]),
                Line(&[[-0.56, 0.46], [-0.36, 0.08], [0.0, -0.06], [0.36, 0.08], [0.56, 0.46]]),
            ],
            Self::Closure => {
                &[Line(&[[-0.5, 0.0], [0.5, 0.0]]), Line(&[[-0.5, 0.14], [0.5, 0.14]])]
            }
            Self::Gate => &[
                Line(&[[-0.5, 0.54], [-0.5, -0.4]]),
                Line(&[[0.5, 0.54], [0.5, -0.4]]),
                Line(&[[-0.5, -0.2], [0.5, -0.2]]),
            ],
            Self::Turn => &[
                Line(&[[-0.3, 0.56], [-0.3, -0.1], [0.5, -0.1]]),
                Line(&[[0.2, -0.4], [0.5, -0.1], [0.2, 0.2]]),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_stay_inside_their_box() {
        let mut all = Vec::new();
        for glyph in [
            Glyph::Shelter,
            Glyph::Warehouse,
            Glyph::Station1,
            Glyph::StationM,
            Glyph::StationN,
            Glyph::Hospital,
            Glyph::Police,
            Glyph::School,
            Glyph::CareHome,
            Glyph::Gauge,
            Glyph::Pump,
            Glyph::HazardSource,
            Glyph::Mine,
            Glyph::Hydrant,
            Glyph::Bridge,
            Glyph::Closure,
            Glyph::Gate,
            Glyph::Turn,
        ] {
            for mark in glyph.marks() {
                if let Mark::Line(c) | Mark::Ring(c) = mark {
                    assert!(c.len() >= 2);
                    assert!(c.iter().flatten().all(|v| v.abs() <= 0.7), "{glyph:?}");
                }
            }
            all.push(glyph.marks());
        }
        for (i, a) in all.iter().enumerate() {
            assert!(all[i + 1..].iter().all(|b| a != b), "two signs look the same");
        }
    }
}
