//! Bridges: wherever a road lies over the water of a river, the stretch becomes a bridge.

use super::network::{Network, Segment};
use super::plane::{Micro, P, along, crossing, length, part, to_line};
use super::row::Row;
use super::water::Water;

/// A bridge.
pub struct Bridge {
    /// Where.
    pub place: P,
    /// Road.
    pub road: String,
    /// Class of the road.
    pub class: &'static str,
    /// River.
    pub river: String,
    /// Length in metres.
    pub metres: f64,
}

/// A part of a road over the water of a river.
struct Span {
    from: f64,
    to: f64,
    crossing: Option<P>,
    river: String,
}

/// The parts of a line over water, abutments included, in its order.
fn spans(line: &[P], water: &Water) -> Vec<Span> {
    const STEP: f64 = 4.0;
    let total = length(line);
    let middle = along(line, total / 2.0);
    let mut out: Vec<Span> = Vec::new();
    for river in &water.rivers {
        let reach = river.half_width + 12.0;
        if to_line(middle, &river.line) > total / 2.0 + reach {
            continue;
        }
        let mut crossings = Vec::new();
        let mut at = 0.0;
        for s in line.windows(2) {
            for t in river.line.windows(2) {
                if let Some((u, _)) = crossing(s[0], s[1], t[0], t[1]) {
                    crossings.push((at + u * s[0].distance(s[1]), s[0].towards(s[1], u)));
                }
            }
            at += s[0].distance(s[1]);
        }
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut wet: Vec<(f64, f64)> = Vec::new();
        let steps = (total / STEP).ceil() as usize;
        for n in 0..=steps {
            let at = (n as f64 * STEP).min(total);
            if to_line(along(line, at), &river.line) < reach {
                match wet.last_mut() {
                    Some(last) if at - last.1 < 40.0 => last.1 = at,
                    _ => wet.push((at, at)),
                }
            }
        }
        for (from, to) in wet.into_iter().filter(|(from, to)| to - from > STEP) {
            let inside = crossings.iter().find(|(at, _)| *at >= from && *at <= to);
            out.push(Span {
                from,
                to,
                crossing: inside.map(|(_, q)| *q),
                river: river.name.clone(),
            });
        }
    }
    out.sort_by(|a, b| a.from.total_cmp(&b.from));
    out
}

/// Makes a bridge of every part of a stretch that lies over water.
pub fn over_water(segments: Vec<Segment>, water: &Water) -> Network {
    let mut out = Vec::new();
    let mut bridges = Vec::new();
    for segment in segments {
        let line: Vec<P> = segment.line.iter().map(|m| P::of(*m)).collect();
        let total = length(&line);
        let mut done = 0.0;
        for span in spans(&line, water) {
            let from = if span.from < 10.0 { 0.0 } else { span.from.max(done) };
            let to = if span.to > total - 10.0 { total } else { span.to };
            if from > done + 0.5 {
                out.push(Segment { line: micro(&part(&line, done, from)), ..segment.clone() });
            }
            out.push(Segment {
                line: micro(&part(&line, from, to)),
                bridge: true,
                ..segment.clone()
            });
            // A stretch that only runs out over the water belongs to the bridge of the next one.
            if let Some(place) = span.crossing {
                bridges.push(Bridge {
                    place: P::of(place.micro()),
                    road: segment.name.clone(),
                    class: segment.class,
                    river: span.river,
                    metres: to - from,
                });
            }
            done = to;
        }
        if done < total - 0.5 {
            let line =
                if done == 0.0 { segment.line.clone() } else { micro(&part(&line, done, total)) };
            out.push(Segment { line, ..segment });
        }
    }
    Network { segments: out, bridges }
}

fn micro(line: &[P]) -> Vec<Micro> {
    let mut out: Vec<Micro> = line.iter().map(|q| q.micro()).collect();
    out.dedup();
    out
}

/// What the bridges of a class of road carry, in tonnes.
pub fn bearing(class: &str) -> f64 {
    match class {
        "motorway" | "trunk" => 55.0,
        "primary" | "secondary" => 49.0,
        "tertiary" => 30.0,
        _ => 10.0,
    }
}

/// The bridge layer.
pub fn rows(bridges: &[Bridge]) -> Vec<Row> {
    let mut order: Vec<&Bridge> = bridges.iter().collect();
    order.sort_by_key(|b| b.place.micro());
    order
        .iter()
        .enumerate()
        .map(|(i, b)| {
            let kind = match b.class {
                "motorway" | "trunk" => "大桥",
                "village" | "track" => "小桥",
                _ => "桥",
            };
            let road = if b.road.is_empty() { "乡村道路" } else { &b.road };
            Row::at(b.place)
                .text("code", format!("QL{:03}", i + 1))
                .text("name", format!("{}{:03}号{kind}", b.river, i + 1))
                .text("road", road)
                .text("river", &b.river)
                .real("length_m", b.metres, 0)
                .real("max_weight_t", bearing(b.class), 0)
                .text("status", "open")
                .sample()
        })
        .collect()
}
