//! Certificates of hosts, made by ssh-keygen and shown by a real OpenSSH.
#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::{fs, path::PathBuf, process::Command, sync::Arc};

use ssh::{ConnectError, Connection, Hop, KnownHosts, UnknownKey};
use support::{Person, named_target, sshd::by_files};
use testkit::sshd::{Sshd, keygen};

/// A host whose key an authority has signed, and a user's key that lets in.
struct Certified {
    folder: tempfile::TempDir,
    sshd: Sshd,
}

impl Certified {
    /// With these words for `ssh-keygen -s`; `None`, with the reason printed, where there is no sshd.
    fn with(words: &[&str]) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["authority", "host", "user"] {
            keygen(&["-t", "ed25519", "-N", ""], &path(name));
        }
        let mut sign = Command::new("ssh-keygen");
        sign.args(["-q", "-h", "-I", "host", "-s"])
            .arg(path("authority"));
        let signed = sign.args(words).arg(path("host.pub")).status().unwrap();
        assert!(signed.success());
        let key = format!("HostKey {}", path("host").display());
        let certificate = format!("HostCertificate {}", path("host-cert.pub").display());
        let sshd = Sshd::start(&[&key, &certificate])?;
        sshd.authorize(&[fs::read_to_string(path("user.pub")).unwrap().trim()]);
        Some(Self { folder, sshd })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn public(&self, name: &str) -> String {
        let line = fs::read_to_string(self.path(name).with_extension("pub")).unwrap();
        line.trim().to_owned()
    }

    /// Connects where these lines are known; `person` may be asked.
    async fn connect(
        &self,
        known: &str,
        alias: Option<&str>,
        person: &Arc<Person>,
    ) -> Result<Connection, ConnectError> {
        fs::write(self.path("known_hosts"), format!("{known}\n")).unwrap();
        let files = KnownHosts::of_files(self.path("own"), vec![self.path("known_hosts")]);
        let target = named_target("127.0.0.1", self.sshd.address().port(), self.sshd.user());
        let mut hop = Hop::new(target, ssh::AuthMethod::Auto, files);
        hop.proofs = by_files(&[&self.path("user")]);
        hop.host_key_alias = alias.map(str::to_owned);
        hop.unknown_key = UnknownKey::Ask;
        let ask = Arc::clone(person);
        let connected = ssh::connect(&hop, None, ask).await;
        connected.map(|connection| connection.witnessed(testkit::anyone()))
    }
}

fn reason(error: ConnectError) -> String {
    match error {
        ConnectError::HostCertificate { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_authority_of_the_host_vouches_for_a_key_that_nobody_has_seen() {
    let Some(host) = Certified::with(&["-n", "127.0.0.1,web1"]) else {
        return;
    };
    let person = Arc::new(Person::default());
    let line = format!("@cert-authority [127.0.0.*]:* {}", host.public("authority"));
    let connection = host.connect(&line, None, &person).await.unwrap();
    let key = connection.details().host_key.unwrap();
    assert!(key.authority.is_some());
    connection.close().await;
    // By its alias, which is a name without a port.
    let line = format!("@cert-authority web1 {}", host.public("authority"));
    host.connect(&line, Some("web1"), &person).await.unwrap();
    assert!(person.host_keys().is_empty(), "nobody was asked");
}

#[tokio::test]
async fn a_certificate_for_another_name_or_another_time_is_refused_before_any_secret() {
    let person = Person::trusting(&[]);
    for (words, why) in [
        (&["-n", "web1,web2"][..], "it is for web1, web2"),
        (
            &["-n", "127.0.0.1", "-V", "20200101:20200201"],
            "it has expired",
        ),
        (
            &["-n", "127.0.0.1", "-V", "20900101:20910101"],
            "it is not valid yet",
        ),
    ] {
        let Some(host) = Certified::with(words) else {
            return;
        };
        let line = format!("@cert-authority * {}", host.public("authority"));
        let error = host.connect(&line, None, &person).await.unwrap_err();
        assert_eq!(reason(error), why);
        assert_eq!(host.sshd.attempts(), []);
    }
    assert!(person.host_keys().is_empty());
}

#[tokio::test]
async fn a_revoked_authority_or_key_is_refused_and_one_of_another_host_says_nothing() {
    let Some(host) = Certified::with(&["-n", "127.0.0.1"]) else {
        return;
    };
    let person = Arc::new(Person::default());
    let authority = host.public("authority");
    for revoked in [authority.clone(), host.public("host")] {
        let lines = format!("@cert-authority * {authority}\n@revoked * {revoked}");
        let error = host.connect(&lines, None, &person).await.unwrap_err();
        assert!(
            matches!(error, ConnectError::HostKeyRevoked { .. }),
            "{error}"
        );
    }
    // Not for this host: the bare key is asked about, as OpenSSH does.
    let line = format!("@cert-authority elsewhere {authority}");
    let error = host.connect(&line, None, &person).await.unwrap_err();
    assert!(
        matches!(error, ConnectError::HostKeyRejected { .. }),
        "{error}"
    );
    let asked = person.host_keys();
    assert_eq!(asked.len(), 1);
    assert_eq!(host.sshd.attempts(), []);
}

#[tokio::test]
async fn a_new_key_says_by_which_other_names_it_is_known() {
    let Some(host) = Certified::with(&["-n", "elsewhere"]) else {
        return;
    };
    let person = Arc::new(Person::default());
    let port = host.sshd.address().port();
    let hashed = {
        let path = host.path("hashed");
        fs::write(&path, format!("secret.example {}\n", host.public("host"))).unwrap();
        let mut hash = Command::new("ssh-keygen");
        assert!(
            hash.args(["-q", "-H", "-f"])
                .arg(&path)
                .output()
                .unwrap()
                .status
                .success()
        );
        fs::read_to_string(path).unwrap()
    };
    let lines = format!("old.example,10.0.0.7 {}\n{hashed}", host.public("host"));
    let _ = host.connect(&lines, None, &person).await.unwrap_err();
    let known_as = &person.host_keys()[0].known_as;
    assert_eq!(known_as[0], "old.example,10.0.0.7");
    assert!(known_as[1].starts_with("a hidden name ("), "{known_as:?}");
    // Hashed for this very host it is known.
    let path = host.path("hashed");
    fs::write(
        &path,
        format!("[127.0.0.1]:{port} {}\n", host.public("host")),
    )
    .unwrap();
    let mut hash = Command::new("ssh-keygen");
    assert!(
        hash.args(["-q", "-H", "-f"])
            .arg(&path)
            .output()
            .unwrap()
            .status
            .success()
    );
    let line = fs::read_to_string(path).unwrap();
    assert!(line.starts_with("|1|"), "{line}");
    host.connect(line.trim(), None, &person).await.unwrap();
}
