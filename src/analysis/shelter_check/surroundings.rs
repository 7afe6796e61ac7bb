//! Checks of where a shelter stands: faults, hazard sources, wind, danger area and water.

use geo::CoordsIter;
use geo_types::{Coord, Geometry};

use super::{Check, CheckKind, CheckNote, CheckRule, Limit, Outcome, ShelterCheck, ShelterRules};
use crate::base::Metres;
use crate::county::County;
use crate::model::{Feature, Kind};
use crate::spatial::measure::{azimuth_deg, geodesic_distance};
use crate::spatial::{distance_between, middle};

/// Whether a check is about the surroundings and not about the record.
pub(super) fn about(kind: CheckKind) -> bool {
    matches!(
        kind,
        CheckKind::Fault
            | CheckKind::FireSource
            | CheckKind::MajorSource
            | CheckKind::Downwind
            | CheckKind::DangerArea
            | CheckKind::Water
            | CheckKind::River
            | CheckKind::Levee
    )
}

/// A shelter on the ground.
pub(super) struct Site<'a> {
    county: &'a County,
    geometry: &'a Geometry<f64>,
    middle: Coord<f64>,
    /// From the middle to the farthest corner, metres.
    reach: f64,
}

/// Something near, and how far it is from the nearest edge of the site.
type Neighbour<'a> = (Metres, &'a Feature);

impl<'a> Site<'a> {
    /// Where a shelter stands; `None` without a position.
    pub fn of(county: &'a County, shelter: &'a Feature) -> Option<Self> {
        let geometry = shelter.geometry.as_ref()?;
        let middle = middle(geometry)?;
        let corners = geometry.coords_iter().map(|corner| geodesic_distance(middle, corner).0);
        let reach = corners.fold(0.0, f64::max);
        Some(Self { county, geometry, middle, reach })
    }

    /// Holds the surroundings against one rule.
    pub fn check(&self, rule: &CheckRule, limit: Limit, ask: &ShelterCheck<'_>) -> Check {
        let kind = rule.key;
        match kind {
            CheckKind::Fault => self.fault(rule, limit),
            CheckKind::FireSource => self.apart(Kind::HazardSource, rule, limit),
            CheckKind::MajorSource => self.major_source(rule, limit),
            CheckKind::Downwind => self.downwind(rule, limit, ask.wind_from_deg),
            CheckKind::DangerArea => match ask.area {
                None => Check::unknown(kind, CheckNote::NoArea),
                Some(area) if area.touches(self.geometry) => Check::stated(kind, Outcome::Fail),
                Some(_) => Check::stated(kind, Outcome::Pass),
            },
            CheckKind::Water => self.water(kind),
            CheckKind::River => self.apart(Kind::River, rule, limit),
            _ => self.apart(Kind::Levee, rule, limit),
        }
    }

    /// Everything accepted of a kind within so many metres of the site's edge, nearest first, ties by id.
    fn within(
        &self,
        kind: Kind,
        within: f64,
        accept: &dyn Fn(&Feature) -> bool,
    ) -> Vec<Neighbour<'a>> {
        let Some(layer) = self.county.layer(kind) else { return Vec::new() };
        let rows = layer.features();
        let mut accepted = |item: u32| rows.get(item as usize).is_some_and(accept);
        let around = Some(Metres(within + self.reach));
        let near = layer.index().nearest(self.middle, rows.len(), around, &mut accepted);
        let mut out: Vec<Neighbour<'a>> = near
            .into_iter()
            .filter_map(|near| {
                let row = rows.get(near.item as usize)?;
                let apart = match self.geometry {
                    Geometry::Point(_) => near.distance,
                    extent => distance_between(extent, row.geometry.as_ref()?)?,
                };
                (apart.0 <= within).then_some((apart, row))
            })
            .collect();
        out.sort_by(|a, b| a.0.0.total_cmp(&b.0.0).then(a.1.id.cmp(&b.1.id)));
        out
    }

    /// The nearest accepted one of a kind, wherever it is.
    fn nearest(&self, kind: Kind, accept: &dyn Fn(&Feature) -> bool) -> Option<Neighbour<'a>> {
        let layer = self.county.layer(kind)?;
        let rows = layer.features();
        let mut accepted = |item: u32| rows.get(item as usize).is_some_and(accept);
        let first = *layer.index().nearest(self.middle, 1, None, &mut accepted).first()?;
        // Nothing is nearer to the edge of the site than what is nearest to its middle, but for its reach.
        // The millimetre is for two ways of measuring the same length.
        self.within(kind, first.distance.0 + 1e-3, accept).into_iter().next()
    }

    /// Distance to the nearest of a kind; no data without such a layer.
    fn apart(&self, kind: Kind, rule: &CheckRule, limit: Limit) -> Check {
        match self.nearest(kind, &|_| true) {
            None => Check::unknown(rule.key, CheckNote::NoLayer),
            Some(near) => measured(rule, near, limit),
        }
    }

    fn fault(&self, rule: &CheckRule, limit: Limit) -> Check {
        let inferred = |row: &Feature| row.text("activity") == Some("inferred");
        let sure = self.nearest(Kind::Fault, &|row| !inferred(row));
        let sure = sure.map(|near| measured(rule, near, limit));
        let guess = self.nearest(Kind::Fault, &inferred).map(|near| {
            let warn = [limit.warn, limit.fail].into_iter().flatten().reduce(f64::max);
            let check = measured(rule, near, Limit { warn, fail: None, ..limit });
            Check { note: Some(CheckNote::Inferred), ..check }
        });
        // The worse of the two, of equals the nearer.
        let worse = |a: Check, b: Check| {
            let key = |check: &Check| (check.outcome, check.figure.map(f64::to_bits));
            if key(&b) < key(&a) { b } else { a }
        };
        [sure, guess]
            .into_iter()
            .flatten()
            .reduce(worse)
            .unwrap_or_else(|| Check::unknown(rule.key, CheckNote::NoLayer))
    }

    fn major_source(&self, rule: &CheckRule, limit: Limit) -> Check {
        if self.county.layer(Kind::HazardSource).is_none() {
            return Check::unknown(rule.key, CheckNote::NoLayer);
        }
        let class = |row: &Feature| row.text("major_hazard_class").map(|class| class != "none");
        let major = self.nearest(Kind::HazardSource, &|row| class(row) == Some(true));
        let check = match major {
            Some(near) => measured(rule, near, limit),
            None => Check { limit: limit.fail, ..Check::stated(rule.key, Outcome::Pass) },
        };
        let near = [limit.warn, limit.fail].into_iter().flatten().fold(0.0, f64::max);
        let unknown = self.within(Kind::HazardSource, near, &|row| class(row).is_none());
        match unknown.into_iter().next().map(|near| measured(rule, near, limit)) {
            Some(open) if check.outcome == Outcome::Pass && open.outcome != Outcome::Pass => {
                Check { outcome: Outcome::NoData, note: Some(CheckNote::UnknownSource), ..open }
            }
            _ => check,
        }
    }

    /// Downwind means that some corner of the site lies in the cone behind the source.
    fn downwind(&self, rule: &CheckRule, limit: Limit, wind_from_deg: Option<f64>) -> Check {
        let Some(from) = wind_from_deg.filter(|from| from.is_finite()) else {
            return Check::unknown(rule.key, CheckNote::NoWind);
        };
        if self.county.layer(Kind::HazardSource).is_none() {
            return Check::unknown(rule.key, CheckNote::NoLayer);
        }
        let half = ShelterRules::usual().wind_cone_deg.value;
        let farthest = limit.warn.or(limit.fail).unwrap_or_default();
        let hit = |(apart, row): &Neighbour<'_>| {
            let Some(source) = row.geometry.as_ref().and_then(middle) else { return false };
            let behind = |corner: Coord<f64>| {
                let off = azimuth_deg(source, corner) - (from + 180.0);
                let off = (off + 180.0).rem_euclid(360.0) - 180.0;
                off.abs() <= half + 1e-9
            };
            apart.0 <= 0.0 || behind(self.middle) || self.geometry.coords_iter().any(behind)
        };
        match self.within(Kind::HazardSource, farthest, &|_| true).into_iter().find(hit) {
            Some(near) => measured(rule, near, limit),
            None => Check { limit: Some(farthest), ..Check::stated(rule.key, Outcome::Pass) },
        }
    }

    fn water(&self, kind: CheckKind) -> Check {
        let Some(layer) = self.county.layer(Kind::Waterbody) else {
            return Check::unknown(kind, CheckNote::NoLayer);
        };
        let around = layer.index().containing(self.middle);
        let rows = layer.features();
        let deep = around
            .iter()
            .filter_map(|item| rows.get(*item as usize))
            .find(|row| row.text("water_type").is_some_and(|water| water != "old_lake_basin"));
        if let Some(row) = deep {
            return Check { other: Some(row.id), ..Check::stated(kind, Outcome::Fail) };
        }
        match self.within(Kind::Waterbody, 0.0, &|_| true).first() {
            Some((_, row)) => Check {
                other: Some(row.id),
                note: Some(CheckNote::OldBasin),
                ..Check::stated(kind, Outcome::Warn)
            },
            None => Check::stated(kind, Outcome::Pass),
        }
    }
}

/// A distance to something against its limits.
fn measured(rule: &CheckRule, (apart, row): Neighbour<'_>, limit: Limit) -> Check {
    let check = Check::measured(rule.key, apart.0, limit, rule.sense);
    Check { other: Some(row.id), ..check }
}
