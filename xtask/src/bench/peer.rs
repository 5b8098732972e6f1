//! The same figures of Cockpit's web server, from Debian's package.
//!
//! Invariant: it listens on loopback only, and is gone afterwards.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::Row;
use super::start::Running;
use crate::packages::{self, Packages};
use crate::tree::Tree;

const PROGRAM: &str = "/usr/lib/cockpit/cockpit-ws";
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts it `runs` times (one more before, which does not count): until a TCP connection is
/// accepted, and its resident memory then, with no page open and nobody logged in.
///
/// # Errors
/// It is not there and could not be installed, or did not listen.
pub(crate) fn cockpit(tree: &Tree, runs: usize) -> Result<Vec<Row>> {
    match packages::ensure(&["cockpit-ws".to_owned()])? {
        Packages::Missing(advice) if !Path::new(PROGRAM).is_file() => bail!("{advice}"),
        _ => {}
    }
    let (mut took_ms, mut resident_mb) = (Vec::new(), Vec::new());
    start(tree)?;
    for _ in 0..runs {
        let (program, took) = start(tree)?;
        took_ms.push(took.as_secs_f64() * 1e3);
        resident_mb.extend(program.resident_mb());
    }
    Ok(vec![
        Row {
            what: "start to listening, ms",
            goal: "",
            values: took_ms,
        },
        Row {
            what: "resident memory, nobody logged in, MB",
            goal: "",
            values: resident_mb,
        },
    ])
}

fn start(tree: &Tree) -> Result<(Running, Duration)> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port();
    let mut command = Command::new(PROGRAM);
    command
        .args(["--no-tls", "--address=127.0.0.1", &format!("--port={port}")])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let started = Instant::now();
    let program = Running::start(command, tree.scratch().join("bench-peer"))?;
    while TcpStream::connect(address).is_err() {
        if started.elapsed() > PATIENCE {
            bail!("Cockpit's web server did not listen within {PATIENCE:?}");
        }
        // It says nowhere that it is ready.
        thread::sleep(Duration::from_micros(200));
    }
    Ok((program, started.elapsed()))
}
