//! Distinguished names as the versions of OpenSSL print them, made one: `C=DE, O=Lab, CN=host`.

/// A name, and the common name in it.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) common_name: Option<String>,
}

/// Reads `C = DE, O = "Lab, Ltd"`, `C=DE, O=Lab`, `CN=x,O=Lab` and `/C=DE/O=Lab`; bytes are `\C3` or
/// `\xC3` in them.
pub(super) fn name(printed: &str) -> Name {
    let printed = printed.trim();
    let (parts, is_old) = match printed.strip_prefix('/') {
        Some(rest) => (rest.split('/').map(str::to_owned).collect(), true),
        None => (parts(printed), false),
    };
    let mut pairs: Vec<(String, String)> = Vec::new();
    for part in parts {
        match (attribute(&part), pairs.last_mut()) {
            (Some((name, value)), _) => pairs.push((name.to_owned(), plain(value))),
            // A separator that belongs to the value.
            (None, Some((_, value))) => {
                value.push_str(if is_old { "/" } else { ", " });
                value.push_str(&plain(&part));
            }
            (None, None) => {}
        }
    }
    let common_name = pairs.iter().find(|(name, _)| name == "CN");
    let common_name = common_name.map(|(_, value)| value.clone());
    let text: Vec<String> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    Name {
        text: text.join(", "),
        common_name,
    }
}

/// What stands between commas, and between the `+` of attributes that belong together, outside of
/// quotes.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(part) = parts.last_mut() else {
            return parts;
        };
        match c {
            '\\' => {
                part.push(c);
                part.extend(chars.next());
            }
            '"' => {
                is_quoted = !is_quoted;
                part.push(c);
            }
            ',' if !is_quoted => parts.push(String::new()),
            // So OpenSSL joins it in its oldest form, behind other attributes with commas.
            'e' if !is_quoted && part.ends_with('/') && begins(&chars, "mailAddress=") => {
                part.pop();
                parts.push(String::from(c));
            }
            '+' if !is_quoted && part.ends_with(' ') && chars.peek() == Some(&' ') => {
                parts.push(String::new());
            }
            c => part.push(c),
        }
    }
    parts
        .into_iter()
        .map(|part| part.trim().to_owned())
        .collect()
}

fn begins(rest: &std::iter::Peekable<std::str::Chars<'_>>, text: &str) -> bool {
    rest.clone().take(text.len()).eq(text.chars())
}

/// `CN = x` or `CN=x`.
fn attribute(part: &str) -> Option<(&str, &str)> {
    let (name, value) = part.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-');
    is_name.then_some((name, value.trim()))
}

/// A value without its quotes and escapes.
fn plain(value: &str) -> String {
    let value = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
        .unwrap_or(value);
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let digits = after.strip_prefix('x').unwrap_or(after);
        match digits
            .get(..2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        {
            Some(byte) => {
                bytes.push(byte);
                rest = digits.get(2..).unwrap_or_default();
            }
            None => {
                let length = after.chars().next().map_or(0, char::len_utf8);
                let (literal, after) = after.split_at_checked(length).unwrap_or((after, ""));
                bytes.extend_from_slice(literal.as_bytes());
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_versions_form_is_one_name() {
        for (printed, expected) in [
            ("C = DE, O = \"Lab, Ltd\", CN = a", "C=DE, O=Lab, Ltd, CN=a"),
            ("C=DE, O=Lab, Ltd, CN=a", "C=DE, O=Lab, Ltd, CN=a"),
            ("/C=DE/O=a/b/CN=x", "C=DE, O=a/b, CN=x"),
            ("CN=x,O=M\\C3\\BCller \\\"&\\\"", "CN=x, O=Müller \"&\""),
            ("/O=M\\xC3\\xBCller", "O=Müller"),
            ("CN = a + UID = 5, O = b", "CN=a, UID=5, O=b"),
            ("O=C++", "O=C++"),
            ("O=x, CN=y/emailAddress=a@b", "O=x, CN=y, emailAddress=a@b"),
            ("", ""),
        ] {
            assert_eq!(name(printed).text, expected, "{printed}");
        }
        assert_eq!(name("O = x, CN = y").common_name.as_deref(), Some("y"));
    }
}
