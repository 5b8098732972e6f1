//! Commands of a test server: it reads the script line as `sh` would, and a closure answers.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use bytes::Bytes;
use russh::{Channel, ChannelMsg, Sig, server::Handle, server::Msg};
use tokio::sync::Notify;

use super::{Behaviour, Seen};

/// A command that a client asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its program and words.
    pub argv: Vec<String>,
    /// What came on standard input behind the script line.
    pub stdin: Vec<u8>,
}

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With this exit code.
    Exit(u32),
    /// At once and by a signal.
    Killed,
    /// Only when it is killed.
    Never,
    /// Only when it is killed, and it prints for ever.
    Flood,
}

/// What a command answers.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Printed before the marker, as a chatty login shell does.
    pub noise: Vec<u8>,
    /// Whether the marker and the process id are printed at all.
    pub marker: bool,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: Vec<u8>,
    /// How it ends.
    pub end: End,
}

impl Answer {
    /// Prints nothing and exits so.
    #[must_use]
    pub fn exit(code: u32) -> Self {
        Self::ending(End::Exit(code))
    }

    /// Prints this and exits with 0.
    #[must_use]
    pub fn printing(stdout: impl AsRef<[u8]>) -> Self {
        Self {
            stdout: stdout.as_ref().to_vec(),
            ..Self::exit(0)
        }
    }

    /// Prints nothing and ends so.
    #[must_use]
    pub fn ending(end: End) -> Self {
        Self {
            noise: Vec::new(),
            marker: true,
            stdout: Vec::new(),
            stderr: Vec::new(),
            end,
        }
    }

    /// Prints this on standard error as well.
    #[must_use]
    pub fn with_stderr(self, stderr: &str) -> Self {
        Self {
            stderr: stderr.as_bytes().to_vec(),
            ..self
        }
    }
}

/// The processes of one server: those that a kill can end.
#[derive(Debug, Default)]
pub(super) struct Processes {
    last: AtomicU32,
    running: Mutex<HashMap<u32, Arc<Notify>>>,
}

/// Runs one exec channel to its end.
pub(super) async fn run(
    behaviour: Behaviour,
    seen: Arc<Seen>,
    processes: Arc<Processes>,
    channel: Channel<Msg>,
    connection: Handle,
) {
    let (mut read, write) = channel.split();
    let mut input = Vec::new();
    while let Some(message) = read.wait().await {
        match message {
            ChannelMsg::Data { data } => input.extend_from_slice(&data),
            ChannelMsg::Eof => break,
            ChannelMsg::Close => return,
            _ => {}
        }
    }
    let line_end = input
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(input.len());
    let line = String::from_utf8_lossy(&input[..line_end]).into_owned();
    let stdin = input.get(line_end + 1..).unwrap_or_default().to_vec();
    let asked = Asked {
        argv: words(&line),
        stdin,
    };
    seen.command(asked.argv.clone());
    let answer = match processes.to_kill(&asked.argv) {
        Some(_) if behaviour.kill_hangs => Answer::ending(End::Never),
        Some((pid, process)) => {
            process.notify_one();
            seen.kill(pid);
            Answer::exit(0)
        }
        None => (behaviour.commands)(&asked),
    };
    let pid = 1000 + processes.last.fetch_add(1, Ordering::SeqCst);
    let killed = Arc::new(Notify::new());
    processes
        .running
        .lock()
        .expect("not poisoned")
        .insert(pid, Arc::clone(&killed));
    let printing = async {
        write.data_bytes(answer.noise.clone()).await?;
        if answer.marker {
            let marker = marker(&line);
            write.data_bytes(format!("\n{marker} {pid}\n")).await?;
            write
                .extended_data_bytes(1, format!("\n{marker}\n"))
                .await?;
        }
        write.data_bytes(answer.stdout.clone()).await?;
        write.extended_data_bytes(1, answer.stderr.clone()).await?;
        if answer.end == End::Flood {
            loop {
                write
                    .data_bytes(Bytes::from_static(&[b'y'; 32 * 1024]))
                    .await?;
            }
        }
        Ok::<(), russh::Error>(())
    };
    let living = async {
        // An error means that the client has gone.
        let _ = printing.await;
        match answer.end {
            End::Exit(code) => Some(code),
            End::Killed => None,
            End::Never | End::Flood => std::future::pending().await,
        }
    };
    let code = tokio::select! {
        code = living => code,
        () = killed.notified() => None,
        () = until_gone(&mut read) => None,
    };
    processes.running.lock().expect("not poisoned").remove(&pid);
    // Errors mean that the client has gone.
    let _ = match code {
        Some(code) => write.exit_status(code).await.map_err(|_| ()),
        None => {
            let (text, lang) = (String::new(), String::new());
            connection
                .exit_signal_request(write.id(), Sig::KILL, false, text, lang)
                .await
        }
    };
    let _ = write.eof().await;
    let _ = write.close().await;
}

/// Takes what still comes, until the connection is gone.
async fn until_gone(read: &mut russh::ChannelReadHalf) {
    while read.wait().await.is_some() {}
}

impl Processes {
    /// The process that the command is to end, if that is what it does.
    fn to_kill(&self, argv: &[String]) -> Option<(u32, Arc<Notify>)> {
        let is_kill = argv.iter().any(|word| word.contains("kill -s KILL"));
        let pid = argv.last().filter(|_| is_kill)?.parse().ok()?;
        let running = self.running.lock().expect("not poisoned");
        Some((pid, Arc::clone(running.get(&pid)?)))
    }
}

fn marker(line: &str) -> &str {
    let from = line.find("headlessos-").unwrap_or(line.len());
    let rest = &line[from..];
    rest.split_whitespace().next().unwrap_or_default()
}

/// The words behind the script's `exec`, each as its quoting means.
fn words(line: &str) -> Vec<String> {
    let quoted = line
        .split_once("; exec ")
        .map(|(_, words)| words)
        .unwrap_or_default();
    let mut words = Vec::new();
    let mut word = String::new();
    let mut rest = quoted.trim_end();
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("\"$n\"") {
            word.push('\n');
            rest = after;
        } else if let Some(after) = rest.strip_prefix(r"\'") {
            word.push('\'');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('\'') {
            let (inside, after) = after.split_once('\'').unwrap_or((after, ""));
            word.push_str(inside);
            rest = after;
        } else {
            words.push(std::mem::take(&mut word));
            rest = &rest[c.len_utf8()..];
        }
    }
    words.push(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_line_is_read_as_sh_reads_it() {
        let line = r#"x; exec 'echo' 'it'\''s' 'two'"$n"'lines' ''"#;
        assert_eq!(words(line), ["echo", "it's", "two\nlines", ""]);
    }
}
