//! The `Key : value` lines in which package tools tell about a package, in any language: the colon
//! of a first line stands in the same column in all of a block.

/// A field: its key as it is printed, and its value with the lines that follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) key: String,
    pub(super) value: String,
}

/// Splits `Key   : value`; the key has no space at its end and none at its beginning.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    if line.starts_with(char::is_whitespace) {
        return None;
    }
    let (key, value) = match line.split_once(" : ") {
        Some(halves) => halves,
        // An empty value, its last space lost on the way or not; a title has no space before its
        // colon.
        None => (line.trim_end().strip_suffix(" :")?, ""),
    };
    let key = key.trim_end();
    (!key.is_empty()).then(|| (key, value.trim()))
}

/// The fields of a block by key or place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block(Vec<Field>);

impl Block {
    /// Adds a field.
    pub(super) fn push(&mut self, key: &str, value: &str) {
        self.0.push(Field {
            key: key.to_owned(),
            value: value.to_owned(),
        });
    }

    /// Adds a line to the last field; `None`: there is none.
    pub(super) fn append(&mut self, line: &str) -> Option<()> {
        let field = self.0.last_mut()?;
        if !field.value.is_empty() {
            field.value.push('\n');
        }
        field.value.push_str(line);
        Some(())
    }

    /// The value of the first field with this key; `None`: missing or empty.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        let field = self.0.iter().find(|field| field.key == key)?;
        Some(field.value.as_str()).filter(|value| !value.is_empty())
    }

    /// The value of the first field whose key begins so and is not this one; `None`: missing or empty.
    pub(super) fn starting_with(&self, beginning: &str, but: &str) -> Option<&str> {
        let fits = |field: &&Field| field.key.starts_with(beginning) && field.key != but;
        let field = self.0.iter().find(fits)?;
        Some(field.value.as_str()).filter(|value| !value.is_empty())
    }

    /// The value at this place; `None`: missing or empty.
    pub(super) fn at(&self, index: usize) -> Option<&str> {
        let field = self.0.get(index)?;
        Some(field.value.as_str()).filter(|value| !value.is_empty())
    }

    /// How many fields there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Before which of the lines that are read an empty one stands.
pub(super) struct Blanks(std::vec::IntoIter<bool>);

impl Blanks {
    /// Looks at the whole output.
    pub(super) fn of(raw: &crate::RawOutput<'_>) -> Self {
        let text = raw.text();
        let mut last = None;
        let blanks = crate::text::lines(&text).map(|(index, _)| {
            let follows = last.is_some_and(|last: usize| last.saturating_add(1) < index);
            last = Some(index);
            follows
        });
        Self(blanks.collect::<Vec<_>>().into_iter())
    }

    /// Whether an empty line stands before the line that is read now; to be asked once for each.
    pub(super) fn before_next(&mut self) -> bool {
        self.0.next().unwrap_or(false)
    }
}

/// Splits `Key: value` as Debian's control files write it (`deb822(5)`).
pub(super) fn split_deb822(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    is_key.then(|| (key, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_split() {
        assert_eq!(split("Name   : a : b"), Some(("Name", "a : b")));
        assert_eq!(split("Beschreibung :"), Some(("Beschreibung", "")));
        assert_eq!(split("   : more"), None);
        assert_eq!(split("Information for package lab:"), None);
        assert_eq!(split_deb822("A-b: c: d"), Some(("A-b", "c: d")));
        assert_eq!(split_deb822("http //x: y"), None);
    }

    #[test]
    fn a_line_is_added_to_the_last_field() {
        let mut block = Block::default();
        assert_eq!(block.append("x"), None);
        block.push("D", "");
        block.append("a");
        block.append("");
        block.append("b");
        assert_eq!(
            (block.get("D"), block.at(0)),
            (Some("a\n\nb"), block.get("D"))
        );
    }
}
