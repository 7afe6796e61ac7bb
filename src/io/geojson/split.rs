//! Cuts a stream of JSON into values without building them: memory holds one feature at a time.

use std::io::Read;
use std::ops::Range;

use crate::io::fault::ReadFault;

/// A single value (one feature) may not be larger.
const MAX_VALUE: usize = 256 << 20;
const FIRST: usize = 1 << 20;

/// A JSON stream with a window of bytes in memory.
pub struct Splitter<R> {
    reader: R,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    ended: bool,
    /// Bytes that have left the window.
    gone: u64,
}

impl<R: Read> Splitter<R> {
    /// A splitter at the beginning of a stream.
    pub fn new(reader: R) -> Self {
        Self { reader, buffer: vec![0; FIRST], at: 0, end: 0, ended: false, gone: 0 }
    }

    /// Bytes taken so far.
    pub fn done(&self) -> u64 {
        self.gone + self.at as u64
    }

    /// Bytes of a range that [`Self::value`] gave; valid until the next call.
    pub fn bytes(&self, range: Range<usize>) -> &[u8] {
        &self.buffer[range]
    }

    /// Reads more into the window, which then begins at the present place; false at the end.
    fn more(&mut self) -> Result<bool, ReadFault> {
        if self.ended {
            return Ok(false);
        }
        if self.at > 0 {
            self.buffer.copy_within(self.at..self.end, 0);
            self.gone += self.at as u64;
            self.end -= self.at;
            self.at = 0;
        }
        if self.end == self.buffer.len() {
            if self.buffer.len() >= MAX_VALUE {
                return Err(ReadFault::TooLarge { what: "JSON value > 256 MiB".to_owned() });
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let read = self.reader.read(&mut self.buffer[self.end..])?;
        self.end += read;
        self.ended = read == 0;
        Ok(read > 0)
    }

    /// The next byte that is no white space, without taking it; `None` at the end.
    ///
    /// The record separators of GeoJSON text sequences (RFC 8142) count as white space.
    pub fn peek(&mut self) -> Result<Option<u8>, ReadFault> {
        loop {
            while self.at < self.end {
                match self.buffer[self.at] {
                    b' ' | b'\t' | b'\r' | b'\n' | 0x1e => self.at += 1,
                    other => return Ok(Some(other)),
                }
            }
            if !self.more()? {
                return Ok(None);
            }
        }
    }

    /// Takes the next byte if it is `wanted`.
    pub fn take(&mut self, wanted: u8) -> Result<bool, ReadFault> {
        let there = self.peek()? == Some(wanted);
        self.at += usize::from(there);
        Ok(there)
    }

    /// Takes one whole value; `None` if the stream ends before it does.
    pub fn value(&mut self) -> Result<Option<Range<usize>>, ReadFault> {
        self.peek()?;
        let mut scan = Scan::default();
        let mut seen = 0;
        loop {
            if let Some(length) = scan.run(&self.buffer[self.at..self.end], &mut seen) {
                let range = self.at..self.at + length;
                self.at = range.end;
                return Ok(Some(range));
            }
            if !self.more()? {
                // A number or word may end with the stream; anything else is cut off.
                let scalar = scan.depth == 0 && !scan.text && seen > 0;
                let range = self.at..self.end;
                self.at = self.end;
                return Ok(scalar.then_some(range));
            }
        }
    }
}

/// Where in a value the scan stands. Depth is a number, so nesting costs nothing.
#[derive(Default)]
struct Scan {
    depth: u64,
    text: bool,
    escaped: bool,
}

impl Scan {
    /// Goes on from byte `seen`; the value's length once it is whole.
    fn run(&mut self, bytes: &[u8], seen: &mut usize) -> Option<usize> {
        let mut i = *seen;
        while i < bytes.len() {
            if self.text {
                // The common case: plain text up to the closing quote.
                while i < bytes.len() && !self.escaped && bytes[i] != b'"' && bytes[i] != b'\\' {
                    i += 1;
                }
                let Some(byte) = bytes.get(i) else { break };
                i += 1;
                if self.escaped {
                    self.escaped = false;
                } else if *byte == b'\\' {
                    self.escaped = true;
                } else {
                    self.text = false;
                    if self.depth == 0 {
                        return Some(i);
                    }
                }
                continue;
            }
            let byte = bytes[i];
            match byte {
                b'"' => self.text = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth == 0 => return Some(i),
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(i + 1);
                    }
                }
                b',' | b' ' | b'\n' | b'\r' | b'\t' | b':' | 0x1e if self.depth == 0 => {
                    return Some(i);
                }
                _ => {}
            }
            i += 1;
        }
        *seen = i;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, so that every value crosses the window's edge.
    struct Drip<'a>(&'a [u8]);
    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn values(text: &str) -> Vec<String> {
        let mut split = Splitter::new(Drip(text.as_bytes()));
        let mut out = Vec::new();
        while split.peek().unwrap().is_some() {
            if split.take(b',').unwrap() {
                continue;
            }
            let range = split.value().unwrap().unwrap();
            out.push(String::from_utf8(split.bytes(range).to_vec()).unwrap());
        }
        out
    }

    #[test]
    fn values_are_cut_at_their_ends() {
        let text = r#" {"a":"}\"]","b":[1,{}]} , [[1],2],3.5 ,true,"x\\" "#;
        let expected = [r#"{"a":"}\"]","b":[1,{}]}"#, "[[1],2]", "3.5", "true", r#""x\\""#];
        assert_eq!(values(text), expected);
    }

    #[test]
    fn what_is_cut_off_is_no_value() {
        let mut split = Splitter::new(&b"{\"a\":[1,2"[..]);
        assert_eq!(split.value().unwrap(), None);
        let deep = "[".repeat(100_000);
        let mut split = Splitter::new(deep.as_bytes());
        assert_eq!(split.value().unwrap(), None);
    }
}
