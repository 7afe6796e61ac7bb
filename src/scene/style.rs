//! How each kind and class is drawn, read from the data table `assets/scene/styles.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Token;
use super::glyph::Glyph;
use crate::model::{Feature, Kind};

/// A value that changes with the zoom: straight between its steps, constant outside.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Ramp(Vec<[f32; 2]>);

impl Ramp {
    /// The value at a zoom; 0 for an empty ramp.
    pub fn at(&self, zoom: f32) -> f32 {
        let after = self.0.partition_point(|step| step[0] <= zoom);
        match (after.checked_sub(1).map(|i| self.0[i]), self.0.get(after)) {
            (Some(a), Some(b)) => a[1] + (b[1] - a[1]) * (zoom - a[0]) / (b[0] - a[0]),
            (Some(a), None) => a[1],
            (None, Some(b)) => b[1],
            (None, None) => 0.0,
        }
    }
}

/// A surface.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaStyle {
    /// Greater is drawn later; all surfaces lie below all lines.
    #[serde(default)]
    pub order: i32,
    /// From this zoom on.
    #[serde(default)]
    pub min_zoom: f32,
    /// Ground.
    pub fill: Token,
}

/// A line or an outline.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineStyle {
    /// From this zoom on.
    #[serde(default)]
    pub min_zoom: f32,
    /// Colour.
    pub color: Token,
    /// Width in pixels.
    pub width: Ramp,
    /// Lengths in pixels of strokes and gaps in turn; empty: unbroken.
    #[serde(default)]
    pub dash: Vec<f32>,
    /// Length in pixels of ticks to the right of the line; 0: none.
    #[serde(default)]
    pub ticks: f32,
    /// Colour of the edges.
    pub casing: Option<Token>,
    /// Edges from this zoom on.
    #[serde(default)]
    pub casing_zoom: f32,
    /// Colour between the edges, where it differs from `color`.
    pub inner: Option<Token>,
}

/// A sign at a point.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignStyle {
    /// What it shows.
    pub glyph: Glyph,
    /// A small mark from this zoom on ...
    pub min_zoom: f32,
    /// ... and the whole sign from this one.
    #[serde(default)]
    pub sign_zoom: f32,
    /// Half its width in pixels.
    pub size: Ramp,
    /// Who keeps the place when signs collide.
    pub priority: i32,
}

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelPlace {
    /// In the middle of a surface.
    Over,
    /// Beside a sign.
    Beside,
    /// Along a line.
    Along,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelStyle {
    /// From this zoom on.
    pub min_zoom: f32,
    /// Up to this zoom.
    #[serde(default = "no_limit")]
    pub max_zoom: f32,
    /// Height of the letters in pixels.
    pub size: Ramp,
    /// Colour.
    pub color: Token,
    /// Who keeps the place when names collide.
    pub priority: i32,
    /// Where it stands.
    pub place: LabelPlace,
    /// Placed before any sign, which then gives way.
    #[serde(default)]
    pub first: bool,
}

fn no_limit() -> f32 {
    f32::INFINITY
}

/// Everything about one kind or class.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// `kind` or `kind.class`.
    pub key: String,
    /// Greater is drawn later, among lines.
    pub order: i32,
    /// Its surfaces.
    pub area: Option<AreaStyle>,
    /// Its lines and outlines.
    pub line: Option<LineStyle>,
    /// Its signs.
    pub sign: Option<SignStyle>,
    /// Its names.
    pub label: Option<LabelStyle>,
}

#[derive(Deserialize)]
struct StyleFile {
    unusable: Vec<String>,
    schematic: Vec<String>,
    class_field: BTreeMap<String, String>,
    seat: Option<LabelStyle>,
    style: Vec<Style>,
}

/// All styles.
#[derive(Debug)]
pub struct StyleTable {
    unusable: Vec<String>,
    schematic: Vec<String>,
    class_field: BTreeMap<String, String>,
    seat: Option<LabelStyle>,
    styles: Vec<Style>,
}

static TABLE: LazyLock<StyleTable> = LazyLock::new(|| {
    // Part of the program; a unit test proves that it reads and is complete.
    let file =
        toml::from_str(include_str!("../../assets/scene/styles.toml")).unwrap_or(StyleFile {
            unusable: Vec::new(),
            schematic: Vec::new(),
            class_field: BTreeMap::new(),
            seat: None,
            style: Vec::new(),
        });
    StyleTable {
        unusable: file.unusable,
        schematic: file.schematic,
        class_field: file.class_field,
        seat: file.seat,
        styles: file.style,
    }
});

impl StyleTable {
    /// The table.
    pub fn get() -> &'static Self {
        &TABLE
    }

    /// The style with this number.
    pub fn style(&self, number: u16) -> Option<&Style> {
        self.styles.get(usize::from(number))
    }

    /// How the county's name at its seat is written.
    pub fn seat(&self) -> Option<&LabelStyle> {
        self.seat.as_ref()
    }

    /// Number of the style of a kind and class; the kind's own style if the class has none.
    pub fn number(&self, kind: Kind, class: Option<&str>) -> Option<u16> {
        let find = |key: &str| self.styles.iter().position(|style| style.key == key);
        let at = class
            .and_then(|class| find(&format!("{kind}.{class}")))
            .or_else(|| find(kind.key()))?;
        u16::try_from(at).ok()
    }

    /// Class of a feature, as its style is looked up.
    pub fn class_of<'a>(&self, feature: &'a Feature) -> Option<&'a str> {
        feature.text(self.class_field.get(feature.kind.key())?)
    }

    /// Whether a boundary's note says that it is schematic.
    pub fn is_schematic(&self, note: &str) -> bool {
        self.schematic.iter().any(|known| known == note.trim())
    }

    /// Whether a feature can be counted on, as its sign shows it.
    pub fn is_usable(&self, feature: &Feature) -> bool {
        feature.text("status").is_none_or(|status| self.unusable.iter().all(|u| u != status))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_every_kind_on_the_map_has_a_style() {
        let file: StyleFile =
            toml::from_str(include_str!("../../assets/scene/styles.toml")).unwrap();
        assert!(!file.style.is_empty() && file.seat.is_some_and(|seat| seat.first));
        let table = StyleTable::get();
        for kind in Kind::ALL.iter().filter(|kind| kind.has_geometry()) {
            let style = table.style(table.number(*kind, None).unwrap()).unwrap();
            let geometry = &kind.table_def().geometry;
            let has = |name: &str| geometry.iter().any(|g| g == name);
            assert!(!has("point") || style.sign.is_some(), "{kind} has no sign");
            assert!(!has("line") || style.line.is_some(), "{kind} has no line");
        }
        for style in &table.styles {
            let (kind, class) =
                style.key.split_once('.').map_or((style.key.as_str(), None), |(k, c)| (k, Some(c)));
            let kind = Kind::parse(kind).unwrap();
            if let Some(class) = class {
                let field = kind.field(&table.class_field[kind.key()]).unwrap();
                assert!(field.values.iter().any(|v| v.key == class), "{}", style.key);
            }
        }
        let statuses: Vec<&str> = Kind::ALL
            .iter()
            .filter_map(|kind| kind.field("status"))
            .flat_map(|field| field.values.iter().map(|v| v.key.as_str()))
            .collect();
        assert!(table.unusable.iter().all(|u| statuses.contains(&u.as_str())));
    }

    #[test]
    fn classes_fall_back_to_their_kind() {
        let table = StyleTable::get();
        let key = |class| &table.style(table.number(Kind::Road, class).unwrap()).unwrap().key;
        assert_eq!(key(Some("motorway")), "road.motorway");
        assert_eq!(key(Some("cycleway")), "road");
        assert_eq!(key(None), "road");
    }

    #[test]
    fn ramps_are_straight_between_their_steps() {
        let ramp = Ramp(vec![[10.0, 2.0], [12.0, 6.0]]);
        assert_eq!([9.0, 10.0, 11.0, 12.0, 15.0].map(|z| ramp.at(z)), [2.0, 2.0, 4.0, 6.0, 6.0]);
        assert_eq!(Ramp::default().at(3.0), 0.0);
    }
}
