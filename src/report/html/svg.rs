//! A drawing as SVG within HTML.

use std::fmt::Write;

use super::escaped;
use crate::report::map::{Drawing, Ink, Shape, ink};
use crate::scene::Token;

/// The drawing as one element.
pub(super) fn svg(drawing: &Drawing) -> String {
    let [w, h] = drawing.size.map(round);
    let mut out = format!(
        "<svg class=\"map\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\">\n"
    );
    for shape in &drawing.shapes {
        // Writing to a string cannot fail.
        let _ = put(shape, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

fn put(shape: &Shape, out: &mut String) -> std::fmt::Result {
    match shape {
        Shape::Surface { rings, ink } => {
            let lines: String = rings.iter().map(|ring| path(ring, true)).collect();
            writeln!(out, "<path d=\"{lines}\" fill=\"{}\"{}/>", color(*ink), opacity("fill", *ink))
        }
        Shape::Line { points, closed, width, dash, ink } => {
            write!(
                out,
                "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{}",
                path(points, *closed),
                color(*ink),
                round(*width),
                opacity("stroke", *ink)
            )?;
            if dash.len() >= 2 {
                let dash: Vec<String> =
                    dash.iter().map(|length| round(*length).to_string()).collect();
                write!(out, " stroke-dasharray=\"{}\"", dash.join(" "))?;
            }
            writeln!(out, "/>")
        }
        Shape::Disc { at, radius, ink } => {
            let ([x, y], radius) = (at.map(round), round(*radius));
            let (fill, faint) = (color(*ink), opacity("fill", *ink));
            writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\"{faint}/>")
        }
        Shape::Words { at, angle, size, text, ink: own } => {
            // The baseline lies about a third of the height below the middle.
            let [x, y] = [round(at[0]), round(at[1] + size * 0.35)];
            write!(out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"", round(*size))?;
            write!(out, " fill=\"{}\" stroke=\"{}\"", color(*own), color(ink(Token::Halo)))?;
            if *angle != 0.0 {
                let turn = round(angle.to_degrees());
                write!(out, " transform=\"rotate({turn} {} {})\"", round(at[0]), round(at[1]))?;
            }
            writeln!(out, ">{}</text>", escaped(text))
        }
    }
}

fn path(points: &[[f32; 2]], closed: bool) -> String {
    let mut out = String::new();
    for (at, [x, y]) in points.iter().enumerate() {
        out.push(if at == 0 { 'M' } else { 'L' });
        let _ = write!(out, "{} {}", round(*x), round(*y));
    }
    if closed {
        out.push('Z');
    }
    out
}

fn color(ink: Ink) -> String {
    let [r, g, b] = ink.rgb;
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn opacity(what: &str, ink: Ink) -> String {
    if ink.opacity < 1.0 {
        format!(" {what}-opacity=\"{}\"", round(ink.opacity))
    } else {
        String::new()
    }
}

/// To a hundredth of a point; never −0.
fn round(x: f32) -> f32 {
    (x * 100.0).round() / 100.0 + 0.0
}
