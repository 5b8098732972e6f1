//! The one type for paths on a server.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::BadArgument;
use crate::command::{NeverAnOption, Word};

/// A path on a server: absolute, no `..` component, no NUL, at most 4096 bytes (`PATH_MAX`).
/// Everything else that a file name may hold, line feeds and quotes included, is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String", extend("pattern" = "^/"))]
pub struct RemotePath(String);

impl RemotePath {
    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RemotePath {
    type Error = BadArgument;

    fn try_from(text: String) -> Result<Self, BadArgument> {
        let refuse = |reason: &str| {
            Err(BadArgument {
                what: "path",
                reason: reason.to_owned(),
            })
        };
        if !text.starts_with('/') {
            return refuse("it is not absolute");
        }
        if text.contains('\0') {
            return refuse("it holds a NUL");
        }
        if text.len() > 4096 {
            return refuse("it is longer than 4096 bytes");
        }
        if text.split('/').any(|component| component == "..") {
            return refuse("it has a '..' component");
        }
        Ok(Self(text))
    }
}

impl Word for RemotePath {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}

impl NeverAnOption for RemotePath {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_paths_without_parent_components_pass() {
        for bad in [
            "",
            "etc",
            "../etc",
            "/etc/../root",
            "/..",
            "/a\0b",
            "-rf",
            "~/x",
        ] {
            assert!(RemotePath::try_from(bad.to_owned()).is_err(), "{bad:?}");
        }
        assert!(RemotePath::try_from(format!("/{}", "a".repeat(4096))).is_err());
        for good in [
            "/",
            "/etc/passwd",
            "/srv/with space",
            "/a\nb",
            "/..a/b..",
            "/it's",
            "/-rf",
        ] {
            assert_eq!(
                RemotePath::try_from(good.to_owned()).unwrap().as_str(),
                good
            );
        }
    }
}
