//! The real program, serving, with its log at the finest level; asked over its own API, and every
//! answer kept.

use std::{
    cell::{Ref, RefCell},
    fs::File,
    io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _},
    net::TcpStream,
    os::unix::process::ExitStatusExt as _,
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Resource, Rlimit, prlimit};
use serde_json::json;
use testkit::lab::Host;

use crate::PATIENCE;

pub(crate) type Json = serde_json::Value;

/// A route that streams without an end is read for this long.
const READING: Duration = Duration::from_secs(20);

/// Nearly the largest text that is taken.
const LARGE: usize = 22 << 20;

pub(crate) struct Program {
    child: Child,
    stdout: BufReader<ChildStdout>,
    port: u16,
    cookie: String,
    launch: String,
    folder: tempfile::TempDir,
    answers: RefCell<Vec<(String, Vec<u8>)>>,
    /// Connections that are left open, as a browser leaves them.
    open: RefCell<Vec<TcpStream>>,
}

impl Program {
    /// Starts it with a home, a data folder and a working folder of its own, without an agent and a
    /// keychain. The system is asked to write a core file should it crash.
    pub(crate) fn start(log_level: &str) -> Self {
        Self::start_on(log_level, 0)
    }

    /// The same on a port, or on the next one that it takes; 0: on any.
    pub(crate) fn start_on(log_level: &str, port: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let mut child = with_core_file(env!("CARGO_BIN_EXE_headlessos"), folder.path())
            .args(["serve", "--no-open", "--json", "--port"])
            .args([&port.to_string(), "--data-dir"])
            .arg(folder.path().join("data"))
            .env("HEADLESSOS_LOG", log_level)
            .env("RUST_BACKTRACE", "full")
            .env("HOME", folder.path().join("home"))
            .env_remove("SSH_AUTH_SOCK")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("XDG_RUNTIME_DIR")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let said: Json = serde_json::from_str(&line).unwrap();
        let url = said["launchUrl"].as_str().unwrap();
        let (address, launch) = url.split_once("/#launch=").unwrap();
        let mut program = Self {
            child,
            stdout,
            port: address.rsplit(':').next().unwrap().parse().unwrap(),
            cookie: String::new(),
            launch: launch.to_owned(),
            folder,
            answers: RefCell::default(),
            open: RefCell::default(),
        };
        let body = json!({ "secret": launch }).to_string();
        let answer = program.send("POST", "/api/session", &body, "close").0;
        let answer = String::from_utf8(answer).unwrap();
        let cookie = answer
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "));
        program.cookie = cookie.unwrap().split(';').next().unwrap().to_owned();
        program
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// What lets somebody in: its cookie and the secret of its launch address.
    pub(crate) fn keys(&self) -> [&str; 2] {
        [
            self.cookie.split('=').next_back().unwrap_or_default(),
            &self.launch,
        ]
    }

    /// Kills it, so that it can put nothing in order.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Where its data and its log are.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Every answer so far, with its path.
    pub(crate) fn answers(&self) -> Ref<'_, Vec<(String, Vec<u8>)>> {
        self.answers.borrow()
    }

    /// Does something to it, again and again, until it has ended by a signal; gives how it ended and
    /// what it wrote to its standard output.
    pub(crate) fn crash(&mut self, mut deed: impl FnMut(&Self)) -> (ExitStatus, String) {
        let end = Instant::now() + PATIENCE;
        let ended = loop {
            if let Some(ended) = self.child.try_wait().unwrap() {
                break ended;
            }
            assert!(Instant::now() < end, "it goes on");
            deed(self);
            std::thread::yield_now();
        };
        assert!(ended.signal().is_some(), "{ended}");
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        (ended, rest)
    }

    /// Gives it no more address space than it has by now.
    pub(crate) fn give_no_more_memory(&self) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let size = status
            .lines()
            .find_map(|line| line.strip_prefix("VmSize:"))
            .unwrap();
        let size = 1024 * size.trim().trim_end_matches(" kB").parse::<u64>().unwrap();
        let limit = Rlimit {
            current: Some(size),
            maximum: Some(size),
        };
        let pid = Pid::from_raw(i32::try_from(self.id()).unwrap());
        prlimit(pid, Resource::As, limit).unwrap();
    }

    /// Sends the most of a large text that is never finished, so that it is kept in memory. The program
    /// may end meanwhile.
    pub(crate) fn begin_to_save(&self, server: &str) {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return;
        };
        let head = format!(
            "PUT /api/servers/{server}/files/text?path=/tmp/never HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\
             cookie: {}\r\ncontent-length: {}\r\n\r\n",
            self.port,
            self.cookie,
            LARGE + 1
        );
        let _gone = stream.write_all(head.as_bytes());
        let _gone = stream.write_all(&vec![b'x'; LARGE]);
        self.open.borrow_mut().push(stream);
    }

    /// Saves a server; gives its id.
    pub(crate) fn add(&self, host: &Host, user: &str, auth: &Json) -> String {
        let server = json!({ "host": host.address, "port": host.port, "user": user, "auth": auth });
        let added = self.post("/api/servers", &server);
        added["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn get(&self, path: &str) -> Json {
        self.parsed(&self.send("GET", path, "", "close").0)
    }

    pub(crate) fn post(&self, path: &str, body: &Json) -> Json {
        self.parsed(&self.send("POST", path, &body.to_string(), "close").0)
    }

    /// Saves a file of a server.
    pub(crate) fn save(&self, server: &str, file: &str, text: &str) -> Json {
        let path = format!("/api/servers/{server}/files/text?path={file}");
        self.parsed(&self.send("PUT", &path, text, "close").0)
    }

    /// What is in a file of a server, and the head of the answer.
    pub(crate) fn read(&self, server: &str, file: &str) -> String {
        let path = format!("/api/servers/{server}/files/text?path={file}");
        String::from_utf8(self.send("GET", &path, "", "close").0).unwrap()
    }

    /// Posts on a connection that stays open.
    pub(crate) fn post_and_stay(&self, path: &str, body: &Json) {
        let (_, stream) = self.send("POST", path, &body.to_string(), "keep-alive");
        self.open.borrow_mut().push(stream);
    }

    /// Every route of the document that gives something, for each of the servers.
    pub(crate) fn get_everything(&self, servers: &[String]) {
        let document = self.get("/api/openapi.json");
        let paths = document["paths"].as_object().unwrap();
        let mut asked = 0;
        for (path, operations) in paths {
            if operations.get("get").is_none() {
                continue;
            }
            for server in servers {
                let path = path.replace("{server}", server);
                let path = fill(&path);
                self.send("GET", &format!("{path}?path=/etc/hostname"), "", "close");
                self.send("GET", &path, "", "close");
                asked += 1;
            }
        }
        assert!(asked > 20, "only {asked} routes");
    }

    fn parsed(&self, answer: &[u8]) -> Json {
        let text = String::from_utf8_lossy(answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            panic!(
                "no answer came, but {text:?}; it said last:\n{}",
                self.last_words()
            );
        };
        assert!(head.starts_with("HTTP/1.1 2"), "{text}");
        serde_json::from_str(body.trim()).unwrap_or(Json::Null)
    }

    /// The end of its log.
    fn last_words(&self) -> String {
        let log = std::fs::read(self.folder.path().join("log")).unwrap_or_default();
        let tail = &log[log.len().saturating_sub(20_000)..];
        String::from_utf8_lossy(tail).into_owned()
    }

    /// Sends a request; gives the whole answer with its head. Of a connection that is kept, only what
    /// came with the answer.
    fn send(&self, method: &str, path: &str, body: &str, connection: &str) -> (Vec<u8>, TcpStream) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(READING)).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncookie: {}\r\nconnection: {connection}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.port,
            self.cookie,
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let mut piece = [0; 16 * 1024];
        loop {
            let read = match stream.read(&mut piece) {
                Ok(read) => read,
                // With a timeout no signal lets it go on: see signal(7).
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    eprintln!("{method} {path}: {error}");
                    break;
                }
            };
            answer.extend_from_slice(&piece[..read]);
            if read == 0 || (connection == "keep-alive" && is_whole(&answer)) {
                break;
            }
        }
        let kept = (format!("{method} {path}"), answer.clone());
        self.answers.borrow_mut().push(kept);
        (answer, stream)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// A program that starts in a folder and may leave a core file of any size, and files that all can read.
pub(crate) fn with_core_file(program: &str, folder: &Path) -> Command {
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            r#"ulimit -c unlimited; umask 022; exec "$0" "$@""#,
            program,
        ])
        .current_dir(folder);
    command
}

/// Whatever is left of a path's holes.
fn fill(path: &str) -> String {
    let mut parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "1" } else { part });
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| format!("{path}/{part}"))
}

fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    length.is_some_and(|length| body.len() >= length.parse::<usize>().unwrap())
}
