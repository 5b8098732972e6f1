//! Places on the command line: a path of this computer, or `SERVER:PATH`.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use catalog::arguments::RemotePath;

/// A place as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Here(PathBuf),
    /// The server as it was named, and the path's bytes there.
    There(String, Vec<u8>),
}

impl Place {
    /// What stands before the last colon ahead of the first slash is a server.
    pub(crate) fn parse(word: &OsStr) -> Self {
        let bytes = word.as_encoded_bytes();
        let slash = bytes.iter().position(|byte| *byte == b'/');
        let front = bytes
            .get(..slash.unwrap_or(bytes.len()))
            .unwrap_or_default();
        let colon = front.iter().rposition(|byte| *byte == b':');
        let is_drive = cfg!(windows) && colon == Some(1);
        match colon.and_then(|at| Some((front.get(..at)?, bytes.get(at + 1..)?))) {
            Some((server, path)) if !server.is_empty() && !is_drive => {
                Self::There(String::from_utf8_lossy(server).into_owned(), path.to_vec())
            }
            _ => Self::Here(PathBuf::from(word)),
        }
    }
}

/// A path of this computer as its own SFTP server takes it; the last part need not be there.
///
/// # Errors
/// The folder is not there.
pub(crate) fn here(path: &Path) -> Result<RemotePath> {
    let absolute = std::path::absolute(path)?;
    let whole = match (absolute.parent(), absolute.file_name()) {
        (Some(folder), Some(name)) => folder
            .canonicalize()
            .with_context(|| format!("there is no folder {}", folder.display()))?
            .join(name),
        // The root, or a path that ends in `..`.
        _ => absolute
            .canonicalize()
            .with_context(|| format!("there is no {}", absolute.display()))?,
    };
    let mut bytes = OsString::from(whole).as_encoded_bytes().to_vec();
    if cfg!(windows) {
        // As OpenSSH has it there: /C:/folder.
        for byte in &mut bytes {
            if *byte == b'\\' {
                *byte = b'/';
            }
        }
        bytes.insert(0, b'/');
    }
    Ok(RemotePath::from_bytes(&bytes)?)
}

/// A path there; one that does not begin with `/` is one in the home folder.
///
/// # Errors
/// It is no path.
pub(crate) fn there(path: &[u8], home: &RemotePath) -> Result<RemotePath> {
    let path = match path {
        path if path.starts_with(b"/") => path.to_vec(),
        b"~" => home.as_bytes().to_vec(),
        path => {
            let below = path.strip_prefix(b"~/").unwrap_or(path);
            [home.as_bytes(), b"/", below].concat()
        }
    };
    Ok(RemotePath::from_bytes(&path)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_before_any_slash_makes_a_server() {
        let place = |word: &str| Place::parse(OsStr::new(word));
        let remote = |server: &str, path: &str| Place::There(server.to_owned(), path.into());
        assert_eq!(place("web:/etc"), remote("web", "/etc"));
        assert_eq!(place("root@h:2222:/a:b"), remote("root@h:2222", "/a:b"));
        assert_eq!(place("root@[::1]:22:/a"), remote("root@[::1]:22", "/a"));
        assert_eq!(place("web:notes"), remote("web", "notes"));
        assert_eq!(place("web:"), remote("web", ""));
        for local in ["./a:b", "/a:b", "plain", ":x"] {
            assert_eq!(place(local), Place::Here(local.into()));
        }
    }

    #[test]
    fn a_path_without_a_slash_is_in_the_home_folder() {
        let home = RemotePath::try_from("/home/me".to_owned()).unwrap();
        let path = |path: &[u8]| there(path, &home).unwrap().to_string();
        assert_eq!(path(b"/etc"), "/etc");
        assert_eq!(path(b"a/b"), "/home/me/a/b");
        assert_eq!(path(b""), "/home/me");
        assert_eq!(path(b"~/x"), "/home/me/x");
        assert!(there(b"../x", &home).is_err());
    }
}
