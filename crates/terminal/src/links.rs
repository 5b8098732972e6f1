//! Which links a program on the server may show (OSC 8).

/// Bytes of an address.
const LONGEST: usize = 2048;
/// Bytes of an id.
const LONGEST_ID: usize = 250;
/// The kinds of addresses that a person may be led to.
const SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "file://"];

/// The payload behind `8;` made harmless: `PARAMETERS;ADDRESS` with at most an id, or `;` where a
/// link ends or may not be shown.
pub(crate) fn allowed(payload: &str) -> String {
    let Some((parameters, address)) = payload.split_once(';') else {
        return ";".to_owned();
    };
    let plain = |text: &str| text.bytes().all(|byte| (b'!'..=b'~').contains(&byte));
    let lower = address
        .get(..address.len().min(8))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let fits = address.len() <= LONGEST
        && plain(address)
        && SCHEMES.iter().any(|scheme| lower.starts_with(scheme));
    if !fits {
        return ";".to_owned();
    }
    let id = parameters
        .split(':')
        .find(|each| each.starts_with("id="))
        .filter(|id| id.len() <= LONGEST_ID && plain(id))
        .unwrap_or_default();
    format!("{id};{address}")
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn only_known_kinds_of_links_are_shown() {
        assert_eq!(
            allowed(";https://example.org/a;b"),
            ";https://example.org/a;b"
        );
        assert_eq!(allowed("foo=1:id=a:x=2;HTTP://x"), "id=a;HTTP://x");
        assert_eq!(allowed(";file://web1/etc"), ";file://web1/etc");
        for wrong in [
            "",
            ";",
            ";javascript:alert(1)",
            ";data:text/html,x",
            ";https://a\u{1b}b",
            ";https://a b",
            ";vscode://x",
            ";https://ä",
        ] {
            assert_eq!(allowed(wrong), ";", "{wrong}");
        }
        assert_eq!(allowed(&format!(";https://{}", "x".repeat(3000))), ";");
    }
}
