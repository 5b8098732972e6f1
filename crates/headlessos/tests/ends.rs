//! The terminal that the program was started in is closed: it ends as it was asked to, or goes on as
//! nohup(1) has it, and in either case nothing is left half done because nobody reads its words any more.
#![cfg(target_os = "linux")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// No test waits longer than this for anything.
const PATIENCE: Duration = Duration::from_secs(60);

struct Program {
    child: Child,
    port: u16,
    data: tempfile::TempDir,
}

impl Program {
    /// With a standard error that nobody reads, and this of the hang-up: see env(1).
    fn start(hangup: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut child = Command::new("env")
            .args([hangup, env!("CARGO_BIN_EXE_headlessos")])
            .args(["serve", "--no-open", "--json", "--port", "0", "--data-dir"])
            .arg(data.path())
            .env("HEADLESSOS_LOG", "info")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        drop(child.stderr.take());
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        let url = said
            .get("url")
            .unwrap()
            .as_str()
            .unwrap()
            .trim_end_matches('/');
        let port = url.rsplit(':').next().unwrap().parse().unwrap();
        Self { child, port, data }
    }

    /// The first line of the answer to a request that is refused, which is logged.
    fn refuses(&self) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "GET /api/status HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.port
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.lines().next().unwrap_or_default().to_owned()
    }

    fn send(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(sent.unwrap().success());
    }

    fn ended(&mut self) -> ExitStatus {
        let since = Instant::now();
        loop {
            match self.child.try_wait().unwrap() {
                Some(status) => return status,
                None if since.elapsed() > PATIENCE => panic!("it goes on"),
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    /// What lies in the data folder of a program that runs, and of none that has ended.
    fn marks(&self) -> usize {
        let names = std::fs::read_dir(self.data.path()).unwrap();
        let is_mark = |name: &str| name.starts_with("running-") || name.starts_with("launch-");
        names
            .filter(|entry| is_mark(&entry.as_ref().unwrap().file_name().to_string_lossy()))
            .count()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

#[test]
fn a_terminal_that_is_closed_ends_it_as_it_should_end() {
    let mut program = Program::start("--default-signal=HUP");
    assert_eq!(program.refuses(), "HTTP/1.1 401 Unauthorized");
    assert_eq!(program.marks(), 1);
    program.send("HUP");
    let status = program.ended();
    assert!(status.success(), "{status}");
    assert_eq!(program.marks(), 0);
}

#[test]
fn it_goes_on_without_its_terminal_where_it_was_told_to() {
    let mut program = Program::start("--ignore-signal=HUP");
    program.send("HUP");
    assert_eq!(program.refuses(), "HTTP/1.1 401 Unauthorized");
    program.send("TERM");
    let status = program.ended();
    assert!(status.success(), "{status}");
}
