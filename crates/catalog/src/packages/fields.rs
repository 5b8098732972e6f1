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
        // An empty value, its last space lost on the way or not.
        None => (line.trim_end().strip_suffix(':')?, ""),
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
