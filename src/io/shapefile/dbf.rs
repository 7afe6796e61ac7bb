//! The attribute part of a shapefile: dBASE tables, read with bounds, their text decoded by rule.

use encoding_rs::{BIG5, DecoderResult, Encoding, GBK, SHIFT_JIS, UTF_8};

use crate::io::encoding::by_label;
use crate::io::fault::ReadFault;
use crate::model::Value;

struct Field {
    name: Vec<u8>,
    kind: u8,
    start: usize,
    length: usize,
    decimals: u8,
}

/// A `.dbf` file in memory.
pub struct Table {
    bytes: Vec<u8>,
    fields: Vec<Field>,
    header: usize,
    record: usize,
    count: usize,
    language: u8,
}

impl Table {
    /// Reads header and field list. A table that declares more records than it has keeps those it has.
    pub fn new(bytes: Vec<u8>) -> Result<Self, ReadFault> {
        let bad = |why: &str| ReadFault::damaged(0, format!(".dbf: {why}"));
        let head: &[u8; 32] = bytes.first_chunk().ok_or_else(|| bad("no header"))?;
        let declared = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let header = usize::from(u16::from_le_bytes([head[8], head[9]]));
        let record = usize::from(u16::from_le_bytes([head[10], head[11]]));
        let language = head[29];
        if header < 33 || header > bytes.len() || record == 0 {
            return Err(bad("the header contradicts the file"));
        }
        let mut fields = Vec::new();
        let mut start = 1;
        for field in bytes[32..header].chunks_exact(32) {
            if field[0] == 0x0d {
                break;
            }
            let end = field[..11].iter().position(|b| *b == 0).unwrap_or(11);
            // A name of ten bytes may have been cut; a shorter one keeps its zero, which says that it ends.
            let end = if end < 10 { end + 1 } else { end };
            let length = usize::from(field[16]);
            fields.push(Field {
                name: field[..end].to_vec(),
                kind: field[11],
                start,
                length,
                decimals: field[17],
            });
            start += length;
        }
        if start > record {
            return Err(bad("the fields are longer than the record"));
        }
        let count = declared.min((bytes.len() - header) / record);
        Ok(Self { bytes, fields, header, record, count, language })
    }

    /// How many records it has.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Decides the text encoding: what was asked for, `.cpg`, the language byte, strict UTF-8, GBK. One that
    /// does not fit every cell is passed over; true if that happened to the `.cpg`.
    pub fn encoding(
        &self,
        asked: Option<&'static Encoding>,
        cpg: Option<&str>,
    ) -> Result<(&'static Encoding, bool), ReadFault> {
        if let Some(asked) = asked {
            return match self.fits(asked) {
                Ok(_) => Ok((asked, false)),
                Err(row) => {
                    Err(ReadFault::WrongEncoding { encoding: asked.name().to_owned(), row })
                }
            };
        }
        let declared = cpg.and_then(by_label);
        let by_language = match self.language {
            0x4d | 0x7a => Some(GBK),
            0x4f | 0x78 => Some(BIG5),
            0x13 | 0x7b => Some(SHIFT_JIS),
            _ => None,
        };
        let stated = [declared, by_language].into_iter().flatten().find(|e| self.fits(e).is_ok());
        let shown = || {
            // Nothing but beginnings of characters is no sign of UTF-8: two bytes of GBK look like one.
            match self.fits(UTF_8) {
                Ok(true) => Some(UTF_8),
                utf8 if self.fits(GBK).is_err() => utf8.is_ok().then_some(UTF_8),
                _ => Some(GBK),
            }
        };
        let chosen = stated.or_else(shown).ok_or(ReadFault::EncodingUnknown)?;
        Ok((chosen, declared.is_some_and(|declared| declared != chosen)))
    }

    /// `Err(record)` at the first cell that is not text in this encoding; else whether it is clear that
    /// the text is: some character beyond ASCII is whole, or there is none.
    fn fits(&self, encoding: &'static Encoding) -> Result<bool, u64> {
        let names = self.fields.iter().map(|f| (0, f.name.as_slice()));
        let cells = (0..self.count).flat_map(|at| {
            let texts = self.fields.iter().filter(|f| f.kind == b'C');
            texts.map(move |f| (at as u64 + 1, self.raw(at, f)))
        });
        let (mut whole, mut any) = (false, false);
        for (record, bytes) in names.chain(cells).filter(|(_, bytes)| !bytes.is_ascii()) {
            let (text, _) = text(encoding, bytes).ok_or(record)?;
            any = true;
            whole |= !text.is_ascii();
        }
        Ok(whole || !any)
    }

    fn raw(&self, at: usize, field: &Field) -> &[u8] {
        let start = self.header + at * self.record + field.start;
        &self.bytes[start..start + field.length]
    }

    /// Headings of the columns.
    pub fn headings(&self, encoding: &'static Encoding) -> Vec<Value> {
        let name = |f: &Field| text(encoding, &f.name).map_or_else(String::new, |(name, _)| name);
        self.fields.iter().map(|f| Value::Text(name(f))).collect()
    }

    /// Whether a record was deleted but not yet removed.
    pub fn is_deleted(&self, at: usize) -> bool {
        self.bytes[self.header + at * self.record] == b'*'
    }

    /// The cells of a record; true if a text was cut within its last character. `lost` are the columns
    /// whose cell holds something that cannot be read.
    pub fn cells(
        &self,
        at: usize,
        encoding: &'static Encoding,
        out: &mut Vec<(u32, Value)>,
        lost: &mut Vec<u32>,
    ) -> bool {
        let mut cut = false;
        for (column, field) in (0_u32..).zip(&self.fields) {
            let raw = self.raw(at, field);
            let value = match field.kind {
                b'C' => text(encoding, raw).map(|(text, short)| {
                    cut |= short;
                    Value::Text(text)
                }),
                b'N' | b'F' => number(raw, field),
                b'L' => match raw.first() {
                    Some(b'T' | b't' | b'Y' | b'y') => Some(Value::Boolean(true)),
                    Some(b'F' | b'f' | b'N' | b'n') => Some(Value::Boolean(false)),
                    _ => None,
                },
                b'D' => day(raw),
                b'I' | b'+' => {
                    raw.first_chunk().map(|b| Value::Integer(i32::from_le_bytes(*b).into()))
                }
                b'B' | b'O' if field.length == 8 => {
                    let real = raw.first_chunk().map(|b| f64::from_le_bytes(*b));
                    real.filter(|x| x.is_finite()).map(Value::Real)
                }
                _ => None,
            };
            if value.is_none() && !is_blank(raw, field.kind) {
                lost.push(column);
            }
            out.extend(value.filter(|v| v.as_text() != Some("")).map(|value| (column, value)));
        }
        cut
    }
}

/// Whether a cell holds nothing: each type has its own way to say so.
fn is_blank(raw: &[u8], kind: u8) -> bool {
    // Which fields of the record are null, for programs of one maker.
    kind == b'0'
        || raw.iter().all(|byte| match byte {
            b' ' | 0 => true,
            b'?' => kind == b'L',
            // No day, and no number of a memo.
            b'0' => matches!(kind, b'D' | b'M' | b'G' | b'P'),
            _ => false,
        })
}

/// Text of a cell; true if its last character was cut off by the field's width.
///
/// Only a cell that is full to its last byte can have been cut, and what is left of the character has to
/// be the true beginning of one: anything else is not text in this encoding.
fn text(encoding: &'static Encoding, raw: &[u8]) -> Option<(String, bool)> {
    let end = raw.iter().position(|b| *b == 0).unwrap_or(raw.len());
    let cell = raw[..end].trim_ascii();
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(cell) {
        return Some((text.into_owned(), false));
    }
    if !raw.last().is_some_and(|last| *last != 0 && !last.is_ascii_whitespace()) {
        return None;
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(cell.len())?;
    let mut text = String::with_capacity(room);
    // Not told that this is the end, the decoder waits for the rest of a character that it began.
    match decoder.decode_to_string_without_replacement(cell, &mut text, false).0 {
        DecoderResult::InputEmpty => Some((text, true)),
        DecoderResult::OutputFull | DecoderResult::Malformed(..) => None,
    }
}

fn number(raw: &[u8], field: &Field) -> Option<Value> {
    let text = std::str::from_utf8(raw).ok()?.trim_matches(['\0', ' ']);
    // Stars stand for a number too long for its field.
    if text.is_empty() || text.starts_with('*') {
        return None;
    }
    if field.decimals == 0
        && let Ok(n) = text.parse::<i64>()
    {
        return Some(Value::Integer(n));
    }
    match text.parse::<f64>() {
        Ok(x) if x.is_finite() => Some(Value::Real(x)),
        _ => Some(Value::from(text)),
    }
}

fn day(raw: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(raw).ok()?;
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) || text == "00000000" {
        return None;
    }
    Some(Value::Text(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])))
}
