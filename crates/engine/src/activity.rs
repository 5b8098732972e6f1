//! What was done on the servers, as the surfaces look at it.
//!
//! Invariant: nothing here adds to the journal; what is forgotten is what the setting says.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};

use catalog::redact::REMOVED;
use chrono::{SecondsFormat, TimeDelta, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use store::{Asker, Deed, JournalEntry, JournalFilter, Verified};

use crate::{Engine, Error};

/// How many entries are given at once at most.
const MOST_ENTRIES: u32 = 1000;
/// What a receipt counts at most; a connection of many days may have more.
const MOST_COUNTED: u32 = 100_000;
/// Changes that a receipt names.
const MOST_NAMED: usize = 50;

/// What was done on a server from the moment a person connected it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The server's id.
    pub server: String,
    /// When that was, RFC 3339 in UTC.
    pub since: String,
    /// Commands that only read.
    pub reads: u64,
    /// Other commands: what may have changed something.
    pub changes: u64,
    /// Changes of files.
    pub file_changes: u64,
    /// Terminals.
    pub terminals: u64,
    /// Forwarded ports.
    pub forwarded_ports: u64,
    /// Bytes that commands, terminals and forwarded ports brought, and that changes of files carried.
    pub bytes: u64,
    /// By what it was for, most first.
    pub by_what: Vec<Counted>,
    /// All that was no mere reading, oldest first, at most 50.
    pub named: Vec<JournalEntry>,
    /// Hidden files of a save or a transfer that broke off and that could not be removed yet, as paths;
    /// they go at the next connect. Empty: nothing is left on the server.
    pub left: Vec<String>,
}

/// How often something was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Counted {
    /// What it was for.
    pub what: String,
    /// How often.
    pub count: u64,
}

impl Engine {
    /// The entries of the journal that fit, newest first, at most `most` and never more than 1000.
    ///
    /// # Errors
    /// The database failed.
    pub async fn activity(
        &self,
        filter: JournalFilter,
        most: u32,
    ) -> Result<Vec<JournalEntry>, Error> {
        self.journal.written().await;
        let find = move |store: &store::Store| store.journal(&filter, most.min(MOST_ENTRIES));
        self.aside(find).await
    }

    /// The journal's lines after this one, oldest first: number, hash, text.
    ///
    /// # Errors
    /// The database failed.
    pub async fn activity_lines(&self, after: i64) -> Result<Vec<(i64, String, String)>, Error> {
        self.journal.written().await;
        self.aside(move |store| store.journal_lines(after, MOST_ENTRIES))
            .await
    }

    /// Checks the journal's chain; with `noted`, also that a line with this hash is in it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn verify_activity(&self, noted: Option<String>) -> Result<Verified, Error> {
        self.journal.written().await;
        self.aside(move |store| store.verify_journal(noted.as_deref()))
            .await
    }

    /// What was done on a server since a person connected it, whatever was lost and made anew meanwhile;
    /// `None`: nobody did since the program was started.
    ///
    /// # Errors
    /// There is no such server; the database failed.
    pub async fn receipt(&self, server: &str) -> Result<Option<Receipt>, Error> {
        let session = self.session(server)?;
        let Some(since) = session.since() else {
            return Ok(None);
        };
        self.journal.written().await;
        let since = since.to_rfc3339_opts(SecondsFormat::Millis, true);
        let id = session.id().to_owned();
        self.aside(move |store| {
            let began = JournalFilter {
                server: Some(id.clone()),
                since: Some(since.clone()),
                ..JournalFilter::default()
            };
            let mut entries = store.journal(&began, MOST_COUNTED)?;
            // The command line connects by itself.
            entries.retain(|entry| entry.asker != Asker::Cli);
            let left = store.strays(&id)?;
            let left = left
                .iter()
                .map(|stray| catalog::text::clean(&stray.path).into_owned())
                .collect();
            Ok(Some(count((id, since), entries, left)))
        })
        .await
    }

    /// Forgets what is older than the setting says, in the background.
    pub(crate) fn forget_old_activity(&self) {
        let store = Arc::clone(&self.options.store);
        tokio::task::spawn_blocking(move || {
            let days = match store.preferences() {
                Ok(preferences) => preferences.journal_days,
                Err(error) => return tracing::warn!(%error, "old activity is not forgotten"),
            };
            let oldest = TimeDelta::try_days(days.into())
                .filter(|_| days > 0)
                .and_then(|age| Utc::now().checked_sub_signed(age));
            if let Some(oldest) = oldest
                && let Err(error) = store.forget_journal_before(oldest)
            {
                tracing::warn!(%error, "old activity is not forgotten");
            }
        });
    }

    /// Asks the database on a thread that may wait for it.
    async fn aside<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&store::Store) -> Result<T, store::StoreError> + Send + 'static,
    ) -> Result<T, Error> {
        let store = Arc::clone(&self.options.store);
        let asked = tokio::task::spawn_blocking(move || ask(&store)).await;
        Ok(asked.map_err(|error| Error::Conflict(error.to_string()))??)
    }
}

fn count(
    (server, since): (String, String),
    entries: Vec<JournalEntry>,
    left: Vec<String>,
) -> Receipt {
    let mut receipt = Receipt {
        server,
        since,
        reads: 0,
        changes: 0,
        file_changes: 0,
        terminals: 0,
        forwarded_ports: 0,
        bytes: 0,
        by_what: Vec::new(),
        named: Vec::new(),
        left,
    };
    let mut by_what = BTreeMap::<String, u64>::new();
    for entry in entries.into_iter().rev() {
        let only_reads = entry.capability.name().ends_with(".read");
        let counter = match entry.deed {
            Deed::Connection => continue,
            Deed::Command if only_reads => &mut receipt.reads,
            Deed::Command => &mut receipt.changes,
            Deed::FileChange => &mut receipt.file_changes,
            Deed::Terminal => &mut receipt.terminals,
            Deed::ForwardedPort => &mut receipt.forwarded_ports,
        };
        *counter += 1;
        receipt.bytes = receipt.bytes.saturating_add(entry.bytes.unwrap_or(0));
        *by_what.entry(entry.what.clone()).or_default() += 1;
        let is_reading = entry.deed == Deed::Command && only_reads;
        if !is_reading && receipt.named.len() < MOST_NAMED {
            receipt.named.push(entry);
        }
    }
    let counted = by_what
        .into_iter()
        .map(|(what, count)| Counted { what, count });
    receipt.by_what = counted.collect();
    receipt
        .by_what
        .sort_by_key(|counted| std::cmp::Reverse(counted.count));
    receipt
}

/// An entry as lines of a shell script: what, when, by whom and how it went as a comment, then the
/// command; what is no command, or not all of it, is a comment too.
#[must_use]
pub fn as_script(entry: &JournalEntry) -> String {
    let mut head = format!(
        "# {} {} {} {}",
        entry.at,
        entry.server,
        word(&entry.asker),
        entry.what
    );
    match &entry.outcome {
        Some(outcome) => {
            let _infallible = write!(head, ": {outcome}");
            if let Some(code) = entry.exit_code {
                let _infallible = write!(head, ", exit code {code}");
            }
            if let Some(took) = entry.duration_ms {
                let _infallible = write!(head, ", {took} ms");
            }
        }
        None => head.push_str(": no end is known"),
    }
    let mut text = String::new();
    push_line(&mut text, &head);
    // Without what was taken out it is another command; what a terminal acts on stands in none.
    let is_plain = |c: char| c == '\n' || !c.is_control();
    let is_command = entry.deed == Deed::Command
        && !entry.command.contains(REMOVED)
        && entry.command.chars().all(is_plain);
    for line in entry.command.lines() {
        if !is_command && !line.starts_with('#') {
            text.push_str("# ");
        }
        push_line(&mut text, line);
    }
    text
}

/// One line, whatever it holds: a script is looked at in a terminal, too.
fn push_line(text: &mut String, line: &str) {
    for c in line.chars() {
        if c.is_control() {
            text.extend(c.escape_default());
        } else {
            text.push(c);
        }
    }
    text.push('\n');
}

fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A script that is run does what was done, or nothing.
    #[test]
    fn what_is_no_whole_command_is_a_comment() {
        let entry = |deed: Deed, command: &str| -> JournalEntry {
            serde_json::from_value(serde_json::json!({
                "id": 1, "at": "2026-01-01T00:00:00.000Z", "server": "web\n1", "asker": "ui",
                "capability": "system.read", "deed": deed, "what": "a", "tool": "a",
                "command": command, "hash": "", "outcome": "ok\nid", "exitCode": 0,
                "durationMs": 1, "bytes": null,
            }))
            .unwrap()
        };
        for (deed, command) in [
            (
                Deed::Command,
                "tool -- '/x TOKEN=[removed]\"; touch pwned;#'",
            ),
            (Deed::Command, "tool 'a\u{1b}'\ntouch pwned"),
            (Deed::FileChange, "/a\ntouch pwned -> /b"),
            (Deed::Terminal, "touch pwned"),
        ] {
            for line in as_script(&entry(deed, command)).lines() {
                assert!(line.starts_with('#'), "{line}");
            }
        }
        let whole = as_script(&entry(Deed::Command, "uptime -p"));
        assert_eq!(whole.lines().last(), Some("uptime -p"));
    }
}
