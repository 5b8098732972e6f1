//! `headlessos activity`: what was done on the servers, from the journal.
//!
//! Invariant: it reads the journal, with what a killed program had begun, and nothing else; no server is asked, and nothing that a terminal
//! would act on is printed.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

use anyhow::Result;
use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Utc};
use engine::{JournalEntry, JournalFilter, as_script};
use serde::Serialize;
use store::{Breach, Store};

use crate::{
    arguments::{Activity, Common},
    assemble,
    ls::{in_json, shown},
    show::Refused,
};

/// Lines that are read at once.
const AT_ONCE: u32 = 1000;

/// Prints what was found, or what a check of the journal found.
///
/// # Errors
/// The database cannot be opened, there is no such server, or a time is none.
pub(crate) fn run(common: &Common, wanted: &Activity) -> Result<ExitCode> {
    let store = Store::open(&assemble::data_dir(common)?)?;
    store.adopt_begun()?;
    if let Some(noted) = &wanted.verify {
        return verify(&store, noted);
    }
    let mut out = std::io::stdout().lock();
    if wanted.lines {
        let is_terminal = out.is_terminal();
        lines(&store, &mut out, is_terminal)?;
        return Ok(ExitCode::SUCCESS);
    }
    let entries = store.journal(&filter(&store, wanted)?, wanted.limit)?;
    if wanted.script {
        writeln!(
            out,
            "#!/bin/sh\n# What HeadlessOS has run. Read it before you run it again."
        )?;
        for entry in entries.iter().rev() {
            writeln!(out)?;
            for line in as_script(entry).lines() {
                writeln!(out, "{}", shown(line))?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    for entry in &entries {
        if wanted.json {
            writeln!(out, "{}", in_json(serde_json::to_string(entry)?))?;
        } else {
            writeln!(out, "{}", row(entry))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// One entry: when, where, who, how it went, for what, and the command.
fn row(entry: &JournalEntry) -> String {
    let at = DateTime::parse_from_rfc3339(&entry.at).map_or_else(
        |_| entry.at.clone(),
        |at| {
            let at = at.with_timezone(&Local);
            at.format("%Y-%m-%d %H:%M:%S").to_string()
        },
    );
    let took = entry
        .duration_ms
        .map_or_else(|| "-".to_owned(), |took| format!("{took} ms"));
    let outcome = match (&entry.outcome, entry.exit_code) {
        (None, _) => "goes on or has no end".to_owned(),
        (Some(outcome), Some(code)) if code != 0 => format!("{outcome} ({code})"),
        (Some(outcome), _) => outcome.clone(),
    };
    format!(
        "{at}\t{}\t{}\t{outcome}\t{took}\t{}\t{}",
        shown(&entry.server),
        word(&entry.asker),
        shown(&entry.what),
        shown(&entry.command)
    )
}

fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn filter(store: &Store, wanted: &Activity) -> Result<JournalFilter> {
    let mut words = wanted.words.clone();
    let mut server = None;
    if let Some(named) = &wanted.server {
        let profiles = store.profiles()?;
        let is_it = |profile: &&store::Profile| profile.id == *named || profile.name == *named;
        match profiles.iter().find(is_it) {
            Some(profile) => server = Some(profile.id.clone()),
            // A server that was removed, or one by its address, or a word to look for.
            None => words.insert(0, named.clone()),
        }
    }
    let now = Utc::now();
    let time = |text: &Option<String>| text.as_deref().map(|text| time(text, now)).transpose();
    Ok(JournalFilter {
        server,
        since: time(&wanted.since)?,
        until: time(&wanted.until)?,
        changes: wanted.changes,
        words: words.join(" "),
        ..JournalFilter::default()
    })
}

/// A day or time where this computer is, or so long ago, as RFC 3339 in UTC.
fn time(text: &str, now: DateTime<Utc>) -> Result<String> {
    let at = ago(text, now).or_else(|| local(text)).ok_or_else(|| {
        Refused(format!(
            "{text:?} is no time like 2026-11-24, 2026-11-24T08:00, 30m, 12h or 7d"
        ))
    })?;
    Ok(at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

fn ago(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let count: i64 = count.parse().ok().filter(|count| *count >= 0)?;
    let delta = match unit {
        "m" => TimeDelta::try_minutes(count)?,
        "h" => TimeDelta::try_hours(count)?,
        "d" => TimeDelta::try_days(count)?,
        _ => return None,
    };
    now.checked_sub_signed(delta)
}

fn local(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    let forms = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];
    let at = forms
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .or_else(|| {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            day.and_hms_opt(0, 0, 0)
        })?;
    Some(at.and_local_timezone(Local).earliest()?.to_utc())
}

/// The lines as they are hashed, byte for byte, where no terminal reads them.
fn lines(store: &Store, out: &mut impl Write, is_terminal: bool) -> Result<()> {
    let mut after = i64::MIN;
    loop {
        let lines = store.journal_lines(after, AT_ONCE)?;
        let Some((last, ..)) = lines.last() else {
            return Ok(());
        };
        after = *last;
        for (line, hash, record) in &lines {
            let line = format!("{{\"line\":{line},\"hash\":\"{hash}\",\"record\":{record}}}");
            let line = if is_terminal { in_json(line) } else { line };
            writeln!(out, "{line}")?;
        }
    }
}

fn verify(store: &Store, noted: &str) -> Result<ExitCode> {
    let noted = Some(noted).filter(|noted| !noted.is_empty());
    let verified = store.verify_journal(noted)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} lines hold", verified.lines)?;
    if verified.unchained > 0 {
        let count = verified.unchained;
        writeln!(out, "{count} are from before hashes were kept")?;
    }
    if verified.forgotten_until > 0 {
        let last = verified.forgotten_until;
        writeln!(
            out,
            "those up to {last} were forgotten, as the setting says"
        )?;
    }
    writeln!(out, "line {}: {}", verified.end.line, verified.end.hash)?;
    let words = match verified.breach {
        None => return Ok(ExitCode::SUCCESS),
        Some(Breach::Changed { line }) => format!("line {line} or its hash was changed"),
        Some(Breach::Missing { line }) => format!("lines are missing from {line} on"),
        Some(Breach::NotThere) => "no line has the hash that was noted".to_owned(),
    };
    writeln!(out, "the journal does not hold: {words}")?;
    Ok(ExitCode::FAILURE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_days_or_so_long_ago() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(10);
        assert_eq!(time("7d", now).unwrap(), "1970-01-04T00:00:00.000Z");
        assert_eq!(time("90m", now).unwrap(), "1970-01-10T22:30:00.000Z");
        let exact = "2026-11-24T08:00:00+02:00";
        assert_eq!(time(exact, now).unwrap(), "2026-11-24T06:00:00.000Z");
        assert!(time("2026-11-24", now).is_ok());
        for none in [
            "",
            "d",
            "-1d",
            "7w",
            "yesterday",
            "2026-13-01",
            "9999999999999999d",
        ] {
            assert!(time(none, now).is_err(), "{none}");
        }
    }
}
