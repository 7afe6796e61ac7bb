//! Tables for people, aligned by the width characters have on a terminal: Chinese ones take two columns.

use unicode_width::UnicodeWidthStr;

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows under a heading.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table with these headings.
    pub fn new(columns: Vec<(String, Align)>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row; cells too many are dropped, cells too few are empty.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells.iter().map(|cell| one_line(cell)).collect());
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as lines, each ended by a line feed, without spaces at the ends of lines.
    pub fn render(&self) -> String {
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, (title, _))| {
                let cells = self.rows.iter().filter_map(|row| row.get(at));
                cells.map(|cell| cell.width()).chain([title.width()]).max().unwrap_or(0)
            })
            .collect();
        let titles: Vec<String> = self.columns.iter().map(|(title, _)| title.clone()).collect();
        let mut out = String::new();
        for row in std::iter::once(&titles).chain(&self.rows) {
            let mut line = String::new();
            for (at, ((_, align), width)) in self.columns.iter().zip(&widths).enumerate() {
                let cell = row.get(at).map_or("", String::as_str);
                let pad = " ".repeat(width.saturating_sub(cell.width()));
                let gap = if at == 0 { "" } else { "  " };
                match align {
                    Align::Left => line.extend([gap, cell, &pad]),
                    Align::Right => line.extend([gap, &pad, cell]),
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

/// Text from a file as it may stand on a terminal: on one line, without control characters.
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            c if c.is_control() => ' ',
            // Marks that turn the writing direction could make a name look like another.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => ' ',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns_and_numbers_stand_right() {
        let mut table =
            Table::new(vec![("名称".to_owned(), Align::Left), ("m".to_owned(), Align::Right)]);
        table.row(vec!["人民公园".to_owned(), "8".to_owned()]);
        table.row(vec!["Park".to_owned(), "1,200".to_owned()]);
        assert_eq!(table.render(), "名称          m\n人民公园      8\nPark      1,200\n");
    }

    #[test]
    fn hostile_names_cannot_steer_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2J\nb\u{202e}c"), "a [2J b c");
    }
}
