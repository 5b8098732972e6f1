//! Numbers, moments and kinds of keys as OpenSSL prints them.

use chrono::{DateTime, NaiveDateTime, Utc};

/// `04ABCD`, `04:ab:cd` or `1234 (0x4d2)`, as whole bytes of capitals.
pub(super) fn serial(text: &str) -> Option<String> {
    // Of `-77 (-0x4d)` what is in parentheses.
    let hexadecimal = text
        .split_once(" (")
        .and_then(|(_, rest)| rest.strip_suffix(')'));
    let text = hexadecimal.map_or_else(|| text.to_owned(), |digits| digits.replacen("0x", "", 1));
    let (sign, text) = match text
        .strip_prefix("(Negative)")
        .or_else(|| text.strip_prefix('-'))
    {
        Some(rest) => ("-", rest),
        None => ("", text.as_str()),
    };
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pad = if digits.len().is_multiple_of(2) {
        ""
    } else {
        "0"
    };
    is_number.then(|| format!("{sign}{pad}{}", digits.to_uppercase()))
}

/// `Nov 29 01:20:32 2026 GMT`, or `2026-11-29 01:20:32Z` by `-dateopt iso_8601`.
pub(super) fn moment(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let (plain, form) = match text.strip_suffix(" GMT") {
        Some(plain) => (plain, "%b %e %H:%M:%S%.f %Y"),
        None => (text.strip_suffix('Z')?, "%Y-%m-%d %H:%M:%S%.f"),
    };
    Some(NaiveDateTime::parse_from_str(plain, form).ok()?.and_utc())
}

/// The kind of a key in a short word.
pub(super) fn key_type(word: &str) -> String {
    match word {
        "rsaEncryption" | "rsassaPss" => "RSA",
        "id-ecPublicKey" => "EC",
        "dsaEncryption" => "DSA",
        other => other,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_moments_of_every_form() {
        for (printed, expected) in [
            ("04ABCDEF0123", Some("04ABCDEF0123")),
            ("04:ab:cd", Some("04ABCD")),
            ("77 (0x4d)", Some("4D")),
            ("291 (0x123)", Some("0123")),
            ("-77 (-0x4d)", Some("-4D")),
            ("", None),
            ("xyz", None),
        ] {
            assert_eq!(serial(printed).as_deref(), expected, "{printed}");
        }
        let shown = |text| moment(text).map(|moment| moment.to_rfc3339());
        let expected = Some("2026-02-01T01:02:03+00:00".to_owned());
        assert_eq!(shown("Feb  1 01:02:03 2026 GMT"), expected);
        assert_eq!(shown("2026-02-01 01:02:03Z"), expected);
        assert_eq!(shown("Feb  1 01:02:03 2026 CET"), None);
    }
}
