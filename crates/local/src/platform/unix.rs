//! Linux, macOS and the BSDs: the passwd entry, the login shell in a process group, plain reads.
//!
//! Invariant: a process group is sent a signal only while its shell has not been waited for, or at
//! once after, so the signal cannot reach another's group.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs::{File, Metadata, OpenOptions},
    io,
    os::unix::{
        ffi::OsStrExt,
        fs::{FileExt, MetadataExt, OpenOptionsExt},
        process::ExitStatusExt,
    },
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use nix::{
    fcntl::OFlag,
    sys::signal::{Signal, killpg},
    unistd::{Pid, Uid, User},
};
use russh::Sig;
use russh_sftp::protocol::FileAttributes;
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};

use super::Exit;

/// The PATH that OpenSSH gives a login on Linux where nothing else sets one, with the folders
/// that other systems keep their programs in.
const USER_PATH: &str = "/usr/local/bin:/usr/bin:/bin:/usr/games:/opt/homebrew/bin:\
                         /run/current-system/sw/bin";
const ROOT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:\
                         /opt/homebrew/bin:/run/current-system/sw/bin";

/// Variables that a login has from its system and not from the program that starts the shell.
const LOGIN_VARIABLES: [&str; 3] = ["TZ", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"];

/// How long a process group may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(1);

/// The user that this program runs as, as a login would see them.
pub(crate) struct Account {
    name: OsString,
    home: PathBuf,
    shell: PathBuf,
    path: &'static str,
}

impl Account {
    /// Reads the passwd entry; where there is none, `USER`, `HOME` and `SHELL`. Blocks.
    pub(crate) fn of_this_user() -> Self {
        let uid = Uid::effective();
        let entry = User::from_uid(uid).ok().flatten();
        let path_in = |name| env::var_os(name).map(PathBuf::from);
        let (name, home, shell) = match entry {
            Some(user) => (
                Some(OsString::from(user.name)),
                Some(user.dir),
                Some(user.shell),
            ),
            None => (env::var_os("USER"), path_in("HOME"), path_in("SHELL")),
        };
        Self {
            name: name.unwrap_or_else(|| uid.to_string().into()),
            home: home
                .filter(|home| home.is_dir())
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
    /// of its own, with the environment of a login and nothing of this program's.
    ///
    /// # Errors
    /// Where the shell cannot be started, for example for want of processes.
    pub(crate) fn start(&self, line: &[u8]) -> io::Result<Group> {
        // A home folder that may not be entered is no reason not to work, as for sshd.
        self.start_in(&self.home, line)
            .or_else(|_| self.start_in(Path::new("/"), line))
    }

    fn start_in(&self, folder: &Path, line: &[u8]) -> io::Result<Group> {
        let child = Command::new(&self.shell)
            .arg("-c")
            .arg(OsStr::from_bytes(line))
            .current_dir(folder)
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
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Ok(Group {
            child,
            id: GroupId(id.map(Pid::from_raw)),
            reaped: false,
        })
    }
}

/// A service account's shell refuses logins; whoever runs this program is in already.
fn is_login_shell(shell: &Path) -> bool {
    let refuses = shell
        .file_name()
        .is_none_or(|name| name == "nologin" || name == "false");
    shell.is_absolute() && shell.is_file() && !refuses
}

/// Names a process group, to send it signals.
#[derive(Clone, Copy)]
pub(crate) struct GroupId(Option<Pid>);

impl GroupId {
    /// Sends one of the signals that SSH names; any other is ignored.
    pub(crate) fn signal(self, signal: &Sig) {
        let signal = match signal {
            Sig::ABRT => Signal::SIGABRT,
            Sig::ALRM => Signal::SIGALRM,
            Sig::HUP => Signal::SIGHUP,
            Sig::INT => Signal::SIGINT,
            Sig::KILL => Signal::SIGKILL,
            Sig::QUIT => Signal::SIGQUIT,
            Sig::TERM => Signal::SIGTERM,
            Sig::USR1 => Signal::SIGUSR1,
            _ => return,
        };
        self.send(signal);
    }

    fn send(self, signal: Signal) {
        if let Some(id) = self.0 {
            // It fails only where every member has ended.
            let _ = killpg(id, signal);
        }
    }
}

/// A running shell and its descendants in one process group; killed where it is dropped early.
pub(crate) struct Group {
    child: Child,
    id: GroupId,
    reaped: bool,
}

impl Group {
    pub(crate) fn id(&self) -> GroupId {
        self.id
    }

    /// The three pipes, once.
    pub(crate) fn take_streams(
        &mut self,
    ) -> (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>) {
        let child = &mut self.child;
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    }

    /// Waits for the shell. Afterwards the group's id may be another's, so nothing is sent it.
    pub(crate) async fn wait(&mut self) -> io::Result<Exit> {
        let status = self.child.wait().await?;
        self.reaped = true;
        let signal = status
            .signal()
            .and_then(|number| Signal::try_from(number).ok());
        Ok(match (status.code().map(u32::try_from), signal) {
            (Some(Ok(code)), _) => Exit::Code(code),
            (_, Some(signal)) => Exit::Signal {
                name: signal.as_str().trim_start_matches("SIG").to_owned(),
                core_dumped: status.core_dumped(),
            },
            _ => Exit::Code(255),
        })
    }

    /// Asks the group to end and gives the shell [`GRACE`] for it, then kills what is left.
    pub(crate) async fn end(&mut self) {
        self.id.send(Signal::SIGTERM);
        let _ = tokio::time::timeout(GRACE, self.wait()).await;
        // Members that outlived the shell keep the group's id from being given to others; and
        // where there are none, the system has gone through no whole round of ids since.
        self.id.send(Signal::SIGKILL);
        if !self.reaped {
            let _ = self.wait().await;
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if !self.reaped {
            self.id.send(Signal::SIGKILL);
        }
    }
}

/// Opens a file to read. Neither a pipe without a writer nor a terminal holds the caller up.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let flags = OFlag::O_NONBLOCK | OFlag::O_NOCTTY;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits())
        .open(path)
}

/// Reads once at an offset; fewer bytes than asked for is no error, none is the end.
pub(crate) fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    file.read_at(buffer, offset)
}

/// The attributes as SFTP sends them; times outside its 32 bits become its first or last.
pub(crate) fn attributes(metadata: &Metadata) -> FileAttributes {
    let time = |seconds: i64| u32::try_from(seconds.max(0)).unwrap_or(u32::MAX);
    FileAttributes {
        size: Some(metadata.len()),
        uid: Some(metadata.uid()),
        user: None,
        gid: Some(metadata.gid()),
        group: None,
        permissions: Some(metadata.mode()),
        atime: Some(time(metadata.atime())),
        mtime: Some(time(metadata.mtime())),
    }
}
