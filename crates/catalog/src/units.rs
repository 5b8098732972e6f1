//! Sizes and lengths of time as tools print them for people, made exact.

/// What a letter without `i` stands for: `1K`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    /// 1024, as `df -h`, `free -h`, `ls -h` and systemd print.
    Binary,
    /// 1000, as docker and `df -H` print.
    Decimal,
}

/// A size in bytes: `512`, `1.5G`, `1,5G`, `20 MiB`, `3kB`, `0B`. With `i` it is a power of 1024,
/// with `B` alone behind the letter one of 1000 unless `letters` says otherwise. Rounded to whole
/// bytes. `None`: it is no size.
pub(crate) fn bytes(text: &str, letters: Letters) -> Option<u64> {
    let text = text.trim();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let unit = unit.trim();
    let unit = unit.strip_suffix("ytes").unwrap_or(unit);
    let unit = unit.strip_suffix("yte").unwrap_or(unit);
    let (unit, is_binary) = match unit.strip_suffix(['B', 'b']).unwrap_or(unit) {
        unit if unit.ends_with('i') => (unit.trim_end_matches('i'), true),
        unit => (unit, letters == Letters::Binary),
    };
    let power = match unit {
        "" => 0,
        "K" | "k" => 1,
        "M" | "m" => 2,
        "G" | "g" => 3,
        "T" | "t" => 4,
        "P" | "p" => 5,
        "E" | "e" => 6,
        _ => return None,
    };
    let factor: u64 = if is_binary { 1024 } else { 1000 };
    let factor = factor.checked_pow(power)?;
    if let Ok(whole) = number.parse::<u64>() {
        return whole.checked_mul(factor);
    }
    let number = number.replace(',', ".").parse::<f64>().ok()?;
    let bytes = (number * factor as f64).round();
    (bytes.is_finite() && (0.0..=u64::MAX as f64).contains(&bytes)).then_some(bytes as u64)
}

/// A length of time in seconds as `ps` (`2-03:04:05`, `04:05`), `uptime` (`1 day, 2:03`) and others
/// write it with colons; days stand before `-`. `None`: it is none.
pub(crate) fn clock_seconds(text: &str) -> Option<u64> {
    let (days, clock) = match text.split_once('-') {
        Some((days, clock)) => (days.parse::<u64>().ok()?, clock),
        None => (0, text),
    };
    let mut seconds: u64 = 0;
    let mut parts = 0;
    for part in clock.split(':') {
        parts += 1;
        let whole = part.split(['.', ',']).next()?;
        seconds = seconds.checked_mul(60)?.checked_add(whole.parse().ok()?)?;
    }
    (1..=3).contains(&parts).then_some(())?;
    days.checked_mul(86_400)?.checked_add(seconds)
}

/// A length of time in seconds as systemd writes it: `1h 2min 3.5s`, `1 week 2 days`, `45ms`.
/// `None`: it is none.
pub(crate) fn span_seconds(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let mut number: Option<f64> = None;
    let mut found = false;
    let spaced = text
        .char_indices()
        .flat_map(|(at, c)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let is_edge = c.is_alphabetic() && before.is_some_and(|before| before.is_ascii_digit());
            is_edge.then_some(' ').into_iter().chain(std::iter::once(c))
        })
        .collect::<String>();
    for word in spaced.split([' ', ',']).filter(|word| !word.is_empty()) {
        match (number.take(), word.parse::<f64>()) {
            (None, Ok(figure)) if figure.is_finite() && figure >= 0.0 => number = Some(figure),
            (Some(figure), Err(_)) => {
                seconds += figure * unit_seconds(word)?;
                found = true;
            }
            _ => return None,
        }
    }
    (found && number.is_none()).then_some(seconds)
}

fn unit_seconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "ns" | "nsec" => 1e-9,
        "us" | "μs" | "µs" | "usec" => 1e-6,
        "ms" | "msec" => 1e-3,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hr" | "hour" | "hours" => 3600.0,
        "d" | "day" | "days" => 86_400.0,
        "w" | "week" | "weeks" => 604_800.0,
        "month" | "months" => 2_629_800.0,
        "y" | "year" | "years" => 31_557_600.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_exact() {
        use Letters::{Binary, Decimal};
        for (text, letters, expected) in [
            ("512", Binary, 512),
            ("1.5G", Binary, 1_610_612_736),
            ("1,5G", Binary, 1_610_612_736),
            ("20 MiB", Decimal, 20_971_520),
            ("3kB", Decimal, 3000),
            ("0B", Binary, 0),
            ("1.09MB", Decimal, 1_090_000),
            ("4K", Binary, 4096),
            ("12 bytes", Binary, 12),
            ("2Gi", Decimal, 2_147_483_648),
            ("18446744073709551615", Binary, u64::MAX),
        ] {
            assert_eq!(bytes(text, letters), Some(expected), "{text}");
        }
        for text in [
            "",
            "G",
            "1.2.3K",
            "-1",
            "1Q",
            "99999999999999999999",
            "1 K x",
        ] {
            assert_eq!(bytes(text, Binary), None, "{text}");
        }
    }

    #[test]
    fn lengths_of_time() {
        assert_eq!(clock_seconds("2-03:04:05"), Some(183_845));
        assert_eq!(clock_seconds("04:05"), Some(245));
        assert_eq!(clock_seconds("1:02.5"), Some(62));
        assert_eq!(clock_seconds("a:1"), None);
        assert_eq!(span_seconds("1h 2min 3.5s"), Some(3723.5));
        assert_eq!(span_seconds("1 week 2 days"), Some(777_600.0));
        assert_eq!(span_seconds("45ms"), Some(0.045));
        for text in ["", "5", "s", "5 parsecs", "-1s"] {
            assert_eq!(span_seconds(text), None, "{text}");
        }
    }
}
