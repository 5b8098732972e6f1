//! Which columns a list of ZFS has where no headings say it: those of the catalog's own command, or those
//! that a person asked for by `-o`.

use crate::RawOutput;

/// The columns by their names; `None`: headings must tell them.
pub(super) fn asked_columns(raw: &RawOutput<'_>, own: &str) -> Option<Vec<String>> {
    let asked = if raw.typed.is_empty() {
        own
    } else {
        let mut words = raw.typed.iter();
        words.find(|word| *word == "-o")?;
        words.next()?
    };
    Some(asked.split(',').map(str::to_lowercase).collect())
}
