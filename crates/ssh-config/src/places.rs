//! Where the files are, and what is asked of them.

use std::{env, path::PathBuf};

/// Where settings are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The user's file; its relative includes are taken from [`Places::user_folder`].
    pub user: PathBuf,
    /// The file for all users of the computer; `None`: it is not read, as with `ssh -F`.
    pub system: Option<PathBuf>,
    /// The user's home folder, for `~`; `None`: a `~` is an error.
    pub home: Option<PathBuf>,
    /// Whether the user's file must belong to the user and be writable by nobody else, as ssh asks
    /// of its own place but not of a file given by `-F`. Included files always must.
    pub guarded: bool,
}

impl Places {
    /// The places that ssh reads for the user who runs this program. `None`: there is no home folder.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        let home = env::home_dir().filter(|home| !home.as_os_str().is_empty())?;
        Some(Self {
            user: home.join(".ssh").join("config"),
            system: Some(system_folder().join("ssh_config")),
            home: Some(home),
            guarded: true,
        })
    }

    /// What `ssh -F` reads: this file alone.
    #[must_use]
    pub fn alone(file: PathBuf, home: Option<PathBuf>) -> Self {
        Self {
            user: file,
            system: None,
            home,
            guarded: false,
        }
    }
}

/// Where the system's files are, known_hosts too.
pub(crate) fn system_folder() -> PathBuf {
    if cfg!(windows) {
        let data = env::var_os("ProgramData").unwrap_or_else(|| r"C:\ProgramData".into());
        PathBuf::from(data).join("ssh")
    } else {
        PathBuf::from("/etc/ssh")
    }
}

/// What is asked for, as on the command line of ssh.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// A name of the files, a host name or an address.
    pub host: String,
    /// `-l`.
    pub user: Option<String>,
    /// `-p`; from 1.
    pub port: Option<u16>,
    /// `-J`: the way there, first to last; empty: as the files say.
    pub jumps: Vec<crate::Jump>,
    /// What is known of this computer.
    pub here: crate::Here,
}

/// What a resolution may have to ask of the world.
#[derive(Clone, Copy)]
pub struct Outside<'a> {
    /// Runs the command of `Match exec` and says whether it succeeded; `None`: it was not run,
    /// since nobody agreed to it. Then the block does not apply, and is named.
    pub exec: &'a dyn Fn(&str) -> Option<bool>,
    /// The value of an environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
}

impl std::fmt::Debug for Outside<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outside").finish_non_exhaustive()
    }
}
