//! A real OpenSSH server in a network of its own, at the end of a line that can be cut. Linux, as root.
//!
//! Invariant: what it makes (a network namespace, a pair of interfaces, a route) bears a name of its
//! own and is gone when the value is dropped; nothing that is sent to it ever leaves this machine.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::sshd::{attempts, keygen};

const PROGRAM: &str = "/usr/sbin/sshd";
const PORT: u16 = 22;
/// Networks of eight addresses in 10.213.0.0/16.
const NETWORKS: u32 = 8192;

/// A server and the line to it.
pub struct Far {
    folder: tempfile::TempDir,
    /// Of the namespace and of the near interface.
    name: String,
    /// The network's first address.
    network: u32,
    server: Option<Child>,
    log: Arc<Mutex<String>>,
}

impl Far {
    /// A server that `root` gets into by the key of [`Self::key`]; `None`, with the reason printed,
    /// where this machine cannot have one.
    ///
    /// # Panics
    /// Where the network or the server cannot be made.
    #[must_use]
    pub fn start() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let lacks = |what: &str| eprintln!("skipped: {what}");
        if !Path::new(PROGRAM).exists() {
            lacks("there is no sshd");
            return None;
        }
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let process = std::process::id();
        let far = Self {
            folder: tempfile::tempdir().expect("a folder"),
            name: format!("cut{process}x{number}"),
            network: u32::from(Ipv4Addr::new(10, 213, 0, 0))
                + 8 * ((process.wrapping_mul(16) + number) % NETWORKS),
            server: None,
            log: Arc::default(),
        };
        let made = Command::new("ip")
            .args(["netns", "add", &far.name])
            .output();
        match made {
            Ok(made) if made.status.success() => {}
            _ => {
                lacks("network namespaces are not to be had");
                return None;
            }
        }
        Some(far.with_network().with_server())
    }

    fn with_network(self) -> Self {
        let name = &self.name;
        let near = self.subnet(1);
        let network = format!("{}/29", Ipv4Addr::from(self.network));
        // Whatever becomes of the line, no other way leads there.
        ip(&format!("route add unreachable {network} metric 9000"));
        ip(&format!(
            "link add {name} type veth peer name far netns {name}"
        ));
        ip(&format!("addr add {near} dev {name}"));
        ip(&format!("link set {name} up"));
        ip(&format!("-n {name} addr add {} dev far", self.subnet(2)));
        ip(&format!("-n {name} link set lo up"));
        self.mend();
        self
    }

    fn with_server(mut self) -> Self {
        // Where it runs as root it wants this folder, which its service makes.
        let _ = fs::create_dir_all("/run/sshd");
        keygen(&["-t", "ed25519", "-N", ""], &self.path("host_key"));
        keygen(&["-t", "ed25519", "-N", ""], &self.key());
        let folder = self.folder.path().display();
        let config = format!(
            "Port {PORT}\nListenAddress 0.0.0.0\nHostKey {folder}/host_key\n\
             AuthorizedKeysFile {folder}/authorized_keys\nPidFile none\nStrictModes no\nUsePAM no\n\
             PermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n\
             LogLevel VERBOSE\nUseDNS no\nSubsystem sftp internal-sftp\n"
        );
        fs::write(self.path("config"), config).expect("a file");
        self.authorize(true);
        self.start_server();
        self
    }

    /// Where the server listens when it is started.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.at(2), PORT)
    }

    /// Where it listens after [`Self::move_server`].
    #[must_use]
    pub fn new_address(&self) -> SocketAddr {
        SocketAddr::new(self.at(4), PORT)
    }

    /// The private key that gets in.
    #[must_use]
    pub fn key(&self) -> PathBuf {
        self.path("key")
    }

    /// A file of its folder, in which a test may put its own.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lets the key get in, or no longer.
    ///
    /// # Panics
    /// Where a file cannot be read or written.
    pub fn authorize(&self, is_welcome: bool) {
        let key = fs::read_to_string(self.key().with_extension("pub")).expect("its key");
        let lines = if is_welcome { key } else { String::new() };
        fs::write(self.path("authorized_keys"), lines).expect("a file");
    }

    /// Nothing goes over the line any more, and nobody is told.
    pub fn cut(&self) {
        ip(&format!("-n {} link set far down", self.name));
    }

    /// The line is as before.
    pub fn mend(&self) {
        ip(&format!("-n {} link set far up", self.name));
    }

    /// The server cannot reach itself by its own loopback addresses, or can again: whoever is behind
    /// it there is away.
    pub fn cut_within(&self, is_cut: bool) {
        let to = if is_cut { "down" } else { "up" };
        ip(&format!("-n {} link set lo {to}", self.name));
    }

    /// This side of the line has another address, and its old one no more.
    pub fn move_client(&self) {
        let name = &self.name;
        ip(&format!("addr del {} dev {name}", self.subnet(1)));
        ip(&format!("addr add {} dev {name}", self.subnet(3)));
    }

    /// The server has another address, and its old one no more.
    pub fn move_server(&self) {
        let name = &self.name;
        ip(&format!("-n {name} addr del {} dev far", self.subnet(2)));
        ip(&format!("-n {name} addr add {} dev far", self.subnet(4)));
    }

    /// Starts the server again, and waits until it listens.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn start_server(&mut self) {
        let mut server = Command::new("ip")
            .args(["netns", "exec", &self.name, PROGRAM, "-D", "-e", "-f"])
            .arg(self.path("config"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("sshd starts");
        let said = server.stderr.take().expect("it is piped");
        self.server = Some(server);
        let mut lines = BufReader::new(said).lines().map_while(Result::ok);
        let log = Arc::clone(&self.log);
        let note = move |line: &str| {
            let mut log = log.lock().expect("no panic");
            log.push_str(line.trim_end());
            log.push('\n');
        };
        let listens = lines.by_ref().any(|line| {
            note(&line);
            line.contains("Server listening on")
        });
        assert!(listens, "sshd did not start: {}", self.log());
        std::thread::spawn(move || lines.for_each(|line| note(&line)));
    }

    /// Nobody is let in any more; who is, stays.
    pub fn stop_listening(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = server.kill();
            let _ = server.wait();
        }
    }

    /// Ends the server and all its sessions.
    pub fn stop_server(&mut self) {
        self.end(&self.processes());
        self.stop_listening();
    }

    /// Ends all sessions; the server goes on.
    pub fn end_sessions(&self) {
        let server = self.server.as_ref().map(|server| server.id().to_string());
        let mut sessions = self.processes();
        sessions.retain(|process| Some(process) != server.as_ref());
        self.end(&sessions);
    }

    /// All that the server has logged.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn log(&self) -> String {
        self.log.lock().expect("no panic").clone()
    }

    /// Connections that have reached the server.
    #[must_use]
    pub fn connections(&self) -> usize {
        let log = self.log();
        let begins = |line: &&str| line.starts_with("Connection from ");
        log.lines().filter(begins).count()
    }

    /// Logins that succeeded.
    #[must_use]
    pub fn logins(&self) -> usize {
        self.ends("Accepted")
    }

    /// Logins that were refused.
    #[must_use]
    pub fn refusals(&self) -> usize {
        self.ends("Failed")
    }

    fn ends(&self, end: &str) -> usize {
        let attempts = attempts(&self.log());
        attempts.iter().filter(|attempt| attempt.end == end).count()
    }

    fn processes(&self) -> Vec<String> {
        let listed = run(Command::new("ip").args(["netns", "pids", &self.name]));
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        listed.lines().map(|line| line.trim().to_owned()).collect()
    }

    fn end(&self, processes: &[String]) {
        if !processes.is_empty() {
            // One that has ended by itself meanwhile is no matter.
            let _ = Command::new("kill").arg("-9").args(processes).output();
        }
    }

    fn at(&self, number: u32) -> IpAddr {
        Ipv4Addr::from(self.network + number).into()
    }

    fn subnet(&self, number: u32) -> String {
        format!("{}/29", self.at(number))
    }
}

impl Drop for Far {
    fn drop(&mut self) {
        self.stop_server();
        let network = format!("{}/29", Ipv4Addr::from(self.network));
        for words in [
            format!("link del {}", self.name),
            format!("netns del {}", self.name),
            format!("route del unreachable {network} metric 9000"),
        ] {
            // What was not made cannot be removed.
            let _ = Command::new("ip").args(words.split(' ')).output();
        }
    }
}

fn ip(words: &str) {
    let done = run(Command::new("ip").args(words.split(' ')));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "ip {words}: {said}");
}

fn run(command: &mut Command) -> Output {
    command.output().expect("it runs")
}
