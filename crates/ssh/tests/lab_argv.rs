//! What a server's programs get: every command of the catalog, with all sorts of values, as it is
//! rendered, under each login shell, with the programs replaced by one that tells its words. Skipped,
//! with a printed reason, where there is no lab.
//!
//! Invariant: nothing is changed on a host but a folder of its own, which goes; its programs come first
//! on the PATH of these runs alone.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may"
)]

#[path = "argv/commands.rs"]
mod commands;
#[path = "../../catalog/tests/arguments/kinds.rs"]
#[expect(dead_code, reason = "what is refused stands in no command")]
mod kinds;

use std::{
    collections::BTreeSet,
    fs::File,
    io::Write as _,
    process::{Command as Process, Stdio},
    thread,
};

use catalog::{
    Command, EXEC_LINE, Marker, QUERIES,
    arguments::{RemotePath, exact},
    elevation::Elevation,
};
use commands::{all, all_asked, values};
use serde_json::Value;
use testkit::lab::{Host, Lab};

/// Begins what belongs to a line, and what a program got. No word of a command holds either.
const LINE: u8 = 0x1e;
const WORDS: u8 = 0x1d;
/// The program that stands for all others: how many words, its name, the words.
const RECORDER: &str = r#"#!/bin/sh
[ -z "$RECORD" ] || exec >>"$RECORD"
printf '\035'; printf '%s\0' "$#" "${0##*/}" "$@""#;
/// Takes lines as the product sends them, each of which becomes a command.
const EACH: &str = r#"while IFS= read -r d; do printf '\036'; (eval "$d") </dev/null; done"#;
/// The same where what the programs got goes into a file, since scripts read what programs print.
const EACH_BY_FILE: &str = r#"export RECORD="$f/$$"; : >"$RECORD"
while IFS= read -r d; do (eval "$d") </dev/null >/dev/null; printf '\036'; /bin/cat "$RECORD"; : >"$RECORD"; done"#;
/// Programs that the scripts run beside those that variants need.
const COMMON: &[&str] = &[
    "awk", "cat", "cut", "date", "find", "grep", "head", "id", "ls", "readlink", "sed", "sort",
    "stat", "tail", "tr", "wc",
];

/// Words as a program got them, its name first.
type Words = Vec<Vec<u8>>;

/// A folder of a host with the programs that tell their words; gone when it is dropped.
struct Recorders<'a> {
    host: &'a Host,
    folder: String,
}

impl<'a> Recorders<'a> {
    fn new(host: &'a Host, programs: &BTreeSet<&str>) -> Self {
        let made = host.exec(&["mktemp", "-d"]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        let folder = made.stdout.trim().to_owned();
        let recorders = Self { host, folder };
        let script = r#"cd "$0" && printf '%s\n' "$1" >record && chmod 755 . record && mkdir programs files &&
            chmod 1777 files && shift && for name; do ln -s ../record "programs/$name" || exit; done"#;
        let mut words = vec!["sh", "-c", script, &recorders.folder, RECORDER];
        words.extend(programs);
        let made = host.exec(&words);
        assert_eq!(made.code, 0, "{}", made.stderr);
        recorders
    }

    /// Puts another program beside them.
    fn link(&self, name: &str, program: &str) {
        let made = self.host.exec(&[
            "ln",
            "-s",
            program,
            &format!("{}/programs/{name}", self.folder),
        ]);
        assert_eq!(made.code, 0, "{}", made.stderr);
    }

    /// Sends lines to `sh` behind a user's login shell, as the product does; gives what was told for each.
    ///
    /// ash takes its own programs before those of the PATH: there a program is named by its place.
    fn told(&self, lab: &Lab, user: &str, each: &str, lines: &[(&str, String)]) -> Vec<Vec<Words>> {
        let (host, who) = (self.host, format!("{user}@{}", self.host.address));
        let folder = tempfile::tempdir().unwrap();
        let known = folder.path().join("known_hosts");
        std::fs::write(&known, format!("{}\n", host.known_hosts_line)).unwrap();
        let mut input = File::create_new(folder.path().join("input")).unwrap();
        let each = each.replace('\n', "; ");
        writeln!(
            input,
            "f={}; PATH=$f/programs:$PATH; f=$f/files; {each}",
            self.folder
        )
        .unwrap();
        for (program, line) in lines {
            let quoted = format!(" '{program}'");
            let placed = format!(" {}/programs/{program}", self.folder);
            let is_ash = host.init == "openrc";
            let line = if is_ash {
                &line.replacen(&quoted, &placed, 1)
            } else {
                line
            };
            input.write_all(line.as_bytes()).unwrap();
        }
        let output = Process::new("timeout")
            .args(["120", "ssh"])
            .args([
                "-F",
                "none",
                "-T",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "IdentityAgent=none",
                "-o",
                "BatchMode=yes",
            ])
            .args([
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                &format!("UserKnownHostsFile={}", known.display()),
            ])
            .args(["-p", &host.port.to_string(), "-i"])
            .arg(&lab.identity)
            .args([&who, EXEC_LINE])
            .stdin(Stdio::from(
                File::open(folder.path().join("input")).unwrap(),
            ))
            .output()
            .unwrap();
        let mut told = output.stdout.split(|byte| *byte == LINE);
        let _noise = told.next();
        let told: Vec<Vec<Words>> = told.map(records).collect();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(told.len(), lines.len(), "{who}: {}: {said}", output.status);
        told
    }
}

impl Drop for Recorders<'_> {
    fn drop(&mut self) {
        let _gone = self.host.exec(&["rm", "-rf", &self.folder]);
    }
}

/// What the programs of one line told.
fn records(told: &[u8]) -> Vec<Words> {
    let mut pieces = told.split(|byte| *byte == WORDS);
    let _before = pieces.next();
    pieces
        .map(|piece| {
            let mut words = piece.split(|byte| *byte == 0).map(<[u8]>::to_vec);
            let count = String::from_utf8(words.next().unwrap()).unwrap();
            words.take(count.parse::<usize>().unwrap() + 1).collect()
        })
        .collect()
}

fn program(command: &Command) -> &str {
    command.argv().first().map_or("", AsRef::as_ref)
}

fn argv(command: &Command) -> Words {
    command
        .argv()
        .iter()
        .map(|word| exact::bytes(word))
        .collect()
}

/// Words without loss, for people too.
fn shown(words: &[Vec<u8>]) -> Vec<String> {
    words
        .iter()
        .map(|word| word.escape_ascii().to_string())
        .collect()
}

/// Which users of which hosts, and how much each runs: each login shell all of it once, and one line in
/// so many under other releases and with other surroundings. `busybox` has ash and dropbear.
fn users(lab: &Lab) -> Vec<(&Host, Vec<(&str, usize)>)> {
    let wanted: [(&str, &[(&str, usize)]); 4] = [
        (
            "deb12",
            &[
                ("root", 1),
                ("fishy", 1),
                ("cshy", 1),
                ("zshy", 1),
                ("dashy", 1),
                ("plain", 8),
                ("noisy", 8),
                ("german", 8),
            ],
        ),
        ("deb13", &[("fishy", 8), ("cshy", 8), ("zshy", 8)]),
        ("fedora", &[("plain", 8)]),
        ("busybox", &[("root", 1), ("plain", 8)]),
    ];
    wanted
        .iter()
        .filter_map(|(name, users)| Some((lab.host(name)?, users.to_vec())))
        .collect()
}

#[test]
fn every_program_gets_the_words_that_were_meant() {
    let Some(lab) = Lab::find() else { return };
    let commands = all();
    let programs = commands.iter().filter_map(|command| command.argv().first());
    let programs: BTreeSet<&str> = programs.map(AsRef::as_ref).collect();
    let marker = Marker::from_bits(7);
    let mut lines: Vec<(&str, String)> = commands
        .iter()
        .map(|command| (program(command), command.script_line(&marker)))
        .collect();
    let mut expected: Vec<Words> = commands.iter().map(argv).collect();
    // The other ways to send a command, with the words that are hardest.
    for (at, command) in commands
        .iter()
        .enumerate()
        .filter(|(at, command)| at % 16 == 0 || command.argv().len() > 20)
    {
        let line = match at % 3 {
            0 => command.raw_terminal_line(&marker, 0),
            1 => command.protocol_line(&marker),
            _ => command.terminal_line(&marker),
        };
        lines.push((program(command), line));
        expected.push(argv(command));
    }
    assert!(lines.len() > 1000, "{} commands", lines.len());
    let run = |(host, users): (&Host, Vec<(&str, usize)>)| {
        let recorders = Recorders::new(host, &programs);
        for (nth, (user, one_in)) in users.into_iter().enumerate() {
            let share = |at: usize| (at + nth).is_multiple_of(one_in);
            let lines: Vec<_> = (0..)
                .zip(&lines)
                .filter(|(at, _)| share(*at))
                .map(|(_, line)| line.clone())
                .collect();
            let expected = (0..).zip(&expected).filter(|(at, _)| share(*at));
            let told = recorders.told(lab, user, EACH, &lines);
            for ((told, (_, expected)), (_, line)) in told.iter().zip(expected).zip(&lines) {
                let told: Vec<_> = told.iter().map(|words| shown(words)).collect();
                assert_eq!(told, [shown(expected)], "{user}@{}: {line}", host.name);
            }
        }
    };
    thread::scope(|scope| {
        users(lab).into_iter().for_each(|of_host| {
            scope.spawn(move || run(of_host));
        });
    });
}

/// The words of sudo, doas and su do not depend on what is run, and hold the constant script alone.
#[test]
fn the_ways_to_root_get_the_words_that_were_meant() {
    let Some(lab) = Lab::find() else { return };
    let marker = Marker::from_bits(7);
    let mark = marker.as_str();
    let ways = [
        Elevation::Sudo,
        Elevation::SudoOnTerminal,
        Elevation::Doas,
        Elevation::Su,
    ];
    let ways: Vec<_> = ways
        .into_iter()
        .flat_map(|way| [(way, true), (way, false)])
        .collect();
    let lines: Vec<(&str, String)> = ways
        .iter()
        .map(|(way, asks)| (way.program(), way.line(&marker, *asks)))
        .collect();
    for (host, users) in users(lab) {
        let recorders = Recorders::new(host, &BTreeSet::from(["sudo", "doas", "su"]));
        let (user, _) = users.last().unwrap();
        for ((way, _), told) in ways.iter().zip(recorders.told(lab, user, EACH, &lines)) {
            let [words] = told.as_slice() else {
                panic!("{way:?}: {told:?}")
            };
            let words: Vec<&str> = words
                .iter()
                .map(|word| std::str::from_utf8(word).unwrap())
                .collect();
            assert_eq!(words.first(), Some(&way.program()));
            let last = words.last().unwrap();
            match way {
                Elevation::Su => {
                    assert_eq!(words[1..3], ["root", "-c"]);
                    assert!(
                        last.starts_with("exec /bin/sh -c '")
                            && last.ends_with(&format!("' sh {mark}"))
                    );
                }
                _ => {
                    assert_eq!(
                        words[words.len() - 6..words.len() - 3],
                        ["--", "/bin/sh", "-c"]
                    );
                    assert_eq!(words[words.len() - 2..], ["sh", mark]);
                }
            }
        }
    }
}

/// Where a script hands an argument on, the programs in it get it as one word too: their words are
/// those of a model, with the value in its place. `sh` is dash on the one host and bash on the other.
#[test]
fn scripts_hand_on_the_words_that_were_meant() {
    let Some(lab) = Lab::find() else { return };
    let mut programs: BTreeSet<&str> = COMMON.iter().copied().collect();
    programs.extend(
        QUERIES
            .iter()
            .flat_map(|query| query.variants())
            .flat_map(|(_, needs)| needs.programs),
    );
    let mut lines = Vec::new();
    let mut cases = Vec::new();
    for asked in all_asked() {
        for field in &asked.fields {
            let model = match field.kind.name {
                "RemotePath" => "/qz/model",
                "LogPath" => "/qz/log/model",
                "UnitName" => "qzmodel.service",
                _ if field.kind.mark.starts_with('^') => "qzmodel",
                _ => continue,
            };
            let models = asked.with(&field.name, Value::from(model));
            for value in values(field.kind) {
                let mut text = value.as_str().unwrap_or_default().to_owned();
                // What is there is looked at more closely than what is not.
                if field.kind.name == "RemotePath" {
                    text.insert_str(0, "/qz");
                }
                // An address is asked for its name by another option.
                if field.kind.name == "HostName"
                    && (text.contains(':') || text.parse::<std::net::IpAddr>().is_ok())
                {
                    continue;
                }
                for (model_command, command) in models
                    .iter()
                    .zip(asked.with(&field.name, Value::from(text.as_str())))
                {
                    let marker = Marker::from_bits(7);
                    cases.push((asked.id, model, bytes(&text)));
                    lines.push(("", model_command.script_line(&marker)));
                    lines.push(("", command.script_line(&marker)));
                }
            }
        }
    }
    thread::scope(|scope| {
        for (name, user) in [("deb12", "plain"), ("fedora", "plain")] {
            let (Some(host), lines, cases, programs) = (lab.host(name), &lines, &cases, &programs)
            else {
                continue;
            };
            scope.spawn(move || {
                let recorders = Recorders::new(host, programs);
                if name == "fedora" {
                    recorders.link("sh", "/bin/bash");
                }
                let told = recorders.told(lab, user, EACH_BY_FILE, lines);
                let mut handed_on = 0;
                for (pair, (id, model, value)) in told.chunks(2).zip(cases) {
                    let [of_model, of_value] = pair else {
                        panic!("a pair is missing")
                    };
                    let meant: Vec<_> = of_model
                        .iter()
                        .map(|words| {
                            handed_on +=
                                usize::from(words.iter().any(|word| word == model.as_bytes()));
                            shown(
                                &words
                                    .iter()
                                    .map(|word| replaced(word, model.as_bytes(), value))
                                    .collect::<Vec<_>>(),
                            )
                        })
                        .collect();
                    let got: Vec<_> = of_value.iter().map(|words| shown(words)).collect();
                    assert_eq!(got, meant, "{id} on {name}");
                }
                assert!(
                    handed_on > cases.len() / 2,
                    "{name}: only {handed_on} of {}",
                    cases.len()
                );
            });
        }
    });
}

/// A path is handed on without its empty and `.` components.
fn bytes(text: &str) -> Vec<u8> {
    match RemotePath::try_from(text.to_owned()) {
        Ok(path) => path.as_bytes().to_vec(),
        Err(_) => text.as_bytes().to_vec(),
    }
}

fn replaced(word: &[u8], model: &[u8], value: &[u8]) -> Vec<u8> {
    let mut rest = word;
    let mut made = Vec::new();
    while let Some(at) = rest.windows(model.len()).position(|piece| piece == model) {
        made.extend_from_slice(&rest[..at]);
        made.extend_from_slice(value);
        rest = &rest[at + model.len()..];
    }
    made.extend_from_slice(rest);
    made
}
