//! One engine and many servers, for measurements: connects to all that it is told of on standard
//! input, and prints what they cost it in memory and processor time, as JSON.

use std::{
    collections::HashMap,
    error::Error,
    ffi::OsString,
    fs,
    io::Read as _,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use engine::{
    Answer, ConnectionState, Engine, Keychain, Models, NewServer, Options, Question, SshSettings,
};
use futures::{StreamExt as _, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Auth, Store};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What to connect to, and what to do then.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    servers: Vec<Place>,
    /// Logs in with this key; absent: no proof is wanted.
    identity: Option<PathBuf>,
    /// A file that names the host keys; absent: each is trusted when it is seen first.
    known_hosts: Option<PathBuf>,
    /// Connections that are made at once.
    at_once: usize,
    /// Queries that are asked of each server again and again, as a dashboard does.
    queries: Vec<String>,
    every_seconds: u64,
    /// Waited before anything is measured.
    settle_seconds: u64,
    measure_seconds: u64,
}

#[derive(Clone, Deserialize)]
struct Place {
    host: String,
    port: u16,
    user: String,
}

fn main() -> Outcome<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let task: Task = serde_json::from_str(&text)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let said = runtime.block_on(measure(task))?;
    println!("{said}");
    // What is still open ends with the process; closing each in good order takes its time.
    runtime.shutdown_background();
    Ok(())
}

async fn measure(task: Task) -> Outcome<Value> {
    let folder = tempfile::tempdir()?;
    let engine = Engine::new(Options {
        store: Arc::new(Store::open(folder.path())?),
        models: Models::new(Keychain::in_memory()),
        known_hosts: ssh::KnownHosts::of_files(
            folder.path().join("known_hosts"),
            task.known_hosts.iter().cloned().collect(),
        ),
        ssh_settings: SshSettings::of_file(None, "bench"),
        local: Box::new(|| Err(std::io::ErrorKind::Unsupported.into())),
        user: "bench".to_owned(),
        runs_as_root: false,
    })?;
    let before_kib = rss_kib()?;
    let begun = Instant::now();
    let connecting = task
        .servers
        .iter()
        .map(|place| connect(&engine, place, task.identity.clone()));
    let connected: Vec<Outcome<String>> = stream::iter(connecting)
        .buffer_unordered(task.at_once)
        .collect()
        .await;
    let connected_seconds = begun.elapsed().as_secs_f64();
    let ids = connected.into_iter().collect::<Outcome<Vec<String>>>()?;
    let every = Duration::from_secs(task.every_seconds);
    let mut looking = Vec::new();
    for id in &ids {
        for query in &task.queries {
            looking.push(engine.subscribe(id, query, Value::Null, every)?);
        }
    }
    tokio::time::sleep(Duration::from_secs(task.settle_seconds)).await;
    let settled_kib = rss_kib()?;
    let (used, from) = (used()?, Instant::now());
    tokio::time::sleep(Duration::from_secs(task.measure_seconds)).await;
    let percent = 100.0 * used_since(&used)? / from.elapsed().as_secs_f64();
    let answered = looking
        .iter()
        .filter(|one| one.values.borrow().reading.is_some())
        .count();
    let still = ids.iter().filter(|id| is_connected(&engine, id)).count();
    Ok(json!({
        "answered": answered,
        "asked": looking.len(),
        "beforeKib": before_kib,
        "connected": ids.len(),
        "connectedSeconds": connected_seconds,
        "corePercent": percent,
        "settledKib": settled_kib,
        "stillConnected": still,
    }))
}

fn is_connected(engine: &Engine, id: &str) -> bool {
    let server = engine.server(id);
    server.is_ok_and(|server| matches!(server.state, ConnectionState::Connected { .. }))
}

/// Connects to one server; gives its id.
async fn connect(engine: &Engine, place: &Place, identity: Option<PathBuf>) -> Outcome<String> {
    let auth = match identity {
        Some(path) => Auth::KeyFile { path },
        None => Auth::Password,
    };
    let place = place.clone();
    let server = engine.add(NewServer {
        host: place.host,
        port: Some(place.port),
        user: place.user,
        auth,
        ..NewServer::default()
    })?;
    let id = server.profile.id;
    let mut changes = engine.changes();
    engine.connect(&id)?;
    loop {
        changes.mark_unchanged();
        match engine.server(&id)?.state {
            ConnectionState::Connected { .. } => return Ok(id),
            ConnectionState::Question {
                question: Question::HostKey { id: question, .. },
            } => engine
                .answer(&id, &question, Answer::Trust { trust: true })
                .map(drop)?,
            ConnectionState::Question { question } => {
                return Err(format!("it asks: {question:?}").into());
            }
            ConnectionState::Failed { error } => return Err(error.message.into()),
            _ => changes.changed().await?,
        }
    }
}

/// Processor time of each thread so far, in nanoseconds: `/proc/self/stat` counts by samples, which
/// miss work as short as a sign of life.
fn used() -> Outcome<HashMap<OsString, f64>> {
    let mut used = HashMap::new();
    for thread in fs::read_dir("/proc/self/task")? {
        let thread = thread?;
        // A thread may have ended meanwhile.
        let Ok(stat) = fs::read_to_string(thread.path().join("schedstat")) else {
            continue;
        };
        let on_cpu = stat.split_whitespace().next().ok_or("schedstat")?;
        used.insert(thread.file_name(), on_cpu.parse()?);
    }
    Ok(used)
}

/// Seconds that threads used in between; of those that ended meanwhile nothing is known.
fn used_since(before: &HashMap<OsString, f64>) -> Outcome<f64> {
    let now = used()?;
    let between = now
        .iter()
        .map(|(thread, now)| now - before.get(thread).unwrap_or(&0.0));
    Ok(between.sum::<f64>() / 1e9)
}

fn rss_kib() -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.ok_or("VmRSS")?.parse()?)
}
