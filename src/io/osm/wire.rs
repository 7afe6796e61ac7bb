//! The wire format of protocol buffers, as far as PBF needs it: every length is checked before it is believed.

use crate::io::fault::ReadFault;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Datum<'a> {
    /// A number of variable length.
    Varint(u64),
    /// Bytes: a text, a message or packed numbers.
    Bytes(&'a [u8]),
    /// Four or eight bytes that PBF has no use for.
    Fixed,
}

impl<'a> Datum<'a> {
    /// The bytes of a text, message or packed list.
    pub fn bytes(self) -> Result<&'a [u8], ReadFault> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            _ => Err(broken("a number where bytes belong")),
        }
    }

    /// The number.
    pub fn number(self) -> Result<u64, ReadFault> {
        match self {
            Self::Varint(number) => Ok(number),
            _ => Err(broken("bytes where a number belongs")),
        }
    }

    /// A number that may be negative, as `int32` and `int64` keep it.
    pub fn signed(self) -> Result<i64, ReadFault> {
        Ok(self.number()?.cast_signed())
    }

    /// A number that may be negative, as `sint64` keeps it.
    pub fn zigzag(self) -> Result<i64, ReadFault> {
        Ok(unzigzag(self.number()?))
    }
}

/// A fault of the file's structure.
pub fn broken(why: &str) -> ReadFault {
    ReadFault::damaged(0, format!("PBF: {why}"))
}

/// Zigzag code to number.
pub fn unzigzag(code: u64) -> i64 {
    (code >> 1).cast_signed() ^ -(code & 1).cast_signed()
}

/// A message or a packed list, read from its first byte to its last.
#[derive(Clone, Copy, Debug)]
pub struct Wire<'a>(&'a [u8]);

impl<'a> Wire<'a> {
    /// Reads these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether all was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next number of variable length.
    #[inline]
    pub fn varint(&mut self) -> Result<u64, ReadFault> {
        let mut value = 0_u64;
        for (at, byte) in self.0.iter().enumerate().take(10) {
            value |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                self.0 = &self.0[at + 1..];
                return Ok(value);
            }
        }
        Err(broken(if self.0.len() < 10 { "cut off" } else { "a number without end" }))
    }

    /// The next number of a packed list of `sint64`; `None` at the end.
    #[inline]
    pub fn zigzag(&mut self) -> Result<Option<i64>, ReadFault> {
        if self.0.is_empty() { Ok(None) } else { self.varint().map(|code| Some(unzigzag(code))) }
    }

    /// The next field of a message: its number and what it holds; `None` at the end.
    pub fn field(&mut self) -> Result<Option<(u64, Datum<'a>)>, ReadFault> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let key = self.varint()?;
        let datum = match key & 7 {
            0 => Datum::Varint(self.varint()?),
            1 => self.take(8).map(|_| Datum::Fixed)?,
            2 => {
                let length = self.varint()?;
                Datum::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Datum::Fixed)?,
            _ => return Err(broken("an unknown type of field")),
        };
        Ok(Some((key >> 3, datum)))
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], ReadFault> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let (head, rest) =
            self.0.split_at_checked(length).ok_or_else(|| broken("a length beyond the end"))?;
        self.0 = rest;
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_and_fields_are_read() {
        let mut wire = Wire::new(&[0x08, 0x96, 0x01, 0x12, 0x02, b'o', b'k', 0x0d, 1, 2, 3, 4]);
        assert_eq!(wire.field().unwrap(), Some((1, Datum::Varint(150))));
        assert_eq!(wire.field().unwrap(), Some((2, Datum::Bytes(b"ok"))));
        assert_eq!(wire.field().unwrap(), Some((1, Datum::Fixed)));
        assert_eq!(wire.field().unwrap(), None);
        assert_eq!((unzigzag(3), unzigzag(4), unzigzag(u64::MAX)), (-2, 2, i64::MIN));
        assert!(Wire::new(&[0x80]).varint().is_err());
        assert!(Wire::new(&[0xff; 11]).varint().is_err());
        assert!(Wire::new(&[0x12, 0x7f, 1]).field().is_err());
        assert!(Wire::new(&[0x0b]).field().is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut wire = Wire::new(&bytes);
            while let Ok(Some(_)) = wire.field() {}
        }
    }
}
