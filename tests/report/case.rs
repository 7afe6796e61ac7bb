//! A county small enough to check by hand, and plans for it.

use geo_types::{Coord, LineString, Polygon};
use shouye::analysis::{Evacuation, EvacuationPlan, evacuation};
use shouye::base::{Feedback, Timestamp};
use shouye::county::County;
use shouye::model::{Feature, Provenance, Value};
use shouye::report::{Movement, Occasion};
use shouye::spatial::Area;
use shouye::view::{Lang, Locale};

use crate::county::{at, block, county, row, settlement};

/// Everything an occasion refers to.
pub struct Case {
    pub county: County,
    pub area: Area,
    pub ask: Evacuation,
    pub plan: EvacuationPlan,
}

impl Case {
    /// The plan for an area of 10 km by 10 km from the corner.
    pub fn new(rows: Vec<Feature>) -> Self {
        let county = county(rows);
        let area = Area::new(block(0.0, 0.0, 10.0, 10.0)).unwrap();
        let ask = Evacuation::default();
        let plan = evacuation(&county, &area, &ask, &Feedback::default()).unwrap();
        Self { county, area, ask, plan }
    }

    /// Drawn up at 14:20 on 23 November 2026.
    pub fn occasion<'a>(&'a self, movements: Option<&'a [Movement]>) -> Occasion<'a> {
        Occasion {
            county: &self.county,
            area: &self.area,
            ask: &self.ask,
            plan: &self.plan,
            at: now(),
            legs: &[],
            travel: None,
            movements,
        }
    }
}

pub fn now() -> Timestamp {
    Timestamp::parse("2026-11-23T14:20").unwrap()
}

pub fn zh() -> Locale {
    Locale::new(Lang::Zh)
}

fn coded(code: &str, mut row: Feature) -> Feature {
    row.code = Some(code.to_owned());
    row
}

/// A township's outline.
fn township(code: &str, name: &str, x: f64) -> Feature {
    let ring: Vec<Coord<f64>> =
        [(x, 0.0), (x + 5.0, 0.0), (x + 5.0, 10.0), (x, 10.0)].map(|(x, y)| at(x, y)).to_vec();
    let mut row = coded(code, row("township", name, None, &[]));
    row.geometry = Some(Polygon::new(LineString::new(ring), Vec::new()).into());
    row
}

/// Two townships, three villages, two shelters that take 140 of 170 people.
pub fn rows(sample: bool) -> Vec<Feature> {
    let mut east = coded(
        "101",
        row(
            "settlement",
            "东村",
            Some((4.0, 5.0)),
            &[
                ("residents", "120"),
                ("vulnerable_share", "0.255"),
                ("households", "3"),
                ("township", "甲镇"),
            ],
        ),
    );
    east.extra.push(("official_name".to_owned(), Value::from("东村村民委员会")));
    let west = coded(
        "102",
        row("settlement", "西村", Some((3.0, 5.0)), &[("residents", "50"), ("township", "甲镇")]),
    );
    let north = coded("201", row("settlement", "北村", Some((7.0, 5.0)), &[("township", "乙镇")]));
    let school = row(
        "shelter",
        "一小避难场所",
        Some((14.0, 5.0)),
        &[
            ("capacity", "100"),
            ("address", "学府路 1 号"),
            ("person_in_charge", "=王某"),
            ("phone", "+86-1"),
            ("effective_area_in_m2", "250"),
            ("toilets", "8"),
            ("water_l", "2000"),
            ("power_kw", "30"),
        ],
    );
    let park = row("shelter", "公园<一>", Some((24.0, 5.0)), &[("effective_area_out_m2", "80")]);
    let closed =
        row("shelter", "旧礼堂", Some((15.0, 5.0)), &[("capacity", "900"), ("status", "closed")]);
    let contact = row(
        "contact",
        "张某",
        None,
        &[("settlement", "东村"), ("role", "informant"), ("phone", "10000000001")],
    );
    let mut rows = vec![
        township("1", "甲镇", 0.0),
        township("2", "乙镇", 5.0),
        east,
        west,
        north,
        school,
        park,
        closed,
        contact,
    ];
    for row in &mut rows {
        row.provenance = Provenance {
            source: Some(if sample { "示例数据" } else { "县应急局台账" }.to_owned()),
            as_of: Some("2026-10-02".to_owned()),
            sample,
        };
    }
    rows
}

/// Many villages of one township, and a shelter for each.
pub fn many(villages: u32) -> Vec<Feature> {
    let mut rows = vec![township("1", "甲镇", 0.0)];
    for n in 0..villages {
        let (x, y) = (0.5 + f64::from(n % 9), 0.5 + f64::from(n / 9 % 9));
        let mut village = coded(&format!("{n:03}"), settlement(&format!("村{n:03}"), x, y, 10));
        assert!(village.attributes.set(village.kind, "township", Some(Value::from("甲镇"))));
        assert!(village.attributes.set(village.kind, "households", Some(Value::from(2_i64))));
        rows.push(village);
        rows.push(crate::county::shelter(&format!("场所{n:03}"), 12.0 + x, y, 9));
    }
    rows
}
