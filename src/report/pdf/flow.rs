//! Lays a document out: what stands where on which page, before anything is drawn.

use super::typeface::Typeface;
use super::wrap::wrap;
use crate::base::Message;
use crate::report::document::{Align, Block, Document, Table};
use crate::report::map::{Drawing, MapSheet, Shape};
use crate::report::words::{Words, moment};

/// Margins of the text on a page, in points from its top left corner.
pub(super) const LEFT: f32 = 42.0;
pub(super) const RIGHT: f32 = super::PAGE[0] - 42.0;
const TOP: f32 = 58.0;
const BOTTOM: f32 = super::PAGE[1] - 52.0;
const WIDTH: f32 = RIGHT - LEFT;

/// Heights of letters in points.
const TITLE: f32 = 17.0;
const HEADING: f32 = 11.5;
const BODY: f32 = 10.0;
const CELL: f32 = 9.0;
const NOTE: f32 = 8.5;

/// Height of a map on a page that has room for it, and where it has to share one page.
const MAP: f32 = 340.0;
const SHARED_MAP: [f32; 2] = [130.0, 400.0];
/// What a heading keeps free below itself may be a little more than what follows it.
const SLACK: f32 = 4.0;
/// Height of a row that is filled in by hand.
const FORM_ROW: f32 = 24.0;
/// Between the edge of a cell and its letters.
const PAD: f32 = 3.0;

/// Something on a page.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A line of text from its left end on the baseline.
    Text {
        /// Left end on the baseline.
        at: [f32; 2],
        /// Height of the letters.
        size: f32,
        /// Stronger.
        bold: bool,
        /// The words.
        text: String,
    },
    /// A straight line.
    Rule {
        /// From.
        from: [f32; 2],
        /// To.
        to: [f32; 2],
        /// Width.
        width: f32,
    },
    /// A light ground: left, top, width, height.
    Ground([f32; 4]),
    /// A drawing at its top left corner.
    Drawing([f32; 2], Drawing),
}

/// What stands on one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaf {
    /// From the lowest to the highest.
    pub marks: Vec<Mark>,
}

/// Fills page after page.
pub(super) struct Flow<'a> {
    face: &'a Typeface,
    words: &'a dyn Words,
    leaves: Vec<Leaf>,
    /// Where the next thing begins on the last page.
    y: f32,
    /// Letters that are not there, so far.
    missing: usize,
    map_height: f32,
}

impl<'a> Flow<'a> {
    /// The pages of a document.
    pub fn lay_out(document: &Document, face: &'a Typeface, words: &'a dyn Words) -> Vec<Leaf> {
        let run = |map_height: f32| {
            let leaves = vec![Leaf::default()];
            let mut flow = Flow { face, words, leaves, y: TOP, missing: 0, map_height };
            flow.document(document);
            flow
        };
        if !document.one_page {
            return run(MAP).leaves;
        }
        // The map takes what the rest leaves.
        let without = run(0.0);
        let room = if without.leaves.len() > 1 { 0.0 } else { BOTTOM - without.y - SLACK };
        run(room.clamp(SHARED_MAP[0], SHARED_MAP[1])).leaves
    }

    fn document(&mut self, document: &Document) {
        self.head(document);
        for block in &document.blocks {
            match block {
                Block::Heading(text) => self.heading(text),
                Block::Paragraph(text) => self.paragraph(text, BODY, 3.0),
                Block::Note(text) => self.paragraph(text, NOTE, 1.5),
                Block::Facts(facts) => self.facts(facts),
                Block::Table(table) => self.table(table),
                Block::PageBreak => self.new_page(),
                Block::Map(map) => self.map(map),
                Block::Sources => self.sources(&document.sources),
            }
        }
        if self.missing > 0 {
            let note = Message::new("report-missing-letters").with("count", self.missing);
            self.paragraph(&self.words.say(&note), NOTE, 1.5);
        }
    }

    /// Title, number, time, and where it is signed.
    fn head(&mut self, document: &Document) {
        for line in wrap(&self.written(&document.title), TITLE, WIDTH, self.face) {
            let x = LEFT + (WIDTH - self.face.width(&line, TITLE)) / 2.0;
            self.put([x, self.y + TITLE], TITLE, true, line);
            self.y += TITLE * 1.3;
        }
        self.y += 4.0;
        let label = |id: &'static str, value: &str| format!("{} {value}", self.words.tr(id));
        let number = label("report-number", &document.number);
        let at = label("report-drawn-up", &moment(document.at));
        let at = self.written(&at);
        let x = RIGHT - self.face.width(&at, BODY);
        let number = self.written(&number);
        self.put([LEFT, self.y + BODY], BODY, false, number);
        self.put([x, self.y + BODY], BODY, false, at);
        self.y += BODY * 1.5;
        if let Some(signature) = &document.signature {
            let status = self.written(&signature.status);
            let wide = self.face.width(&status, BODY);
            let (x, y, w, h) = (LEFT, self.y + 1.0, wide + 10.0, BODY * 1.6);
            for (from, to) in [
                ([x, y], [x + w, y]),
                ([x + w, y], [x + w, y + h]),
                ([x + w, y + h], [x, y + h]),
                ([x, y + h], [x, y]),
            ] {
                self.rule(from, to, 1.0);
            }
            let base = y + BODY * 1.15;
            self.put([x + 5.0, base], BODY, true, status);
            let room = (WIDTH - w) / signature.blanks.len().max(1) as f32;
            let mut x = x + w + 14.0;
            for blank in &signature.blanks {
                let blank = self.written(blank);
                let wide = self.face.width(&blank, BODY);
                self.put([x, base], BODY, false, blank);
                self.rule([x + wide + 4.0, base + 2.0], [x + room - 20.0, base + 2.0], 0.6);
                x += room;
            }
            self.y += h + 6.0;
        }
        self.rule([LEFT, self.y], [RIGHT, self.y], 1.0);
        self.y += 6.0;
        if document.sample {
            let warning = self.words.tr("sample-warning");
            for line in wrap(&self.written(&warning), BODY, WIDTH, self.face) {
                self.put([LEFT, self.y + BODY], BODY, true, line);
                self.y += BODY * 1.4;
            }
            self.y += 2.0;
        }
    }

    fn heading(&mut self, text: &str) {
        let lines = wrap(&self.written(text), HEADING, WIDTH, self.face);
        // A heading does not stand alone at the foot of a page.
        self.make_room(lines.len() as f32 * HEADING * 1.4 + 5.0 + BODY * 1.4);
        self.y += 5.0;
        for line in lines {
            self.put([LEFT, self.y + HEADING], HEADING, true, line);
            self.y += HEADING * 1.4;
        }
    }

    fn sources(&mut self, sources: &[String]) {
        self.heading(&self.words.tr("report-sources"));
        for source in sources {
            self.paragraph(source, NOTE, 0.5);
        }
    }

    fn paragraph(&mut self, text: &str, size: f32, gap: f32) {
        for line in wrap(&self.written(text), size, WIDTH, self.face) {
            self.make_room(size * 1.4);
            self.put([LEFT, self.y + size], size, false, line);
            self.y += size * 1.4;
        }
        self.y += gap;
    }

    /// Names and values, two abreast.
    fn facts(&mut self, facts: &[(String, String)]) {
        const NAME: f32 = 92.0;
        let half = WIDTH / 2.0;
        for pair in facts.chunks(2) {
            let cells: Vec<(String, Vec<String>)> = pair
                .iter()
                .map(|(name, value)| {
                    let name = wrap(&self.written(name), BODY, NAME - 4.0, self.face).concat();
                    (name, wrap(&self.written(value), BODY, half - NAME - 8.0, self.face))
                })
                .collect();
            let lines = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1);
            self.make_room(lines as f32 * BODY * 1.35);
            let mut x = LEFT;
            for (name, lines) in cells {
                self.put([x, self.y + BODY], BODY, false, name);
                for (line, row) in lines.into_iter().zip(0_u16..) {
                    let y = self.y + BODY + f32::from(row) * BODY * 1.35;
                    self.put([x + NAME, y], BODY, true, line);
                }
                x += half;
            }
            self.y += lines as f32 * BODY * 1.35;
        }
        self.y += 4.0;
    }

    /// Rows under a head that is repeated on each page.
    fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let whole: f32 = table.columns.iter().map(|column| column.share).sum();
        let widths: Vec<f32> =
            table.columns.iter().map(|column| WIDTH * column.share / whole.max(0.01)).collect();
        let heads: Vec<String> = table.columns.iter().map(|c| c.heading.clone()).collect();
        let heads = self.cells(&heads, &widths);
        let head_height = height(&heads, 0.0);
        self.make_room(head_height + CELL * 1.35 + 2.0 * PAD + CELL * 2.0);
        if !table.title.is_empty() {
            let title = self.written(&table.title);
            self.put([LEFT, self.y + BODY], BODY, true, title);
            self.y += BODY * 1.5;
        }
        self.head_row(table, &heads, &widths);
        let least = if table.form { FORM_ROW } else { 0.0 };
        for row in &table.rows {
            let mut cells = self.cells(row, &widths);
            loop {
                let wanted = height(&cells, least);
                if self.y + wanted <= BOTTOM {
                    self.row(table, &cells, &widths, wanted, false);
                    break;
                }
                let page = BOTTOM - TOP - head_height;
                if wanted > page {
                    // Higher than a page: what fits stays here, the rest follows.
                    let fits = ((BOTTOM - self.y - 2.0 * PAD) / (CELL * 1.35)).floor();
                    let fits = fits.max(0.0) as usize;
                    if fits > 0 {
                        let rest = cells
                            .iter_mut()
                            .map(|lines| lines.split_off(fits.min(lines.len())))
                            .collect();
                        let part = height(&cells, 0.0);
                        self.row(table, &cells, &widths, part, false);
                        cells = rest;
                    }
                }
                self.new_page();
                self.head_row(table, &heads, &widths);
            }
        }
        self.y += 7.0;
    }

    fn cells(&mut self, row: &[String], widths: &[f32]) -> Vec<Vec<String>> {
        row.iter()
            .zip(widths)
            .map(|(cell, width)| wrap(&self.written(cell), CELL, width - 2.0 * PAD, self.face))
            .collect()
    }

    fn head_row(&mut self, table: &Table, heads: &[Vec<String>], widths: &[f32]) {
        self.row(table, heads, widths, height(heads, 0.0), true);
    }

    fn row(
        &mut self,
        table: &Table,
        cells: &[Vec<String>],
        widths: &[f32],
        height: f32,
        head: bool,
    ) {
        let top = self.y;
        if head {
            self.mark(Mark::Ground([LEFT, top, WIDTH, height]));
            self.rule([LEFT, top], [RIGHT, top], 0.6);
        }
        let mut x = LEFT;
        for ((lines, width), column) in cells.iter().zip(widths).zip(&table.columns) {
            for (line, row) in lines.iter().zip(0_u16..) {
                let wide = self.face.width(line, CELL);
                let left = match column.align {
                    Align::Left => x + PAD,
                    Align::Right => x + width - PAD - wide,
                };
                let y = top + PAD + CELL + f32::from(row) * CELL * 1.35;
                self.put([left, y], CELL, head, line.clone());
            }
            self.rule([x, top], [x, top + height], 0.4);
            x += width;
        }
        self.rule([RIGHT, top], [RIGHT, top + height], 0.4);
        self.y += height;
        self.rule([LEFT, self.y], [RIGHT, self.y], 0.4);
    }

    fn map(&mut self, map: &MapSheet) {
        let height = self.map_height;
        if height <= 0.0 {
            // Measured only; the gaps around it count.
            self.y += 8.0;
            return;
        }
        self.make_room(height + 8.0);
        let mut drawing = map.draw([WIDTH, height], self.words);
        for shape in &mut drawing.shapes {
            if let Shape::Words { text, .. } = shape {
                *text = self.written(text);
            }
        }
        let at = [LEFT, self.y + 3.0];
        self.mark(Mark::Drawing(at, drawing));
        self.y += height + 8.0;
    }

    /// The text as it can be written; what is not there is counted.
    fn written(&mut self, text: &str) -> String {
        let (text, missing) = self.face.written(text);
        self.missing += missing;
        text
    }

    fn make_room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.new_page();
        }
    }

    fn new_page(&mut self) {
        self.leaves.push(Leaf::default());
        self.y = TOP;
    }

    fn put(&mut self, at: [f32; 2], size: f32, bold: bool, text: String) {
        if !text.is_empty() {
            self.mark(Mark::Text { at, size, bold, text });
        }
    }

    fn rule(&mut self, from: [f32; 2], to: [f32; 2], width: f32) {
        self.mark(Mark::Rule { from, to, width });
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(leaf) = self.leaves.last_mut() {
            leaf.marks.push(mark);
        }
    }
}

/// Height of a row with these lines.
fn height(cells: &[Vec<String>], least: f32) -> f32 {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
    (lines as f32 * CELL * 1.35 + 2.0 * PAD).max(least)
}
