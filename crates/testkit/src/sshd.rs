//! A real OpenSSH server of a test's own, on loopback. Unix only.
//!
//! Invariant: each connection is one `sshd -i`, so that there is a port from the system, nothing to
//! wait for, and nothing left when the value is dropped. Everybody logs in as who runs the test.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::fd::OwnedFd,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

const PROGRAM: &str = "/usr/sbin/sshd";
const STRACE: &str = "/usr/bin/strace";

/// A server; it ends when it is dropped.
pub struct Sshd {
    folder: tempfile::TempDir,
    address: SocketAddr,
    user: String,
    ended: Arc<AtomicBool>,
    children: Arc<Mutex<Vec<Child>>>,
}

/// What the log says of one proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// `Accepted`, `Partial` or `Failed`.
    pub end: String,
    /// `publickey`, `password` or `keyboard-interactive/pam`.
    pub method: String,
    /// Of a key, its type and fingerprint as the log has them; else empty.
    pub key: String,
}

impl Sshd {
    /// A server with these lines in its configuration, which come before its own and so win; `None`, with the reason printed, where there
    /// is no sshd on this machine.
    ///
    /// # Panics
    /// Where ssh-keygen fails.
    #[must_use]
    pub fn start(lines: &[&str]) -> Option<Self> {
        Self::start_by(lines, false)
    }

    /// The same, with every program that is started over it written down by `strace`; `None` also
    /// where there is no strace.
    ///
    /// # Panics
    /// As above.
    #[must_use]
    pub fn start_audited(lines: &[&str]) -> Option<Self> {
        if !Path::new(STRACE).exists() {
            eprintln!("skipped: there is no {STRACE}");
            return None;
        }
        Self::start_by(lines, true)
    }

    /// What strace wrote down of the connections so far.
    #[must_use]
    pub fn audit(&self) -> String {
        fs::read_to_string(self.path("audit")).unwrap_or_default()
    }

    fn start_by(lines: &[&str], is_audited: bool) -> Option<Self> {
        if !Path::new(PROGRAM).exists() {
            eprintln!("skipped: there is no {PROGRAM}");
            return None;
        }
        // Where it runs as root it wants this folder, which its service makes.
        let _ = fs::create_dir_all("/run/sshd");
        let folder = tempfile::tempdir().expect("a folder");
        let in_folder = |name: &str| folder.path().join(name);
        keygen(&["-t", "ed25519", "-N", ""], &in_folder("host_key"));
        fs::write(in_folder("authorized_keys"), "").expect("a file");
        let config = format!(
            "{1}\nHostKey {0}/host_key\nAuthorizedKeysFile {0}/authorized_keys\nPidFile none\n\
             StrictModes no\nUsePAM no\nPermitRootLogin yes\nLogLevel VERBOSE\nUseDNS no\n\
             Subsystem sftp internal-sftp\n",
            folder.path().display(),
            lines
                .join("\n")
                .replace("FOLDER", &folder.path().display().to_string()),
        );
        fs::write(in_folder("config"), config).expect("a file");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let sshd = Self {
            address: listener.local_addr().expect("an address"),
            user: user(),
            ended: Arc::default(),
            children: Arc::default(),
            folder,
        };
        let (ended, children) = (Arc::clone(&sshd.ended), Arc::clone(&sshd.children));
        let (config, log) = (sshd.path("config"), sshd.path("log"));
        let audit = is_audited.then(|| sshd.path("audit"));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let output = stream.try_clone().expect("a stream");
                let mut command = match &audit {
                    None => Command::new(PROGRAM),
                    Some(audit) => {
                        let mut strace = Command::new(STRACE);
                        strace
                            .args(["-f", "-qq", "-v", "-s", "65536", "-A", "-e"])
                            .args(["trace=execve,clone,clone3,fork,vfork", "-o"])
                            .arg(audit)
                            .arg(PROGRAM);
                        strace
                    }
                };
                let child = command
                    .args(["-i", "-f"])
                    .arg(&config)
                    .arg("-E")
                    .arg(&log)
                    .stdin(Stdio::from(OwnedFd::from(stream)))
                    .stdout(Stdio::from(OwnedFd::from(output)))
                    .stderr(Stdio::null())
                    .spawn();
                children.lock().expect("no panic").extend(child);
            }
        });
        Some(sshd)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Who may log in.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// A file of its folder, in which a test may put its own. In the configuration, `FOLDER` stands
    /// for the folder.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lets these lines, and no others, stand in `authorized_keys`.
    ///
    /// # Panics
    /// Where the file cannot be written.
    pub fn authorize(&self, lines: &[&str]) {
        fs::write(self.path("authorized_keys"), lines.join("\n") + "\n").expect("a file");
    }

    /// A line for a `known_hosts` file.
    ///
    /// # Panics
    /// Where its key cannot be read.
    #[must_use]
    pub fn known_hosts_line(&self) -> String {
        let public = fs::read_to_string(self.path("host_key.pub")).expect("its key");
        format!("[127.0.0.1]:{} {public}", self.address.port())
    }

    /// How many connections it serves now.
    ///
    /// # Panics
    /// Where the thread that accepts has panicked.
    #[must_use]
    pub fn serving(&self) -> usize {
        let mut children = self.children.lock().expect("no panic");
        children.retain_mut(|child| matches!(child.try_wait(), Ok(None)));
        children.len()
    }

    /// All that it has logged.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// The proofs that the log tells of, in order; the question which methods there are is none.
    #[must_use]
    pub fn attempts(&self) -> Vec<Attempt> {
        attempts(&self.log())
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // The thread is waiting for a connection.
        let _ = std::net::TcpStream::connect(self.address);
        for child in self.children.lock().expect("no panic").iter_mut() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Reads a log of sshd at `LogLevel VERBOSE`.
#[must_use]
pub fn attempts(log: &str) -> Vec<Attempt> {
    let attempt = |line: &str| {
        let start = ["Accepted ", "Partial ", "Failed "]
            .iter()
            .find_map(|word| line.find(word))?;
        let (head, rest) = line[start..].split_once(" for ")?;
        let (end, method) = head.split_once(' ')?;
        let key = rest.split_once(" ssh2: ").map_or("", |(_, key)| key);
        (method != "none").then(|| Attempt {
            end: end.to_owned(),
            method: method.to_owned(),
            key: key.to_owned(),
        })
    };
    log.lines().filter_map(attempt).collect()
}

/// Runs `ssh-keygen -q` with these words for a key of this path.
///
/// # Panics
/// Where it cannot be run, or fails.
pub fn keygen(words: &[&str], path: &Path) {
    let mut keygen = Command::new("ssh-keygen");
    let keygen = keygen.arg("-q").args(words).arg("-f").arg(path);
    let output = keygen
        .stdin(Stdio::null())
        .output()
        .expect("ssh-keygen runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "ssh-keygen {words:?}: {said}");
}

fn user() -> String {
    let output = Command::new("id").arg("-un").output().expect("id runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
