//! Ways to servers: the hosts of an SSH configuration, jump hosts and what is shared on the way, against
//! real OpenSSH of this machine.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

#[expect(dead_code, reason = "each test binary uses its own part")]
mod support;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use catalog::arguments::RemotePath;
use engine::{
    Answer, Ask, ConnectionDetails, ConnectionState, Keychain, NewServer, NewTerminal, Question,
    Server, SshSettings, TerminalState,
};
use futures::future::join_all;
use store::Preferences;
use support::{Desk, desk_by, desk_of};
use testkit::sshd::{Sshd, keygen};

/// Hosts of this machine, each with a key of its own that lets in, and the configuration that
/// names them `a`, `b`, `c` ...
struct Network {
    folder: tempfile::TempDir,
    hosts: Vec<Sshd>,
}

impl Network {
    /// `None`, with the reason printed, where this machine has no sshd.
    fn of(count: usize) -> Option<Self> {
        let hosts: Option<Vec<Sshd>> = (0..count).map(|_| Sshd::start(&[])).collect();
        let network = Self {
            folder: tempfile::tempdir().unwrap(),
            hosts: hosts?,
        };
        for (at, host) in network.hosts.iter().enumerate() {
            let key = network.key(at);
            keygen(&["-t", "ed25519", "-N", ""], &key);
            let public = fs::read_to_string(key.with_extension("pub")).unwrap();
            host.authorize(&[public.trim()]);
        }
        Some(network)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn key(&self, at: usize) -> PathBuf {
        self.path(&format!("key-{at}"))
    }

    fn name(at: usize) -> char {
        char::from(b'a' + u8::try_from(at).unwrap())
    }

    /// Writes the configuration; `jump` says through which host each is reached.
    fn configure(&self, jump: impl Fn(usize) -> Option<char>) -> PathBuf {
        let mut text = String::new();
        for (at, host) in self.hosts.iter().enumerate() {
            let (port, key) = (host.address().port(), self.key(at));
            let name = Self::name(at);
            writeln!(
                text,
                "Host {name}\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {}",
                key.display()
            )
            .unwrap();
            if let Some(jump) = jump(at) {
                writeln!(text, "  ProxyJump {jump}").unwrap();
            }
        }
        let known = self.path("known_hosts");
        writeln!(
            text,
            "Host *\n  User {}\n  IdentitiesOnly yes\n  IdentityAgent none\n  UserKnownHostsFile {}\n  \
             GlobalKnownHostsFile none\n  PreferredAuthentications publickey",
            self.hosts[0].user(),
            known.display()
        )
        .unwrap();
        let path = self.path("config");
        fs::write(&path, text).unwrap();
        path
    }

    /// Makes all their keys known, but for those named in `but`, which are known by a wrong one.
    fn make_known(&self, but: &[usize]) {
        let line = |at: usize| {
            let line = self.hosts[at].known_hosts_line();
            if !but.contains(&at) {
                return line;
            }
            let other = self.hosts[(at + 1) % self.hosts.len()].known_hosts_line();
            let (name, _) = line.split_once(' ').unwrap();
            let (_, key) = other.split_once(' ').unwrap();
            format!("{name} {key}")
        };
        let lines: String = (0..self.hosts.len()).map(line).collect();
        fs::write(self.path("known_hosts"), lines).unwrap();
    }

    fn logins(&self, at: usize) -> usize {
        let attempts = self.hosts[at].attempts();
        let accepted = attempts.iter().filter(|attempt| attempt.end == "Accepted");
        accepted.count()
    }
}

fn details(server: &Server) -> &ConnectionDetails {
    match &server.state {
        ConnectionState::Connected { details, .. } => details,
        other => panic!("{other:?}"),
    }
}

async fn connect(desk: &Desk, id: &str) -> Server {
    desk.engine.connect(id).unwrap();
    let is_over = |state: &ConnectionState| {
        matches!(
            state,
            ConnectionState::Connected { .. } | ConnectionState::Failed { .. }
        )
    };
    desk.until(id, is_over).await;
    desk.engine.server(id).unwrap()
}

async fn answers(desk: &Desk, id: &str) {
    let reading = desk.engine.ask(id, "system.identity", Ask::default()).await;
    reading.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_behind_two_others_is_reached_with_a_key_for_each_and_each_asks_in_its_name() {
    let Some(network) = Network::of(3) else {
        return;
    };
    let config = network.configure(|at| at.checked_sub(1).map(Network::name));
    let desk = desk_by(config);
    let ids: Vec<String> = desk
        .engine
        .servers()
        .unwrap()
        .iter()
        .map(|server| server.profile.id.clone())
        .collect();
    assert!(ids.iter().any(|id| id == "ssh:c"), "{ids:?}");

    desk.engine.connect("ssh:c").unwrap();
    let mut hops = Vec::new();
    for _ in 0..3 {
        let question = desk.question("ssh:c").await;
        let Question::HostKey { id, hop, .. } = question else {
            panic!("{question:?}");
        };
        hops.push(hop);
        let trust = Answer::Trust { trust: true };
        desk.engine.answer("ssh:c", &id, trust).unwrap();
    }
    let words = |at: usize| {
        let host = &network.hosts[at];
        format!("{}@127.0.0.1:{}", host.user(), host.address().port())
    };
    assert_eq!(hops, [Some(words(0)), Some(words(1)), None]);
    let is_connected = |state: &ConnectionState| matches!(state, ConnectionState::Connected { .. });
    desk.until("ssh:c", is_connected).await;
    let server = desk.engine.server("ssh:c").unwrap();
    assert_eq!(details(&server).via, [words(0), words(1)]);
    answers(&desk, "ssh:c").await;
    for at in 0..3 {
        assert_eq!(network.logins(at), 1);
        let attempts = network.hosts[at].attempts();
        assert_eq!(attempts.len(), 1, "the right key at once: {attempts:?}");
    }
    desk.engine.disconnect("ssh:c").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_key_on_the_way_stops_everything_before_a_secret_is_sent() {
    let Some(network) = Network::of(3) else {
        return;
    };
    let desk = desk_by(network.configure(|at| at.checked_sub(1).map(Network::name)));
    network.make_known(&[1]);
    let server = connect(&desk, "ssh:c").await;
    let ConnectionState::Failed { error } = &server.state else {
        panic!("{:?}", server.state);
    };
    assert_eq!(error.code, "hostKeyChanged");
    let port = network.hosts[1].address().port().to_string();
    assert!(
        error.message.contains("on the way, at"),
        "{}",
        error.message
    );
    assert!(error.message.contains(&port), "{}", error.message);
    assert_eq!(network.hosts[1].attempts(), []);
    assert_eq!(network.hosts[2].log(), "", "nobody came to the last one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_servers_behind_one_share_one_connection_to_it_with_its_own_session() {
    let Some(network) = Network::of(11) else {
        return;
    };
    let desk = desk_by(network.configure(|at| (at > 0).then_some('a')));
    network.make_known(&[]);
    let ids: Vec<String> = (1..11)
        .map(|at| format!("ssh:{}", Network::name(at)))
        .collect();
    desk.engine.servers().unwrap();
    join_all(ids.iter().map(|id| async {
        details(&connect(&desk, id).await);
        answers(&desk, id).await;
    }))
    .await;
    assert_eq!(network.logins(0), 1);

    // The bastion's own windows use the same connection, and may be closed without harm.
    details(&connect(&desk, "ssh:a").await);
    answers(&desk, "ssh:a").await;
    desk.engine.disconnect("ssh:a").await.unwrap();
    join_all(ids.iter().map(|id| answers(&desk, id))).await;
    assert_eq!(network.logins(0), 1);

    // Nobody needs it any more: it ends, and is made anew for the next.
    join_all(ids.iter().map(|id| desk.engine.disconnect(id))).await;
    details(&connect(&desk, "ssh:b").await);
    assert_eq!(network.logins(0), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_others_go_through_keeps_nothing_of_its_own_open_when_it_is_left() {
    let Some(network) = Network::of(2) else {
        return;
    };
    let desk = desk_by(network.configure(|at| (at > 0).then_some('a')));
    network.make_known(&[]);
    desk.engine.servers().unwrap();
    details(&connect(&desk, "ssh:b").await);
    details(&connect(&desk, "ssh:a").await);
    let terminal = NewTerminal {
        columns: 80,
        rows: 24,
        folder: None,
        shell: None,
    };
    desk.engine.open_terminal("ssh:a", terminal).await.unwrap();
    let is_running = || {
        let all = desk.engine.terminals();
        matches!(all[0].state, TerminalState::Running)
    };
    assert!(is_running());
    let files = desk.engine.files("ssh:a").await.unwrap();
    let etc = RemotePath::from_bytes(b"/etc").unwrap();
    let look = || files.infos(std::slice::from_ref(&etc));
    look().await.unwrap();
    desk.engine.disconnect("ssh:a").await.unwrap();
    // The line stands, but not for them, also when it is connected again.
    assert_eq!(look().await.unwrap_err().code(), "lost");
    details(&connect(&desk, "ssh:a").await);
    assert_eq!(look().await.unwrap_err().code(), "lost");
    let limit = Instant::now() + Duration::from_secs(60);
    while is_running() || has_shell(&network.hosts[0].log()) {
        assert!(Instant::now() < limit, "its shell still runs");
        tokio::task::yield_now().await;
    }
    answers(&desk, "ssh:b").await;
}

#[tokio::test]
async fn hosts_of_the_configuration_come_and_go_with_it_and_a_broken_one_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config");
    fs::write(&config, "Host one two *.pattern\n  Port 2022\n").unwrap();
    let desk = desk_by(config.clone());
    let names = |desk: &Desk| -> Vec<String> {
        let servers = desk.engine.servers().unwrap();
        let listed = servers.into_iter().filter(|server| server.origin.is_some());
        listed.map(|server| server.profile.name).collect()
    };
    assert_eq!(names(&desk), ["one", "two"]);
    let origin = desk.engine.server("ssh:one").unwrap().origin.unwrap();
    assert!(origin.ends_with("config line 1"), "{origin}");

    write_anew(&config, "Host two three\n  Nonsense yes\n");
    assert_eq!(names(&desk), ["three", "two"]);
    let server = connect(&desk, "ssh:three").await;
    let ConnectionState::Failed { error } = &server.state else {
        panic!("{:?}", server.state);
    };
    assert_eq!(error.code, "noWay");
    assert!(error.message.contains("config line 2"), "{}", error.message);
    // One that failed stays until a person has seen it.
    write_anew(&config, "Host two\n  ProxyCommand nc %h %p\n");
    assert_eq!(names(&desk), ["three", "two"]);
    desk.engine.disconnect("ssh:three").await.unwrap();
    let server = connect(&desk, "ssh:two").await;
    let ConnectionState::Failed { error } = &server.state else {
        panic!("{:?}", server.state);
    };
    assert!(error.message.contains("ProxyCommand"), "{}", error.message);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_of_the_configuration_is_run_only_for_who_agreed_to_it() {
    let Some(network) = Network::of(1) else {
        return;
    };
    network.make_known(&[]);
    let config = network.configure(|_| None);
    let text = fs::read_to_string(&config).unwrap();
    let block = "Match host a exec \"at home %n\"\n  HostKeyAlias [127.0.0.1]:1\n";
    fs::write(&config, format!("{block}{text}")).unwrap();
    let ran = Arc::new(Mutex::new(Vec::new()));
    let shell = Arc::clone(&ran);
    let settings = SshSettings::of_file(Some(config), "ada").with_shell(Box::new(move |command| {
        shell.lock().unwrap().push(command.to_owned());
        Some(true)
    }));
    let desk = desk_of(Keychain::in_memory(), settings);
    desk.engine.servers().unwrap();
    let server = connect(&desk, "ssh:a").await;
    let unheeded = details(&server).unheeded.join("; ");
    assert!(unheeded.contains("Match exec"), "{unheeded}");
    desk.engine.disconnect("ssh:a").await.unwrap();
    assert_eq!(*ran.lock().unwrap(), Vec::<String>::new());

    let agreed = Preferences {
        match_exec: true,
        ..Preferences::default()
    };
    desk.engine.save_preferences(&agreed).unwrap();
    // The block applies, and gives a name that no key is known by.
    desk.engine.connect("ssh:a").unwrap();
    let question = desk.question("ssh:a").await;
    assert!(matches!(question, Question::HostKey { .. }), "{question:?}");
    assert_eq!(*ran.lock().unwrap(), ["at home a"]);
    desk.engine.disconnect("ssh:a").await.unwrap();

    // A name of a profile that a shell would take for more is in no command line.
    for user in ["$(id)", "a;id", "`id`", "-l", "a b", "a'b"] {
        let new = NewServer {
            host: "a".to_owned(),
            user: user.to_owned(),
            ..NewServer::default()
        };
        let id = desk.engine.add(new).unwrap().profile.id;
        connect(&desk, &id).await;
        desk.engine.disconnect(&id).await.unwrap();
    }
    assert_eq!(ran.lock().unwrap().len(), 1, "{ran:?}");
}

/// Whether a shell runs, as sshd's log has it: `Starting session: shell on pts/1 for .. id 0` and
/// `Close session: .. id 0`.
fn has_shell(log: &str) -> bool {
    let mut shells = Vec::new();
    for line in log.lines() {
        let (start, id) = line.rsplit_once(" id ").unwrap_or_default();
        if start.starts_with("Starting session: shell on") {
            shells.push(id);
        } else if start.starts_with("Close session:") {
            shells.retain(|shell| *shell != id);
        }
    }
    !shells.is_empty()
}

/// Puts another file in its place, which is seen whatever the clock's grain.
fn write_anew(path: &Path, text: &str) {
    let beside = path.with_extension("new");
    fs::write(&beside, text).unwrap();
    fs::rename(&beside, path).unwrap();
}
