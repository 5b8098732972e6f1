//! Which values may become a word of a command. The traits are this crate's own, so nobody outside
//! can make text into a word.

use std::borrow::Cow;

/// A validated value of [`arguments`](crate::arguments) that may stand in a command.
pub(crate) trait Word {
    /// Its text: one word, no NUL.
    fn text(&self) -> Cow<'_, str>;
}

/// A word that never begins with `-`, by its type's rule.
pub(crate) trait NeverAnOption: Word {}
