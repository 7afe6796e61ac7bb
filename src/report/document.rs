//! A printed document, independent of its format: its head, its blocks, what it rests on.

use super::map::MapSheet;
use crate::base::Timestamp;

/// A document in words.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is: `人员转移指令（南旺镇）`.
    pub title: String,
    /// Its number.
    pub number: String,
    /// When it was drawn up.
    pub at: Timestamp,
    /// Who has yet to sign it; `None` if nobody does.
    pub signature: Option<Signature>,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
    /// What it rests on, a line each.
    pub sources: Vec<String>,
    /// It rests on sample data (示例数据).
    pub sample: bool,
    /// It is to fit one page: its map gives way.
    pub one_page: bool,
}

/// Where a document is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Its state: 待签发.
    pub status: String,
    /// What is filled in by hand: 签发人, 签发时间.
    pub blanks: Vec<String>,
}

/// A piece of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// A remark in small letters.
    Note(String),
    /// What follows begins on a new page.
    PageBreak,
    /// A map.
    Map(Box<MapSheet>),
    /// What the document rests on: its sources under their heading.
    Sources,
}

/// How the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// How its cells stand.
    pub align: Align,
    /// Its width as a share of the sum of all shares.
    pub share: f32,
}

/// Rows under headings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it is about; may be empty.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its cells, as many in each row as there are columns; line feeds break lines.
    pub rows: Vec<Vec<String>>,
    /// It is filled in by hand: its rows are high enough for that.
    pub form: bool,
}

impl Table {
    /// An empty table.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The same table with one more column.
    #[must_use]
    pub fn column(mut self, heading: impl Into<String>, align: Align, share: f32) -> Self {
        self.columns.push(Column { heading: heading.into(), align, share });
        self
    }

    /// Adds a row; cells too many are dropped, cells too few are empty.
    pub fn row(&mut self, mut cells: Vec<String>) {
        cells.resize(self.columns.len(), String::new());
        self.rows.push(cells);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_as_many_cells_as_there_are_columns() {
        let mut table =
            Table::new("t").column("a", Align::Left, 1.0).column("b", Align::Right, 2.0);
        table.row(vec!["1".to_owned()]);
        table.row(["1", "2", "3"].map(str::to_owned).to_vec());
        assert_eq!(table.rows, [["1", ""], ["1", "2"]]);
    }
}
