//! Every query on every real server: each tool that is there is asked, its answer is understood to
//! the last line, and two tools that answer the same question agree.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use catalog::{AnyQuery, ParseError, QUERIES, RawOutput, ServerFacts, Source, files};
use serde_json::Value;
use testkit::{
    client::Client,
    lab::{Host, Lab},
};

/// Pairs of tools that are asked the same and rightly list different things: query, and why.
const COUNT_DIFFERENTLY: &[(&str, &str)] = &[
    (
        "accounts.logins",
        "last has each login, lastlog the last of each user",
    ),
    ("accounts.password_states", "chage tells of one user"),
    (
        "accounts.sessions",
        "logind has connections without a terminal too",
    ),
    (
        "cron.system_jobs",
        "the files without /etc/cron.d, where no clock can be asked",
    ),
    (
        "firewall.iptables",
        "iptables -L shows the table of filters alone",
    ),
    (
        "network.neighbours",
        "/proc/net/arp has those of IPv4 alone",
    ),
    (
        "network.routes",
        "the kernel's files have the local table too",
    ),
    ("processes.list", "each tool is a process itself"),
    (
        "storage.block_devices",
        "blkid tells only what holds something, /proc no partitions' holders",
    ),
    ("storage.io", "iostat leaves out what was never used"),
];
/// Tools whose output is too much to be asked for here: query, variant, and why.
const TOO_MUCH: &[(&str, &str, &str)] = &[(
    "system.messages",
    "dmesg_json",
    "some versions print each message over and over, a hundred megabytes of them; it is read where people have it",
)];

#[tokio::test(flavor = "multi_thread")]
async fn every_tool_of_every_host_is_understood() {
    let Some(lab) = Lab::find() else { return };
    let mut wrong = String::new();
    for host in lab.hosts.iter().filter(|host| host.name != "sshd") {
        look_at(lab, host, &mut wrong).await;
    }
    assert!(wrong.is_empty(), "{wrong}");
}

async fn look_at(lab: &Lab, host: &Host, wrong: &mut String) {
    let client = Client::connect(lab, host, "root").await.unwrap();
    let facts = client.facts().await.unwrap();
    for query in QUERIES {
        let counts = ask(&client, &facts, host, *query, wrong).await;
        let mut distinct: Vec<usize> = counts.values().copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let excused = COUNT_DIFFERENTLY.iter().any(|(id, _)| *id == query.id());
        if distinct.len() > 1 && !excused {
            writeln!(wrong, "{} {}: {counts:?}", host.name, query.id()).unwrap();
        }
    }
}

/// Asks every tool that the host has; gives how many records each lists.
async fn ask(
    client: &Client,
    facts: &ServerFacts,
    host: &Host,
    query: &dyn AnyQuery,
    wrong: &mut String,
) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    let args = arguments(query);
    let prepared = query.prepare(&args).unwrap();
    for (index, (variant, needs)) in query.variants().into_iter().enumerate() {
        let too_much = TOO_MUCH
            .iter()
            .any(|(id, name, _)| (*id, *name) == (query.id(), variant));
        if too_much || !needs.met_by(facts) {
            continue;
        }
        let source = prepared.source(index).unwrap();
        let output = match client.run(&source).await {
            Ok(output) => output,
            Err(error) => {
                writeln!(wrong, "{} {} by {variant}: {error}", host.name, query.id()).unwrap();
                continue;
            }
        };
        let parsed = match &source {
            Source::Command(_) => prepared.parse(
                index,
                RawOutput {
                    stdout: &output.stdout,
                    stderr: &output.stderr,
                    exit_code: output.exit_code,
                    ..RawOutput::default()
                },
            ),
            Source::Files(paths) => {
                let split = files::split(&output.stdout, paths);
                let contents: Vec<_> = split
                    .iter()
                    .map(|(path, bytes)| catalog::FileContent { path, bytes })
                    .collect();
                prepared.parse(
                    index,
                    RawOutput {
                        files: &contents,
                        ..RawOutput::default()
                    },
                )
            }
        };
        match parsed {
            Ok(parsed) => {
                if let Some(first) = parsed.unread.first() {
                    let text = format!("{} of it unread, first {first:?}", parsed.unread.len());
                    writeln!(wrong, "{} {} by {variant}: {text}", host.name, query.id()).unwrap();
                }
                counts.insert(variant, records(&parsed.value));
            }
            // What a host has not, or does not run, is an answer.
            Err(ParseError::Absent(_) | ParseError::Unavailable(_) | ParseError::Denied(_)) => {}
            Err(error) => {
                writeln!(wrong, "{} {} by {variant}: {error}", host.name, query.id()).unwrap();
            }
        }
    }
    counts
}

/// The longest list at the top of an answer.
fn records(value: &Value) -> usize {
    let lists = value
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.values());
    lists
        .filter_map(Value::as_array)
        .map(Vec::len)
        .max()
        .unwrap_or(1)
}

/// The arguments: of a query that takes some, those that a fixture of it was captured with.
fn arguments(query: &dyn AnyQuery) -> Value {
    if query.prepare(&Value::Null).is_ok() {
        return Value::Null;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../catalog/src")
        .join(query.id().replace('.', "/"))
        .join("fixtures");
    let mut found: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "args"))
        .collect();
    found.sort();
    let path = found
        .first()
        .unwrap_or_else(|| panic!("{}: no .args", query.id()));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}
