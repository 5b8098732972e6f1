//! `cargo xtask bench connect`: how many round trips a connection takes over a link of 100 ms, beside
//! `ssh` to the same host.
//!
//! Invariant: both go through the same relay, which stands on this side of the slow link and notes
//! when the client sends: what it sends without waiting for an answer is one round trip.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::terminal;
use crate::lab;
use crate::shell;
use crate::tree::Tree;

/// The host behind the slow link: one that other tests leave alone.
const SLOW_HOST: &str = "deb12-b";
/// There and back.
const ROUND_TRIP: Duration = Duration::from_millis(100);

/// Builds our client and counts.
///
/// # Errors
/// The arguments make no sense, the build failed, or there is no lab.
pub(crate) fn connect(tree: &Tree, args: &[String]) -> Result<()> {
    if let Some(other) = args.first() {
        bail!("bench connect: no option `{other}`");
    }
    let words = ["build", "--package", "ssh", "--example", "login"];
    shell::pass_through(shell::cargo(&words, &tree.root))?;
    shell::pass_through(lab::script(tree, &["up", SLOW_HOST]))?;
    let target = terminal::target(tree, SLOW_HOST)?;
    let delay = (ROUND_TRIP.as_millis() / 2).to_string();
    let slow = shell::printed(lab::script(tree, &["slow", SLOW_HOST, &delay, "0"]))?;
    let text = |name: &str| {
        target
            .get(name)
            .and_then(Value::as_str)
            .context("hosts.json")
    };
    let far = (slow.trim().to_owned(), 22);
    let folder = tree.scratch().join("bench-connect");
    fs::create_dir_all(&folder)?;

    println!(
        "\nround trips at {} ms, after TCP's own",
        ROUND_TRIP.as_millis()
    );
    let relay = Relay::start(&far)?;
    let mut ours = Command::new(tree.target().join("debug/examples/login"));
    ours.arg(
        json!({
            "host": "127.0.0.1",
            "port": relay.port,
            "user": text("user")?,
            "identity": text("identity")?,
        })
        .to_string(),
    );
    report(
        "headlessos",
        ours.stdout(Stdio::piped()),
        &relay,
        &[("logged in", "login"), ("looked", "first look")],
    )?;

    let relay = Relay::start(&far)?;
    let mut theirs = Command::new("ssh");
    theirs.args([
        "-v",
        "-F",
        "none",
        "-p",
        &relay.port.to_string(),
        "-i",
        text("identity")?,
    ]);
    for option in [
        "IdentitiesOnly=yes",
        "StrictHostKeyChecking=no",
        "UserKnownHostsFile=/dev/null",
        "ControlPath=none",
    ] {
        theirs.args(["-o", option]);
    }
    theirs
        .arg(format!("{}@127.0.0.1", text("user")?))
        .arg("true")
        .env_remove("SSH_AUTH_SOCK");
    let said = [("Authenticated to", "login"), ("Exit status", "`true`")];
    report(
        "ssh",
        theirs.stderr(Stdio::piped()).stdout(Stdio::null()),
        &relay,
        &said,
    )?;
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Runs a client; prints how many round trips it took until it said each of these words.
fn report(name: &str, command: &mut Command, relay: &Relay, words: &[(&str, &str)]) -> Result<()> {
    let mut client = command
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| name.to_owned())?;
    let said: Box<dyn io::Read> = match (client.stdout.take(), client.stderr.take()) {
        (Some(said), _) => Box::new(said),
        (None, Some(said)) => Box::new(said),
        (None, None) => bail!("{name}: nothing is read"),
    };
    let mut words = words.iter();
    let mut next = words.next();
    for line in BufReader::new(said).lines() {
        let line = line?;
        if let Some((word, what)) = next
            && line.contains(word)
        {
            let (trips, elapsed) = relay.so_far();
            let by_time = elapsed.as_secs_f64() / ROUND_TRIP.as_secs_f64();
            println!("  {name:12} {what:12} {trips:3}   (time / round trip: {by_time:.1})");
            next = words.next();
        }
    }
    let status = client.wait()?;
    if next.is_some() {
        bail!("{name} ended before it was done: {status}");
    }
    Ok(())
}

/// Carries one connection, and notes when the client sent.
struct Relay {
    port: u16,
    sent: Arc<Mutex<Vec<Instant>>>,
}

impl Relay {
    fn start(far: &(String, u16)) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let (noted, far) = (Arc::clone(&sent), far.clone());
        thread::spawn(move || -> io::Result<()> {
            let (near, _) = listener.accept()?;
            let far = TcpStream::connect((far.0.as_str(), far.1))?;
            near.set_nodelay(true)?;
            far.set_nodelay(true)?;
            let (from, to) = (near.try_clone()?, far.try_clone()?);
            let back = thread::spawn(move || carry(&far, &near, |_| {}));
            let there = carry(&from, &to, |at| {
                noted
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(at);
            });
            let _ = back.join();
            there
        });
        Ok(Self { port, sent })
    }

    /// Round trips so far, and the time since the first byte.
    fn so_far(&self) -> (usize, Duration) {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let mut begun: Option<Instant> = None;
        let mut trips = 0;
        for at in sent.iter() {
            if begun.is_none_or(|begun| at.duration_since(begun) > ROUND_TRIP / 2) {
                trips += 1;
                begun = Some(*at);
            }
        }
        let elapsed = sent.first().map_or(Duration::ZERO, Instant::elapsed);
        (trips, elapsed)
    }
}

fn carry(
    mut from: &TcpStream,
    mut to: &TcpStream,
    mut note: impl FnMut(Instant),
) -> io::Result<()> {
    let mut bytes = [0; 16 * 1024];
    loop {
        let count = from.read(&mut bytes)?;
        if count == 0 {
            return to.shutdown(Shutdown::Write);
        }
        note(Instant::now());
        to.write_all(bytes.get(..count).unwrap_or_default())?;
    }
}
