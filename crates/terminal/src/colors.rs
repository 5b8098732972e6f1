//! Which changes of colours a program on the server may make (OSC 4, 10 to 12, 104, 110 to 112).

/// The payload without questions, which would be answered; `None`: nothing is left of it.
pub(crate) fn without_questions(kind: u16, rest: &str) -> Option<String> {
    let is_plain = rest.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b';' | b':' | b'/' | b'#' | b'.' | b',')
    });
    match kind {
        // Pairs of an index and a colour.
        4 => {
            let parts: Vec<&str> = rest.split(';').collect();
            let kept: Vec<String> = parts
                .chunks_exact(2)
                .filter_map(|pair| match pair {
                    [index, color] if *color != "?" => Some(format!("{index};{color}")),
                    _ => None,
                })
                .collect();
            let kept = kept.join(";");
            (!kept.is_empty() && !kept.contains('?') && kept.len() < 8192 && is_safe(&kept))
                .then(|| format!("4;{kept}"))
        }
        // One colour; a second one would be that of the next kind.
        10..=12 => {
            (is_plain && !rest.is_empty() && !rest.contains(';')).then(|| format!("{kind};{rest}"))
        }
        104 => is_plain.then(|| match rest {
            "" => "104".to_owned(),
            rest => format!("104;{rest}"),
        }),
        110..=112 => Some(kind.to_string()),
        _ => None,
    }
}

fn is_safe(text: &str) -> bool {
    text.bytes().all(|byte| (b'!'..=b'~').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::without_questions;

    #[test]
    fn colours_may_be_set_and_not_asked_for() {
        let check = |kind, rest, expected: Option<&str>| {
            assert_eq!(without_questions(kind, rest).as_deref(), expected);
        };
        check(4, "1;rgb:00/11/22", Some("4;1;rgb:00/11/22"));
        check(4, "1;?;2;#ff0000", Some("4;2;#ff0000"));
        check(4, "1;?", None);
        check(10, "?", None);
        check(11, "#123456", Some("11;#123456"));
        check(104, "", Some("104"));
        check(104, "1;2", Some("104;1;2"));
        check(110, "x", Some("110"));
        check(1337, "x", None);
    }
}
