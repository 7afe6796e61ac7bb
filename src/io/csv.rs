//! Delimited tables: comma, semicolon, tab or bar; quotes, line breaks in cells, title lines above the heading.

use std::io::{BufRead, BufReader, Read};

use ::csv::{ByteRecord, Reader, ReaderBuilder};

use super::ask::RowNote;
use super::encoding::open_text;
use super::fault::ReadFault;
use super::quote::{QuoteWatch, returns_only};
use super::source::{Input, LayerHead, MAX_COLUMNS, RawRow, RowReader};
use super::table::{MAX_TITLE_LINES, heading_line, headings};
use crate::model::Value;

const SNIFF: usize = 64 << 10;
/// A single line may not be larger.
const MAX_LINE: usize = 64 << 20;

/// Reads a delimited table.
pub struct CsvRows {
    reader: Reader<QuoteWatch<Box<dyn Read>>>,
    head: LayerHead,
    columns: Vec<String>,
    record: ByteRecord,
    /// Records read while looking for the heading, with their line numbers.
    ahead: std::vec::IntoIter<(u64, Vec<Value>)>,
    /// Line breaks within cells so far: a table line may be several text lines.
    broken_lines: u64,
    delimiter: u8,
    /// Lines end with a carriage return before the line feed.
    returns: bool,
    late: Vec<RowNote>,
    done: u64,
}

impl CsvRows {
    /// Opens the table and reads its heading.
    pub fn open(input: &Input, encoding: Option<&str>) -> Result<Self, ReadFault> {
        let text = open_text(input, encoding)?;
        let mut buffered = BufReader::with_capacity(SNIFF, text.reader);
        let mut start = buffered.fill_buf()?;
        if start.is_empty() {
            return Err(ReadFault::Empty);
        }
        let old = returns_only(start);
        let delimiter = delimiter(start, if old { b'\r' } else { b'\n' });
        let first_end = start.iter().position(|b| *b == b'\n');
        let returns = first_end.is_some_and(|at| at > 0 && start[at - 1] == b'\r');
        // Excel's own way to name the delimiter.
        let skip = start.starts_with(b"sep=").then(|| start.iter().position(|b| *b == b'\n'));
        let named = start.get(4).copied().filter(|_| skip.is_some());
        if let Some(Some(end)) = skip {
            start = &start[..=end];
            let length = start.len();
            buffered.consume(length);
        }
        let delimiter = named.unwrap_or(delimiter);
        let buffered: Box<dyn Read> = Box::new(buffered);
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            // With one sign as the end of lines the reader counts them right, empty ones too.
            .terminator(::csv::Terminator::Any(b'\n'))
            .from_reader(QuoteWatch::new(buffered, delimiter, old));
        let head = LayerHead { name: input.stem(), encoding: text.label, ..LayerHead::default() };
        let mut rows = Self {
            reader,
            head,
            columns: Vec::new(),
            record: ByteRecord::new(),
            ahead: Vec::new().into_iter(),
            broken_lines: 0,
            delimiter,
            returns,
            late: Vec::new(),
            done: 0,
        };
        rows.read_heading()?;
        Ok(rows)
    }

    fn read_heading(&mut self) -> Result<(), ReadFault> {
        let mut lines = Vec::new();
        while lines.len() < MAX_TITLE_LINES
            && let Some(line) = self.line()?
        {
            lines.push(line);
        }
        // What is too wide for a table is not looked at: it may be as wide as the file is long.
        let cells: Vec<Vec<Value>> = lines
            .iter()
            .map(|(_, cells)| cells.iter().take(MAX_COLUMNS + 1).cloned().collect())
            .collect();
        if cells.iter().flatten().all(super::table::is_blank) {
            return Err(ReadFault::Empty);
        }
        let heading = heading_line(&cells);
        self.columns = headings(&cells[heading])?;
        lines.drain(..=heading);
        self.ahead = lines.into_iter();
        Ok(())
    }

    /// The next line that has anything, with its number.
    fn line(&mut self) -> Result<Option<(u64, Vec<Value>)>, ReadFault> {
        let before = self.reader.position().line();
        if !self.reader.read_byte_record(&mut self.record).map_err(|e| fault(&e))? {
            return Ok(None);
        }
        if let Some(row) = self.reader.get_ref().left_open() {
            return Err(ReadFault::OpenQuote { row });
        }
        self.done = self.reader.position().byte();
        let breaks = self.record.as_slice().iter().filter(|b| **b == b'\n').count() as u64;
        // The reader stands behind the line by now, and skips empty lines before it.
        let first = before.max(self.reader.position().line().saturating_sub(1 + breaks));
        let number = first - self.broken_lines.min(first);
        if self.record.as_slice().len() > MAX_LINE {
            return Err(ReadFault::TooLarge { what: format!("line {number}") });
        }
        self.broken_lines += breaks;
        let mut cells = Vec::with_capacity(self.record.len());
        let last = self.record.len().saturating_sub(1);
        for (at, cell) in self.record.iter().enumerate() {
            let cell = match cell.strip_suffix(b"\r") {
                Some(short) if self.returns && at == last => short,
                _ => cell,
            };
            let text = std::str::from_utf8(cell).map_err(|e| ReadFault::damaged(number, e))?;
            cells.push(Value::from(crate::base::unguard(text)));
        }
        Ok(Some((number, cells)))
    }
}

fn fault(error: &::csv::Error) -> ReadFault {
    match error.kind() {
        ::csv::ErrorKind::Io(inner) => ReadFault::io(inner),
        _ => ReadFault::damaged(error.position().map_or(0, ::csv::Position::line), error),
    }
}

/// Whether a cell has a line in it that looks like a row of the table: a quotation mark too many before it.
fn swallows(cell: &str, delimiter: u8, columns: usize) -> bool {
    let row = |line: &str| line.bytes().filter(|b| *b == delimiter).count() + 1 >= columns;
    columns > 2 && cell.contains('\n') && cell.lines().skip(1).any(row)
}

/// The sign that cuts the first lines into most columns, evenly.
fn delimiter(start: &[u8], end: u8) -> u8 {
    let lines: Vec<&[u8]> =
        start.split(|b| *b == end).filter(|line| line.len() > 1).take(20).collect();
    let mut best = ((0, 0), b',');
    for sign in [b',', b'\t', b';', b'|'] {
        let mut counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, sign)).collect();
        counts.sort_unstable();
        // What at least half of the lines have, so that titles and remarks do not decide.
        let middle = counts.get(counts.len().saturating_sub(1) / 2).copied().unwrap_or(0);
        let score = (middle, counts.iter().sum::<usize>());
        if score > best.0 {
            best = (score, sign);
        }
    }
    best.1
}

fn outside_quotes(line: &[u8], sign: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line {
        if *byte == b'"' {
            quoted = !quoted;
        } else if *byte == sign && !quoted {
            count += 1;
        }
    }
    count
}

impl RowReader for CsvRows {
    fn head(&self) -> &LayerHead {
        &self.head
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, ReadFault> {
        loop {
            row.clear();
            let next = match self.ahead.next() {
                Some(line) => Some(line),
                None => self.line()?,
            };
            let Some((number, cells)) = next else { return Ok(false) };
            row.number = number;
            let texts = cells.iter().filter_map(Value::as_text);
            let swallowed =
                texts.into_iter().find(|cell| swallows(cell, self.delimiter, self.columns.len()));
            if let Some(cell) = swallowed {
                self.late.push(RowNote::new(number, "swallowed_lines").with("text", cell));
            }
            if cells.len() > self.columns.len() {
                let surplus =
                    cells[self.columns.len()..].iter().any(|c| !super::table::is_blank(c));
                if surplus {
                    self.late.push(RowNote::new(number, "surplus_cells"));
                }
                // Nothing is lost: they become columns of their own.
                while surplus && self.columns.len() < cells.len().min(MAX_COLUMNS) {
                    self.columns.push(format!("#{}", self.columns.len() + 1));
                }
            }
            let filled = (0_u32..).zip(cells).take(self.columns.len());
            row.cells.extend(filled.filter(|(_, v)| v.as_text() != Some("")));
            if !row.cells.is_empty() {
                return Ok(true);
            }
        }
    }

    fn done(&self) -> u64 {
        self.done
    }

    fn late_notes(&mut self) -> Vec<RowNote> {
        std::mem::take(&mut self.late)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> (Vec<String>, Vec<(u64, Vec<String>)>) {
        let input = Input::Embedded("t.csv".to_owned(), text.as_bytes());
        let mut reader = CsvRows::open(&input, None).unwrap();
        let mut rows = Vec::new();
        let mut row = RawRow::default();
        while reader.next(&mut row).unwrap() {
            rows.push((row.number, row.cells.iter().map(|(_, v)| v.to_string()).collect()));
        }
        (reader.columns().to_vec(), rows)
    }

    fn owned(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|c| (*c).to_owned()).collect()
    }

    #[test]
    fn delimiters_quotes_and_line_breaks() {
        let (columns, rows) = read("\u{feff}名称;地址\r\na;\"x\ny\"\r\n\r\nb;z\r\n");
        assert_eq!(columns, ["名称", "地址"]);
        assert_eq!(rows, [(2, owned(&["a", "x\ny"])), (4, owned(&["b", "z"]))]);
        assert_eq!(read("a\tb\n1\t2,3\n").1, [(2, owned(&["1", "2,3"]))]);
        assert_eq!(read("sep=;\na;b\n1;2\n").1, [(2, owned(&["1", "2"]))]);
    }

    #[test]
    fn old_line_ends_are_counted_like_new_ones() {
        let (columns, rows) = read("名称;地址\ra;\"x\ry\"\r\rb;z\r");
        assert_eq!(columns, ["名称", "地址"]);
        assert_eq!(rows, [(2, owned(&["a", "x\ry"])), (4, owned(&["b", "z"]))]);
    }

    #[test]
    fn a_mark_that_never_closes_is_a_fault_of_its_row() {
        let text = "a,b,c\n1,2,3\n\n4,\"5,6\n7,8,9\n";
        let input = Input::Embedded("t.csv".to_owned(), text.as_bytes());
        let fault = CsvRows::open(&input, None).err();
        assert_eq!(fault, Some(ReadFault::OpenQuote { row: 4 }));
    }

    #[test]
    fn harmless_formulas_come_back_and_surplus_cells_are_kept() {
        let (columns, rows) = read("name,note\n'=1+1,''-x\nb,c,d\n");
        assert_eq!(rows[0].1, ["=1+1", "'-x"]);
        assert_eq!(columns, ["name", "note", "#3"]);
        assert_eq!(rows[1].1, ["b", "c", "d"]);
    }
}
