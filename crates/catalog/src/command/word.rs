//! Which values may become a word of a command. The traits are this crate's own, so nobody outside
//! can make text into a word.

use std::borrow::Cow;

/// A validated value of [`arguments`](crate::arguments) that may stand in a command.
///
/// A type of another crate is none, since the trait cannot be named there:
///
/// ```
/// struct Text(String);
/// use std::fmt::Debug;
/// fn is(_: &dyn Debug) {}
/// ```
/// ```compile_fail,E0603
/// struct Text(String);
/// use catalog::command::Word;
/// fn is(_: &dyn Word) {}
/// ```
pub(crate) trait Word {
    /// Its text: one word, no NUL.
    fn text(&self) -> Cow<'_, str>;
}

/// A word that never begins with `-`, by its type's rule.
pub(crate) trait NeverAnOption: Word {}
