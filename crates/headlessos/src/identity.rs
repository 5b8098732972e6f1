//! What the program proves to be itself by, kept in the data folder: a page that was left open knows the next
//! run again, and nobody else.
//!
//! Invariant: it opens nothing, and is read from no file that anybody but this user could have written or read.

use std::path::Path;

use anyhow::{Context, Result};
use secrecy::{ExposeSecret, SecretString};

use crate::{launch, left};

/// The file, in the data folder.
const NAME: &str = "identity";

/// What an earlier run kept, else a new one.
///
/// # Errors
/// The system has no random bits.
pub(crate) fn of(data: &Path) -> Result<SecretString> {
    let path = data.join(NAME);
    if let Some(kept) = left::is_private(&path).then(|| left::read(&path)).flatten() {
        return Ok(kept);
    }
    let drawn = headlessos_http::draw_secret().context("the system has no random bits")?;
    if let Err(error) = launch::write_private(&path, drawn.expose_secret()) {
        tracing::warn!("pages that are left open will not know the next run again: {error}");
    }
    Ok(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(data: &Path) -> String {
        of(data).unwrap().expose_secret().to_owned()
    }

    #[test]
    fn it_is_the_same_in_every_run_over_a_folder() {
        let [one, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let first = text(one.path());
        assert_eq!(text(one.path()), first);
        assert_ne!(text(other.path()), first);
    }

    #[cfg(unix)]
    #[test]
    fn one_that_others_could_have_read_is_one_no_more() {
        use std::{fs, os::unix::fs::PermissionsExt};
        let data = tempfile::tempdir().unwrap();
        let mut last = text(data.path());
        let path = data.path().join(NAME);
        for mode in [0o640, 0o604, 0o620, 0o602] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let next = text(data.path());
            assert_ne!(next, last, "{mode:o}");
            last = next;
        }
        let found = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(found & 0o777, 0o600);
    }
}
