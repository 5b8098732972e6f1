//! An OpenSSH server of the test's own on this machine: one process for each connection, which gets
//! the socket as its standard input, so that the test's own listener has the port.

use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use ssh::{AuthMethod, Connection};

use super::{Folder, Person, connect, named_target};

/// Where Debian, Fedora and Alpine have it.
const PROGRAM: &str = "/usr/sbin/sshd";

pub(crate) struct Sshd {
    address: SocketAddr,
    user: String,
    folder: Folder,
}

impl Sshd {
    /// One with these lines in its configuration; `None`, with a line on standard error, where this
    /// machine has no sshd.
    pub(crate) fn start(lines: &str) -> Option<Self> {
        if !Path::new(PROGRAM).exists() {
            eprintln!("skipped: this machine has no {PROGRAM}");
            return None;
        }
        // As root it refuses to start without.
        let _ = std::fs::create_dir_all("/run/sshd");
        let folder = Folder::new();
        let path = |name: &str| folder.0.path().join(name);
        for name in ["host", "user"] {
            let mut keygen = Command::new("ssh-keygen");
            keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]);
            assert!(keygen.arg(path(name)).status().unwrap().success());
        }
        let config = path("config");
        let text = format!(
            "{lines}\nHostKey {}\nAuthorizedKeysFile {}\nPermitRootLogin yes\nStrictModes no\n\
             UsePAM no\nPidFile none\nUseDNS no\n",
            path("host").display(),
            path("user.pub").display(),
        );
        std::fs::write(&config, text).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || serve(&listener, &config));
        let id = Command::new("id").arg("-un").output().unwrap();
        let user = String::from_utf8(id.stdout).unwrap().trim().to_owned();
        Some(Self {
            address,
            user,
            folder,
        })
    }

    /// Logs in.
    pub(crate) async fn log_in(&self) -> Connection {
        let target = named_target("127.0.0.1", self.address.port(), &self.user);
        let method = AuthMethod::KeyFile(self.folder.0.path().join("user"));
        let person: Arc<Person> = Person::trusting(&[]);
        connect(&target, &method, &self.folder, &person)
            .await
            .unwrap()
    }
}

fn serve(listener: &TcpListener, config: &PathBuf) {
    while let Ok((socket, _)) = listener.accept() {
        let input = std::os::fd::OwnedFd::from(socket);
        let Ok(output) = input.try_clone() else {
            return;
        };
        let started = Command::new(PROGRAM)
            .args(["-i", "-e", "-f"])
            .arg(config)
            .stdin(Stdio::from(input))
            .stdout(Stdio::from(output))
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut sshd) = started {
            std::thread::spawn(move || sshd.wait());
        }
    }
}
