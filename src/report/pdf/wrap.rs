//! Breaks text into lines: Chinese anywhere but before closing marks, other words at blanks.

use super::typeface::Typeface;

/// Marks that no line begins with.
const CLOSING: &str = "，。、；：！？）】》」』”’…—,.;:!?)]}%℃";
/// Marks that no line ends with.
const OPENING: &str = "（【《「『“‘([{";

/// The lines of a text at a size, none wider than `width` unless a single letter is. Always one at least.
pub(super) fn wrap(text: &str, size: f32, width: f32, face: &Typeface) -> Vec<String> {
    let mut out = Vec::new();
    for line in text.split('\n') {
        let mut own = String::new();
        let mut used = 0.0;
        for piece in pieces(line) {
            let wide = face.width(&piece, size);
            if used + face.width(piece.trim_end(), size) <= width {
                own.push_str(&piece);
                used += wide;
                continue;
            }
            if !own.is_empty() {
                out.push(std::mem::take(&mut own));
                used = 0.0;
            }
            if wide <= width {
                own.push_str(&piece);
                used = wide;
                continue;
            }
            // A word longer than a line is cut where it must be.
            for c in piece.chars() {
                let wide = face.advance(c) * size;
                if used + wide > width && !own.is_empty() {
                    out.push(std::mem::take(&mut own));
                    used = 0.0;
                }
                own.push(c);
                used += wide;
            }
        }
        out.push(own);
    }
    for line in &mut out {
        line.truncate(line.trim_end().len());
    }
    out
}

/// What stays together on a line.
fn pieces(line: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    // Whether the next letter joins the last piece.
    let mut joins = false;
    for c in line.chars() {
        let narrow = c.is_ascii() && c != ' ';
        let joined = match out.last() {
            Some(last) => {
                let before = last.chars().next_back().unwrap_or(' ');
                joins
                    || CLOSING.contains(c)
                    || c == ' '
                    || (narrow && before.is_ascii() && before != ' ')
            }
            None => false,
        };
        match out.last_mut() {
            Some(last) if joined => last.push(c),
            _ => out.push(c.to_string()),
        }
        joins = OPENING.contains(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_people_expect_it() {
        let face = Typeface::new().unwrap();
        let lines = |text: &str, letters: f32| wrap(text, 10.0, letters * 10.0, &face);
        assert_eq!(lines("转移安置方案", 4.0), ["转移安置", "方案"]);
        assert_eq!(lines("转移安置，方案", 4.0), ["转移安", "置，方案"]);
        assert_eq!(lines("经（北）路", 3.0), ["经", "（北）", "路"]);
        assert_eq!(lines("one two three", 4.0), ["one two", "three"]);
        assert_eq!(lines("a\n\nb", 4.0), ["a", "", "b"]);
        assert_eq!(lines("", 4.0), [""]);
        let long = lines(&"x".repeat(60), 5.0);
        assert!(long.len() > 4 && long.concat().len() == 60);
        // Even no room at all ends.
        assert_eq!(lines("村庄", 0.0), ["村", "庄"]);
    }
}
