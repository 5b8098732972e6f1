//! The `Key=value` lines that systemd's tools print with `show`.

use std::collections::BTreeMap;

/// The properties of one thing; an empty value counts as none.
#[derive(Debug, Default)]
pub(crate) struct Properties<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Properties<'a> {
    /// Takes a line; `false`: it is no property.
    pub(crate) fn read(&mut self, line: &'a str) -> bool {
        match line.split_once('=') {
            Some((key, value)) if key.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                self.0.insert(key, value);
                true
            }
            _ => false,
        }
    }

    /// The value of a property; `None` where it is missing or empty.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.0.get(key).copied().filter(|value| !value.is_empty())
    }
}
