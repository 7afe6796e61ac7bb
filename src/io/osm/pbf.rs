//! PBF files: blobs with a length before each, packed or not, that hold blocks.
//!
//! The reader is our own: it hands slices of the unpacked block on without building objects, and no length in the
//! file is believed before it is checked. Format: <https://wiki.openstreetmap.org/wiki/PBF_Format>.

use std::cell::Cell;
use std::io::Read;

use super::block::{Scratch, read_block};
use super::element::Taker;
use super::wire::{Wire, broken};
use crate::io::fault::ReadFault;

/// The format's own limits: a blob's head, and a blob packed or unpacked.
const MAX_HEAD: usize = 64 << 10;
const MAX_BLOB: usize = 32 << 20;
/// What a reader must know to understand the file.
const UNDERSTOOD: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Whether a file begins as PBF: a blob's head names itself behind its length and the tag of the name.
pub fn is_pbf(head: &[u8]) -> bool {
    head.get(4..15) == Some(b"\x0a\x09OSMHeader")
}

/// Hands on everything the file holds; `read` counts the bytes of the file itself.
pub fn read_pbf(
    file: &mut dyn Read,
    read: &Cell<u64>,
    taker: &mut dyn Taker,
) -> Result<(), ReadFault> {
    let mut scratch = Scratch::default();
    let (mut head, mut packed, mut block) = (Vec::new(), Vec::new(), Vec::new());
    let mut begun = false;
    while let Some(length) = next_length(file)? {
        if length > MAX_HEAD {
            return Err(broken("a blob's head larger than 64 KB"));
        }
        fill(file, &mut head, length)?;
        let (name, size) = blob_head(&head)?;
        fill(file, &mut packed, size)?;
        match name {
            b"OSMHeader" => {
                begun = true;
                header(unpack(&packed, &mut block)?)?;
            }
            b"OSMData" if begun => read_block(unpack(&packed, &mut block)?, &mut scratch, taker)?,
            b"OSMData" => return Err(broken("data before the header")),
            // Blobs of other sorts are to be skipped.
            _ => {}
        }
        taker.progress(read.get())?;
    }
    if begun { Ok(()) } else { Err(broken("no header")) }
}

/// The length of the next blob's head; `None` at the end of the file.
fn next_length(file: &mut dyn Read) -> Result<Option<usize>, ReadFault> {
    let mut bytes = Vec::with_capacity(4);
    file.take(4).read_to_end(&mut bytes)?;
    match bytes.first_chunk::<4>() {
        Some(length) => Ok(Some(u32::from_be_bytes(*length) as usize)),
        None if bytes.is_empty() => Ok(None),
        None => Err(broken("cut off")),
    }
}

fn fill(file: &mut dyn Read, buffer: &mut Vec<u8>, length: usize) -> Result<(), ReadFault> {
    buffer.clear();
    file.take(length as u64).read_to_end(buffer)?;
    if buffer.len() == length { Ok(()) } else { Err(broken("cut off")) }
}

/// The name of a blob, and how many bytes it takes.
fn blob_head(head: &[u8]) -> Result<(&[u8], usize), ReadFault> {
    let (mut name, mut size): (&[u8], u64) = (&[], 0);
    let mut wire = Wire::new(head);
    while let Some((field, datum)) = wire.field()? {
        match field {
            1 => name = datum.bytes()?,
            3 => size = datum.number()?,
            _ => {}
        }
    }
    match usize::try_from(size) {
        Ok(size) if size <= MAX_BLOB => Ok((name, size)),
        _ => Err(broken("a blob larger than 32 MB")),
    }
}

/// The block that a blob holds. It may not be larger than it says, nor than any block may be.
fn unpack<'b>(blob: &'b [u8], block: &'b mut Vec<u8>) -> Result<&'b [u8], ReadFault> {
    let (mut plain, mut zlib, mut said) = (None, None, None);
    let mut wire = Wire::new(blob);
    while let Some((field, datum)) = wire.field()? {
        match field {
            1 => plain = Some(datum.bytes()?),
            2 => said = Some(datum.number()?),
            3 => zlib = Some(datum.bytes()?),
            4 => return Err(packing("LZMA")),
            5 => return Err(packing("bzip2")),
            6 => return Err(packing("LZ4")),
            7 => return Err(packing("Zstandard")),
            _ => {}
        }
    }
    if let Some(plain) = plain {
        return Ok(plain);
    }
    let zlib = zlib.ok_or_else(|| broken("a blob without content"))?;
    let said = said.and_then(|said| usize::try_from(said).ok()).unwrap_or(usize::MAX);
    if said > MAX_BLOB {
        return Err(broken("a block larger than 32 MB"));
    }
    block.clear();
    let mut unpacked = flate2::bufread::ZlibDecoder::new(zlib).take(said as u64 + 1);
    unpacked.read_to_end(block).map_err(|e| broken(&e.to_string()))?;
    if block.len() == said {
        Ok(block)
    } else {
        Err(broken("a block of another size than it says"))
    }
}

fn packing(name: &str) -> ReadFault {
    ReadFault::NotYet { format: format!("OSM PBF ({name})") }
}

fn header(block: &[u8]) -> Result<(), ReadFault> {
    let mut wire = Wire::new(block);
    while let Some((field, datum)) = wire.field()? {
        if field == 4 {
            let needed = String::from_utf8_lossy(datum.bytes()?);
            if !UNDERSTOOD.contains(&&*needed) {
                return Err(packing(&needed));
            }
        }
    }
    Ok(())
}
