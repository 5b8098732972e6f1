//! Which parser reads what a person's own command printed: `df -h`, `sudo docker ps -a`.
//!
//! Invariant: a command line that comes in here is only looked at. It chooses parsers; nothing of
//! it becomes a [`Command`](crate::Command), and nothing runs it.

mod line;

pub use line::words;

use serde_json::Value;

use crate::{
    AnyFeed, AnyQuery, FEEDS, FileContent, ParseError, Parsed, QUERIES, RawOutput, Source, Unread,
    command, files,
};

/// What was made of an output.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The query whose answer it is.
    pub query: &'static str,
    /// The variant whose parser read it.
    pub variant: &'static str,
    /// The answer, and what was left unread.
    pub parsed: Parsed<Value>,
}

/// Why nothing was made of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    /// The line names no program: it is empty, or a quote in it is not closed.
    #[error("this is no command line: {0}")]
    NoCommand(String),
    /// No parser reads what this command prints.
    #[error("there is no parser for {0}")]
    NoParser(String),
    /// The output says why there is no answer. Never [`ParseError::Shape`].
    #[error(transparent)]
    Complaint(ParseError),
    /// All parsers of this command were tried, and none understood it.
    #[error("not understood as the output of {command}: {}", .reasons.join("; "))]
    NotUnderstood {
        /// The program and its words.
        command: String,
        /// The parsers, and what each could not read: `storage.filesystems by df: no header`.
        reasons: Vec<String>,
    },
}

/// A parser that may read it: a query, the index of its variant, and how many words of the command
/// speak for it.
type Candidate = (&'static dyn AnyQuery, usize, usize);

/// Reads what `command` printed, by the most particular parser that understands it. `command` is a
/// line as it is typed in a shell, with `sudo`, assignments and a pipe behind it if need be, or the
/// id of a query.
///
/// # Errors
/// See [`NotRead`].
pub fn read(command: &str, raw: RawOutput<'_>) -> Result<Read, NotRead> {
    let (query, variant, parsed) = first(command, raw, |query, variant, raw| {
        query.parse(variant, raw)
    })?;
    Ok(Read {
        query,
        variant,
        parsed,
    })
}

/// The same, the answer written as JSON to the end of `json` at once: the ids of the query and of
/// the variant, and what was left unread.
///
/// # Errors
/// See [`NotRead`].
pub fn write(
    command: &str,
    raw: RawOutput<'_>,
    json: &mut Vec<u8>,
) -> Result<(&'static str, &'static str, Vec<Unread>), NotRead> {
    first(command, raw, |query, variant, raw| {
        query.write(variant, raw, json)
    })
}

/// What the first parser that understands it makes of an output.
fn first<T>(
    command: &str,
    raw: RawOutput<'_>,
    mut parse: impl FnMut(&'static dyn AnyQuery, usize, RawOutput<'_>) -> Result<T, ParseError>,
) -> Result<(&'static str, &'static str, T), NotRead> {
    let words = words(command)?;
    let candidates = candidates(&words);
    if candidates.is_empty() {
        return Err(NotRead::NoParser(words.join(" ")));
    }
    let raw = RawOutput {
        typed: &words,
        ..raw
    };
    let mut complaint = None;
    let mut reasons = Vec::new();
    for (query, index, _) in candidates {
        let Some((variant, _)) = query.variants().get(index).copied() else {
            continue;
        };
        match with_files(query, index, raw, |raw| parse(query, index, raw)) {
            Ok(value) => return Ok((query.id(), variant, value)),
            Err(ParseError::Shape(reason)) => {
                reasons.push(format!("{} by {variant}: {reason}", query.id()));
            }
            Err(other) => complaint = complaint.or(Some(other)),
        }
    }
    match complaint.or_else(|| raw.complaint()) {
        Some(complaint) => Err(NotRead::Complaint(complaint)),
        None => Err(NotRead::NotUnderstood {
            command: words.join(" "),
            reasons,
        }),
    }
}

/// The feeds that read what this command goes on printing, with the index of the variant, the
/// likeliest first; empty: none does.
///
/// # Errors
/// [`NotRead::NoCommand`].
pub fn feeds(command: &str) -> Result<Vec<(&'static dyn AnyFeed, usize)>, NotRead> {
    let words = words(command)?;
    let mut fitting: Vec<_> = FEEDS
        .iter()
        .flat_map(|feed| (0..feed.variants().len()).map(move |variant| (*feed, variant)))
        .filter_map(|(feed, variant)| {
            let patterns = feed.reads(variant).iter();
            let weight = patterns
                .filter_map(|pattern| matched(pattern, &words))
                .max()?;
            Some((weight, feed, variant))
        })
        .collect();
    fitting.sort_by_key(|(weight, _, _)| std::cmp::Reverse(*weight));
    Ok(fitting
        .into_iter()
        .map(|(_, feed, variant)| (feed, variant))
        .collect())
}

/// Whether it is a command line, and one whose output a parser reads.
///
/// # Errors
/// [`NotRead::NoCommand`] or [`NotRead::NoParser`].
pub fn is_command(command: &str) -> Result<(), NotRead> {
    queries(command).map(|_| ())
}

/// The ids of the queries whose answers may come of what this command prints, the likeliest first.
///
/// # Errors
/// [`NotRead::NoCommand`] or [`NotRead::NoParser`].
pub fn queries(command: &str) -> Result<Vec<&'static str>, NotRead> {
    let words = words(command)?;
    let mut ids = Vec::new();
    for (query, _, _) in candidates(&words) {
        if !ids.contains(&query.id()) {
            ids.push(query.id());
        }
    }
    if ids.is_empty() {
        return Err(NotRead::NoParser(words.join(" ")));
    }
    Ok(ids)
}

/// One line of words that a shell has split already.
#[must_use]
pub fn join(words: &[String]) -> String {
    command::typed(words.iter().map(String::as_str))
}

/// The patterns of the command lines whose output is read, each with the query or feed, alphabetical.
#[must_use]
pub fn patterns() -> Vec<(&'static str, &'static str)> {
    let mut patterns: Vec<_> = variants()
        .flat_map(|(query, index)| {
            let patterns = query.reads(index).iter();
            patterns.map(move |pattern| (*pattern, query.id()))
        })
        .chain(FEEDS.iter().flat_map(|feed| {
            let patterns = (0..feed.variants().len()).flat_map(|variant| feed.reads(variant));
            patterns.map(|pattern| (*pattern, feed.id()))
        }))
        .collect();
    patterns.sort_unstable();
    patterns.dedup();
    patterns
}

fn variants() -> impl Iterator<Item = (&'static dyn AnyQuery, usize)> {
    QUERIES
        .iter()
        .flat_map(|query| (0..query.variants().len()).map(move |index| (*query, index)))
}

/// Hands an output to `then` in the form that the variant takes it: as it is, or as the files that
/// it reads.
fn with_files<T>(
    query: &dyn AnyQuery,
    index: usize,
    raw: RawOutput<'_>,
    then: impl FnOnce(RawOutput<'_>) -> Result<T, ParseError>,
) -> Result<T, ParseError> {
    let Some(paths) = paths(query, index) else {
        return then(raw);
    };
    // What was printed of one file, or of several with their names before the lines.
    let named: Vec<&str> = paths.iter().map(|path| path.as_str()).collect();
    let split = files::split(raw.stdout, &paths);
    let mut contents: Vec<FileContent<'_>> = split
        .iter()
        .map(|(path, bytes)| FileContent { path, bytes })
        .collect();
    if contents.is_empty() {
        let shown = raw
            .typed
            .iter()
            .filter(|word| named.contains(&word.as_str()));
        match shown.collect::<Vec<_>>().as_slice() {
            [path] => contents.push(FileContent {
                path,
                bytes: raw.stdout,
            }),
            _ => {
                return Err(ParseError::shape(
                    "of several files at once, which is whose?",
                ));
            }
        }
    }
    then(RawOutput {
        files: &contents,
        ..raw
    })
}

/// The files that a variant reads; `None`: it runs a command, or takes arguments.
fn paths(query: &dyn AnyQuery, index: usize) -> Option<Vec<crate::FixedPath>> {
    let prepared = query.prepare(&Value::Null).ok()?;
    match prepared.source(index)? {
        Source::Files(paths) => Some(paths.to_vec()),
        Source::Command(_) => None,
    }
}

/// The parsers that may read what the words print, those first for which most words speak.
fn candidates(words: &[String]) -> Vec<Candidate> {
    let Some((program, rest)) = words.split_first() else {
        return Vec::new();
    };
    let named = crate::find(program).filter(|_| rest.is_empty());
    let weight = |(query, index): (&'static dyn AnyQuery, usize)| {
        if let Some(named) = named {
            return (named.id() == query.id()).then_some((query, index, 0));
        }
        let patterns = query.reads(index).iter();
        let by_pattern = patterns.filter_map(|pattern| matched(pattern, words)).max();
        let shows_file = || {
            const SHOW: &str = "cat|grep|head|less|more|tail";
            SHOW.split('|').find(|show| show == program)?;
            let named = paths(query, index)?;
            let named = named.iter().map(|path| format!("{SHOW} {}", path.as_str()));
            named.filter_map(|pattern| matched(&pattern, words)).max()
        };
        let weight = by_pattern.max(shows_file())?;
        Some((query, index, weight))
    };
    let mut candidates: Vec<Candidate> = variants().filter_map(weight).collect();
    candidates.sort_by_key(|(_, _, weight)| std::cmp::Reverse(*weight));
    candidates
}

/// How much of a command a pattern names, in words first and then in characters: of two patterns of
/// as many words the one that says more of them weighs more. `None`: a word of it is not there, in
/// its order.
fn matched(pattern: &str, words: &[String]) -> Option<usize> {
    const OF_A_WORD: usize = 1000;
    let mut words = words.iter();
    let mut weight: usize = 0;
    for (at, wanted) in pattern.split(' ').enumerate() {
        // The characters of the spelling that fits.
        let named = |word: &String| {
            let fitting = wanted.split('|').filter_map(|spelling| {
                let fits = match spelling.strip_suffix('*') {
                    Some(beginning) => word.starts_with(beginning),
                    None => word == spelling,
                };
                fits.then_some(spelling.len())
            });
            fitting.max()
        };
        let length = match at {
            0 => words.next().and_then(named)?,
            _ => words.find_map(named)?,
        };
        weight = weight
            .saturating_add(OF_A_WORD)
            .saturating_add(length.min(OF_A_WORD));
    }
    Some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(line: &str) -> Vec<String> {
        words(line).unwrap()
    }

    #[test]
    fn a_pattern_fits_words_in_its_order() {
        let fits = |pattern, line: &str| matched(pattern, &words_of(line));
        assert_eq!(
            fits("ip a|addr|address", "ip -4 addr show eth0"),
            Some(2006)
        );
        assert_eq!(fits("ip a|addr|address", "ip route"), None);
        assert_eq!(fits("df", "echo df"), None);
        let line = "cat /etc/cron.d/php";
        assert!(fits("cat /etc/cron.d/*", line) > fits("cat /etc/*", line));
    }

    #[test]
    fn a_file_is_read_by_whoever_reads_it() {
        let stdout = b"MemTotal: 2048 kB\nMemFree: 1024 kB\nMemAvailable: 1536 kB\n";
        let raw = RawOutput {
            stdout,
            exit_code: Some(0),
            ..RawOutput::default()
        };
        let read = read("cat /proc/meminfo", raw);
        assert_eq!(read.map(|read| read.query), Ok("system.memory"));
        assert!(matches!(
            super::read("frobnicate -x", raw),
            Err(NotRead::NoParser(_))
        ));
    }
}
