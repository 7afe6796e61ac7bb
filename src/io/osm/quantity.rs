//! Numbers in tags, with or without a unit; what is not plainly a number is left out.

/// A whole number.
pub fn whole(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// Metres: `3.5`, `3.5 m`, `12'6"`, `12 ft`.
pub fn metres(text: &str) -> Option<f64> {
    const FOOT: f64 = 0.3048;
    let text = text.trim();
    if let Some((feet, inches)) = text.split_once('\'') {
        let inches = inches.trim().trim_end_matches(['"', '\'']).trim();
        let inches = if inches.is_empty() { 0.0 } else { number(inches)? };
        return rounded(number(feet)? * FOOT + inches * FOOT / 12.0);
    }
    let (value, unit) = split(text)?;
    rounded(match unit {
        "" | "m" => value,
        "cm" => value / 100.0,
        "ft" | "feet" => value * FOOT,
        "in" | "\"" => value * FOOT / 12.0,
        _ => return None,
    })
}

/// Metric tonnes: `7.5`, `7.5 t`, `3500 kg`, `16000 lbs`, `5 st` (short tons).
pub fn tonnes(text: &str) -> Option<f64> {
    const POUND: f64 = 0.000_453_592_37;
    let (value, unit) = split(text)?;
    rounded(match unit {
        "" | "t" => value,
        "kg" => value / 1000.0,
        "lbs" | "lb" => value * POUND,
        "st" => value * 2000.0 * POUND,
        _ => return None,
    })
}

/// Kilometres an hour: `50`, `50 km/h`, `30 mph`, `10 knots`.
pub fn kilometres_per_hour(text: &str) -> Option<f64> {
    let (value, unit) = split(text)?;
    rounded(match unit {
        "" | "km/h" | "kmh" | "kph" => value,
        "mph" => value * 1.609_344,
        "knots" => value * 1.852,
        _ => return None,
    })
}

fn split(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    Some((number(&text[..end])?, text[end..].trim()))
}

/// A number of digits with at most one point: no signs, no powers.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    text.parse().ok().filter(|_| plain)
}

/// To three decimals, and above 0: a limit of nothing is none.
fn rounded(value: f64) -> Option<f64> {
    (value.is_finite() && value > 0.0).then_some((value * 1000.0).round() / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_turned_into_ours() {
        let all = |read: fn(&str) -> Option<f64>, texts: &[&str]| -> Vec<Option<f64>> {
            texts.iter().map(|text| read(text)).collect()
        };
        let lengths = ["3.5", " 3.5 m", "12'6\"", "12'", "12 ft", "350 cm", "3,5", "default", "-2"];
        let expected = [3.5, 3.5, 3.81, 3.658, 3.658, 3.5].map(Some);
        assert_eq!(all(metres, &lengths), [&expected[..], &[None; 3]].concat());
        let weights = ["7.5", "7.5t", "3500 kg", "16000 lbs", "5 st", "none", "1e9", ""];
        let expected = [7.5, 7.5, 3.5, 7.257, 4.536].map(Some);
        assert_eq!(all(tonnes, &weights), [&expected[..], &[None; 3]].concat());
        let speeds =
            ["50", "50 km/h", "30 mph", "10 knots", "walk", "none", "CN:urban", "50;70", "0"];
        let expected = [50.0, 50.0, 48.28, 18.52].map(Some);
        assert_eq!(all(kilometres_per_hour, &speeds), [&expected[..], &[None; 5]].concat());
        assert_eq!(
            (whole("2"), whole("-1"), whole("2;3"), whole("1.5")),
            (Some(2), Some(-1), None, None)
        );
    }
}
