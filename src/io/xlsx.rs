//! Excel workbooks, cell by cell: what a sheet declares about its size is never believed.

use std::io::{BufReader, Seek, SeekFrom};

use calamine::{DataRef, Reader, Xlsx, XlsxCellReader};

use super::fault::ReadFault;
use super::source::{Input, LayerHead, MAX_COLUMNS, RawRow, ReadSeek, RowReader};
use super::table::{MAX_TITLE_LINES, heading_line, headings};
use crate::model::Value;

type Bytes = BufReader<Box<dyn ReadSeek>>;
/// The number of a row and its cells by column.
type Line = (u64, Vec<(u32, Value)>);

/// All parts together may not unpack to more.
const MAX_UNPACKED: u64 = 2 << 30;
/// Nor may its cells: a long text that is stored once can stand in every one of them.
const MAX_TEXT: u64 = 512 << 20;

/// An open workbook.
pub struct Workbook {
    book: Xlsx<Bytes>,
    size: u64,
}

impl Workbook {
    /// Opens a workbook.
    pub fn open(input: &Input) -> Result<Self, ReadFault> {
        let mut file = input.open()?;
        let archive = ::zip::ZipArchive::new(&mut file).map_err(|e| ReadFault::damaged(0, e))?;
        // Unknown for archives written as a stream; the process's own memory limit stands behind this.
        if archive.decompressed_size().is_some_and(|size| size > u128::from(MAX_UNPACKED)) {
            return Err(ReadFault::TooLarge { what: "unpacked > 2 GiB".to_owned() });
        }
        drop(archive);
        file.seek(SeekFrom::Start(0))?;
        let book = Xlsx::new(BufReader::new(file)).map_err(|e| ReadFault::damaged(0, e))?;
        Ok(Self { book, size: input.size()? })
    }

    /// The names of its sheets.
    pub fn sheets(&self) -> Vec<String> {
        self.book.sheet_names()
    }

    /// The rows of one sheet.
    pub fn sheet(&mut self, name: &str) -> Result<SheetRows<'_>, ReadFault> {
        let cells = self.book.worksheet_cells_reader(name).map_err(|e| ReadFault::damaged(0, e))?;
        let head = LayerHead {
            name: name.to_owned(),
            encoding: "UTF-8".to_owned(),
            ..LayerHead::default()
        };
        let mut rows = SheetRows {
            cells,
            pending: None,
            ended: false,
            head,
            columns: Vec::new(),
            ahead: Vec::new().into_iter(),
            read: 0,
            text: 0,
            size: self.size,
        };
        rows.read_heading()?;
        Ok(rows)
    }
}

/// Reads one sheet.
pub struct SheetRows<'a> {
    cells: XlsxCellReader<'a, Bytes>,
    /// The first cell of the next row.
    pending: Option<(u32, u32, Value)>,
    /// The last cell has been read: asking again would read past the sheet's data.
    ended: bool,
    head: LayerHead,
    columns: Vec<String>,
    ahead: std::vec::IntoIter<Line>,
    read: u64,
    /// Bytes of text in the cells so far.
    text: u64,
    size: u64,
}

impl<'a> SheetRows<'a> {
    fn read_heading(&mut self) -> Result<(), ReadFault> {
        let mut lines = Vec::new();
        while lines.len() < MAX_TITLE_LINES
            && let Some(line) = self.line()?
        {
            lines.push(line);
        }
        let full: Vec<Vec<Value>> = lines
            .iter()
            .map(|(_, cells)| {
                let width = cells.iter().map(|(at, _)| *at as usize + 1).max().unwrap_or(0);
                let mut line = vec![Value::from(""); width];
                cells.iter().for_each(|(at, value)| line[*at as usize] = value.clone());
                line
            })
            .collect();
        if full.is_empty() {
            return Ok(());
        }
        let heading = heading_line(&full);
        self.columns = headings(&full[heading])?;
        lines.drain(..=heading);
        self.ahead = lines.into_iter();
        Ok(())
    }

    fn cell(&mut self) -> Result<Option<(u32, u32, Value)>, ReadFault> {
        while !self.ended {
            let next = self.cells.next_cell().map_err(|e| ReadFault::damaged(self.read, e))?;
            let Some(cell) = next else {
                self.ended = true;
                break;
            };
            let (row, column) = cell.get_position();
            if column as usize >= MAX_COLUMNS {
                return Err(ReadFault::TooLarge { what: format!("{column} columns") });
            }
            if let Some(value) = value_of(cell.get_value()) {
                self.text += value.as_text().map_or(0, str::len) as u64;
                if self.text > MAX_TEXT {
                    return Err(ReadFault::TooLarge { what: "cells > 512 MiB".to_owned() });
                }
                return Ok(Some((row, column, value)));
            }
        }
        Ok(None)
    }

    /// The next row that has anything, numbered as in the sheet.
    fn line(&mut self) -> Result<Option<Line>, ReadFault> {
        let first = match self.pending.take() {
            Some(cell) => Some(cell),
            None => self.cell()?,
        };
        let Some((row, column, value)) = first else { return Ok(None) };
        let mut cells = vec![(column, value)];
        while let Some((next, column, value)) = self.cell()? {
            if next != row {
                self.pending = Some((next, column, value));
                break;
            }
            // A hostile sheet may name the same place again and again.
            if cells.len() > MAX_COLUMNS {
                return Err(ReadFault::TooLarge { what: format!("row {row}") });
            }
            cells.push((column, value));
        }
        self.read += 1;
        Ok(Some((u64::from(row) + 1, cells)))
    }
}

fn value_of(cell: &DataRef<'_>) -> Option<Value> {
    // A text is a text in a workbook: nothing was made harmless, so nothing is taken off.
    let text = |text: &str| (!text.is_empty()).then(|| Value::from(text));
    match cell {
        DataRef::Int(n) => Some(Value::Integer(*n)),
        // A workbook knows only one type of number.
        DataRef::Float(x) if x.fract() == 0.0 && x.abs() < 9.0e15 => {
            Some(Value::Integer(*x as i64))
        }
        DataRef::Float(x) => Some(Value::Real(*x)),
        DataRef::Bool(b) => Some(Value::Boolean(*b)),
        DataRef::String(s) => text(s),
        DataRef::SharedString(s) => text(s),
        DataRef::DateTime(moment) => Some(Value::Text(day_or_moment(moment))),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => text(s),
        DataRef::Error(e) => Some(Value::Text(e.to_string())),
        DataRef::Empty => None,
    }
}

/// `2026-11-23`, with the time behind it if there is one.
fn day_or_moment(moment: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if moment.is_duration() || year < 1900 {
        return moment.as_f64().to_string();
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date} {hour:02}:{minute:02}:{second:02}")
    }
}

impl RowReader for SheetRows<'_> {
    fn head(&self) -> &LayerHead {
        &self.head
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, ReadFault> {
        row.clear();
        let next = match self.ahead.next() {
            Some(line) => Some(line),
            None => self.line()?,
        };
        let Some((number, cells)) = next else { return Ok(false) };
        row.number = number;
        let width = cells.iter().map(|(at, _)| *at as usize + 1).max().unwrap_or(0);
        while self.columns.len() < width {
            self.columns.push(format!("#{}", self.columns.len() + 1));
        }
        row.cells = cells;
        Ok(true)
    }

    fn done(&self) -> u64 {
        // The packed file gives no place; rows are a fair measure until the end.
        self.read.saturating_mul(64).min(self.size)
    }
}
