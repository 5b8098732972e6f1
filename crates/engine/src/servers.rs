//! The servers that the engine knows: saved, changed, removed, connected.
//!
//! Invariant: what a profile holds was checked here; a server that is removed keeps no connection
//! and no terminal.

use std::sync::{Arc, PoisonError};

use catalog::Capability;
use store::{Kind, NewProfile, Profile};

use crate::{
    Answer, Engine, Error, NewServer, Server, ServerChange,
    server::{checked_host, checked_text},
    session::Session,
};

impl Engine {
    /// All servers, in the order they were added.
    ///
    /// # Errors
    /// The database failed.
    pub fn servers(&self) -> Result<Vec<Server>, Error> {
        let order = self.options.store.profiles()?;
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        Ok(order
            .iter()
            .filter_map(|profile| Some(sessions.get(&profile.id)?.server()))
            .collect())
    }

    /// One server.
    ///
    /// # Errors
    /// There is none with this id.
    pub fn server(&self, id: &str) -> Result<Server, Error> {
        Ok(self.session(id)?.server())
    }

    /// Saves a new server; does not connect.
    ///
    /// # Errors
    /// A field is not right, or the database failed.
    pub fn add(&self, new: NewServer) -> Result<Server, Error> {
        let host = checked_host(&new.host)?;
        let name = match new.name.as_deref().map(str::trim) {
            None | Some("") => host.clone(),
            Some(name) => checked_text("name", name, 60)?,
        };
        let profile = self.options.store.add_profile(NewProfile {
            name,
            host,
            port: checked_port(new.port)?,
            user: checked_text("user", &new.user, 64)?,
            auth: new.auth,
            color: new.color,
            capabilities: new.capabilities.unwrap_or_else(|| Capability::ALL.to_vec()),
        })?;
        Ok(self.adopt(profile))
    }

    /// A server that lasts as long as the program, for one that is named on the command line.
    ///
    /// # Errors
    /// A field is not right.
    pub fn add_unsaved(&self, new: NewServer) -> Result<Server, Error> {
        let host = checked_host(&new.host)?;
        let port = checked_port(new.port)?;
        let user = checked_text("user", &new.user, 64)?;
        let name = format!("{user}@{host}:{port}");
        Ok(self.adopt(Profile {
            id: name.clone(),
            name,
            kind: Kind::Ssh,
            host: Some(host),
            port: Some(port),
            user,
            auth: new.auth,
            color: store::Color::Blue,
            capabilities: new.capabilities.unwrap_or_else(|| Capability::ALL.to_vec()),
            model_consent: store::ModelConsent::default(),
        }))
    }

    fn adopt(&self, profile: Profile) -> Server {
        let id = profile.id.clone();
        let session = Arc::new(Session::new(
            Arc::clone(&self.options),
            Arc::clone(&self.lines),
            profile,
            self.changes.clone(),
        ));
        let server = session.server();
        self.sessions
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, session);
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
        server
    }

    /// Changes a saved server. A new address or login takes effect with the next connection.
    ///
    /// # Errors
    /// A field is not right, this computer was given an address, or the database failed.
    pub fn change(&self, id: &str, change: ServerChange) -> Result<Server, Error> {
        let session = self.session(id)?;
        let mut profile = session.profile().as_ref().clone();
        let address = change.host.is_some() || change.port.is_some() || change.user.is_some();
        if profile.kind == Kind::Local && (address || change.auth.is_some()) {
            return Err(Error::Invalid(
                "this computer has no address to change".to_owned(),
            ));
        }
        if let Some(name) = change.name {
            profile.name = checked_text("name", &name, 60)?;
        }
        if let Some(host) = change.host {
            profile.host = Some(checked_host(&host)?);
        }
        if let Some(port) = change.port {
            profile.port = Some(checked_port(port)?);
        }
        if let Some(user) = change.user {
            profile.user = checked_text("user", &user, 64)?;
        }
        profile.auth = change.auth.unwrap_or(profile.auth);
        profile.color = change.color.unwrap_or(profile.color);
        profile.model_consent = change.model_consent.unwrap_or(profile.model_consent);
        profile.capabilities = change.capabilities.unwrap_or(profile.capabilities);
        self.options.store.update_profile(&profile)?;
        session.set_profile(profile);
        Ok(session.server())
    }

    /// Disconnects a server and forgets its profile.
    ///
    /// # Errors
    /// There is none with this id, it is this computer, or the database failed.
    pub async fn remove(&self, id: &str) -> Result<(), Error> {
        let session = self.session(id)?;
        if session.profile().kind == Kind::Local {
            return Err(Error::Conflict(
                "this computer cannot be removed".to_owned(),
            ));
        }
        self.sessions
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
        self.options.store.remove_profile(id)?;
        self.options.store.forget_versions(id, None)?;
        self.terminals.close_of_server(id).await;
        ended(&session).await;
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
        Ok(())
    }

    /// Starts to connect; how it goes is seen in the server's state.
    ///
    /// # Errors
    /// There is no such server.
    pub fn connect(&self, id: &str) -> Result<Server, Error> {
        let session = self.session(id)?;
        session.connect();
        Ok(session.server())
    }

    /// Ends the connection, if there is one, and wipes what was remembered for it.
    ///
    /// # Errors
    /// There is no such server.
    pub async fn disconnect(&self, id: &str) -> Result<Server, Error> {
        let session = self.session(id)?;
        ended(&session).await;
        Ok(session.server())
    }

    /// Ends all connections.
    pub async fn disconnect_all(&self) {
        let all: Vec<_> = {
            let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
            sessions.values().cloned().collect()
        };
        futures::future::join_all(all.iter().map(ended)).await;
    }

    /// Gives a person's answer to the question that a server's state shows.
    ///
    /// # Errors
    /// There is no such server, or no such question waits.
    pub fn answer(&self, id: &str, question: &str, answer: Answer) -> Result<Server, Error> {
        let session = self.session(id)?;
        session.answer(question, answer)?;
        Ok(session.server())
    }
}

/// Disconnects to the end, even where the caller goes away meanwhile.
async fn ended(session: &Arc<Session>) {
    let session = Arc::clone(session);
    let _panicked = tokio::spawn(async move { session.disconnect().await }).await;
}

fn checked_port(port: u16) -> Result<u16, Error> {
    if port == 0 {
        Err(Error::Invalid("port 0 is none".to_owned()))
    } else {
        Ok(port)
    }
}
