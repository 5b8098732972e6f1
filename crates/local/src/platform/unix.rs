//! Linux, macOS and the BSDs: the passwd entry, the login shell on pipes or a terminal.
//!
//! Invariant: a shell gets the environment of a login and nothing of this program's.

mod changes;
mod files;
mod group;
mod line;
mod modes;
mod pty;

use std::{
    env,
    ffi::{OsStr, OsString},
    io,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
    process::Stdio,
};

use nix::unistd::{AccessFlags, Uid, User, access};
use tokio::process::Command;

pub(crate) use changes::{change, change_link, change_open};
pub(crate) use files::{
    EXTENSIONS, attributes, close, code, group, make_folder, make_link, name, open, path, read_at,
    rename, stat_vfs, user, words, write_at,
};
pub(crate) use group::Group;
pub(crate) use line::long_name;
pub(crate) use pty::{Master, Output, READ_BYTES, Terminal};

use crate::environment::Environment;

/// The PATH that OpenSSH gives a login on Linux where nothing else sets one, with the folders
/// that other systems keep their programs in.
const USER_PATH: &str = "/usr/local/bin:/usr/bin:/bin:/usr/games:/opt/homebrew/bin:\
                         /run/current-system/sw/bin";
const ROOT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:\
                         /opt/homebrew/bin:/run/current-system/sw/bin";

/// Variables that a login has from its system and not from the program that starts the shell.
const LOGIN_VARIABLES: [&str; 3] = ["TZ", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"];

/// The user that this program runs as, as a login would see them.
pub(crate) struct Account {
    name: OsString,
    home: PathBuf,
    shell: PathBuf,
    path: &'static str,
}

impl Account {
    /// Reads the passwd entry; where there is none, `USER` and `SHELL`. Where `home` is no folder,
    /// the root folder takes its place, as for sshd. Blocks.
    pub(crate) fn of_this_user(home: Option<PathBuf>) -> Self {
        let uid = Uid::effective();
        let entry = User::from_uid(uid).ok().flatten();
        let (name, shell) = match entry {
            Some(user) => (Some(OsString::from(user.name)), Some(user.shell)),
            None => (env::var_os("USER"), env::var_os("SHELL").map(PathBuf::from)),
        };
        Self {
            name: name.unwrap_or_else(|| uid.to_string().into()),
            home: home
                .filter(|home| home.is_absolute() && home.is_dir())
                .unwrap_or_else(|| "/".into()),
            shell: shell
                .filter(|shell| is_login_shell(shell))
                .unwrap_or_else(|| "/bin/sh".into()),
            path: if uid.is_root() { ROOT_PATH } else { USER_PATH },
        }
    }

    /// The user's name, and whether it is root.
    pub(crate) fn who(&self) -> (String, bool) {
        (
            self.name.to_string_lossy().into_owned(),
            Uid::effective().is_root(),
        )
    }

    /// The folder that relative paths start from.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// Starts the login shell on `line`, as sshd does: in the home folder, in a process group
    /// of its own, with the environment of a login and what the client may add to it.
    ///
    /// # Errors
    /// Where the shell cannot be started, for example for want of processes.
    pub(crate) fn start(&self, line: &[u8], environment: &Environment) -> io::Result<Group> {
        started(
            self.command(environment)
                .arg("-c")
                .arg(OsStr::from_bytes(line))
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped()),
        )
    }

    /// Starts the login shell on a terminal, as the leader of a session of its own: on `line`, or,
    /// where there is none, as a login shell.
    ///
    /// # Errors
    /// Where the shell cannot be started, for example for want of processes.
    pub(crate) fn start_on(
        &self,
        terminal: Terminal,
        line: Option<&[u8]>,
        environment: &Environment,
    ) -> io::Result<(Group, Master)> {
        let mut command = self.command(environment);
        match line {
            Some(line) => command.arg("-c").arg(OsStr::from_bytes(line)),
            // The dash is what tells a shell that this is a login.
            None => {
                let mut name = OsString::from("-");
                name.push(self.shell.file_name().unwrap_or(OsStr::new("sh")));
                command.arg0(name)
            }
        };
        terminal.start(command)
    }

    /// Starts a command line in the shell and environment of who runs this program, with no input, and
    /// output that nobody reads, as ssh does for `Match exec` (`ssh_config(5)`).
    ///
    /// # Errors
    /// As of [`Self::start`].
    pub(crate) fn start_condition(line: &str) -> io::Result<Group> {
        let shell = env::var_os("SHELL").unwrap_or_else(|| "/bin/sh".into());
        started(
            Command::new(shell)
                .arg("-c")
                .arg(line)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )
    }

    fn command(&self, environment: &Environment) -> Command {
        // A home folder that may not be entered is no reason not to work, as for sshd.
        let may_enter = access(&self.home, AccessFlags::X_OK).is_ok();
        let folder = Some(self.home.as_path()).filter(|_| may_enter);
        let mut command = Command::new(&self.shell);
        command
            .current_dir(folder.unwrap_or(Path::new("/")))
            .env_clear()
            .env("HOME", &self.home)
            .env("LOGNAME", &self.name)
            .env("PATH", self.path)
            .env("SHELL", &self.shell)
            .env("USER", &self.name)
            .envs(
                LOGIN_VARIABLES
                    .iter()
                    .filter_map(|&name| Some((name, env::var_os(name)?))),
            )
            .envs(environment.variables());
        command
    }
}

/// Starts it as the leader of a process group.
fn started(command: &mut Command) -> io::Result<Group> {
    let _no_terminal_is_opened = pty::starting();
    Ok(Group::of(command.process_group(0).spawn()?))
}

/// A service account's shell refuses logins; whoever runs this program is in already.
fn is_login_shell(shell: &Path) -> bool {
    let refuses = shell
        .file_name()
        .is_none_or(|name| name == "nologin" || name == "false");
    shell.is_absolute() && shell.is_file() && !refuses
}
