//! Web Mercator: degrees, world units and pixels.

use std::f64::consts::PI;

use geo_types::{Coord, Rect};

/// Side of the world in pixels at zoom 0.
const TILE: f64 = 256.0;
/// Zoom at which one local unit of a [`Frame`] is one pixel.
const LOCAL_ZOOM: f64 = 16.0;
/// Radius of the sphere that Web Mercator uses (EPSG:3857), in metres.
const RADIUS_M: f64 = 6_378_137.0;
/// Web Mercator ends here.
const MAX_LATITUDE: f64 = 85.051_128;

/// World units of a place in degrees: the world is a square from 0 to 1, y grows southwards.
pub fn world_from_lonlat(at: Coord<f64>) -> Coord<f64> {
    let lat = at.y.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
    Coord { x: (at.x + 180.0) / 360.0, y: (1.0 - lat.tan().asinh() / PI) / 2.0 }
}

/// The place in degrees of a point in world units.
pub fn lonlat_from_world(at: Coord<f64>) -> Coord<f64> {
    Coord { x: at.x * 360.0 - 180.0, y: (PI * (1.0 - 2.0 * at.y)).sinh().atan().to_degrees() }
}

/// Ground length of one pixel at a latitude and zoom.
pub fn metres_per_pixel(latitude: f64, zoom: f64) -> f64 {
    2.0 * PI * RADIUS_M * latitude.to_radians().cos() / (TILE * zoom.exp2())
}

/// Coordinates relative to a county, small enough for `f32`: one unit is one pixel at zoom 16.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// World units of the local origin.
    pub origin: Coord<f64>,
}

impl Frame {
    /// A frame around a place in degrees.
    pub fn around(centre: Coord<f64>) -> Self {
        Self { origin: world_from_lonlat(centre) }
    }

    /// Local units per world unit.
    pub const PER_WORLD: f64 = TILE * 65_536.0;

    /// Local coordinates of a place in degrees.
    pub fn local_from_lonlat(&self, at: Coord<f64>) -> [f32; 2] {
        let world = world_from_lonlat(at);
        [
            ((world.x - self.origin.x) * Self::PER_WORLD) as f32,
            ((world.y - self.origin.y) * Self::PER_WORLD) as f32,
        ]
    }

    /// The place in degrees of local coordinates.
    pub fn lonlat_from_local(&self, at: [f32; 2]) -> Coord<f64> {
        lonlat_from_world(Coord {
            x: f64::from(at[0]) / Self::PER_WORLD + self.origin.x,
            y: f64::from(at[1]) / Self::PER_WORLD + self.origin.y,
        })
    }

    /// Pixels per local unit at a zoom.
    pub fn scale(zoom: f64) -> f64 {
        (zoom - LOCAL_ZOOM).exp2()
    }
}

/// A window onto the map: its middle, its zoom and its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Middle in world units.
    pub centre: Coord<f64>,
    /// Zoom; one step doubles the scale.
    pub zoom: f64,
    /// Width and height in pixels.
    pub size: [f32; 2],
}

impl View {
    /// A view with its middle at a place in degrees.
    pub fn at(centre: Coord<f64>, zoom: f64, size: [f32; 2]) -> Self {
        Self { centre: world_from_lonlat(centre), zoom, size }
    }

    /// The view that shows an extent in degrees with `margin` pixels left free on each side,
    /// no closer than `max_zoom`.
    pub fn fitting(extent: Rect<f64>, size: [f32; 2], margin: f32, max_zoom: f64) -> Self {
        let (a, b) = (world_from_lonlat(extent.min()), world_from_lonlat(extent.max()));
        let free = |side: f32| f64::from((side - 2.0 * margin).max(16.0));
        let zoom = |pixels: f64, span: f64| (pixels / (span.abs().max(1e-12) * TILE)).log2();
        let fit = zoom(free(size[0]), b.x - a.x).min(zoom(free(size[1]), b.y - a.y));
        Self {
            centre: Coord { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) },
            zoom: fit.clamp(1.0, max_zoom),
            size,
        }
    }

    /// Pixels per world unit.
    pub fn pixels_per_world(&self) -> f64 {
        TILE * self.zoom.exp2()
    }

    /// Where a place in degrees is, in pixels from the view's top left corner.
    pub fn screen_from_lonlat(&self, at: Coord<f64>) -> [f32; 2] {
        let world = world_from_lonlat(at);
        let k = self.pixels_per_world();
        [
            ((world.x - self.centre.x) * k) as f32 + self.size[0] / 2.0,
            ((world.y - self.centre.y) * k) as f32 + self.size[1] / 2.0,
        ]
    }

    /// The place in degrees at a pixel.
    pub fn lonlat_from_screen(&self, at: [f32; 2]) -> Coord<f64> {
        let k = self.pixels_per_world();
        lonlat_from_world(Coord {
            x: self.centre.x + f64::from(at[0] - self.size[0] / 2.0) / k,
            y: self.centre.y + f64::from(at[1] - self.size[1] / 2.0) / k,
        })
    }

    /// Pixels per local unit, and the pixel of the frame's origin.
    pub fn screen_from_local(&self, frame: &Frame) -> (f32, [f32; 2]) {
        let k = self.pixels_per_world();
        let offset = [
            ((frame.origin.x - self.centre.x) * k) as f32 + self.size[0] / 2.0,
            ((frame.origin.y - self.centre.y) * k) as f32 + self.size[1] / 2.0,
        ];
        (Frame::scale(self.zoom) as f32, offset)
    }

    /// The extent shown, in degrees.
    pub fn extent(&self) -> Rect<f64> {
        Rect::new(self.lonlat_from_screen([0.0, 0.0]), self.lonlat_from_screen(self.size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEAT: Coord<f64> = Coord { x: 116.489, y: 35.733 };

    #[test]
    fn degrees_survive_the_way_to_the_screen_and_back() {
        for zoom in [8.0, 11.3, 16.0, 20.0] {
            let view = View::at(SEAT, zoom, [1280.0, 720.0]);
            for pixel in [[0.0, 0.0], [640.0, 360.0], [1279.0, 3.5]] {
                let back = view.screen_from_lonlat(view.lonlat_from_screen(pixel));
                assert!((back[0] - pixel[0]).abs() < 0.01, "{zoom} {pixel:?} {back:?}");
                assert!((back[1] - pixel[1]).abs() < 0.01, "{zoom} {pixel:?} {back:?}");
            }
        }
    }

    #[test]
    fn known_places_have_their_known_tile() {
        // Slippy-map tile of 116.489 E 35.733 N at zoom 12 is 3373/1612.
        let world = world_from_lonlat(SEAT);
        assert_eq!(((world.x * 4096.0) as u32, (world.y * 4096.0) as u32), (3373, 1612));
        assert!((metres_per_pixel(0.0, 0.0) - 156_543.034).abs() < 0.001);
    }

    #[test]
    fn a_local_unit_keeps_centimetres_across_a_county() {
        let frame = Frame::around(SEAT);
        let far = Coord { x: 116.75, y: 35.95 };
        let back = frame.lonlat_from_local(frame.local_from_lonlat(far));
        assert!((back.x - far.x).abs() < 3e-8 && (back.y - far.y).abs() < 3e-8);
        let view = View::at(SEAT, 15.0, [800.0, 600.0]);
        let (k, [ox, oy]) = view.screen_from_local(&frame);
        let [x, y] = frame.local_from_lonlat(far);
        let [sx, sy] = view.screen_from_lonlat(far);
        assert!((x * k + ox - sx).abs() < 0.05 && (y * k + oy - sy).abs() < 0.05);
    }

    #[test]
    fn fitting_shows_the_whole_extent_inside_its_margin() {
        let extent = Rect::new(Coord { x: 116.2, y: 35.5 }, Coord { x: 116.8, y: 36.0 });
        let view = View::fitting(extent, [1000.0, 700.0], 24.0, 18.0);
        let [x0, y1] = view.screen_from_lonlat(extent.min());
        let [x1, y0] = view.screen_from_lonlat(extent.max());
        assert!(x0 >= 23.9 && y0 >= 23.9 && x1 <= 976.1 && y1 <= 676.1);
        assert!((y0 - 24.0).abs() < 0.1 || (x0 - 24.0).abs() < 0.1, "one side is tight");
        let point = Rect::new(SEAT, SEAT);
        assert_eq!(View::fitting(point, [1000.0, 700.0], 24.0, 16.0).zoom, 16.0);
    }
}
