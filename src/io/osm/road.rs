//! What tags say of a road beyond the table: its direction, and who may use it.

use super::element::Tags;
use super::mapping::{Cells, LayerMap};
use crate::model::Value;

/// Values by which somebody may pass.
const MAY: [&str; 5] = ["yes", "permissive", "designated", "official", "public"];

/// Completes the fields of a road; true if its line has to be turned around.
pub fn complete(layer: &LayerMap, tags: Tags<'_>, cells: &mut Cells) -> bool {
    if let Some(access) = access(layer, tags, cells) {
        put(layer, "access", Some(access.into()), cells);
    }
    if text(layer, "road_class", cells) == Some("path")
        && matches!(text(layer, "access", cells), Some("yes" | "destination"))
    {
        // Vehicles are let in: a street for people, else a narrow way.
        let class = if tags.is("highway", "pedestrian") { "service" } else { "track" };
        put(layer, "road_class", Some(class.into()), cells);
    }
    let oneway = oneway(tags);
    put(layer, "oneway", oneway.map(|way| Value::Boolean(way != Oneway::No)), cells);
    oneway == Some(Oneway::Backwards)
}

/// Who may pass a gate: a closed one that emergency vehicles may open is no closed one.
pub fn complete_gate(layer: &LayerMap, tags: Tags<'_>, cells: &mut Cells) {
    if matches!(text(layer, "access", cells), Some("no" | "private")) && may(tags, "emergency") {
        put(layer, "access", Some("emergency".into()), cells);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Oneway {
    No,
    Forwards,
    Backwards,
}

/// What changes by the hour (`reversible`, `alternating`) is not known here.
fn oneway(tags: Tags<'_>) -> Option<Oneway> {
    match tags.get("oneway") {
        Some("yes" | "true" | "1") => return Some(Oneway::Forwards),
        Some("-1" | "reverse") => return Some(Oneway::Backwards),
        Some("no" | "false" | "0") => return Some(Oneway::No),
        Some("reversible" | "alternating") => return None,
        _ => {}
    }
    let implied = matches!(tags.get("highway"), Some("motorway" | "motorway_link"))
        || matches!(tags.get("junction"), Some("roundabout" | "circular"));
    implied.then_some(Oneway::Forwards)
}

/// Who may drive there, if that differs from what the table says.
fn access(layer: &LayerMap, tags: Tags<'_>, cells: &Cells) -> Option<&'static str> {
    let said = text(layer, "access", cells);
    let of_vehicles = tags.first(&["motorcar", "motor_vehicle", "vehicle"]).is_some();
    match said {
        Some("no") if ["emergency", "psv", "bus"].iter().any(|key| may(tags, key)) => {
            Some("private")
        }
        // Closed to vehicles is not closed to everybody.
        Some("no") if may(tags, "foot") => Some("walking"),
        Some("no") if of_vehicles && !tags.is("access", "no") => Some("walking"),
        // On a footway only a word about vehicles lets them in.
        None | Some("yes" | "destination") if text(layer, "road_class", cells) == Some("path") => {
            (said.is_none() || !of_vehicles).then_some("walking")
        }
        _ => None,
    }
}

fn may(tags: Tags<'_>, key: &str) -> bool {
    tags.get(key).is_some_and(|value| MAY.contains(&value))
}

fn text<'c>(layer: &LayerMap, field: &str, cells: &'c Cells) -> Option<&'c str> {
    let at = layer.field(field)?;
    cells.iter().find(|(own, _)| *own == at)?.1.as_text()
}

/// Sets a field; nothing is nothing.
pub fn put(layer: &LayerMap, field: &str, value: Option<Value>, cells: &mut Cells) {
    let (Some(at), Some(value)) = (layer.field(field), value) else { return };
    match cells.iter_mut().find(|(own, _)| *own == at) {
        Some((_, own)) => *own = value,
        None => cells.push((at, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::osm::mapping::{From, MAPPING};
    use crate::model::Kind;

    fn read(highway: &str, tags: &[(&str, &str)]) -> (Option<String>, Option<bool>, bool) {
        let tags: Vec<_> = [("highway", highway)].iter().chain(tags).copied().collect();
        let tags = Tags(&tags);
        let (layer, rule) = MAPPING.matches(tags, From::Way).remove(0);
        assert_eq!(layer.kind, Kind::Road);
        let mut cells = layer.cells(tags, Some(rule));
        let turned = complete(layer, tags, &mut cells);
        let at = layer.field("oneway").unwrap();
        let oneway = cells.iter().find(|(own, _)| *own == at).and_then(|(_, v)| v.as_bool());
        (text(layer, "access", &cells).map(str::to_owned), oneway, turned)
    }

    #[test]
    fn direction_and_implied_direction() {
        let of = |highway: &str, tags: &[(&str, &str)]| {
            let (_, oneway, turned) = read(highway, tags);
            (oneway, turned)
        };
        for word in ["yes", "true", "1"] {
            assert_eq!(of("primary", &[("oneway", word)]), (Some(true), false));
        }
        assert_eq!(of("primary", &[("oneway", "-1")]), (Some(true), true));
        assert_eq!(of("primary", &[("oneway", "no")]), (Some(false), false));
        assert_eq!(of("primary", &[("oneway", "reversible")]), (None, false));
        assert_eq!(of("primary", &[]), (None, false));
        assert_eq!(of("motorway", &[]), (Some(true), false));
        assert_eq!(of("motorway_link", &[("oneway", "no")]), (Some(false), false));
        assert_eq!(of("tertiary", &[("junction", "roundabout")]), (Some(true), false));
        assert_eq!(
            of("tertiary", &[("junction", "roundabout"), ("oneway", "no")]),
            (Some(false), false)
        );
    }

    #[test]
    fn a_path_that_vehicles_may_use_is_a_road() {
        let class = |highway: &str, tags: &[(&str, &str)]| {
            let tags: Vec<_> = [("highway", highway)].iter().chain(tags).copied().collect();
            let (layer, rule) = MAPPING.matches(Tags(&tags), From::Way).remove(0);
            let mut cells = layer.cells(Tags(&tags), Some(rule));
            complete(layer, Tags(&tags), &mut cells);
            text(layer, "road_class", &cells).map(str::to_owned).unwrap()
        };
        assert_eq!(class("path", &[("motor_vehicle", "designated")]), "track");
        assert_eq!(class("pedestrian", &[("motor_vehicle", "destination")]), "service");
        assert_eq!(class("path", &[("motor_vehicle", "no")]), "path");
        assert_eq!(class("path", &[("motor_vehicle", "private")]), "path");
        assert_eq!(class("footway", &[("access", "yes")]), "path");
    }

    #[test]
    fn the_narrowest_word_says_who_may_pass() {
        let of = |highway: &str, tags: &[(&str, &str)]| read(highway, tags).0;
        let is = |word: &str| Some(word.to_owned());
        assert_eq!(of("service", &[]), None);
        assert_eq!(of("service", &[("access", "private")]), is("private"));
        assert_eq!(of("service", &[("access", "private"), ("motor_vehicle", "yes")]), is("yes"));
        assert_eq!(of("track", &[("motor_vehicle", "forestry")]), is("private"));
        assert_eq!(of("track", &[("access", "no")]), is("no"));
        assert_eq!(of("track", &[("access", "no"), ("foot", "yes")]), is("walking"));
        assert_eq!(of("residential", &[("motor_vehicle", "no")]), is("walking"));
        assert_eq!(of("residential", &[("vehicle", "no"), ("access", "no")]), is("no"));
        assert_eq!(of("service", &[("access", "no"), ("emergency", "yes")]), is("private"));
        assert_eq!(of("footway", &[]), is("walking"));
        assert_eq!(of("footway", &[("access", "permissive")]), is("walking"));
        assert_eq!(of("path", &[("access", "private")]), is("private"));
        assert_eq!(of("path", &[("access", "no"), ("foot", "designated")]), is("walking"));
        assert_eq!(of("pedestrian", &[("motor_vehicle", "destination")]), is("destination"));
        assert_eq!(of("pedestrian", &[("motor_vehicle", "no")]), is("walking"));
        assert_eq!(of("steps", &[("vehicle", "unknown")]), is("walking"));
    }
}
