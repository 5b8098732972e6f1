//! Reads what `strace -f -e trace=execve,clone,clone3,fork,vfork` has written of an sshd.

use std::collections::HashMap;

use catalog::EXEC_LINE;

/// Something that was started over a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Started {
    /// These words became the process in which the script ran.
    Command(Vec<String>),
    /// A login shell.
    Terminal,
}

#[derive(Default)]
pub(crate) struct Audit {
    pub(crate) started: Vec<Started>,
    /// Programs that belong to nothing of the above, nor to sshd.
    pub(crate) strangers: Vec<String>,
}

/// Of a process: how far it has come from sshd to a command.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// A part of sshd.
    Sshd,
    /// The login shell was asked for the constant line.
    Asked,
    /// The shell of the script.
    Script,
    /// It, or what it descends from, is told already.
    Told,
}

/// One call that has returned: whose, with which words, and what came of it.
struct Call<'l> {
    pid: &'l str,
    text: &'l str,
    result: &'l str,
}

/// The calls, in the order in which they returned.
fn calls(log: &str) -> Vec<Call<'_>> {
    let mut unfinished: HashMap<&str, &str> = HashMap::new();
    let mut calls = Vec::new();
    for line in log.lines() {
        let Some((pid, rest)) = line.split_once(' ') else {
            continue;
        };
        let rest = rest.trim_start();
        if let Some(begun) = rest.strip_suffix("<unfinished ...>") {
            unfinished.insert(pid, begun);
            continue;
        }
        let text = match rest.strip_prefix("<... ") {
            Some(_) => unfinished.remove(pid).unwrap_or_default(),
            None => rest,
        };
        if let Some(result) = rest.rsplit(" = ").next() {
            calls.push(Call { pid, text, result });
        }
    }
    calls
}

pub(crate) fn read(log: &str) -> Audit {
    let calls = calls(log);
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    // A child may be seen at work before its making has returned.
    let parents: HashMap<&str, &str> = calls
        .iter()
        .filter(|call| !call.text.starts_with("execve(") && is_number(call.result))
        .map(|call| (call.result, call.pid))
        .collect();
    let mut audit = Audit::default();
    let mut stages: HashMap<&str, Stage> = HashMap::new();
    for call in calls
        .iter()
        .filter(|call| call.text.starts_with("execve(") && call.result == "0")
    {
        // The nearest forebear that ran a program; a shell's children need not have.
        let inherited = |pid: &str| -> Option<Stage> {
            let mut forebear = *parents.get(pid)?;
            loop {
                match stages.get(forebear) {
                    Some(stage) => return Some(*stage),
                    None => forebear = *parents.get(forebear)?,
                }
            }
        };
        let stage = match stages.get(call.pid).copied() {
            Some(stage) => stage,
            // What a script starts before it becomes the command is the script's own.
            None => match inherited(call.pid) {
                None | Some(Stage::Sshd) => Stage::Sshd,
                Some(_) => Stage::Told,
            },
        };
        stages.insert(call.pid, next(stage, &argv(call.text), &mut audit));
    }
    audit
}

fn next(stage: Stage, argv: &[String], audit: &mut Audit) -> Stage {
    let words: Vec<&str> = argv.iter().map(String::as_str).collect();
    match (stage, &words[..]) {
        (Stage::Sshd, [_, "-c", line]) if *line == EXEC_LINE => Stage::Asked,
        (Stage::Asked, ["/bin/sh", "-c", _]) => Stage::Script,
        (Stage::Script, _) => {
            audit.started.push(Started::Command(argv.to_vec()));
            Stage::Told
        }
        (Stage::Sshd, [shell]) if shell.starts_with('-') => {
            audit.started.push(Started::Terminal);
            Stage::Told
        }
        (Stage::Sshd, [program, ..]) if program.contains("sshd") => Stage::Sshd,
        (Stage::Told, _) => Stage::Told,
        _ => {
            audit.strangers.push(words.join(" "));
            Stage::Told
        }
    }
}

/// The words of `execve("/bin/df", ["df", "-P"], [..]) = 0`.
fn argv(call: &str) -> Vec<String> {
    let Some((_, list)) = call.split_once(", [") else {
        return Vec::new();
    };
    let mut words = Vec::new();
    let mut bytes = list.bytes().peekable();
    let mut word: Option<Vec<u8>> = None;
    while let Some(byte) = bytes.next() {
        match (&mut word, byte) {
            (None, b']') => break,
            (None, b'"') => word = Some(Vec::new()),
            (None, _) => {}
            (Some(_), b'"') => {
                let whole = word.take().unwrap_or_default();
                words.push(String::from_utf8_lossy(&whole).into_owned());
            }
            (Some(text), b'\\') => text.push(match bytes.next() {
                Some(b'n') => b'\n',
                Some(b't') => b'\t',
                Some(b'r') => b'\r',
                Some(digit @ b'0'..=b'7') => {
                    let mut value = digit - b'0';
                    for _ in 0..2 {
                        let Some(next @ b'0'..=b'7') = bytes.peek().copied() else {
                            break;
                        };
                        bytes.next();
                        value = value.wrapping_mul(8).wrapping_add(next - b'0');
                    }
                    value
                }
                Some(other) => other,
                None => b'\\',
            }),
            (Some(text), byte) => text.push(byte),
        }
    }
    words
}
