//! The one place where the engine writes into the journal of what it did on the servers.
//!
//! Invariant: a command is written without the secrets that it may hold, and nobody waits for it.

use std::sync::Arc;

use catalog::redact;
use store::{NewJournalEntry, Store};

/// Writes entries, in their order.
pub(crate) fn append(store: &Arc<Store>, entries: Vec<NewJournalEntry>) {
    let store = Arc::clone(store);
    tokio::task::spawn_blocking(move || {
        for entry in entries {
            if let Err(error) = store.append(&without_secrets(entry)) {
                tracing::error!(%error, "the journal could not be written");
                return;
            }
        }
    });
}

fn without_secrets(entry: NewJournalEntry) -> NewJournalEntry {
    NewJournalEntry {
        command: redact::text(&entry.command).text,
        ..entry
    }
}

#[cfg(test)]
mod tests {
    use catalog::Capability;
    use chrono::DateTime;

    use super::*;

    #[test]
    fn a_command_is_written_without_its_secrets() {
        let entry = NewJournalEntry {
            at: DateTime::UNIX_EPOCH,
            server: "web".to_owned(),
            capability: Capability::SystemRead,
            query: "system.load".to_owned(),
            variant: "tool".to_owned(),
            command: "tool --password geheim -v".to_owned(),
            exit_code: None,
            duration_ms: 0,
            outcome: "ok".to_owned(),
        };
        let expected = "tool --password [removed] -v";
        assert_eq!(without_secrets(entry).command, expected);
    }
}
