//! `cargo xtask bench files`: how fast files go and come, beside OpenSSH's own `sftp` with the same
//! cipher, alternating in one run over the same sshd; with `--slow MS`, over a link with that round
//! trip.
//!
//! Invariant: what was made is removed again; what arrived is compared with what was sent.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use super::{Row, print, terminal};
use crate::lab;
use crate::shell;
use crate::tree::Tree;

/// The host behind the slow link: one that other tests leave alone.
const SLOW_HOST: &str = "deb12-b";
/// What both speak, since it is what HeadlessOS prefers.
const CIPHER: &str = "aes128-gcm@openssh.com";

struct Sizes {
    large_bytes: usize,
    folders: usize,
    files_in_each: usize,
    names: usize,
}

/// Where to, and what it takes to get there.
struct Bench {
    program: PathBuf,
    folder: PathBuf,
    data: PathBuf,
    known_hosts: PathBuf,
    agent: PathBuf,
    address: String,
    port: String,
}

/// Builds the release program and measures its work on files.
///
/// # Errors
/// The arguments make no sense, the build failed, there is no lab, or what arrived is not what was
/// sent.
pub(crate) fn files(tree: &Tree, args: &[String]) -> Result<()> {
    let (mut runs, mut slow_ms) = (5_usize, None);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--runs" => {
                let number = args.next().context("--runs: how many?")?;
                runs = number.parse().context("--runs: a number")?;
            }
            "--slow" => {
                let number = args
                    .next()
                    .context("--slow: a round trip of how many ms?")?;
                slow_ms = Some(number.parse::<u32>().context("--slow: a number")?);
            }
            other => bail!("bench files: no option `{other}`"),
        }
    }
    shell::pass_through(shell::cargo(
        &["build", "--release", "--package", "headlessos"],
        &tree.root,
    ))?;
    let (host, sizes) = match slow_ms {
        None => ("sshd", sizes(1024, 100, 100_000)),
        Some(_) => (SLOW_HOST, sizes(256, 10, 0)),
    };
    shell::pass_through(lab::script(tree, &["up", host]))?;
    let address = match slow_ms {
        None => None,
        Some(ms) => {
            let delay = (ms / 2).to_string();
            let made = lab::script(tree, &["slow", host, &delay, "0"]);
            Some(shell::printed(made)?.trim().to_owned())
        }
    };
    let folder = tree.scratch().join("bench-files");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let (bench, mut agent) = prepare(tree, host, address, &folder)?;
    let measured = measure(&bench, &sizes, runs);
    agent.kill()?;
    agent.wait()?;
    fs::remove_dir_all(&folder)?;
    for name in ["ours", "theirs"] {
        let folder = format!("/tmp/bench-files-{name}");
        if slow_ms.is_none() {
            fs::remove_dir_all(&folder).or_else(missing)?;
        } else {
            shell::pass_through(lab::script(tree, &["exec", host, "rm", "-rf", &folder]))?;
        }
    }
    print_pairs(&measured?, runs);
    Ok(())
}

fn missing(error: std::io::Error) -> std::io::Result<()> {
    match error.kind() {
        std::io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    }
}

fn sizes(large_mib: usize, folders: usize, names: usize) -> Sizes {
    Sizes {
        large_bytes: large_mib << 20,
        folders,
        files_in_each: 100,
        names,
    }
}

fn prepare(
    tree: &Tree,
    host: &str,
    address: Option<String>,
    folder: &Path,
) -> Result<(Bench, Child)> {
    let target = terminal::target(tree, host)?;
    let text = |name: &str| {
        let value = target.get(name).and_then(Value::as_str);
        value.map(str::to_owned).context("hosts.json")
    };
    let port = target.get("port").context("hosts.json")?.to_string();
    let data = folder.join("data");
    fs::create_dir_all(&data)?;
    let known_hosts = data.join("known_hosts");
    let near = text("address")?;
    let mut known = fs::read_to_string(text("knownHosts")?)?;
    if let Some(slow) = &address {
        let key = known.lines().find_map(|line| line.strip_prefix(&near));
        let key = key.context("the host's key is not known")?.to_owned();
        known.push_str(&format!("{slow}{key}\n"));
    }
    fs::write(&known_hosts, known)?;
    let address = address.unwrap_or(near);
    let socket = folder.join("agent");
    let agent = Command::new("ssh-agent")
        .args(["-D", "-a"])
        .arg(&socket)
        .stdout(Stdio::null())
        .spawn()
        .context("ssh-agent")?;
    let begun = Instant::now();
    while !socket.exists() {
        ensure!(begun.elapsed().as_secs() < 10, "ssh-agent does not begin");
        std::thread::yield_now();
    }
    let mut add = Command::new("ssh-add");
    add.arg("-q").arg(text("identity")?);
    shell::printed({
        add.env("SSH_AUTH_SOCK", &socket);
        add
    })?;
    let bench = Bench {
        program: tree.binary("release"),
        folder: folder.to_owned(),
        data,
        known_hosts,
        agent: socket,
        address,
        port,
    };
    Ok((bench, agent))
}

impl Bench {
    fn ours(&self, words: &[&str]) -> Result<f64> {
        let mut command = Command::new(&self.program);
        command.arg("--data-dir").arg(&self.data).args(words);
        self.timed(command)
    }

    fn there(&self, path: &str) -> String {
        format!("root@{}:{}:{path}", self.address, self.port)
    }

    /// Lines for `sftp`, as a person would type them.
    fn theirs(&self, lines: &str) -> Result<f64> {
        let batch = self.folder.join("batch");
        fs::write(&batch, lines)?;
        let mut command = Command::new("sftp");
        command.args(["-q", "-P", &self.port, "-o", &format!("Ciphers={CIPHER}")]);
        let known = format!("UserKnownHostsFile={}", self.known_hosts.display());
        command.args(["-o", &known, "-b"]).arg(&batch);
        command.arg(format!("root@{}", self.address));
        self.timed(command)
    }

    fn timed(&self, mut command: Command) -> Result<f64> {
        command.env("SSH_AUTH_SOCK", &self.agent);
        command.env("HOME", &self.folder);
        let begun = Instant::now();
        shell::printed(command)?;
        Ok(begun.elapsed().as_secs_f64())
    }
}

/// What was measured: ours and theirs.
struct Pair {
    ours: Row,
    theirs: Row,
}

fn measure(bench: &Bench, sizes: &Sizes, runs: usize) -> Result<Vec<Pair>> {
    let here = |name: &str| bench.folder.join(name).display().to_string();
    fs::write(here("large"), noise(sizes.large_bytes))?;
    for folder in 0..sizes.folders {
        let folder = PathBuf::from(here(&format!("tree/{folder:03}")));
        fs::create_dir_all(&folder)?;
        for file in 0..sizes.files_in_each {
            fs::write(folder.join(format!("{file:03}")), noise(4096 + file))?;
        }
    }
    for name in 0..sizes.names {
        fs::create_dir_all(here("names"))?;
        fs::write(here(&format!("names/{name:06}")), "")?;
    }
    let (ours, theirs) = ("/tmp/bench-files-ours", "/tmp/bench-files-theirs");
    let mut pairs: Vec<Pair> = Vec::new();
    for run in 1..=runs {
        eprintln!("xtask: bench: run {run} of {runs}");
        for folder in [ours, theirs] {
            // It may be there from the last run.
            bench.theirs(&format!("-mkdir {folder}\n-rename {folder} {folder}\n"))?;
        }
        let mut add = |what, goal, one: f64, other: f64| record(&mut pairs, what, goal, one, other);
        for (name, up, down, goals) in [
            (
                "large",
                "one large file up, s",
                "and down, s",
                ("1.2", "1.4"),
            ),
            ("tree", "small files up, s", "and down, s", ("3", "3")),
        ] {
            let suffix = format!("{name}-{run}");
            let one = bench.ours(&[
                "cp",
                "-q",
                "-r",
                &here(name),
                &bench.there(&format!("{ours}/{suffix}")),
            ])?;
            let put = format!("put -r {} {theirs}/{suffix}\n", here(name));
            add(up, goals.0, one, bench.theirs(&put)?);
            let (back, other) = (
                here(&format!("ours-{suffix}")),
                here(&format!("theirs-{suffix}")),
            );
            let one = bench.ours(&[
                "cp",
                "-q",
                "-r",
                &bench.there(&format!("{ours}/{suffix}")),
                &back,
            ])?;
            let get = format!("get -r {theirs}/{suffix} {other}\n");
            add(down, goals.1, one, bench.theirs(&get)?);
            let same = Command::new("diff")
                .args(["-r", &here(name), &back])
                .status()?;
            ensure!(same.success(), "{back} is not what was sent");
            // Small files stay until the end: ext4 is slow to give out inodes that were freed a moment ago.
            for made in [back, other] {
                if Path::new(&made).is_file() {
                    fs::remove_file(made)?;
                }
            }
        }
        if sizes.names > 0 {
            let one = bench.ours(&["ls", "-0", &bench.there(&here("names"))])?;
            let list = format!("ls -1 {}\n", here("names"));
            add("100,000 names listed, s", "2", one, bench.theirs(&list)?);
        }
    }
    Ok(pairs)
}

fn record(pairs: &mut Vec<Pair>, what: &'static str, goal: &'static str, one: f64, other: f64) {
    let row = |value| Row {
        what,
        goal,
        values: vec![value],
    };
    // "and down" stands behind each way up.
    let known = pairs
        .iter()
        .position(|pair| pair.ours.what == what && pair.ours.goal == goal);
    match known.and_then(|at| pairs.get_mut(at)) {
        Some(pair) => {
            pair.ours.values.push(one);
            pair.theirs.values.push(other);
        }
        None => pairs.push(Pair {
            ours: row(one),
            theirs: row(other),
        }),
    }
}

fn print_pairs(pairs: &[Pair], runs: usize) {
    let ratios: Vec<Row> = pairs
        .iter()
        .map(|pair| Row {
            what: pair.ours.what,
            goal: pair.ours.goal,
            values: pair
                .theirs
                .values
                .iter()
                .zip(&pair.ours.values)
                .map(|(theirs, ours)| theirs / ours)
                .collect(),
        })
        .collect();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for pair in pairs {
        for (rows, row) in [(&mut ours, &pair.ours), (&mut theirs, &pair.theirs)] {
            rows.push(Row {
                what: row.what,
                goal: "",
                values: row.values.clone(),
            });
        }
    }
    print(&format!("headlessos cp and ls, {runs} runs"), &ours);
    print(&format!("sftp, {runs} runs, {CIPHER}"), &theirs);
    print("sftp's time by ours, run by run (goal: at least)", &ratios);
}

/// Bytes that do not compress and are the same in every run (xorshift).
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut noise = Vec::with_capacity(bytes + 8);
    while noise.len() < bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        noise.extend_from_slice(&state.to_le_bytes());
    }
    noise.truncate(bytes);
    noise
}
