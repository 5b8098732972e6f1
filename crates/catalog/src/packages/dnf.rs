//! The tables of `dnf(8)`, 4 and 5, and of `yum(8)`: headings in any language, rows of three words
//! that a narrow terminal wraps, and what stands around them.

use super::rpm::{name_architecture, nevra};
use crate::{Parsed, RawOutput, text};

/// A row: `name.architecture`, `epoch:version-release`, repository.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    pub(super) name: &'a str,
    pub(super) architecture: &'a str,
    pub(super) version: &'a str,
    /// With `@` before it where dnf 4 shows what is installed.
    pub(super) repository: &'a str,
}

/// What a table is made of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'a> {
    /// `Installed Packages`, in the language of whoever asked.
    Heading(&'a str),
    /// A package.
    Row(Row<'a>),
}

/// Reads the whole output; `take` gives `None` for an item that it does not understand.
pub(super) fn read<Answer>(
    raw: &RawOutput<'_>,
    value: Answer,
    mut take: impl FnMut(&mut Answer, Item<'_>) -> Option<()>,
) -> Parsed<Answer> {
    let text = raw.text();
    let mut parsed = Parsed::whole(value);
    // The lines of a row that was wrapped.
    let mut begun: Vec<(usize, &str)> = Vec::new();
    for (index, line) in text::lines(&text) {
        let is_continued = !begun.is_empty() && line.starts_with(' ');
        if !is_continued {
            for (index, line) in begun.drain(..) {
                parsed.leave_unread(index, line);
            }
        }
        if !is_continued && is_noise(line) {
            continue;
        }
        let words: Vec<&str> = begun
            .iter()
            .map(|(_, line)| *line)
            .chain([line])
            .flat_map(str::split_ascii_whitespace)
            .collect();
        let head = words.first().copied().and_then(name_architecture);
        let item = match (head, words.as_slice()) {
            (Some((name, architecture)), [_, version, repository]) => Some(Item::Row(Row {
                name,
                architecture,
                version,
                repository,
            })),
            (Some(_), [_] | [_, _]) => {
                begun.push((index, line));
                continue;
            }
            (None, [_, ..]) if begun.is_empty() && is_heading(line, &words) => {
                Some(Item::Heading(line.trim_end()))
            }
            _ => None,
        };
        if item
            .and_then(|item| take(&mut parsed.value, item))
            .is_some()
        {
            begun.clear();
        } else {
            begun.push((index, line));
            for (index, line) in begun.drain(..) {
                parsed.leave_unread(index, line);
            }
        }
    }
    for (index, line) in begun {
        parsed.leave_unread(index, line);
    }
    if let Some((index, line)) = text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    parsed
}

/// A few words of no sentence.
fn is_heading(line: &str, words: &[&str]) -> bool {
    words.len() <= 5
        && !line.starts_with(char::is_whitespace)
        && !line.contains([':', '=', '/', '|', '"', '(', '.'])
        && !words
            .iter()
            .any(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// When the lists were fetched (a length of time stands in it in any language), how fast, and what
/// plugins say.
pub(super) fn is_noise(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "Loaded plugins:",
        "Loading mirror speeds",
        "Loading \"",
        "Determining fastest mirrors",
        " * ",
        "              : ",
        "Updating Subscription Management repositories",
        "Unable to read consumer identity",
        "This system is not registered",
        "Not root, Subscription Management",
        "Updating and loading repositories",
        "Repositories loaded.",
        "Failed loading plugin",
        "Failed to set locale",
    ];
    BEGINNINGS
        .iter()
        .any(|beginning| line.starts_with(beginning))
        || line.contains("B/s |")
        || (holds_clock(line) && !holds_package(line))
}

/// Whether `0:31:07` stands somewhere in a line.
fn holds_clock(line: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = line.as_bytes();
    bytes.windows(7).any(|window| {
        matches!(window, [h, b':', m, n, b':', s, t]
            if [h, m, n, s, t].into_iter().all(|byte| is_digit(Some(byte))))
    })
}

/// Whether a package's name stands somewhere in a line, with its architecture.
fn holds_package(line: &str) -> bool {
    line.split_ascii_whitespace().any(|word| {
        name_architecture(word).is_some()
            || nevra(word).is_some_and(|found| found.architecture.is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_on_the_lists_age_is_no_row_in_any_language() {
        for line in [
            "Last metadata expiration check: 0:31:07 ago on Mon Nov 23 05:00:21 2026.",
            "上次元数据过期检查：0:03:00 前，执行于 2026年11月29日 星期日 00时58分42秒。",
        ] {
            assert!(is_noise(line), "{line}");
        }
        assert!(!is_noise("lab-hello.noarch 2:1.1-1.fc39 lab"));
    }
}
