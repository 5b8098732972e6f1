//! Names that Windows takes for something else than a file of that name.
//!
//! Invariant: pure; what passes names one thing in the folder it is said to be in, however the system reads it.

/// Devices, whatever ending their name has and whatever folder it stands in.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// Why a path of `/` and names is none there; `None`: it is one.
pub(super) fn refusal(path: &str) -> Option<&'static str> {
    path.split('/').find_map(of_component)
}

fn of_component(name: &str) -> Option<&'static str> {
    if matches!(name, "" | "." | "..") {
        return None;
    }
    let is_refused = |c: char| c.is_control() || "\\:*?\"<>|".contains(c);
    if name.contains(is_refused) {
        return Some("a name on Windows holds none of \\ : * ? \" < > | and no control character");
    }
    if name.ends_with(['.', ' ']) {
        return Some("a name on Windows does not end with a dot or a space");
    }
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end_matches(' ').to_ascii_uppercase();
    // The superscript digits are digits there too.
    let is_numbered = ["COM", "LPT"].into_iter().any(|device| {
        let number = stem.strip_prefix(device);
        number.is_some_and(|number| {
            let mut digits = number.chars();
            let is_digit = |c: char| matches!(c, '1'..='9' | '¹' | '²' | '³');
            digits.next().is_some_and(is_digit) && digits.next().is_none()
        })
    });
    if is_numbered || DEVICES.contains(&stem.as_str()) {
        return Some("this is the name of a device on Windows");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_takes_for_something_else_is_refused() {
        for path in [
            "a/b\\c",
            "c:",
            "file:stream",
            "a*",
            "a?",
            "\"",
            "<",
            ">",
            "a|b",
            "a\u{1}",
            "a\n/b",
            "a.",
            "a /b",
            "a/..txt.",
            "con",
            "CON.txt",
            "a/Nul",
            "aux .c",
            "prn.tar.gz",
            "com1",
            "LPT9.txt",
            "lpt¹",
        ] {
            assert!(refusal(path).is_some(), "{path:?}");
        }
        for path in [
            "", ".", "..", "/a/b", "a b", ".hidden", "com", "com0", "com10", "console", "nul-1",
            "lpt", "ä.txt", "a..b",
        ] {
            assert_eq!(refusal(path), None, "{path:?}");
        }
    }
}
