//! The hosts that the user's SSH configuration names, as servers that nobody had to type.
//!
//! Invariant: such a server holds nothing but its name; all else is read from the files when it is
//! connected. One that is saved under that name takes its place.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError},
};

use catalog::Mode;
use store::{Auth, Color, Kind, ModelConsent, Profile};

use super::fields;
use crate::{ConnectionState, Engine, session::Session};

/// What the ids of such servers begin with; no saved one has a colon.
const PREFIX: &str = "ssh:";
/// Hosts of the configuration that are listed.
const MOST: usize = 2000;

impl Engine {
    /// Takes over what has changed in the SSH configuration. Looks at its files, and reads them
    /// where they have changed.
    pub fn look_at_ssh_settings(&self) {
        let Some(aliases) = self.options.ssh_settings.aliases() else {
            return;
        };
        let mut sessions = self
            .sessions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let saved: HashSet<String> = sessions
            .values()
            .filter(|session| session.origin().is_none())
            .filter_map(|session| session.profile().host.clone())
            .collect();
        let mut named = HashSet::new();
        for alias in aliases.into_iter().take(MOST) {
            // What could not be typed is no host here; ssh would take it from nowhere else either.
            if fields::host(&alias.name).is_err() || saved.contains(&alias.name) {
                continue;
            }
            let origin = format!("{} line {}", alias.file.display(), alias.line);
            let id = format!("{PREFIX}{}", alias.name);
            let session = sessions.entry(id.clone()).or_insert_with(|| {
                Arc::new(Session::new(
                    (Arc::clone(&self.options), Arc::clone(&self.journal)),
                    Arc::clone(&self.lines),
                    profile(&id, &alias.name),
                    false,
                    self.changes.clone(),
                ))
            });
            session.set_origin(Some(origin));
            named.insert(id);
        }
        sessions.retain(|id, session| {
            let is_gone = id.starts_with(PREFIX) && !named.contains(id) && !session.is_saved();
            !is_gone || !matches!(session.server().state, ConnectionState::Disconnected)
        });
        drop(sessions);
        self.tell();
    }
}

fn profile(id: &str, alias: &str) -> Profile {
    // The same colour each time, without a place to keep it.
    let sum: usize = alias.bytes().map(usize::from).sum();
    let color = Color::ALL.get(sum % Color::ALL.len()).copied();
    Profile {
        id: id.to_owned(),
        name: alias.to_owned(),
        kind: Kind::Ssh,
        host: Some(alias.to_owned()),
        port: None,
        user: String::new(),
        auth: Auth::Auto,
        color: color.unwrap_or(Color::Blue),
        production: false,
        capabilities: Mode::Administer.capabilities(),
        model_consent: ModelConsent::default(),
        folder: String::new(),
        tags: Vec::new(),
        notes: String::new(),
        last_seen: None,
        jump: Vec::new(),
        keep_secrets: false,
        elevation_minutes: None,
    }
}
