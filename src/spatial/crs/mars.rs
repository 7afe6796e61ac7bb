//! The shifted degrees of Chinese web maps: GCJ-02 (火星坐标) and BD-09 (百度坐标), both ways.

use std::f64::consts::PI;

use geo_types::Coord;

/// Krasovsky 1940, the ellipsoid of the shift.
const AXIS: f64 = 6_378_245.0;
const ECC2: f64 = 0.006_693_421_622_965_943;

/// Rough frame outside which nothing is shifted.
fn outside_china(at: Coord<f64>) -> bool {
    !(72.004..=137.8347).contains(&at.x) || !(0.8293..=55.8271).contains(&at.y)
}

/// The shift at a place, in degrees.
fn shift(at: Coord<f64>) -> Coord<f64> {
    if outside_china(at) {
        return Coord { x: 0.0, y: 0.0 };
    }
    let (x, y) = (at.x - 105.0, at.y - 35.0);
    let root = x.abs().sqrt();
    let wave = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + wave
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + wave
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let (sin, cos) = at.y.to_radians().sin_cos();
    let magic = 1.0 - ECC2 * sin * sin;
    let root = magic.sqrt();
    Coord {
        x: (east * 180.0) / (AXIS / root * cos * PI),
        y: (north * 180.0) / ((AXIS * (1.0 - ECC2)) / (magic * root) * PI),
    }
}

/// True degrees to GCJ-02.
pub(super) fn wgs_to_gcj(at: Coord<f64>) -> Coord<f64> {
    at + shift(at)
}

/// GCJ-02 back to true degrees: a fixed point, since the shift hardly changes over its own length.
pub(super) fn gcj_to_wgs(at: Coord<f64>) -> Coord<f64> {
    let mut place = at;
    for _ in 0..10 {
        let miss = at - wgs_to_gcj(place);
        place = place + miss;
        if miss.x.abs() < 1e-12 && miss.y.abs() < 1e-12 {
            break;
        }
    }
    // On the very frame the shift jumps and there is nothing to converge to: keep what was given.
    let miss = at - wgs_to_gcj(place);
    if miss.x.abs() < 1e-6 && miss.y.abs() < 1e-6 { place } else { at }
}

/// GCJ-02 to BD-09.
pub(super) fn gcj_to_bd(at: Coord<f64>) -> Coord<f64> {
    const TURN: f64 = PI * 3000.0 / 180.0;
    let z = at.x.hypot(at.y) + 0.000_02 * (at.y * TURN).sin();
    let theta = at.y.atan2(at.x) + 0.000_003 * (at.x * TURN).cos();
    Coord { x: z * theta.cos() + 0.0065, y: z * theta.sin() + 0.006 }
}

/// BD-09 back to GCJ-02.
pub(super) fn bd_to_gcj(at: Coord<f64>) -> Coord<f64> {
    let mut place = at - Coord { x: 0.0065, y: 0.006 };
    for _ in 0..10 {
        let miss = at - gcj_to_bd(place);
        place = place + miss;
        if miss.x.abs() < 1e-12 && miss.y.abs() < 1e-12 {
            break;
        }
    }
    place
}
