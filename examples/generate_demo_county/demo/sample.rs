//! The words and figures of invented records, read from `sample.toml`.

use serde::Deserialize;

/// One kind of goods.
#[derive(Deserialize)]
pub struct StockItem {
    /// Name.
    pub name: String,
    /// Seven digits.
    pub item_code: String,
    /// Counted in.
    pub unit: String,
    /// Kept in the flood store.
    #[serde(default)]
    pub flood: bool,
    /// In the county store.
    pub county: i64,
    /// In a township store, if there.
    pub township: Option<i64>,
    /// Keeps for so many months.
    pub expiry_months: Option<i64>,
}

/// Goods that lie with somebody else.
#[derive(Deserialize)]
pub struct Agreement {
    /// Name.
    pub name: String,
    /// Seven digits.
    pub item_code: String,
    /// Counted in.
    pub unit: String,
    /// How many.
    pub quantity: i64,
    /// Kind of reserve.
    pub reserve_kind: String,
    /// With whom.
    pub note: String,
}

/// A piece of equipment of each station of a tier.
#[derive(Deserialize)]
pub struct EquipmentItem {
    /// Tier.
    pub tier: String,
    /// Name.
    pub name: String,
    /// Model.
    pub model: Option<String>,
    /// How many.
    pub quantity: i64,
    /// Working height.
    pub reach_m: Option<f64>,
    /// Pumping.
    pub pump_m3h: Option<f64>,
}

/// A shelter of the county level.
#[derive(Deserialize)]
pub struct ShelterItem {
    /// Name.
    pub name: String,
    /// Wanted place.
    pub lon: f64,
    /// Wanted place.
    pub lat: f64,
    /// Type.
    pub shelter_type: String,
    /// Effective area outdoors.
    pub out_m2: f64,
    /// Effective area indoors.
    pub in_m2: Option<f64>,
}

/// A county hospital.
#[derive(Deserialize)]
pub struct HospitalItem {
    /// Name.
    pub name: String,
    /// Wanted place.
    pub lon: f64,
    /// Wanted place.
    pub lat: f64,
    /// Grade.
    pub level: String,
    /// Beds.
    pub beds: i64,
    /// Ambulances.
    pub ambulances: i64,
}

/// A plant.
#[derive(Deserialize)]
pub struct PlantItem {
    /// Name.
    pub name: String,
    /// Last three digits of the township's code.
    pub township: String,
    /// What it holds.
    pub substance: String,
    /// How much.
    pub tonnes: f64,
    /// Class of major hazard.
    pub class: String,
    /// People at work.
    pub workers: i64,
}

/// The whole file.
#[derive(Deserialize)]
pub struct Sample {
    /// Family names.
    pub surnames: String,
    /// Goods.
    pub stock: Vec<StockItem>,
    /// Agreements.
    pub agreement: Vec<Agreement>,
    /// Equipment.
    pub equipment: Vec<EquipmentItem>,
    /// Shelters.
    pub shelter: Vec<ShelterItem>,
    /// Hospitals.
    pub hospital: Vec<HospitalItem>,
    /// Plants.
    pub plant: Vec<PlantItem>,
}

impl Sample {
    /// Reads the embedded file.
    pub fn read() -> Self {
        toml::from_str(include_str!("../sample.toml")).unwrap()
    }

    /// An invented person: a family name and nothing more.
    pub fn person(&self, rng: &mut super::rng::Rng) -> String {
        let names: Vec<char> = self.surnames.chars().collect();
        format!("{}某某", names[rng.below(names.len())])
    }
}

/// A land line nobody has: local numbers never begin with 0.
pub fn phone(number: usize) -> String {
    format!("0537-0{number:06}")
}

/// A mobile nobody has: no mobile begins with 100.
pub fn mobile(number: usize) -> String {
    format!("100{number:08}")
}
