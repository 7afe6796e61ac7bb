//! Writes the demo county: reads `maps/facts/`, invents the rest from a fixed seed, and writes
//! one file per layer into `maps/`. The same bytes every time: `cargo run --example generate_demo_county`.

#![allow(
    clippy::unwrap_used,
    reason = "the facts are part of the source; a fault in them must stop the generator"
)]

mod demo;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let maps = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps");
    for (name, text) in demo::files() {
        std::fs::write(maps.join(name), text)?;
    }
    Ok(())
}
