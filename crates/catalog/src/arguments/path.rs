//! The types for paths on a server and for the names they are made of: bytes, as POSIX has them.

use std::{borrow::Cow, fmt};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BadArgument, exact};
use crate::command::{NeverAnOption, Word};

/// `PATH_MAX`, without the NUL.
const PATH_BYTES: usize = 4095;
/// `NAME_MAX`.
const NAME_BYTES: usize = 255;

/// A path on a server: absolute, no `..` component, no NUL, at most 4095 bytes (`PATH_MAX`).
/// Everything else that a file name may hold, line feeds, quotes and bytes that are not UTF-8
/// included, is allowed. Empty and `.` components are left out.
///
/// As text, a byte that is not part of valid UTF-8 is the character U+10FE00 + byte.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^/"))]
pub struct RemotePath(Vec<u8>);

/// The path of a log: it lies below a folder named `log` or `logs`, as `/var/log` is, or its name ends in
/// `.log`, or in `.log` and what rotation adds (`.log.1`, `.log-20240101`). Else as [`RemotePath`].
///
/// Who may read logs may not read every file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^/([^/]*/)*(logs?/|[^/]+\.log([-._0-9][^/]*)?(/\.?)*$)"))]
pub struct LogPath(RemotePath);

/// One component of a path: not empty, not `.` or `..`, no `/`, no NUL, at most 255 bytes
/// (`NAME_MAX`).
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^[^/]+$"))]
pub struct FileName(Vec<u8>);

impl RemotePath {
    /// The top of every path.
    #[must_use]
    pub fn root() -> Self {
        Self(b"/".to_vec())
    }

    /// Takes a path as the server sends it.
    ///
    /// # Errors
    /// It is not one of this type.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadArgument> {
        let refuse = |reason: &str| {
            Err(BadArgument {
                what: "path",
                reason: reason.to_owned(),
            })
        };
        if bytes.first() != Some(&b'/') {
            return refuse("it is not absolute");
        }
        if bytes.contains(&0) {
            return refuse("it holds a NUL");
        }
        if bytes.len() > PATH_BYTES {
            return refuse("it is longer than 4095 bytes");
        }
        let mut path = Vec::with_capacity(bytes.len());
        for component in bytes.split(|byte| *byte == b'/') {
            match component {
                b"" | b"." => {}
                b".." => return refuse("it has a '..' component"),
                component => {
                    path.push(b'/');
                    path.extend_from_slice(component);
                }
            }
        }
        if path.is_empty() {
            path.push(b'/');
        }
        Ok(Self(path))
    }

    /// As the server takes it.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The path of something in this folder.
    ///
    /// # Errors
    /// It would be longer than a path may be.
    pub fn join(&self, name: &FileName) -> Result<Self, BadArgument> {
        let folder = if self.0.len() == 1 { &[][..] } else { &self.0 };
        let path = [folder, b"/", &name.0].concat();
        if path.len() > PATH_BYTES {
            return Err(BadArgument {
                what: "path",
                reason: "it is longer than 4095 bytes".to_owned(),
            });
        }
        Ok(Self(path))
    }

    /// The folder it is in, and its name there; `None`: it is the root.
    #[must_use]
    pub fn split(&self) -> Option<(Self, FileName)> {
        let at = self.0.iter().rposition(|byte| *byte == b'/')?;
        let (folder, name) = self.0.split_at_checked(at)?;
        let name = name.get(1..).filter(|name| !name.is_empty())?;
        let folder = if folder.is_empty() { b"/" } else { folder };
        Some((Self(folder.to_vec()), FileName(name.to_vec())))
    }

    /// Whether the other is this path, or below it.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        match other.0.strip_prefix(&self.0[..]) {
            Some(rest) => rest.is_empty() || rest.first() == Some(&b'/') || self.0.len() == 1,
            None => false,
        }
    }
}

impl LogPath {
    /// Takes a path as the server has it.
    ///
    /// # Errors
    /// It is not one of this type.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadArgument> {
        let path = RemotePath::from_bytes(bytes)?;
        let mut folders = path.0.split(|byte| *byte == b'/');
        let name = folders.next_back().unwrap_or_default();
        if folders.any(|folder| matches!(folder, b"log" | b"logs")) || is_log(name) {
            return Ok(Self(path));
        }
        Err(BadArgument {
            what: "path of a log",
            reason: "it lies in no folder 'log' or 'logs', and its name does not end in '.log'"
                .to_owned(),
        })
    }

    /// As the server takes it.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Whether a file's name is that of a log, or of one that was put aside.
fn is_log(name: &[u8]) -> bool {
    let ending = b".log";
    let mut ends = name.windows(ending.len()).enumerate().skip(1);
    ends.any(|(at, piece)| {
        let next = name.get(at + ending.len());
        piece == ending && next.is_none_or(|byte| b"-._0123456789".contains(byte))
    })
}

impl FileName {
    /// Takes a name as the server sends it.
    ///
    /// # Errors
    /// It is not one of this type: a server that sends such a name lies.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadArgument> {
        let reason = match bytes {
            b"" => "it is empty",
            b"." | b".." => "it is '.' or '..'",
            bytes if bytes.contains(&b'/') => "it holds a '/'",
            bytes if bytes.contains(&0) => "it holds a NUL",
            bytes if bytes.len() > NAME_BYTES => "it is longer than 255 bytes",
            bytes => return Ok(Self(bytes.to_vec())),
        };
        Err(BadArgument {
            what: "file name",
            reason: reason.to_owned(),
        })
    }

    /// As the server takes it.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

macro_rules! text {
    ($kind:ty) => {
        impl TryFrom<String> for $kind {
            type Error = BadArgument;

            fn try_from(text: String) -> Result<Self, BadArgument> {
                Self::from_bytes(&exact::bytes(&text))
            }
        }

        impl From<$kind> for String {
            fn from(exact: $kind) -> Self {
                exact::text(exact.as_bytes()).into_owned()
            }
        }

        /// The text of the wire.
        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&exact::text(self.as_bytes()))
            }
        }
    };
}

text!(RemotePath);
text!(LogPath);
text!(FileName);

impl Word for RemotePath {
    fn text(&self) -> Cow<'_, str> {
        exact::text(&self.0)
    }
}

impl NeverAnOption for RemotePath {}

impl Word for LogPath {
    fn text(&self) -> Cow<'_, str> {
        self.0.text()
    }
}

impl NeverAnOption for LogPath {}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RemotePath {
        RemotePath::try_from(text.to_owned()).unwrap()
    }

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
        assert!(RemotePath::try_from(format!("/{}", "a".repeat(4095))).is_err());
        for good in [
            "/",
            "/etc/passwd",
            "/srv/with space",
            "/a\nb",
            "/..a/b..",
            "/it's",
            "/-rf",
        ] {
            assert_eq!(path(good).as_bytes(), good.as_bytes());
        }
        assert_eq!(path("//a/./b//").to_string(), "/a/b");
    }

    #[test]
    fn bytes_that_are_no_text_come_back() {
        let odd = RemotePath::from_bytes(b"/a\xff\xfe/\xc3").unwrap();
        let wire = serde_json::to_string(&odd).unwrap();
        let back: RemotePath = serde_json::from_str(&wire).unwrap();
        assert_eq!(back.as_bytes(), b"/a\xff\xfe/\xc3");
        // Two characters of the wire that make a slash or a parent are refused like themselves.
        assert!(FileName::try_from("..".to_owned()).is_err());
    }

    #[test]
    fn paths_are_made_of_names() {
        let (folder, name) = path("/a/b").split().unwrap();
        assert_eq!(
            (folder.to_string(), name.to_string()),
            ("/a".into(), "b".into())
        );
        assert_eq!(folder.join(&name).unwrap(), path("/a/b"));
        assert_eq!(RemotePath::root().join(&name).unwrap(), path("/b"));
        assert_eq!(path("/b").split().unwrap().0, RemotePath::root());
        assert_eq!(RemotePath::root().split(), None);
        for bad in [&b""[..], b".", b"..", b"a/b", b"a\0", &[b'a'; 256]] {
            assert!(FileName::from_bytes(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_folder_holds_what_is_below_it_alone() {
        assert!(path("/a").holds(&path("/a/b")));
        assert!(path("/a").holds(&path("/a")));
        assert!(path("/").holds(&path("/a")));
        assert!(!path("/a").holds(&path("/ab")));
    }
}
