//! Text encodings: recognised from the bytes, turned into UTF-8 while reading, never guessed silently.

use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::LazyLock;

use encoding_rs::{BIG5, Decoder, DecoderResult, Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::fault::ReadFault;
use super::source::{Input, ReadSeek};

/// How much of a file is decoded to tell encodings apart.
const SAMPLE: usize = 4 << 20;
const CHUNK: usize = 256 << 10;

static COMMON: LazyLock<HashSet<char>> = LazyLock::new(|| {
    include_str!("../../assets/io/common_characters.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::chars)
        .collect()
});

/// An encoding and how many bytes of mark stand before the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chosen {
    /// Which.
    pub encoding: &'static Encoding,
    /// Length of the byte order mark.
    pub mark: u64,
    /// What to call it.
    pub label: &'static str,
}

impl Chosen {
    fn plain(encoding: &'static Encoding) -> Self {
        Self { encoding, mark: 0, label: encoding.name() }
    }
}

/// A text file as UTF-8.
pub struct Text {
    /// The bytes, UTF-8.
    pub reader: Box<dyn Read>,
    /// What the file was written in.
    pub label: String,
}

/// Opens a text file in the encoding called `label`, or in the one its bytes show.
pub fn open_text(input: &Input, label: Option<&str>) -> Result<Text, ReadFault> {
    let mut file = input.open()?;
    let chosen = choose(&mut file, label)?;
    file.seek(SeekFrom::Start(chosen.mark))?;
    let label = chosen.label.to_owned();
    if chosen.encoding == UTF_8 {
        // Proven to be valid by `choose`.
        return Ok(Text { reader: Box::new(file), label });
    }
    Ok(Text { reader: Box::new(Decoding::new(file, chosen.encoding)), label })
}

/// The encoding with this name, as browsers and `.cpg` files call it.
pub fn by_label(name: &str) -> Option<&'static Encoding> {
    let name = name.trim();
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    Encoding::for_label(name.as_bytes()).or_else(|| match plain.to_ascii_lowercase().as_str() {
        "936" | "cp936" | "ansi936" | "gb2312" | "oem936" => Some(GBK),
        "950" | "cp950" | "ansi950" | "oem950" => Some(BIG5),
        "65001" | "cp65001" | "utf8" => Some(UTF_8),
        "utf16" => Some(UTF_16LE),
        _ => None,
    })
}

/// Decides the encoding of a whole file; UTF-8 is checked to its last byte.
fn choose(file: &mut Box<dyn ReadSeek>, label: Option<&str>) -> Result<Chosen, ReadFault> {
    let asked = match label {
        None => None,
        Some(name) => {
            Some(by_label(name).ok_or_else(|| ReadFault::EncodingName { name: name.to_owned() })?)
        }
    };
    let survey = Survey::of(file, SAMPLE)?;
    let marked = Encoding::for_bom(&survey.sample);
    match (asked, marked) {
        (Some(asked), marked) => {
            let mark = marked.filter(|(e, _)| *e == asked).map_or(0, |(_, length)| length as u64);
            if asked == UTF_8 {
                survey.must_be_utf8()?;
            }
            Ok(Chosen { mark, ..Chosen::plain(asked) })
        }
        (None, Some((encoding, length))) => {
            if encoding == UTF_8 {
                survey.must_be_utf8()?;
            }
            Ok(Chosen { mark: length as u64, ..Chosen::plain(encoding) })
        }
        (None, None) if survey.wrong_at.is_none() && !survey.sample.contains(&0) => {
            if survey.cut_off {
                return Err(ReadFault::damaged(survey.lines, "cut off within a character"));
            }
            Ok(Chosen::plain(UTF_8))
        }
        (None, None) => survey.recognise(file)?.ok_or(ReadFault::EncodingUnknown),
    }
}

/// Decides between the encodings of Chinese that are not UTF-8: GBK or GB18030, and Big5.
fn chinese(bytes: &[u8]) -> Option<Chosen> {
    let gbk = Reading::of(GBK, bytes);
    let big5 = Reading::of(BIG5, bytes);
    let (best, encoding) = match (gbk, big5) {
        (Some(gbk), Some(big5)) if big5.share > gbk.share => (big5, BIG5),
        (Some(gbk), _) => (gbk, GBK),
        (None, Some(big5)) => (big5, BIG5),
        (None, None) => return None,
    };
    // Long text without a single common character is no Chinese at all.
    if best.characters > 40 && best.share < 0.1 {
        return None;
    }
    let label = match encoding.name() {
        "GBK" if best.beyond_gbk => "GB18030",
        other => other,
    };
    Some(Chosen { label, ..Chosen::plain(encoding) })
}

/// UTF-16 without a mark: every other byte is zero.
pub fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 16;
    if head.len() < 8 {
        None
    } else if odd > many && even * 8 < odd {
        Some(UTF_16LE)
    } else if even > many && odd * 8 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// How sensible bytes are in one encoding.
struct Reading {
    characters: usize,
    /// Share of common characters among those beyond ASCII.
    share: f64,
    beyond_gbk: bool,
}

impl Reading {
    /// `None` if the bytes are not valid, or need private characters.
    fn of(encoding: &'static Encoding, bytes: &[u8]) -> Option<Self> {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        let (mut characters, mut common) = (0_usize, 0_usize);
        for c in text.chars().filter(|c| !c.is_ascii()) {
            if ('\u{e000}'..='\u{f8ff}').contains(&c) {
                return None;
            }
            characters += 1;
            common += usize::from(COMMON.contains(&c));
        }
        let share = common as f64 / characters.max(1) as f64;
        let beyond_gbk = encoding == GBK && GBK.encode(&text).2;
        Some(Self { characters, share, beyond_gbk })
    }
}

/// What one pass over the bytes shows.
struct Survey {
    /// The first bytes, at most `limit` of them.
    sample: Vec<u8>,
    limit: usize,
    /// Where the first byte stands that is not UTF-8, and its line.
    wrong_at: Option<(u64, u64)>,
    /// The last character is not whole.
    cut_off: bool,
    lines: u64,
}

impl Survey {
    fn of(file: &mut Box<dyn ReadSeek>, limit: usize) -> Result<Self, ReadFault> {
        let mut survey =
            Self { sample: Vec::new(), limit, wrong_at: None, cut_off: false, lines: 1 };
        let mut buffer = vec![0; CHUNK + 4];
        let (mut kept, mut passed) = (0, 0);
        loop {
            let read = file.read(&mut buffer[kept..kept + CHUNK])?;
            if read == 0 {
                break;
            }
            let fresh = &buffer[kept..kept + read];
            let room = limit - survey.sample.len();
            survey.sample.extend_from_slice(&fresh[..read.min(room)]);
            let all = &buffer[..kept + read];
            let (good, rest) = match std::str::from_utf8(all) {
                Ok(_) => (all.len(), 0),
                Err(fault) if fault.error_len().is_none() => {
                    (fault.valid_up_to(), all.len() - fault.valid_up_to())
                }
                Err(fault) => {
                    let before = &all[..fault.valid_up_to()];
                    let place = passed + before.len() as u64;
                    survey.wrong_at = Some((place, survey.lines + newlines(before)));
                    break;
                }
            };
            survey.lines += newlines(&all[..good]);
            passed += good as u64;
            buffer.copy_within(good..good + rest, 0);
            kept = rest;
        }
        survey.cut_off = survey.wrong_at.is_none() && kept > 0;
        Ok(survey)
    }

    /// The encoding of text that has no mark and is not UTF-8, by the bytes around the first that tells.
    fn recognise(&self, file: &mut Box<dyn ReadSeek>) -> Result<Option<Chosen>, ReadFault> {
        if let Some(encoding) = utf16_by_zeros(&self.sample) {
            return Ok(Some(Chosen::plain(encoding)));
        }
        let Some((wrong_at, _)) = self.wrong_at else { return Ok(None) };
        let start = wrong_at.saturating_sub(self.limit as u64 / 2);
        file.seek(SeekFrom::Start(start))?;
        let mut around = Vec::new();
        file.by_ref().take(self.limit as u64).read_to_end(&mut around)?;
        let complete = file.read(&mut [0])? == 0;
        if around.contains(&0) {
            return Ok(None);
        }
        // Bytes below 0x30 stand for themselves in all these encodings: no character is cut there.
        let plain = |byte: &u8| *byte < 0x30;
        let told = usize::try_from(wrong_at - start).unwrap_or(usize::MAX).min(around.len());
        let (before, after) = around.split_at(told);
        let from = if start == 0 { 0 } else { before.iter().position(plain).unwrap_or(told) };
        let to = if complete { None } else { after.iter().rposition(plain) };
        Ok(chinese(&around[from..to.map_or(around.len(), |to| told + to)]))
    }

    fn must_be_utf8(&self) -> Result<(), ReadFault> {
        let wrong = |row| ReadFault::WrongEncoding { encoding: UTF_8.name().to_owned(), row };
        match self.wrong_at {
            Some((_, row)) => Err(wrong(row)),
            None if self.cut_off => {
                Err(ReadFault::damaged(self.lines, "cut off within a character"))
            }
            None => Ok(()),
        }
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}

/// Turns bytes of another encoding into UTF-8 while they are read; a byte that is wrong is an error.
struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    ended: bool,
    out: Vec<u8>,
    out_at: usize,
    out_end: usize,
    line: u64,
}

impl<R: Read> Decoding<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: vec![0; CHUNK],
            raw_at: 0,
            raw_end: 0,
            ended: false,
            out: vec![0; CHUNK],
            out_at: 0,
            out_end: 0,
            line: 1,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        while self.out_at == self.out_end {
            if self.raw_at == self.raw_end {
                if self.ended {
                    return Ok(());
                }
                self.raw_at = 0;
                self.raw_end = self.inner.read(&mut self.raw)?;
                self.ended = self.raw_end == 0;
            }
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                &self.raw[self.raw_at..self.raw_end],
                &mut self.out,
                self.ended,
            );
            self.raw_at += read;
            (self.out_at, self.out_end) = (0, written);
            self.line += newlines(&self.out[..written]);
            if let DecoderResult::Malformed(..) = result {
                let encoding = self.decoder.encoding().name().to_owned();
                let fault = ReadFault::WrongEncoding { encoding, row: self.line };
                return Err(io::Error::new(io::ErrorKind::InvalidData, fault));
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.refill()?;
        let length = buffer.len().min(self.out_end - self.out_at);
        buffer[..length].copy_from_slice(&self.out[self.out_at..self.out_at + length]);
        self.out_at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLE: &str =
        "名称,地址\n人民公园,汶上县中都街道宝相寺路12号\n刘楼镇中心小学,刘楼镇政府驻地";
    const TRADITIONAL: &str =
        "名稱,地址\n健康公園,臺中市南區平和里忠明南路\n國小活動中心,臺中市太平區";

    /// What a file with these bytes is read in, by a sample of this size.
    fn recognise_by(bytes: &[u8], limit: usize) -> Option<Chosen> {
        let mut file: Box<dyn ReadSeek> = Box::new(io::Cursor::new(bytes.to_vec()));
        let survey = Survey::of(&mut file, limit).unwrap();
        survey.recognise(&mut file).unwrap()
    }

    fn recognise(bytes: &[u8]) -> Option<Chosen> {
        recognise_by(bytes, SAMPLE)
    }

    #[test]
    fn what_tells_may_stand_far_behind_the_first_bytes() {
        let rows = "Park,116.4,35.6\n".repeat(200);
        for (encoding, text) in [(GBK, SIMPLE), (BIG5, TRADITIONAL)] {
            let row = encoding.encode(text).0;
            for ending in ["", "\n", &rows] {
                let file = [rows.as_bytes(), &row, ending.as_bytes()].concat();
                // Samples that end before, within and behind the row that tells.
                for limit in [64, 100, 1000, 6450, SAMPLE] {
                    let found = recognise_by(&file, limit).map(|chosen| chosen.encoding);
                    assert_eq!(found, Some(encoding), "{limit} {}", ending.len());
                }
            }
            // One line without end, as GeoJSON may be.
            let line = rows.replace('\n', " ");
            let file = [line.as_bytes(), &row[..18], line.as_bytes()].concat();
            assert_eq!(recognise_by(&file, 64).unwrap().encoding, encoding);
        }
    }

    #[test]
    fn gbk_and_big5_are_told_apart_by_common_characters() {
        let gbk = GBK.encode(SIMPLE).0;
        assert_eq!(recognise(&gbk).unwrap().label, "GBK");
        let big5 = BIG5.encode(TRADITIONAL).0;
        assert_eq!(recognise(&big5).unwrap().label, "Big5");
        let rare = encoding_rs::GB18030.encode("名称\n㐂𠮷村委会\n刘楼镇中心小学").0;
        assert_eq!(recognise(&rare).unwrap().label, "GB18030");
    }

    #[test]
    fn bytes_of_no_encoding_are_not_guessed() {
        assert_eq!(recognise(&[b'a', 0xff, 0xff, b'b', 0x81]), None);
        assert_eq!(recognise(b"a\0b\0\0\0\0\xff\xfe"), None);
        assert_eq!(by_label("GB2312").unwrap(), GBK);
        assert_eq!(by_label("cp936").unwrap(), GBK);
        assert!(by_label("klingon").is_none());
    }

    #[test]
    fn utf16_shows_itself_by_its_zeros() {
        let le: Vec<u8> = "a,b,c\n1,2,3\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(recognise(&le).unwrap().encoding, UTF_16LE);
    }

    #[test]
    fn a_wrong_byte_stops_the_reader_and_names_the_line() {
        let mut bytes = GBK.encode("名称\n人民公园\n").0.into_owned();
        bytes.extend_from_slice(&[0xc3, b'\n']);
        let mut out = String::new();
        let error = Decoding::new(bytes.as_slice(), GBK).read_to_string(&mut out).unwrap_err();
        let expected = ReadFault::WrongEncoding { encoding: "GBK".to_owned(), row: 3 };
        assert_eq!(ReadFault::io(&error), expected);
    }
}
