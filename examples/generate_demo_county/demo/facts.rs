//! The public facts in `maps/facts/`, as values.

use serde::Deserialize;

use super::plane::{P, lonlat};

macro_rules! fact_file {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/maps/facts/", $name))
    };
}

/// A township's code, name and seat.
pub struct TownshipFact {
    /// Nine digits.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Where its seat is assumed to be.
    pub seat: P,
    /// Published area in square kilometres, where there is one.
    pub km2: Option<f64>,
}

/// A village's or community's code and name.
#[derive(Clone)]
pub struct VillageFact {
    /// Twelve digits.
    pub code: String,
    /// Official name of its committee.
    pub official: String,
    /// Everyday name: `南门社区`, `东贾柏村`.
    pub name: String,
    /// A residents' committee (居委会).
    pub community: bool,
}

impl VillageFact {
    /// The name without `村`, as in names of schools and gauges, unless only one character would be left.
    pub fn stem(&self) -> &str {
        let stem = self.name.trim_end_matches('村');
        if stem.chars().count() > 1 { stem } else { &self.name }
    }
}

/// A river's published figures.
#[derive(Deserialize)]
pub struct RiverFact {
    /// Name.
    pub name: String,
    /// Rank of size.
    pub order: i64,
    /// `major`, `minor` or `canal`.
    pub river_class: String,
    /// Length in the county.
    pub length_km: Option<f64>,
    /// Design flood.
    pub design_flow_m3s: Option<f64>,
    /// Its course in words.
    pub text: String,
}

/// A fault line.
#[derive(Deserialize)]
pub struct FaultFact {
    /// Number on the map it is taken from.
    pub code: String,
    /// Name.
    pub name: String,
    /// Direction.
    pub strike_deg: f64,
    /// A few points along it.
    pub points: Vec<[f64; 2]>,
}

/// A mine that is known by name.
#[derive(Deserialize)]
pub struct MineFact {
    /// Name.
    pub name: String,
    /// Where.
    pub township: String,
    /// What is mined.
    pub mineral: String,
    /// Tonnes a year.
    pub output_t_year: Option<f64>,
}

#[derive(Deserialize)]
struct Population {
    residents: u64,
    urban: u64,
}

#[derive(Deserialize)]
struct Terrain {
    highest_m: f64,
    lowest_m: f64,
}

#[derive(Deserialize)]
struct AreaFact {
    code: String,
    km2: f64,
}

#[derive(Deserialize)]
struct CountyFile {
    population: Population,
    terrain: Terrain,
    township_area: Vec<AreaFact>,
    mine: Vec<MineFact>,
}

#[derive(Deserialize)]
struct WaterFile {
    river: Vec<RiverFact>,
}

/// The fault file.
#[derive(Deserialize)]
pub struct FaultFile {
    /// Where the lines come from.
    pub source: String,
    /// The map's date.
    pub as_of: String,
    /// The lines.
    pub fault: Vec<FaultFact>,
}

#[derive(Deserialize)]
struct Seat {
    code: String,
    lon: f64,
    lat: f64,
}

#[derive(Deserialize)]
struct HintFile {
    seat: Vec<Seat>,
}

/// Everything public.
pub struct Facts {
    /// Outline ring, degrees, as published (last point not repeated), anticlockwise.
    pub outline: Vec<P>,
    /// Source of the outline.
    pub outline_source: String,
    /// Note on the outline.
    pub outline_note: String,
    /// The townships in the order of their codes.
    pub townships: Vec<TownshipFact>,
    /// The villages in the order of their codes.
    pub villages: Vec<VillageFact>,
    /// County residents.
    pub residents: u64,
    /// Of these, urban.
    pub urban: u64,
    /// Highest ground.
    pub highest_m: f64,
    /// Lowest ground.
    pub lowest_m: f64,
    /// Rivers in order.
    pub rivers: Vec<RiverFact>,
    /// Faults.
    pub faults: FaultFile,
    /// Mines known by name.
    pub mines: Vec<MineFact>,
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

/// The everyday name of a committee.
fn everyday_name(official: &str) -> String {
    for (ending, instead) in
        [("居民委员会", ""), ("社区居委会", "社区"), ("村民委员会", "村"), ("村委会", "村")]
    {
        if let Some(stem) = official.strip_suffix(ending) {
            let name = format!("{stem}{instead}");
            return name.replace("村村", "村");
        }
    }
    official.to_owned()
}

impl Facts {
    /// Reads the embedded fact files.
    pub fn read() -> Self {
        let outline: serde_json::Value =
            serde_json::from_str(fact_file!("outline.geojson")).unwrap();
        let feature = &outline["features"][0];
        let text = |key: &str| feature["properties"][key].as_str().unwrap().to_owned();
        let mut ring: Vec<P> = feature["geometry"]["coordinates"][0]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| lonlat(c[0].as_f64().unwrap(), c[1].as_f64().unwrap()))
            .collect();
        ring.pop();
        let county: CountyFile = toml::from_str(fact_file!("county.toml")).unwrap();
        let water: WaterFile = toml::from_str(fact_file!("waters.toml")).unwrap();
        let hints: HintFile = toml::from_str(fact_file!("placement_hints.toml")).unwrap();
        let townships = rows(fact_file!("townships.csv"))
            .into_iter()
            .map(|row| {
                let seat = hints.seat.iter().find(|seat| seat.code == row[0]).unwrap();
                let km2 = county.township_area.iter().find(|a| a.code == row[0]).map(|a| a.km2);
                TownshipFact {
                    code: row[0].clone(),
                    name: row[1].clone(),
                    seat: lonlat(seat.lon, seat.lat),
                    km2,
                }
            })
            .collect();
        let villages = rows(fact_file!("villages.csv"))
            .into_iter()
            .map(|row| VillageFact {
                code: row[0].clone(),
                official: row[1].clone(),
                name: everyday_name(&row[1]),
                community: row[1].contains('居'),
            })
            .collect();
        Self {
            outline: ring,
            outline_source: text("source"),
            outline_note: text("note"),
            townships,
            villages,
            residents: county.population.residents,
            urban: county.population.urban,
            highest_m: county.terrain.highest_m,
            lowest_m: county.terrain.lowest_m,
            rivers: water.river,
            faults: toml::from_str(fact_file!("faults.toml")).unwrap(),
            mines: county.mine,
        }
    }

    /// The villages of the township at `at`.
    pub fn villages_of(&self, at: usize) -> Vec<VillageFact> {
        let code = &self.townships[at].code;
        self.villages.iter().filter(|v| v.code.starts_with(code.as_str())).cloned().collect()
    }
}
