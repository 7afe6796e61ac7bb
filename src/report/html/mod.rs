//! Documents as one HTML file that needs nothing else, for screens and for printers without colour.

mod svg;

use super::document::{Align, Block, Document, Table};
use super::words::{Words, moment};
use svg::svg;

/// Size of a map in points.
const MAP: [f32; 2] = [510.0, 330.0];

const STYLE: &str = include_str!("../../../assets/report/print.css");

/// Documents in one file, each on pages of its own.
pub fn html(documents: &[Document], words: &dyn Words) -> String {
    let title = documents.first().map_or("", |document| document.title.as_str());
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <style>\n{}</style>\n</head>\n<body>\n",
        words.tag(),
        escaped(title),
        STYLE
    );
    for document in documents {
        article(document, words, &mut out);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn article(document: &Document, words: &dyn Words, out: &mut String) {
    out.push_str("<article>\n");
    if document.sample {
        element("div class=\"watermark\" aria-hidden=\"true\"", &words.tr("sample"), out);
    }
    element("h1", &document.title, out);
    out.push_str("<p class=\"head\">");
    for (name, value) in
        [("report-number", document.number.clone()), ("report-drawn-up", moment(document.at))]
    {
        out.push_str(&escaped(&words.say(&crate::base::Message::new(name))));
        out.push(' ');
        out.push_str(&escaped(&value));
        out.push_str(" &emsp;");
    }
    out.push_str("</p>\n");
    if let Some(signature) = &document.signature {
        out.push_str("<p class=\"signature\">");
        out.push_str(&format!("<strong>{}</strong>", escaped(&signature.status)));
        for blank in &signature.blanks {
            out.push_str(&format!(" {}<span class=\"blank\"></span>", escaped(blank)));
        }
        out.push_str("</p>\n");
    }
    if document.sample {
        element("p class=\"warning\"", &words.tr("sample-warning"), out);
    }
    for block in &document.blocks {
        put(block, document, words, out);
    }
    out.push_str("</article>\n");
}

fn put(block: &Block, document: &Document, words: &dyn Words, out: &mut String) {
    match block {
        Block::Heading(text) => element("h2", text, out),
        Block::Paragraph(text) => element("p", text, out),
        Block::Note(text) => element("p class=\"note\"", text, out),
        Block::PageBreak => out.push_str("<div class=\"break\"></div>\n"),
        Block::Facts(facts) => {
            out.push_str("<dl>\n");
            for (name, value) in facts {
                out.push_str(&format!(
                    "<div><dt>{}</dt><dd>{}</dd></div>\n",
                    escaped(name),
                    escaped(value)
                ));
            }
            out.push_str("</dl>\n");
        }
        Block::Table(rows) => table(rows, out),
        Block::Map(map) => out.push_str(&svg(&map.draw(MAP, words))),
        Block::Sources => {
            element("h2", &words.tr("report-sources"), out);
            out.push_str("<ul class=\"sources\">\n");
            for source in &document.sources {
                element("li", source, out);
            }
            out.push_str("</ul>\n");
        }
    }
}

fn table(table: &Table, out: &mut String) {
    out.push_str(if table.form { "<table class=\"form\">\n" } else { "<table>\n" });
    if !table.title.is_empty() {
        element("caption", &table.title, out);
    }
    let class = |align: Align| if align == Align::Right { " class=\"number\"" } else { "" };
    out.push_str("<thead><tr>");
    for column in &table.columns {
        let class = class(column.align);
        out.push_str(&format!("<th{class}>{}</th>", escaped(&column.heading)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (column, cell) in table.columns.iter().zip(row) {
            let cell = escaped(cell).replace('\n', "<br>");
            out.push_str(&format!("<td{}>{cell}</td>", class(column.align)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

/// An element with a text in it, on a line of its own; `tag` may carry attributes.
fn element(tag: &str, text: &str, out: &mut String) {
    let name = tag.split(' ').next().unwrap_or(tag);
    out.push_str(&format!("<{tag}>{}</{name}>\n", escaped(text)));
}

/// A text as it may stand in HTML, also between quotation marks.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => out.push(' '),
            // Marks that turn the writing direction could make a name look like another.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_stays_text() {
        assert_eq!(
            escaped("<script>alert(\"1\")</script> & 'b'\u{7}\u{202e}"),
            "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;b&#39; "
        );
    }
}
