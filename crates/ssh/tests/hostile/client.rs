//! The client in a process of its own, and what it says of a server.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::arguments::RemotePath;
use serde::{Deserialize, Serialize};
use ssh::{AuthMethod, Connection, Hop, Limits, Start, Timeouts, Window};
use testkit::{
    hostile::{Case, Hostile},
    own_process,
};

use crate::support::{Folder, Person, files_of, probe, target};

/// What a hostile server may make a client take above what it takes at rest.
const CEILING_KIB: u64 = 64 << 10;
/// No client takes longer, whatever it meets; a million names take some time.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long a connection is watched that ought to end.
const STAYS: Duration = Duration::from_secs(60);
/// Names of one folder that are taken: if they were held, it would show.
const MOST_NAMES: usize = 1_000_000;
/// What a command may print.
const OUTPUT_BYTES: usize = 1 << 20;

/// What the client is to do once it is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Work {
    /// Run a command, for three seconds at most.
    Run,
    /// Stay until the connection ends, for a while at most.
    Stay,
    /// Begin a shell.
    Shell,
    /// List a folder of at most a million names.
    List,
    /// Ask for the home folder, and where a link leads.
    Look,
    /// Read a fixed file, for three seconds at most.
    Read,
}

/// What the process is told.
#[derive(Debug, Serialize, Deserialize)]
struct Task {
    address: SocketAddr,
    /// For each step of connecting.
    step_ms: u64,
    /// The person never answers the question for a password.
    is_away: bool,
    work: Work,
}

/// What it says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Said {
    /// How it went, in the words that a person would see.
    pub(crate) words: String,
    /// How long that took.
    pub(crate) took_ms: u64,
    /// Memory that it took at most above what it took before it connected; `None`: not known here.
    grew_kib: Option<u64>,
}

/// How the client meets the server.
#[derive(Clone, Copy)]
pub(crate) struct Meeting {
    pub(crate) step: Duration,
    pub(crate) is_away: bool,
    pub(crate) work: Work,
}

/// With all the time that an honest step takes on a busy machine.
pub(crate) fn doing(work: Work) -> Meeting {
    Meeting {
        step: Duration::from_secs(20),
        is_away: false,
        work,
    }
}

/// A client meets a server; the words must be in what it says, and the memory must hold.
pub(crate) async fn meet(case: Case, meeting: Meeting, words: &str) -> Said {
    let server = Hostile::start(case).await;
    let task = Task {
        address: server.address(),
        step_ms: u64::try_from(meeting.step.as_millis()).unwrap(),
        is_away: meeting.is_away,
        work: meeting.work,
    };
    let task = serde_json::to_value(task).unwrap();
    let name = "client::a_client_in_a_process_of_its_own";
    let said = own_process::run(name, &task, PATIENCE).await;
    let said: Said = serde_json::from_value(said).unwrap();
    eprintln!("{case:?}: {said:?}");
    assert!(said.words.contains(words), "{case:?}: {said:?}");
    if let Some(grew_kib) = said.grew_kib {
        assert!(grew_kib < CEILING_KIB, "{case:?}: {said:?}");
    }
    assert_eq!(server.connections(), 1, "{case:?}: it connected again");
    said
}

#[test]
#[ignore = "the other tests run it, each time in a process of its own"]
fn a_client_in_a_process_of_its_own() {
    let Some(task) = own_process::task() else {
        return;
    };
    let task: Task = serde_json::from_value(task).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let said = runtime.block_on(async {
        let before = own_process::memory_kib();
        let begun = Instant::now();
        let words = tokio::spawn(go(task)).await.unwrap();
        let after = own_process::memory_kib();
        let grown = before.zip(after);
        Said {
            words,
            took_ms: u64::try_from(begun.elapsed().as_millis()).unwrap(),
            grew_kib: grown.map(|((rest, _), (_, most))| most.saturating_sub(rest)),
        }
    });
    own_process::say(&serde_json::to_value(said).unwrap());
    runtime.shutdown_background();
}

async fn go(task: Task) -> String {
    let step = Duration::from_millis(task.step_ms);
    let timeouts = Timeouts {
        connect: step,
        banner: step,
        key_exchange: step,
        authentication: step,
    };
    let person = Person {
        trusts: true,
        knows_no_password: task.is_away,
        ..Person::default()
    };
    person.passwords.lock().unwrap().extend(["secret"; 20]);
    let known = Folder::new();
    let hop = Hop {
        timeouts,
        ..Hop::new(
            target(task.address),
            AuthMethod::Password,
            known.known_hosts(),
        )
    };
    match ssh::connect(&hop, None, Arc::new(person)).await {
        Ok(connection) => work(&connection.witnessed(testkit::anyone()), task.work).await,
        Err(error) => format!("not connected: {error}"),
    }
}

async fn work(connection: &Connection, work: Work) -> String {
    let short = Duration::from_secs(3);
    match work {
        Work::Run => {
            let limits = Limits {
                timeout: short,
                output_bytes: OUTPUT_BYTES,
            };
            match connection.exec(&probe(), None, &limits).await {
                Ok(output) => format!("ok: {}", String::from_utf8_lossy(&output.stdout)),
                Err(error) => format!("not run: {error}"),
            }
        }
        Work::Stay => match tokio::time::timeout(STAYS, connection.closed()).await {
            Ok(closed) => format!("closed: {closed}"),
            Err(_) => "it is still open".to_owned(),
        },
        Work::Shell => {
            let window = Window {
                columns: 80,
                rows: 24,
            };
            match connection.shell(Start::LoginShell, window).await {
                Ok(_) => "ok".to_owned(),
                Err(error) => format!("no shell: {error}"),
            }
        }
        Work::List => list(connection).await,
        Work::Look => {
            let files = match connection.files().await {
                Ok(files) => files,
                Err(error) => return format!("no files: {error}"),
            };
            let (home, link) = (files.home().await, files.read_link(&folder()).await);
            format!(
                "home: {:?}, link of {} bytes",
                home.map_err(|error| error.to_string()),
                link.map_or(0, |link| link.len())
            )
        }
        Work::Read => match connection.read_files(files_of("system.load"), short).await {
            Ok(_) => "ok".to_owned(),
            Err(error) => format!("not read: {error}"),
        },
    }
}

fn folder() -> RemotePath {
    RemotePath::try_from("/f".to_owned()).unwrap()
}

async fn list(connection: &Connection) -> String {
    let files = match connection.files().await {
        Ok(files) => files,
        Err(error) => return format!("no files: {error}"),
    };
    let mut folder = match files.folder(&folder()).await {
        Ok(folder) => folder,
        Err(error) => return format!("not opened: {error}"),
    };
    let mut count = 0;
    loop {
        match folder.next().await {
            Ok(Some(names)) => count += names.len(),
            Ok(None) => return format!("ok: {count} names"),
            Err(error) => return format!("not listed: {error}"),
        }
        if count > MOST_NAMES {
            return format!("more than {MOST_NAMES} names");
        }
    }
}
