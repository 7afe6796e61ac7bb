//! What the window remembers between runs.

use serde::{Deserialize, Serialize};

use crate::base::Lang;
use crate::model::Kind;

/// Which colours the window has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Light {
    /// For daylight.
    #[default]
    Day,
    /// For the night.
    Night,
    /// Red only, so that eyes stay used to the dark.
    Red,
}

impl Light {
    /// All of them, in the order in which one button steps through them.
    pub const ALL: [Self; 3] = [Self::Day, Self::Night, Self::Red];

    /// The one that follows.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Day => Self::Night,
            Self::Night => Self::Red,
            Self::Red => Self::Day,
        }
    }
}

/// Where the map looked: middle in degrees and zoom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptView {
    /// Longitude of the middle.
    pub lon: f64,
    /// Latitude of the middle.
    pub lat: f64,
    /// Zoom.
    pub zoom: f64,
    /// The store it belongs to.
    pub store: String,
}

/// What the window remembers between runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// Language.
    pub lang: Lang,
    /// Colours.
    pub light: Light,
    /// Everything a quarter larger, for a moving vehicle.
    pub vehicle: bool,
    /// The task panel shows.
    pub panel_open: bool,
    /// The first-start hint was put away for good.
    pub hint_dismissed: bool,
    /// Layers that do not show.
    pub hidden: Vec<Kind>,
    /// Where the map looked.
    pub view: Option<KeptView>,
    /// The store that was open last, if it was not the user's own.
    pub store: Option<String>,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            lang: Lang::default(),
            light: Light::default(),
            vehicle: false,
            panel_open: true,
            hint_dismissed: false,
            hidden: Vec::new(),
            view: None,
            store: None,
        }
    }
}
