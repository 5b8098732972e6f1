//! A user of its own on a lab host, with a planted password and a key with a planted passphrase.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use testkit::lab::Host;

/// The user; gone, with its home, when dropped.
pub(crate) struct Account {
    pub(crate) user: String,
    /// A private key on this computer that lets it in.
    pub(crate) key: PathBuf,
    host: &'static Host,
    began: String,
    _folder: tempfile::TempDir,
}

impl Account {
    pub(crate) fn make(host: &'static Host, password: &str, passphrase: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("id_planted");
        // ssh-keygen takes the passphrase by the way of a terminal, or of an argument: this is before
        // processes are watched.
        let made = Command::new("ssh-keygen")
            .args(["-q", "-t", "ed25519", "-N", passphrase, "-f"])
            .arg(&key)
            .status();
        assert!(made.unwrap().success());
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let user = format!("planted{}n{next}", std::process::id());
        let account = Self {
            user,
            key: key.clone(),
            host,
            began: inside(host, "date '+%Y-%m-%d %H:%M:%S'", ""),
            _folder: folder,
        };
        let user = &account.user;
        inside(host, &format!("useradd -m -s /bin/bash {user}"), "");
        inside(host, "chpasswd", &format!("{user}:{password}\n"));
        let public = std::fs::read_to_string(key.with_extension("pub")).unwrap();
        let install = format!(
            "install -d -o {user} -m 700 ~{user}/.ssh && cat >~{user}/.ssh/authorized_keys && chown {user} ~{user}/.ssh/authorized_keys"
        );
        inside(host, &install, &public);
        account
    }

    /// Lets it become root by sudo, with its password.
    pub(crate) fn may_sudo(&self) {
        let user = &self.user;
        let rule = format!(
            "umask 227; echo '{user} ALL=(ALL) ALL' >/etc/sudoers.d/{user} && visudo -cqf /etc/sudoers.d/{user}"
        );
        inside(self.host, &rule, "");
    }

    /// The same by doas.
    pub(crate) fn may_doas(&self) {
        let rule = format!(
            "[ -e /etc/doas.conf ] && echo 'permit {} as root' >>/etc/doas.conf && doas -C /etc/doas.conf",
            self.user
        );
        inside(self.host, &rule, "");
    }

    /// A file that only root may look for; it is not there yet, and gone with the user.
    pub(crate) fn file_of_root(&self) -> String {
        format!("/root/{}", self.user)
    }

    /// The server's own logs since the user was made, each with its name.
    pub(crate) fn logs(&self) -> [(&'static str, String); 2] {
        let since = self.began.trim();
        let journal = format!("journalctl --no-pager -o export --since '{since}'");
        let log = inside(self.host, "cat /var/log/auth.log 2>/dev/null || :", "");
        let journal = inside(self.host, &journal, "");
        let seen = [&log, &journal]
            .iter()
            .any(|text| text.contains(&self.user));
        assert!(seen, "the server's logs know nothing of {}", self.user);
        [
            ("the server's auth.log", log),
            ("the server's journal", journal),
        ]
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        let user = &self.user;
        let gone = format!(
            "loginctl terminate-user {user} 2>/dev/null; pkill -KILL -u {user}; userdel -rf {user} 2>/dev/null; \
             [ ! -e /etc/doas.conf ] || sed -i '/^permit {user} /d' /etc/doas.conf; \
             rm -rf /etc/sudoers.d/{user} /run/sudo/ts/{user} /var/lib/sudo/lectured/{user} {}",
            self.file_of_root()
        );
        inside(self.host, &gone, "");
    }
}

/// Runs a script as root in the host, without SSH, and gives what it printed.
fn inside(host: &Host, script: &str, input: &str) -> String {
    let lab = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lab/lab.sh");
    let mut child = Command::new("bash")
        .arg(lab)
        .args(["exec", &host.name, "sh", "-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{script}: {}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}
