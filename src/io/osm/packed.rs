//! Files packed by gzip or bzip2: unpacked as they are read, never more than any country's map.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use crate::io::fault::ReadFault;

/// Unpacked bytes of one file. The map of China has some 15 GB as XML; a bomb has more.
const MAX_UNPACKED: u64 = 32 << 30;
const BUFFER: usize = 128 << 10;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    None,
    /// gzip.
    Gzip,
    /// bzip2.
    Bzip2,
}

impl Packing {
    /// By the first bytes of the file.
    pub fn of(head: &[u8]) -> Self {
        if head.starts_with(b"\x1f\x8b") {
            Self::Gzip
        } else if head.starts_with(b"BZh") {
            Self::Bzip2
        } else {
            Self::None
        }
    }
}

/// The beginning of what a packed file holds; as much as can be had.
pub fn beginning(file: impl Read, packing: Packing, length: u64) -> Vec<u8> {
    let mut head = Vec::new();
    let (mut unpacked, _) = unpack(file, packing);
    // A damaged file is found out when it is read.
    let _what_there_is = (&mut unpacked).take(length).read_to_end(&mut head);
    head
}

/// Counts the bytes that are taken from the file itself.
struct Meter<R> {
    inner: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Meter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.read.set(self.read.get() + length as u64);
        Ok(length)
    }
}

/// Ends with an error where a bomb would go on.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer).map_err(told)?;
        self.left = self.left.checked_sub(length as u64).ok_or_else(|| {
            io::Error::other(ReadFault::TooLarge { what: format!("> {} GB", MAX_UNPACKED >> 30) })
        })?;
        Ok(length)
    }
}

/// What a decoder says of bytes that are not its own is a fault of the file, not of the disk.
fn told(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            io::Error::other(ReadFault::damaged(0, error))
        }
        _ => error,
    }
}

/// The content of a file, and a counter of the bytes read from the file itself.
pub fn unpack<'f>(
    file: impl Read + 'f,
    packing: Packing,
) -> (Box<dyn BufRead + 'f>, Rc<Cell<u64>>) {
    let read = Rc::new(Cell::new(0));
    let file = BufReader::with_capacity(BUFFER, Meter { inner: file, read: read.clone() });
    let bounded = |inner: Box<dyn Read + 'f>| -> Box<dyn BufRead + 'f> {
        Box::new(BufReader::with_capacity(BUFFER, Bounded { inner, left: MAX_UNPACKED }))
    };
    let content: Box<dyn BufRead + 'f> = match packing {
        Packing::None => Box::new(file),
        Packing::Gzip => bounded(Box::new(flate2::bufread::MultiGzDecoder::new(file))),
        Packing::Bzip2 => bounded(Box::new(bzip2::bufread::MultiBzDecoder::new(file))),
    };
    (content, read)
}
