//! The matrix of permissions: every operation of the API, whatever a profile grants. What is refused is
//! refused with 403 and by name, and the server hears nothing of it.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[path = "permissions/table.rs"]
mod table;

mod support;

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use catalog::{Capability, Mode, QUERIES};
use engine::{Answer, ConnectionState, NewServer, ServerChange};
use futures::{StreamExt, stream};
use serde_json::Value;
use support::{Running, start, status};
use table::{Needs, Row, rows};
use testkit::server::{Answer as Reply, Behaviour, Server, echo};

const PATIENCE: Duration = Duration::from_secs(60);
const AT_ONCE: usize = 16;

/// A program, a server that it is connected to with a terminal open, and another one.
struct Desk {
    running: Running,
    server: Server,
    sftp: Arc<AtomicUsize>,
    id: String,
    terminal: String,
}

/// What a server has heard.
type Heard = (usize, usize, usize, usize);

impl Desk {
    async fn new() -> Self {
        let sftp = Arc::new(AtomicUsize::new(0));
        let asked = Arc::clone(&sftp);
        let behaviour = Behaviour {
            open: true,
            ..Behaviour::default()
        };
        let behaviour = behaviour
            .with_shell(echo())
            .serving(&[("/etc/a", b"text")])
            .answering_sftp(move |_| {
                asked.fetch_add(1, Ordering::SeqCst);
                None
            })
            .answering(|_| {
                Reply::printing("os=Linux\nuid=0\ninit=systemd\ndocker\njournalctl\ntail\nping\n")
            });
        let server = Server::start(behaviour).await;
        let running = start().await;
        let add = |name: &str| NewServer {
            name: Some(name.to_owned()),
            host: "127.0.0.1".to_owned(),
            port: Some(server.address().port()),
            user: "root".to_owned(),
            ..NewServer::default()
        };
        let id = running.engine.add(add("web")).unwrap().profile.id;
        running.engine.add(add("other")).unwrap();
        let mut desk = Self {
            running,
            server,
            sftp,
            id,
            terminal: String::new(),
        };
        desk.grants(Capability::ALL);
        desk.connect().await;
        let new = serde_json::from_str(r#"{"columns":80,"rows":24}"#).unwrap();
        let terminal = desk.running.engine.open_terminal(&desk.id, new).await;
        desk.terminal = terminal.unwrap().id;
        desk
    }

    fn grants(&self, capabilities: &[Capability]) {
        let change = ServerChange {
            capabilities: Some(capabilities.to_vec()),
            ..ServerChange::default()
        };
        self.running.engine.change(&self.id, change).unwrap();
    }

    async fn connect(&self) {
        let engine = &self.running.engine;
        let mut changes = engine.changes();
        engine.connect(&self.id).unwrap();
        let connected = async {
            loop {
                changes.mark_unchanged();
                match engine.server(&self.id).unwrap().state {
                    ConnectionState::Connected { .. } => return,
                    ConnectionState::Question { question } => {
                        let trust = Answer::Trust { trust: true };
                        engine.answer(&self.id, question.id(), trust).unwrap();
                    }
                    ConnectionState::Failed { error } => panic!("{error:?}"),
                    _ => changes.changed().await.unwrap(),
                }
            }
        };
        tokio::time::timeout(PATIENCE, connected).await.unwrap();
    }

    fn heard(&self) -> Heard {
        let seen = self.server.seen();
        (
            seen.connections(),
            seen.opened_channels(),
            seen.commands().len(),
            self.sftp.load(Ordering::SeqCst),
        )
    }

    async fn ask(&self, row: &Row) -> String {
        let path = row
            .path
            .replace("{server}", &self.id)
            .replace("{terminal}", &self.terminal);
        let body = row.body.replace("ID", &self.id);
        let path = format!("{path}{}", row.query);
        let headers = [("cookie", self.running.cookie.as_str())];
        let method = row.method.to_uppercase();
        let answer = self.running.request(&method, &path, &headers, &body);
        tokio::time::timeout(PATIENCE, answer).await.unwrap()
    }
}

/// None, each alone, all but each, the modes, all.
fn sets() -> Vec<Vec<Capability>> {
    let all = Capability::ALL;
    let alone = all.iter().map(|one| vec![*one]);
    let without = |one: &Capability| all.iter().copied().filter(|other| other != one).collect();
    [Vec::new()]
        .into_iter()
        .chain(alone)
        .chain(all.iter().map(without))
        .chain(Mode::ALL.map(Mode::capabilities))
        .chain([all.to_vec()])
        .collect()
}

#[test]
fn each_operation_of_the_document_has_a_row() {
    let document: Value = serde_json::from_str(&headlessos_http::openapi()).unwrap();
    let paths = document.get("paths").unwrap().as_object().unwrap();
    let documented: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, operations)| {
            let methods = operations.as_object().unwrap().keys();
            methods.map(|method| (method.clone(), path.clone()))
        })
        .collect();
    let listed = rows()
        .into_iter()
        .map(|row| (row.method.to_owned(), row.path))
        .collect();
    let missing: Vec<_> = documented.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&documented).collect();
    assert!(missing.is_empty(), "say what these take: {missing:?}");
    assert!(gone.is_empty(), "there are no such operations: {gone:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_granted_is_refused_by_name_and_the_server_hears_nothing() {
    let desk = Desk::new().await;
    let rows = rows();
    let mut refused = 0;
    for set in sets() {
        desk.grants(&set);
        // The hang-up of the terminal, where it was the first set without one.
        let settled = async {
            while desk.running.engine.terminals()[0].state == engine::TerminalState::Running
                && !set.contains(&Capability::TerminalOpen)
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, settled).await.unwrap();
        let before = desk.heard();
        let lacking = rows.iter().filter_map(|row| match &row.needs {
            Needs::All(needs) => {
                let lacks = needs.iter().filter(|need| !set.contains(need));
                let lacks: Vec<&str> = lacks.map(|need| need.name()).collect();
                (!lacks.is_empty()).then_some((row, lacks))
            }
            Needs::Nothing => None,
        });
        let asked: Vec<_> = stream::iter(lacking)
            .map(|(row, lacks)| {
                let desk = &desk;
                async move { (row, lacks, desk.ask(row).await) }
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        for (row, lacks, answer) in &asked {
            let which = format!("{} {} with {set:?}: {answer}", row.method, row.path);
            assert_eq!(status(answer), 403, "{which}");
            assert!(answer.contains(r#""code":"denied""#), "{which}");
            assert!(lacks.iter().any(|lack| answer.contains(lack)), "{which}");
        }
        refused += asked.len();
        assert_eq!(
            desk.heard(),
            before,
            "with {set:?} the server heard something"
        );
    }
    assert!(refused > 5_000, "only {refused} refusals were looked at");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_granted_is_not_refused_with_just_that() {
    let desk = Desk::new().await;
    for row in rows() {
        let Needs::All(needs) = &row.needs else {
            continue;
        };
        desk.grants(needs);
        let answer = desk.ask(&row).await;
        let which = format!("{} {} with {needs:?}: {answer}", row.method, row.path);
        assert_ne!(status(&answer), 403, "{which}");
        // A terminal tells that its shell was hung up.
        let tells = row.path.contains("/terminals/") || !answer.contains(r#""code":"denied""#);
        assert!(tells, "{which}");
    }
    assert!(desk.heard().1 > 10, "the server was asked");
}

#[tokio::test]
async fn connecting_takes_a_look_at_the_server() {
    let desk = Desk::new().await;
    let engine = &desk.running.engine;
    let change = ServerChange {
        capabilities: Some(Capability::ALL[1..].to_vec()),
        ..ServerChange::default()
    };
    engine.change("other", change).unwrap();
    let before = desk.heard();
    engine.connect("other").unwrap();
    let mut changes = engine.changes();
    let failed = async {
        loop {
            changes.mark_unchanged();
            match engine.server("other").unwrap().state {
                ConnectionState::Failed { error } => return error,
                _ => changes.changed().await.unwrap(),
            }
        }
    };
    let error = tokio::time::timeout(PATIENCE, failed).await.unwrap();
    assert_eq!(error.code, "denied");
    assert!(error.message.contains("system.read"), "{error:?}");
    let looked = engine.reachability(&["other".to_owned()]).await.unwrap();
    assert!(looked[0].detail.contains("system.read"), "{looked:?}");
    assert_eq!(desk.heard(), before);
}

#[tokio::test]
async fn subscribing_takes_what_asking_takes() {
    let desk = Desk::new().await;
    let subscribe = |query: &str| {
        let every = Duration::from_secs(3600);
        let engine = &desk.running.engine;
        engine
            .subscribe(&desk.id, query, Value::Null, every)
            .map(drop)
    };
    for set in sets() {
        desk.grants(&set);
        for query in QUERIES {
            let code = subscribe(query.id()).err().map(|error| error.code());
            let granted = set.contains(&query.capability());
            assert_eq!(code == Some("denied"), !granted, "{} {set:?}", query.id());
        }
    }
}
