//! Attributes of characters (SGR) in a form that the emulator and the page read alike.

/// The parameters of an SGR sequence rewritten where the two would read them otherwise; `None`: as
/// they are.
pub(crate) fn normalized(parameters: &str) -> Option<String> {
    // Most have none of this, which is seen sooner than what they are.
    let bytes = parameters.as_bytes();
    let may_be_odd = bytes.contains(&b':')
        || bytes
            .windows(2)
            .any(|pair| matches!(pair, b"21" | b"53" | b"55" | b"59"));
    if !may_be_odd {
        return None;
    }
    let is_odd = |each: &str| each.contains(':') || matches!(each, "21" | "53" | "55" | "59");
    if !parameters.split(';').any(is_odd) {
        return None;
    }
    let parts: Vec<String> = parameters.split(';').map(one).collect();
    Some(parts.join(";"))
}

/// One parameter with what belongs to it.
fn one(parameter: &str) -> String {
    let parts: Vec<&str> = parameter.split(':').collect();
    match parts.as_slice() {
        // Double underline, which others read as an end of bold.
        ["21"] => "4:2".to_owned(),
        ["4", style] if style.parse().is_ok_and(|style: u16| style > 5) => "4".to_owned(),
        // The colour space is left out often, and then the page would take the red for it.
        [place @ ("38" | "48" | "58"), "2", red, green, blue] => {
            format!("{place}:2::{red}:{green}:{blue}")
        }
        _ => parameter.to_owned(),
    }
}

/// Whether the underline loses its colour among others.
pub(crate) fn ends_underline_color(parameters: &str) -> bool {
    parameters.split(';').any(|part| part == "59")
}

/// Whether these parameters end with a line above the characters; `None`: they do not say.
pub(crate) fn overline(parameters: &str) -> Option<bool> {
    let mut state = None;
    let mut parts = parameters.split(';');
    while let Some(part) = parts.next() {
        match part {
            "53" => state = Some(true),
            "" | "0" | "55" => state = Some(false),
            "38" | "48" | "58" => {
                let skipped = match parts.next() {
                    Some("5") => 1,
                    Some("2") => 3,
                    _ => 0,
                };
                for _ in 0..skipped {
                    parts.next();
                }
            }
            _ => {}
        }
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_parameters_are_rewritten() {
        for (given, expected) in [
            ("1;31", None),
            ("38;5;153", None),
            ("", None),
            ("1;21", Some("1;4:2")),
            ("38:2:1:2:3;1", Some("38:2::1:2:3;1")),
            ("48:2::1:2:3", Some("48:2::1:2:3")),
            ("4:3;58:5:9", Some("4:3;58:5:9")),
            ("4:7", Some("4")),
        ] {
            assert_eq!(normalized(given).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn the_line_above_is_found() {
        assert_eq!(overline("53"), Some(true));
        assert_eq!(overline("53;0"), Some(false));
        assert_eq!(overline("0;53;38;5;55"), Some(true));
        assert_eq!(overline("38;2;0;53;0"), None);
        assert_eq!(overline("4:2"), None);
    }
}
