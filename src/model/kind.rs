//! The kinds of things a county is made of.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $key:literal,)*) => {
        /// A kind of feature; every layer holds features of one kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind {
            $($(#[$doc])* #[serde(rename = $key)] $variant,)*
        }

        impl Kind {
            /// Every kind, in the order in which they are listed to people.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)*];

            /// The word used on the command line and in files, `care-home`.
            pub fn key(self) -> &'static str {
                match self { $(Kind::$variant => $key,)* }
            }
        }
    };
}

kinds! {
    /// Boundary (行政边界) of the county.
    Boundary = "boundary",
    /// Township or street office (乡镇、街道).
    Township = "township",
    /// Village or community (村、社区) with its residents.
    Settlement = "settlement",
    /// River, brook or canal (河流).
    River = "river",
    /// Lake, reservoir, pond or old lake basin (水域).
    Waterbody = "waterbody",
    /// Levee (堤防).
    Levee = "levee",
    /// River gauge (水位站) with warning (警戒) and guarantee (保证) levels.
    Gauge = "gauge",
    /// Drainage pump station (泵站).
    Pump = "pump",
    /// Fault (断裂).
    Fault = "fault",
    /// Road (道路).
    Road = "road",
    /// Bridge (桥梁).
    Bridge = "bridge",
    /// Closure (道路封闭、封控区): a barrier to traffic with a time window.
    Closure = "closure",
    /// Turn restriction (转向限制) at a junction.
    TurnRestriction = "turn-restriction",
    /// Gate, bollard or height limit on a road (道口设施).
    RoadGate = "road-gate",
    /// Railway (铁路).
    Railway = "railway",
    /// Land use (用地).
    Landuse = "landuse",
    /// Building (建筑).
    Building = "building",
    /// Shelter (应急避难场所).
    Shelter = "shelter",
    /// Relief warehouse (物资储备库).
    Warehouse = "warehouse",
    /// A stock line of a warehouse (物资明细).
    Stock = "stock",
    /// Rescue station (救援站) of tier 1, M or N.
    Station = "station",
    /// A piece of equipment of a station (装备).
    Equipment = "equipment",
    /// Hospital or clinic (医疗机构).
    Hospital = "hospital",
    /// Police station (派出所).
    Police = "police",
    /// School (学校).
    School = "school",
    /// Care home (养老机构).
    CareHome = "care-home",
    /// Hydrant or other fire water source (消火栓、消防水源).
    Hydrant = "hydrant",
    /// Mine (矿山).
    Mine = "mine",
    /// Hazard source (危险源): a plant or tank with a dangerous substance.
    HazardSource = "hazard-source",
    /// A person to call (灾害信息员、包保责任人).
    Contact = "contact",
    /// A village's preplanned shelter (预案对口安置).
    Arrangement = "arrangement",
}

impl Kind {
    /// The kind with this key; underscores count as hyphens.
    ///
    /// ```
    /// use shouye::model::Kind;
    /// assert_eq!(Kind::parse("care_home"), Some(Kind::CareHome));
    /// assert_eq!(Kind::parse("castle"), None);
    /// ```
    pub fn parse(key: &str) -> Option<Self> {
        let key = key.trim().to_lowercase().replace('_', "-");
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// Name of the kind's table in the store, `care_home`.
    pub fn table(self) -> String {
        self.key().replace('-', "_")
    }

    /// Facilities are what a danger area is counted against, beside people.
    pub fn is_facility(self) -> bool {
        matches!(
            self,
            Self::Bridge
                | Self::Gauge
                | Self::Pump
                | Self::Shelter
                | Self::Warehouse
                | Self::Station
                | Self::Hospital
                | Self::Police
                | Self::School
                | Self::CareHome
                | Self::Hydrant
                | Self::Mine
                | Self::HazardSource
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}
