//! `headlessos parse`: what any command printed becomes typed JSON, without any server.
//!
//! Invariant: it reads its standard input and writes its standard output; the command line it is
//! told chooses a parser and is never run.

use std::{
    fs,
    io::{IsTerminal, Read, Write},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use catalog::{
    AnyFeed, Heard, LineCutter, ParseError, RawOutput,
    typed::{self, NotRead},
};
use serde::Serialize;
use serde_json::json;

use crate::{
    arguments::Parse,
    ls::{in_json, shown, shown_lines},
    show::Refused,
};

/// Some lines were not understood; they are in the answer.
const IN_PART: u8 = 1;
/// No parser reads what this command prints.
const NO_PARSER: u8 = 3;
/// The parsers of this command did not understand it.
const NOT_UNDERSTOOD: u8 = 4;
/// The output says why there is no answer.
const COMPLAINT: u8 = 5;

/// Reads what a command printed from standard input and prints the typed answer.
///
/// # Errors
/// [`Refused`] where no command is named or it is no command line; a file that cannot be read.
pub(crate) fn run(wanted: &Parse) -> Result<ExitCode> {
    if wanted.list {
        return list();
    }
    let command = command(wanted)?;
    if wanted.schema {
        return schema(&command);
    }
    if wanted.stream {
        return stream(&command);
    }
    // Told before anything is waited for.
    if let Err(error) = typed::is_command(&command) {
        return failed(&error);
    }
    let stderr = match &wanted.stderr {
        Some(path) => {
            fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?
        }
        None => Vec::new(),
    };
    let mut stdin = std::io::stdin().lock();
    if stdin.is_terminal() {
        eprintln!("headlessos: reading what `{command}` printed from standard input");
    }
    let mut stdout = Vec::new();
    stdin
        .read_to_end(&mut stdout)
        .context("standard input cannot be read")?;
    let raw = RawOutput {
        stdout: &stdout,
        stderr: &stderr,
        exit_code: Some(wanted.exit_code),
        ..RawOutput::default()
    };
    let mut json = Vec::new();
    let (query, variant, unread) = match typed::write(&command, raw, &mut json) {
        Ok(read) => read,
        Err(error) => return failed(&error),
    };
    if std::io::stdout().is_terminal() {
        let value: serde_json::Value = serde_json::from_slice(&json)?;
        print(&json!({ "query": query, "variant": variant, "value": value, "unread": unread }))?;
    } else {
        let mut out = std::io::stdout().lock();
        // Ids need no escapes.
        write!(out, r#"{{"query":"{query}","variant":"{variant}","value":"#)?;
        out.write_all(&json)?;
        writeln!(out, r#","unread":{}}}"#, serde_json::to_string(&unread)?)?;
        out.flush()?;
    }
    Ok(match unread.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(IN_PART),
    })
}

/// The command line, from `--command` or from the words.
fn command(wanted: &Parse) -> Result<String> {
    match (&wanted.command, wanted.words.as_slice()) {
        (Some(command), []) => Ok(command.clone()),
        (None, [command]) => Ok(command.clone()),
        (None, words) if !words.is_empty() => Ok(typed::join(words)),
        _ => bail!(Refused(
            "which command printed it? `headlessos parse df -h`, or --command \"df -h\"; \
             --list names those that can be read"
                .to_owned()
        )),
    }
}

fn failed(error: &NotRead) -> Result<ExitCode> {
    let (kind, code) = match error {
        NotRead::NoCommand(_) => bail!(Refused(error.to_string())),
        NotRead::NoParser(_) => ("noParser", NO_PARSER),
        NotRead::NotUnderstood { .. } => ("notUnderstood", NOT_UNDERSTOOD),
        NotRead::Complaint(complaint) => (
            match complaint {
                ParseError::Absent(_) => "unsupported",
                ParseError::Denied(_) => "denied",
                ParseError::Unavailable(_) => "unavailable",
                ParseError::Empty(_) => "empty",
                ParseError::Shape(_) => "notUnderstood",
            },
            COMPLAINT,
        ),
    };
    print(&json!({ "error": { "kind": kind, "message": error.to_string() } }))?;
    eprintln!("headlessos: {}", shown_lines(&error.to_string()));
    Ok(ExitCode::from(code))
}

/// The command lines that are read, with the queries whose answers they give.
fn list() -> Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    let patterns = typed::patterns();
    let width = patterns
        .iter()
        .map(|(line, _)| line.len())
        .max()
        .unwrap_or(0);
    for (line, query) in patterns {
        writeln!(out, "{line:width$}  {query}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The JSON Schemas of the answers that the command's output may give.
fn schema(command: &str) -> Result<ExitCode> {
    let queries = match typed::queries(command) {
        Ok(queries) => queries,
        Err(error) => return failed(&error),
    };
    let schemas: Vec<_> = queries
        .into_iter()
        .filter_map(catalog::find)
        .map(|query| {
            json!({
                "query": query.id(),
                "title": query.title(),
                "schema": catalog::answer_schema(query),
            })
        })
        .collect();
    print(&schemas)?;
    Ok(ExitCode::SUCCESS)
}

/// Reads records as they come; lines that are none go to standard error.
fn stream(command: &str) -> Result<ExitCode> {
    let feeds = match typed::feeds(command) {
        Ok(feeds) if feeds.is_empty() => return failed(&NotRead::NoParser(command.to_owned())),
        Ok(feeds) => feeds,
        Err(error) => return failed(&error),
    };
    let mut out = std::io::stdout().lock();
    let mut stdin = std::io::stdin().lock();
    let mut piece = vec![0; 1 << 16];
    let mut cutter = LineCutter::default();
    let mut told = Told::default();
    loop {
        let length = stdin
            .read(&mut piece)
            .context("standard input cannot be read")?;
        if length == 0 {
            break;
        }
        cutter.push(piece.get(..length).unwrap_or_default(), |line| {
            told.line(&feeds, line);
        });
        // Whoever reads this waits for what has come.
        out.write_all(&told.json)?;
        out.flush()?;
        told.json.clear();
    }
    let rest = cutter.rest();
    if !rest.is_empty() {
        told.unread(&rest);
    }
    Ok(match (told.records, told.unread) {
        (_, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(NOT_UNDERSTOOD),
        _ => ExitCode::from(IN_PART),
    })
}

/// What came of the lines so far.
#[derive(Default)]
struct Told {
    records: u64,
    unread: u64,
    /// The records that are not yet told, a line of JSON each.
    json: Vec<u8>,
}

impl Told {
    /// The first feed that understands a line has it.
    fn line(&mut self, feeds: &[(&'static dyn AnyFeed, usize)], line: &[u8]) {
        for (feed, variant) in feeds {
            match feed.write(*variant, line, &mut self.json) {
                Heard::Record(()) => {
                    self.records = self.records.saturating_add(1);
                    return;
                }
                Heard::Nothing => return,
                Heard::Unread => {}
            }
        }
        self.unread(line);
    }

    fn unread(&mut self, line: &[u8]) {
        self.unread = self.unread.saturating_add(1);
        let text: String = catalog::text::clean(line).chars().take(500).collect();
        eprintln!("headlessos: not understood: {}", shown(&text));
    }
}

/// For people where a person reads it, else on one line.
fn print(value: &impl Serialize) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if std::io::stdout().is_terminal() {
        let json = in_json(serde_json::to_string_pretty(value)?);
        out.write_all(json.as_bytes())?;
    } else {
        serde_json::to_writer(&mut out, value)?;
    }
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}
