//! What the tests of this crate share: a person who answers, commands of the catalog, waiting for
//! something to become true without sleeping through a fixed time.

#![expect(dead_code, reason = "each test binary uses its own part")]

pub(crate) mod lab;
#[cfg(unix)]
pub(crate) mod lab_sshd;
#[cfg(unix)]
pub(crate) mod sshd;

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use catalog::{Command, FixedPath, ServerFacts, Source};
use futures::{FutureExt, future::BoxFuture};
use secrecy::SecretString;
use serde_json::Value;
use ssh::{
    Ask, AuthMethod, ConnectError, Connection, Hop, HostKeyQuestion, KnownHosts, Limits,
    PassphraseQuestion, PasswordQuestion, PromptsQuestion, Target,
};

pub(crate) const LIMITS: Limits = Limits {
    timeout: Duration::from_secs(20),
    output_bytes: 1 << 20,
};

/// A person with prepared answers.
#[derive(Default)]
pub(crate) struct Person {
    pub(crate) trusts: bool,
    /// Never answers the host key question.
    pub(crate) is_away: bool,
    /// Never answers the question for a password.
    pub(crate) knows_no_password: bool,
    /// Given one after the other; then the person gives up.
    pub(crate) passwords: Mutex<Vec<&'static str>>,
    pub(crate) passphrases: Mutex<Vec<&'static str>>,
    pub(crate) host_keys: Mutex<Vec<HostKeyQuestion>>,
    pub(crate) asked: Mutex<Vec<PasswordQuestion>>,
    /// Each is answered from `passwords`, prompt by prompt.
    pub(crate) prompted: Mutex<Vec<PromptsQuestion>>,
    pub(crate) withdrawn: Arc<AtomicUsize>,
}

impl Person {
    pub(crate) fn trusting(passwords: &[&'static str]) -> Arc<Self> {
        let passwords = Mutex::new(passwords.to_vec());
        Arc::new(Self {
            trusts: true,
            passwords,
            ..Self::default()
        })
    }

    /// One who knows these passphrases, and nothing else.
    pub(crate) fn unlocking(passphrases: &[&'static str]) -> Arc<Self> {
        let passphrases = Mutex::new(passphrases.to_vec());
        Arc::new(Self {
            passphrases,
            ..Self::default()
        })
    }

    pub(crate) fn passphrases_left(&self) -> usize {
        self.passphrases.lock().unwrap().len()
    }

    pub(crate) fn host_keys(&self) -> Vec<HostKeyQuestion> {
        self.host_keys.lock().unwrap().clone()
    }

    pub(crate) fn prompted(&self) -> Vec<PromptsQuestion> {
        self.prompted.lock().unwrap().clone()
    }

    pub(crate) fn asked(&self) -> Vec<PasswordQuestion> {
        self.asked.lock().unwrap().clone()
    }
}

struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn next(answers: &Mutex<Vec<&'static str>>) -> Option<SecretString> {
    let mut answers = answers.lock().unwrap();
    (!answers.is_empty()).then(|| SecretString::from(answers.remove(0)))
}

impl Ask for Person {
    fn host_key(&self, question: HostKeyQuestion) -> BoxFuture<'_, bool> {
        self.host_keys.lock().unwrap().push(question);
        let open = Counted(Arc::clone(&self.withdrawn));
        async move {
            if self.is_away {
                std::future::pending::<()>().await;
            }
            std::mem::forget(open);
            self.trusts
        }
        .boxed()
    }

    fn password(&self, question: PasswordQuestion) -> BoxFuture<'_, Option<SecretString>> {
        self.asked.lock().unwrap().push(question);
        async {
            if self.knows_no_password {
                std::future::pending::<()>().await;
            }
            next(&self.passwords)
        }
        .boxed()
    }

    fn prompts(&self, question: PromptsQuestion) -> BoxFuture<'_, Option<Vec<SecretString>>> {
        let count = question.prompts.len();
        self.prompted.lock().unwrap().push(question);
        async move { (0..count).map(|_| next(&self.passwords)).collect() }.boxed()
    }

    fn passphrase(&self, _question: PassphraseQuestion) -> BoxFuture<'_, Option<SecretString>> {
        async { next(&self.passphrases) }.boxed()
    }
}

pub(crate) fn target(address: SocketAddr) -> Target {
    named_target(&address.ip().to_string(), address.port(), "ops")
}

pub(crate) fn named_target(host: &str, port: u16, user: &str) -> Target {
    Target {
        server: "web1".to_owned(),
        host: host.to_owned(),
        port,
        user: user.to_owned(),
    }
}

/// Files of a folder of their own.
pub(crate) struct Folder(pub(crate) tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn own(&self) -> PathBuf {
        self.0.path().join("state").join("known_hosts")
    }

    pub(crate) fn other(&self) -> PathBuf {
        self.0.path().join("openssh")
    }

    pub(crate) fn known_hosts(&self) -> KnownHosts {
        KnownHosts::of_files(self.own(), vec![self.other()])
    }
}

pub(crate) async fn connect(
    target: &Target,
    method: &AuthMethod,
    folder: &Folder,
    person: &Arc<Person>,
) -> Result<Connection, ConnectError> {
    let hop = Hop::new(target.clone(), method.clone(), folder.known_hosts());
    let ask = Arc::clone(person);
    let connected = ssh::connect(&hop, None, ask).await;
    connected.map(|connection| connection.witnessed(testkit::anyone()))
}

/// A connection to an honest server, by password.
pub(crate) async fn connected(server: &testkit::server::Server) -> Connection {
    let person = Person::trusting(&["secret"]);
    let target = target(server.address());
    connect(&target, &AuthMethod::Password, &Folder::new(), &person)
        .await
        .unwrap()
}

/// A command of the catalog that takes no input.
pub(crate) fn probe() -> Command {
    ServerFacts::probe()
}

/// The command, or the files, of a query's best variant of that kind.
pub(crate) fn command_of(query: &str) -> Command {
    sources(query)
        .find_map(|source| match source {
            Source::Command(command) => Some(command),
            Source::Files(_) => None,
        })
        .unwrap()
}

pub(crate) fn files_of(query: &str) -> &'static [FixedPath] {
    sources(query)
        .find_map(|source| match source {
            Source::Files(files) => Some(files),
            Source::Command(_) => None,
        })
        .unwrap()
}

fn sources(query: &str) -> impl Iterator<Item = Source> {
    let query = catalog::find(query).unwrap();
    let prepared = query.prepare(&Value::Null).unwrap();
    (0..query.variants().len()).filter_map(move |variant| prepared.source(variant))
}

/// Waits until it is so, looking again and again; fails the test after a minute.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "never so: {what}"
        );
        tokio::task::yield_now().await;
        std::thread::yield_now();
    }
}
