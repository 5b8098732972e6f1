//! The lab's real servers, as `lab/lab.sh up` describes them in `hosts.json`.
//!
//! Invariant: a missing lab is never an error: [`Lab::find`] says why there is none and the test
//! skips what needs it.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use serde::Deserialize;

/// What is up.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lab {
    /// 0: only `sshd`, a plain sshd on loopback. 1: whole hosts.
    pub tier: u8,
    /// Why only tier 0; `None` in tier 1.
    pub reason: Option<String>,
    /// A private key that lets every user in whose `key` is true.
    pub identity: PathBuf,
    /// Another, with a passphrase.
    pub encrypted_identity: EncryptedIdentity,
    /// The hosts that have booted.
    pub hosts: Vec<Host>,
}

/// A private key with a passphrase.
#[derive(Clone, Debug, Deserialize)]
pub struct EncryptedIdentity {
    /// The file.
    pub path: PathBuf,
    /// What unlocks it.
    pub passphrase: String,
}

/// A host of the lab.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Host {
    /// Its name in the lab, for example `deb12`.
    pub name: String,
    /// The distribution, for example `debian-12`.
    pub family: String,
    /// Where its sshd listens.
    pub address: String,
    /// Its port.
    pub port: u16,
    /// Another port of it, whose SFTP has no step that renames over a file; `None`: there is none.
    #[serde(default)]
    pub bare_port: Option<u16>,
    /// `systemd`, `openrc` or `none`.
    pub init: String,
    /// Whether it offers SFTP.
    pub sftp: bool,
    /// Whether Docker runs there.
    pub docker: bool,
    /// A line for a `known_hosts` file.
    pub known_hosts_line: String,
    /// Who can log in.
    pub users: Vec<User>,
}

/// A user of a host.
#[derive(Clone, Debug, Deserialize)]
pub struct User {
    /// The login name.
    pub name: String,
    /// Its password; `None`: it has none.
    pub password: Option<String>,
    /// `root`, `password`, `nopasswd` or `none`.
    pub sudo: String,
    /// The login shell.
    pub shell: String,
    /// Whether the lab's keys let it in.
    pub key: bool,
}

/// What a command inside a host did.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Its exit code; 125: the host is not up.
    pub code: i32,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

static FOUND: LazyLock<Option<Lab>> = LazyLock::new(find);

impl Lab {
    /// The lab, by `HEADLESSOS_LAB_HOSTS` or by asking `lab/lab.sh`; `None`, with the reason printed
    /// on standard error, where there is none.
    #[must_use]
    pub fn find() -> Option<&'static Self> {
        FOUND.as_ref()
    }

    /// A host by its name; `None`, with a line on standard error, where it is not up.
    #[must_use]
    pub fn host(&self, name: &str) -> Option<&Host> {
        let host = self.hosts.iter().find(|host| host.name == name);
        if host.is_none() {
            let reason = self.reason.as_deref().unwrap_or("it is not up");
            eprintln!("skipped: the lab has no host {name} ({reason})");
        }
        host
    }
}

impl Host {
    /// A user by its name.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name == name)
    }

    /// Runs a command inside the host as root, without SSH. For `sshd` of tier 0 that is this
    /// machine. Blocks for about 30 ms.
    ///
    /// # Panics
    /// Where `bash` cannot be started.
    #[must_use]
    pub fn exec(&self, argv: &[&str]) -> Ran {
        let mut command = Command::new("bash");
        command.arg(script()).arg("exec").arg(&self.name).args(argv);
        let output = command.output().expect("bash starts");
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lab/lab.sh")
}

fn find() -> Option<Lab> {
    let file = match std::env::var_os("HEADLESSOS_LAB_HOSTS") {
        Some(file) => PathBuf::from(file),
        None => {
            let output = Command::new("bash")
                .arg(script())
                .arg("hosts")
                .output()
                .ok()?;
            if !output.status.success() {
                eprintln!("skipped: no lab is up (`cargo xtask lab up` brings it up)");
                return None;
            }
            PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())
        }
    };
    let read = std::fs::read(&file).map_err(|error| error.to_string());
    let lab =
        read.and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| error.to_string()));
    match lab {
        Ok(lab) => Some(lab),
        Err(error) => {
            eprintln!(
                "skipped: the lab's {} cannot be read: {error}",
                file.display()
            );
            None
        }
    }
}
