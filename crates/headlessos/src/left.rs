//! Launch secrets that are left in the data folder: whoever can write there is the user who started the
//! program, so that a locked page or another browser can be let in from the command line.
//!
//! Invariant: a secret that is left is good once and for a minute; the program takes none from a file that
//! anybody but its own user could have written or read.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use secrecy::{ExposeSecret, SecretString, zeroize::Zeroize};

/// The folder of the secrets, in the data folder.
const FOLDER: &str = "launch";
/// The length of a secret; no file that is longer is read.
const LENGTH: u64 = 64;

/// A secret that is left; dropping takes it back.
pub(crate) struct Left(PathBuf);

impl Left {
    /// Whether the program has taken it.
    pub(crate) fn is_taken(&self) -> bool {
        !self.0.exists()
    }

    /// Leaves it behind for as long as it is good.
    pub(crate) fn keep(self) {
        std::mem::forget(self);
    }
}

impl Drop for Left {
    fn drop(&mut self) {
        let _taken_already = fs::remove_file(&self.0);
    }
}

/// Leaves a secret in the data folder.
///
/// # Errors
/// The folder cannot be written to.
pub(crate) fn leave(data: &Path, secret: &SecretString) -> io::Result<Left> {
    let folder = data.join(FOLDER);
    make_folder(&folder)?;
    let name = format!("{}-{}", std::process::id(), nanoseconds());
    let file = folder.join(name);
    crate::launch::write_private(&file, secret.expose_secret())?;
    Ok(Left(file))
}

/// Takes a secret that was left; `false`: there is none like it.
pub(crate) fn take(data: &Path, secret: &SecretString) -> bool {
    let Ok(entries) = fs::read_dir(data.join(FOLDER)) else {
        return false;
    };
    let mut found = false;
    for path in entries.flatten().map(|entry| entry.path()) {
        if is_old(&path) {
            let _gone = fs::remove_file(&path);
            continue;
        }
        let is_it = is_private(&path)
            && read(&path).is_some_and(|left| headlessos_http::equal(&left, secret));
        // What cannot be removed would be good twice.
        found |= is_it && fs::remove_file(&path).is_ok();
    }
    found
}

/// What a file of a secret's length holds.
pub(crate) fn read(path: &Path) -> Option<SecretString> {
    let mut text = fs::read_to_string(path).ok()?;
    let secret = (text.len() as u64 == LENGTH).then(|| SecretString::from(text.as_str()));
    text.zeroize();
    secret
}

/// Of another time than the last minute.
fn is_old(path: &Path) -> bool {
    let modified = fs::symlink_metadata(path).and_then(|found| found.modified());
    let Ok(age) = modified.map(|at| SystemTime::now().duration_since(at)) else {
        return true;
    };
    // A clock may run back a little between two looks at it.
    age.is_ok_and(|age| age >= headlessos_http::ASKED_FOR)
}

/// A regular file of a secret's length, of this user and for this user alone.
pub(crate) fn is_private(path: &Path) -> bool {
    let Ok(found) = fs::symlink_metadata(path) else {
        return false;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let is_ours = found.uid() == rustix::process::geteuid().as_raw();
        if !is_ours || found.mode() & 0o077 != 0 || found.nlink() != 1 {
            return false;
        }
    }
    found.is_file() && found.len() == LENGTH
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

fn nanoseconds() -> u128 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> SecretString {
        headlessos_http::draw_secret().unwrap()
    }

    #[test]
    fn a_secret_that_is_left_is_good_once() {
        let data = tempfile::tempdir().unwrap();
        let left = secret();
        assert!(!take(data.path(), &left), "nobody has left one");
        let file = leave(data.path(), &left).unwrap();
        assert!(!take(data.path(), &secret()), "another one");
        assert!(!file.is_taken());
        assert!(take(data.path(), &left));
        assert!(file.is_taken());
        assert!(!take(data.path(), &left));
        drop(leave(data.path(), &left).unwrap());
        assert!(!take(data.path(), &left), "it was taken back");
    }

    #[test]
    fn a_secret_is_good_for_a_minute() {
        let data = tempfile::tempdir().unwrap();
        let left = secret();
        let file = leave(data.path(), &left).unwrap();
        let then = SystemTime::now() - headlessos_http::ASKED_FOR;
        let opened = fs::File::options().write(true).open(&file.0).unwrap();
        opened.set_modified(then).unwrap();
        assert!(!take(data.path(), &left));
        assert!(file.is_taken(), "what is old is removed");
    }

    #[cfg(unix)]
    #[test]
    fn none_is_taken_from_a_file_that_others_could_read_or_that_leads_elsewhere() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        let left = secret();
        let file = leave(data.path(), &left).unwrap();
        for mode in [0o640, 0o604, 0o620, 0o602] {
            fs::set_permissions(&file.0, fs::Permissions::from_mode(mode)).unwrap();
            assert!(!take(data.path(), &left), "{mode:o}");
        }
        fs::set_permissions(&file.0, fs::Permissions::from_mode(0o600)).unwrap();
        let elsewhere = data.path().join("elsewhere");
        fs::rename(&file.0, &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &file.0).unwrap();
        assert!(!take(data.path(), &left), "a link");
        fs::remove_file(&file.0).unwrap();
        fs::hard_link(&elsewhere, &file.0).unwrap();
        assert!(!take(data.path(), &left), "a second name");
        fs::remove_file(&elsewhere).unwrap();
        assert!(take(data.path(), &left));
    }
}
