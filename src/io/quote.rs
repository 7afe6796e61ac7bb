//! The bytes of a delimited table as they pass by: where a quotation mark opened, and old line ends made new.

use std::io::{self, Read};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first sign of a cell.
    Start,
    Plain,
    Quoted,
    /// After a quotation mark within quotation marks: the end of the cell, or one that is meant.
    Mark,
}

/// Follows a table as its parser reads it.
pub struct QuoteWatch<R> {
    inner: R,
    delimiter: u8,
    /// Lines end with a carriage return alone, as on very old systems.
    returns_only: bool,
    state: State,
    row: u64,
    opened: u64,
    ended: bool,
}

impl<R> QuoteWatch<R> {
    /// Watches `inner`, whose cells are parted by `delimiter`.
    pub fn new(inner: R, delimiter: u8, returns_only: bool) -> Self {
        let state = State::Start;
        Self { inner, delimiter, returns_only, state, row: 1, opened: 0, ended: false }
    }

    /// The row whose quotation mark is still open at the end of the table.
    pub fn left_open(&self) -> Option<u64> {
        (self.ended && self.state == State::Quoted).then_some(self.opened)
    }

    fn pass(&mut self, bytes: &mut [u8]) {
        let mut at = 0;
        while at < bytes.len() {
            if self.state == State::Quoted {
                // Most of a long cell is looked at only for its end.
                let Some(skip) = bytes[at..].iter().position(|b| *b == b'"') else { return };
                at += skip + 1;
                self.state = State::Mark;
                continue;
            }
            let byte = &mut bytes[at];
            if self.returns_only && *byte == b'\r' {
                *byte = b'\n';
            }
            self.state = match *byte {
                b'"' if self.state == State::Mark => State::Quoted,
                b'"' if self.state == State::Start => {
                    self.opened = self.row;
                    State::Quoted
                }
                b'\n' => {
                    self.row += 1;
                    State::Start
                }
                other if other == self.delimiter => State::Start,
                _ => State::Plain,
            };
            at += 1;
        }
    }
}

impl<R: Read> Read for QuoteWatch<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.ended |= read == 0 && !buffer.is_empty();
        self.pass(&mut buffer[..read]);
        Ok(read)
    }
}

/// Whether lines end with a carriage return alone.
pub fn returns_only(start: &[u8]) -> bool {
    let (mut quoted, mut returns) = (false, false);
    for (at, byte) in start.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return false,
            b'\r' if !quoted => returns |= start.get(at + 1).is_some_and(|next| *next != b'\n'),
            _ => {}
        }
    }
    returns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_at(text: &str) -> Option<u64> {
        let mut watch = QuoteWatch::new(text.as_bytes(), b',', false);
        // Mouthfuls of two bytes, so that every sign stands at an edge once.
        while watch.read(&mut [0; 2]).unwrap() > 0 {}
        watch.left_open()
    }

    #[test]
    fn only_a_mark_that_opens_a_cell_and_never_closes_is_left_open() {
        assert_eq!(open_at("a,b\n\"x\ny\",\"5\"\" pipe\"\n"), None);
        assert_eq!(open_at("a,b\n5\" pipe,x\n"), None);
        assert_eq!(open_at("a,b\n\"x\ny\",1\n2,\"open\n3,x\n"), Some(3));
        assert_eq!(open_at("a,\"b\"\"\n"), Some(1));
    }

    #[test]
    fn old_line_ends_become_new_ones_outside_of_cells() {
        let mut out = String::new();
        let text = "a,b\r\"x\ry\",1\r";
        QuoteWatch::new(text.as_bytes(), b',', true).read_to_string(&mut out).unwrap();
        assert_eq!(out, "a,b\n\"x\ry\",1\n");
        assert!(returns_only(b"a,b\r\"x\ny\",1\r2") && !returns_only(b"a\r\nb\r\n"));
        assert!(!returns_only(b"a,b\n1,2\r\n") && !returns_only(b"a,b"));
    }
}
