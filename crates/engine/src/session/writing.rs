//! What a session has run, written into the journal.

use chrono::{DateTime, Utc};
use store::NewJournalEntry;

use super::Session;
use crate::{Origin, answer::Asked, fetch::Fetched, gate::Granted, journal};

impl Session {
    /// Writes a command that was run into the journal; files that were read are not commands.
    pub(crate) fn write_down(
        &self,
        asked: &Asked,
        variant: usize,
        fetched: &Fetched,
        outcome: &str,
    ) {
        let variants = asked.query.variants();
        let variant = variants.get(variant).map_or("", |(name, _)| name);
        self.journal((asked.granted, asked.query.id(), variant), fetched, outcome);
    }

    /// The same, for a command that serves no query: what granted it, what for, and by which tool.
    pub(crate) fn journal(&self, purpose: (Granted, &str, &str), fetched: &Fetched, outcome: &str) {
        let (granted, query, variant) = purpose;
        let (command, exit_code) = match &fetched.origin {
            Origin::Command { command, exit_code } => (command.clone(), *exit_code),
            Origin::Files {
                command: Some(command),
                ..
            } => (command.clone(), fetched.raw.exit_code),
            Origin::Files { command: None, .. } => return,
        };
        let entry = NewJournalEntry {
            at: fetched.at,
            server: self.id.clone(),
            capability: granted.capability(),
            query: query.to_owned(),
            variant: variant.to_owned(),
            command,
            exit_code,
            duration_ms: u32::try_from(fetched.took.as_millis()).unwrap_or(u32::MAX),
            outcome: outcome.to_owned(),
        };
        journal::append(&self.options.store, vec![entry]);
    }

    /// The same, for what was started and goes on.
    pub(crate) fn journal_command(
        &self,
        (granted, query, variant): (Granted, &str, &str),
        at: DateTime<Utc>,
        command: &str,
        outcome: &str,
    ) {
        let took = (Utc::now() - at).num_milliseconds();
        let entry = NewJournalEntry {
            at,
            server: self.id.clone(),
            capability: granted.capability(),
            query: query.to_owned(),
            variant: variant.to_owned(),
            command: command.to_owned(),
            exit_code: None,
            duration_ms: u32::try_from(took).unwrap_or(0),
            outcome: outcome.to_owned(),
        };
        journal::append(&self.options.store, vec![entry]);
    }
}
