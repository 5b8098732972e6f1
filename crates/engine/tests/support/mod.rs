//! An engine over an empty data folder, and ways to wait for what it does.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test")]

pub(crate) mod machine;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use catalog::Capability;
use engine::{
    Answer, ConnectionState, Engine, JournalEntry, JournalFilter, LiveValue, NewServer, Options,
    Question, Subscription,
};
use secrecy::SecretString;
use store::{Auth, Store};

/// No test waits longer than this for anything.
const PATIENCE: Duration = Duration::from_secs(20);

/// An engine and its data folder.
pub(crate) struct Desk {
    pub(crate) engine: Engine,
    folder: tempfile::TempDir,
}

/// An engine that knows no host key and has no computer of its own.
pub(crate) fn desk() -> Desk {
    desk_over(engine::Keychain::in_memory())
}

/// The same, with an SSH configuration, which is followed.
pub(crate) fn desk_by(ssh_config: std::path::PathBuf) -> Desk {
    let settings = engine::SshSettings::of_file(Some(ssh_config), "ada");
    desk_of(engine::Keychain::in_memory(), settings)
}

/// The same, with a keychain.
pub(crate) fn desk_over(keychain: engine::Keychain) -> Desk {
    desk_of(keychain, engine::SshSettings::of_file(None, "ada"))
}

pub(crate) fn desk_of(keychain: engine::Keychain, ssh_settings: engine::SshSettings) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::new(Options {
        store: Arc::new(Store::open(folder.path()).unwrap()),
        models: engine::Models::new(keychain),
        known_hosts: ssh::KnownHosts::of_files(folder.path().join("known_hosts"), Vec::new()),
        ssh_settings,
        local: Box::new(|| Err(std::io::ErrorKind::Unsupported.into())),
        user: "ada".to_owned(),
        runs_as_root: false,
    })
    .unwrap();
    Desk { engine, folder }
}

impl Desk {
    /// What is left on the disk when the program ends.
    pub(crate) fn end(self) -> tempfile::TempDir {
        self.folder
    }

    /// Saves a server and gives its id.
    pub(crate) fn add(
        &self,
        address: SocketAddr,
        auth: Auth,
        capabilities: Option<Vec<Capability>>,
    ) -> String {
        let new = NewServer {
            name: Some("web".to_owned()),
            host: address.ip().to_string(),
            port: Some(address.port()),
            user: "root".to_owned(),
            auth,
            capabilities,
            ..NewServer::default()
        };
        self.engine.add(new).unwrap().profile.id
    }

    /// Trusts no host key any more.
    pub(crate) fn forget_host_keys(&self) {
        std::fs::remove_file(self.folder.path().join("known_hosts")).unwrap();
    }

    /// Waits until the server's state is one of these.
    pub(crate) async fn until(
        &self,
        id: &str,
        is: impl Fn(&ConnectionState) -> bool,
    ) -> ConnectionState {
        let mut changes = self.engine.changes();
        let reached = async {
            loop {
                changes.mark_unchanged();
                let state = self.engine.server(id).unwrap().state;
                if is(&state) {
                    return state;
                }
                changes.changed().await.unwrap();
            }
        };
        match tokio::time::timeout(PATIENCE, reached).await {
            Ok(state) => state,
            Err(_) => panic!("still {:?}", self.engine.server(id).unwrap().state),
        }
    }

    /// Waits for a question and gives it.
    pub(crate) async fn question(&self, id: &str) -> Question {
        match self
            .until(id, |state| {
                matches!(state, ConnectionState::Question { .. })
            })
            .await
        {
            ConnectionState::Question { question } => question,
            other => panic!("{other:?}"),
        }
    }

    /// Connects, trusting the key and giving the password where they are asked for.
    pub(crate) async fn connect(&self, id: &str, password: &str) {
        let state = self.try_to_connect(id, password).await;
        assert!(
            matches!(state, ConnectionState::Connected { .. }),
            "{state:?}"
        );
    }

    /// The same; gives the state it came to.
    pub(crate) async fn try_to_connect(&self, id: &str, password: &str) -> ConnectionState {
        self.engine.connect(id).unwrap();
        loop {
            let state = self
                .until(id, |state| !matches!(state, ConnectionState::Connecting))
                .await;
            match state {
                ConnectionState::Question { question } => {
                    let answer = match question {
                        Question::HostKey { .. } => Answer::Trust { trust: true },
                        _ => Answer::Secret {
                            secret: SecretString::from(password),
                            keep: false,
                        },
                    };
                    self.engine.answer(id, question.id(), answer).unwrap();
                }
                reached => return reached,
            }
        }
    }
}

/// Waits until the newest value is such.
pub(crate) async fn value(
    subscription: &mut Subscription,
    is: impl Fn(&LiveValue) -> bool,
) -> LiveValue {
    let wait = tokio::time::timeout(PATIENCE, subscription.values.wait_for(|value| is(value)));
    wait.await.unwrap().unwrap().clone()
}

/// Waits until it is so, looking again whenever the runtime has had its turn.
pub(crate) async fn eventually(is: impl Fn() -> bool) {
    let wait = async {
        while !is() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(
        tokio::time::timeout(PATIENCE, wait).await.is_ok(),
        "it never came about"
    );
}

/// What the journal has of a server, newest first.
pub(crate) async fn activity(engine: &Engine, server: &str) -> Vec<JournalEntry> {
    let filter = JournalFilter {
        server: Some(server.to_owned()),
        ..JournalFilter::default()
    };
    engine.activity(filter, 1000).await.unwrap()
}
