//! `os-release(5)`: assignments in the shell's way of writing them.

/// What it says of the distribution; all `None`: there is no such file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct OsRelease {
    /// `PRETTY_NAME`, or else `NAME`.
    pub(super) name: Option<String>,
    /// `ID`.
    pub(super) id: Option<String>,
    /// `VERSION_ID`.
    pub(super) version: Option<String>,
}

impl OsRelease {
    /// Reads the file's text. Lines that are no assignment are skipped, as the manual page asks.
    pub(super) fn read(text: &str) -> Self {
        let value = values(text);
        Self {
            name: value("PRETTY_NAME").or_else(|| value("NAME")),
            id: value("ID"),
            version: value("VERSION_ID"),
        }
    }
}

/// The value of an assignment in the file's text, the last of several; empty counts as none.
pub(crate) fn values(text: &str) -> impl Fn(&str) -> Option<String> {
    move |name| {
        let mut assignments = text.lines().filter_map(|line| line.trim().split_once('='));
        let (_, value) = assignments.rfind(|(key, _)| *key == name)?;
        Some(unquoted(value)).filter(|value| !value.is_empty())
    }
}

/// Takes the shell's quotes and backslashes away.
fn unquoted(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut quote = None;
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None | Some('"'), '\\') => plain.extend(chars.next()),
            (_, c) => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_all_kinds_are_taken_away() {
        let text = "# a comment\nNAME='Void'\nID=void\nPRETTY_NAME=\"A \\\"b\\\" \\$c 'd'\"\nVERSION_ID=\"\"\n";
        let release = OsRelease::read(text);
        assert_eq!(release.name.as_deref(), Some("A \"b\" $c 'd'"));
        assert_eq!(release.id.as_deref(), Some("void"));
        assert_eq!(release.version, None);
        assert_eq!(
            OsRelease::read("NAME='Void'\n").name.as_deref(),
            Some("Void")
        );
        assert_eq!(OsRelease::read(""), OsRelease::default());
    }
}
