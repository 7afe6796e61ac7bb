//! The balance sheet of shelters (避难场所供需平衡表): people against places, township by township, and who is
//! beyond walking distance of any shelter.

mod reach;
mod sums;

pub use reach::ShelterArea;
pub use sums::Sums;

use std::collections::BTreeMap;

use crate::base::{Cancelled, Feedback, Id};
use crate::county::County;
use crate::model::{Feature, Kind, StayClass};
use crate::spatial::middle;

/// The question.
#[derive(Clone, Copy, Debug, Default)]
pub struct Balance {
    /// Free places are counted for this stay.
    pub stay: StayClass,
}

/// A township's line of the balance sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct TownshipBalance {
    /// Which one; `None` if the county has no township of that name, or the records name none.
    pub id: Option<Id>,
    /// Its code.
    pub code: Option<String>,
    /// Its name; empty for what belongs to no township.
    pub name: String,
    /// Its figures.
    pub sums: Sums,
}

/// The balance sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BalanceSheet {
    /// The whole county.
    pub county: Sums,
    /// By code, then name; what belongs to no township last.
    pub townships: Vec<TownshipBalance>,
    /// Every shelter's area of responsibility, by id.
    pub shelters: Vec<ShelterArea>,
    /// The county knows no settlements at all, so that nothing can be said of people.
    pub no_settlements: bool,
}

/// Order of the lines: no township last, then code, then name.
type Place = (bool, Option<String>, String, Option<Id>);

/// Sets people against places.
///
/// A shelter counts for stays no longer than its own class, and for those it declares a capacity for; one
/// without a class is taken at its word for all. Closed shelters count nowhere.
pub fn balance(
    county: &County,
    ask: &Balance,
    feedback: &Feedback,
) -> Result<BalanceSheet, Cancelled> {
    feedback.check()?;
    let walking = reach::walking(county, ask.stay, feedback)?;
    let mut lines: BTreeMap<Place, Sums> = BTreeMap::new();
    for row in county.features(Kind::Township) {
        lines.insert(line_of(row), Sums::default());
    }
    let mut whole = Sums::default();
    for (row, beyond) in county.features(Kind::Settlement).iter().zip(&walking.beyond) {
        let line = lines.entry(place(county, row)).or_default();
        for sums in [line, &mut whole] {
            sums.add_settlement(row, *beyond);
        }
    }
    for row in county.features(Kind::Shelter) {
        let line = lines.entry(place(county, row)).or_default();
        for sums in [line, &mut whole] {
            sums.add_shelter(row, ask.stay);
        }
    }
    let townships = lines
        .into_iter()
        .map(|((_, code, name, id), sums)| TownshipBalance { id, code, name, sums })
        .collect();
    Ok(BalanceSheet {
        county: whole,
        townships,
        shelters: walking.shelters,
        no_settlements: county.features(Kind::Settlement).is_empty(),
    })
}

/// The township a record belongs to: the one it names, else the one it lies in.
fn place(county: &County, row: &Feature) -> Place {
    let Some(layer) = county.layer(Kind::Township) else {
        let name = row.text("township").unwrap_or_default();
        return (name.is_empty(), None, name.to_owned(), None);
    };
    if let Some(name) = row.text("township") {
        return layer.resolve(name).map_or_else(|| (false, None, name.to_owned(), None), line_of);
    }
    let around = row.geometry.as_ref().and_then(middle).map(|at| layer.index().containing(at));
    around
        .and_then(|items| layer.features().get(*items.first()? as usize))
        .map_or_else(|| (true, None, String::new(), None), line_of)
}

fn line_of(township: &Feature) -> Place {
    (false, township.code.clone(), township.name.clone(), Some(township.id))
}
