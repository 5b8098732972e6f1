//! The servers that the engine knows: saved, changed, removed, connected.
//!
//! Invariant: what a profile holds was checked here; a server that is removed keeps no connection,
//! no terminal and no forwarded port.

mod export;
mod fields;
mod import;
mod reachability;
mod ssh_hosts;

use std::sync::{Arc, PoisonError};

use catalog::{Capability, Mode};
use store::{Kind, NewProfile, Profile};

use crate::{
    Answer, Engine, Error, NewServer, Server, ServerChange, confirm, gate::to_its_end,
    session::Session,
};

pub use export::{Export, ExportFormat};
pub use import::{Import, ImportEntry, ImportFormat, ImportMistake, NewImport};
pub(crate) use reachability::Reached;
pub use reachability::{Reachability, Reachable};

impl Engine {
    /// All servers: those that are saved, in their order, then those that are not, such as the hosts
    /// of the SSH configuration.
    ///
    /// # Errors
    /// The database failed.
    pub fn servers(&self) -> Result<Vec<Server>, Error> {
        self.look_at_ssh_settings();
        let order = self.options.store.profiles()?;
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        let saved = order.iter().filter_map(|profile| sessions.get(&profile.id));
        let unsaved = sessions.values().filter(|session| !session.is_saved());
        Ok(saved
            .chain(unsaved)
            .map(|session| session.server())
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
        let profile = self.draft(checked(new)?)?;
        self.options.store.add_profile(&profile)?;
        Ok(self.adopt(profile, true))
    }

    /// A server that lasts as long as the program, until it is saved. Where it has no name, that
    /// is its address.
    ///
    /// # Errors
    /// A field is not right, or the database failed.
    pub fn add_unsaved(&self, mut new: NewServer) -> Result<Server, Error> {
        if new
            .name
            .as_deref()
            .is_none_or(|name| name.trim().is_empty())
        {
            let at = if new.user.trim().is_empty() { "" } else { "@" };
            let port = new.port.map(|port| format!(":{port}")).unwrap_or_default();
            let name = format!("{}{at}{}{port}", new.user.trim(), new.host.trim());
            new.name = Some(name.chars().take(60).collect());
        }
        let profile = self.draft(checked(new)?)?;
        Ok(self.adopt(profile, false))
    }

    /// Keeps a server that was not saved, with its id and its connection. One that is saved stays
    /// as it is.
    ///
    /// # Errors
    /// There is none with this id, or the database failed.
    pub fn save(&self, id: &str) -> Result<Server, Error> {
        let session = self.session(id)?;
        if session.mark_saved() {
            if let Err(error) = self.options.store.add_profile(&session.profile()) {
                session.mark_unsaved();
                return Err(error.into());
            }
            self.tell();
        }
        Ok(session.server())
    }

    /// Saves a copy of a server under a name of its own; does not connect.
    ///
    /// # Errors
    /// There is none with this id, it is this computer, or the database failed.
    pub fn duplicate(&self, id: &str) -> Result<Server, Error> {
        let original = self.session(id)?.profile();
        let Some(host) = original.host.clone() else {
            return Err(Error::Conflict(
                "this computer cannot be duplicated".to_owned(),
            ));
        };
        let taken: Vec<String> = self
            .servers()?
            .into_iter()
            .map(|server| server.profile.name)
            .collect();
        let profile = self.draft(NewProfile {
            name: copy_name(&original.name, &taken),
            host,
            port: original.port,
            user: original.user.clone(),
            auth: original.auth.clone(),
            color: Some(original.color),
            production: original.production,
            capabilities: original.capabilities.clone(),
            model_consent: original.model_consent,
            folder: original.folder.clone(),
            tags: original.tags.clone(),
            notes: original.notes.clone(),
            jump: original.jump.clone(),
            keep_secrets: original.keep_secrets,
            elevation_minutes: original.elevation_minutes,
        })?;
        self.options.store.add_profile(&profile)?;
        Ok(self.adopt(profile, true))
    }

    /// Puts these servers into this order, before all others, whose order stays. Ids that are not
    /// known are passed over.
    ///
    /// # Errors
    /// The database failed.
    pub fn order(&self, ids: &[String]) -> Result<Vec<Server>, Error> {
        self.options.store.order_profiles(ids)?;
        self.tell();
        self.servers()
    }

    fn draft(&self, new: NewProfile) -> Result<Profile, Error> {
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        let taken = |id: &str| sessions.contains_key(id);
        Ok(self.options.store.draft_profile(new, taken)?)
    }

    fn tell(&self) {
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    fn adopt(&self, profile: Profile, saved: bool) -> Server {
        let id = profile.id.clone();
        let session = Arc::new(Session::new(
            (Arc::clone(&self.options), Arc::clone(&self.journal)),
            Arc::clone(&self.lines),
            profile,
            saved,
            self.changes.clone(),
        ));
        let server = session.server();
        self.sessions
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, session);
        self.tell();
        server
    }

    /// Changes a saved server. A new address or login takes effect with the next connection; a permission
    /// that is taken away ends at once what is open by it.
    ///
    /// # Errors
    /// A field is not right, this computer was given an address, or the database failed.
    pub fn change(&self, id: &str, change: ServerChange) -> Result<Server, Error> {
        let session = self.session(id)?;
        let grants_otherwise = change.capabilities.is_some();
        session.edit_profile(|profile| apply(profile, change))?;
        if session.holds(&[Capability::TerminalOpen]).is_err() {
            self.forwards.close_of_server(id);
        }
        if grants_otherwise {
            session.may_have_withdrawn();
        }
        Ok(session.server())
    }

    /// Disconnects a server and forgets its profile. `confirm`: its name; one that is not saved needs none.
    ///
    /// # Errors
    /// There is none with this id, it is this computer, it was not named, or the database failed.
    pub async fn remove(&self, id: &str, confirm: Option<&str>) -> Result<(), Error> {
        let session = self.session(id)?;
        if session.is_saved() {
            confirm::check(&session.profile(), "removing a server", confirm)?;
        }
        if session.profile().kind == Kind::Local {
            return Err(Error::Conflict(
                "this computer cannot be removed".to_owned(),
            ));
        }
        // It is on the list until all of it has ended, so that whoever goes away meanwhile finds it there.
        self.end_all_of(&session).await;
        // What the keychain does not give up now stays there under its name; the server goes all the
        // same.
        let forgetting = Arc::clone(&session);
        let forgotten = to_its_end(async move { forgetting.forget_secrets().await });
        if let Err(error) = forgotten.await {
            tracing::warn!(server = id, %error, "secrets of a removed server are still kept");
        }
        self.options.store.remove_profile(id)?;
        self.options.store.forget_versions(id, None)?;
        self.sessions
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
        // Somebody may have connected it meanwhile.
        self.end_all_of(&session).await;
        self.tell();
        Ok(())
    }

    /// Ends what goes over a server's connection, and the connection.
    async fn end_all_of(&self, session: &Arc<Session>) {
        self.forwards.close_of_server(session.id());
        self.terminals.close_of_server(session.id()).await;
        ended(session).await;
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
        self.forwards.close_of_server(id);
        ended(&session).await;
        // One may have been opened meanwhile.
        self.forwards.close_of_server(id);
        Ok(session.server())
    }

    /// Ends all connections.
    pub async fn disconnect_all(&self) {
        let all: Vec<_> = {
            let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
            sessions.values().cloned().collect()
        };
        for session in &all {
            self.forwards.close_of_server(session.id());
        }
        futures::future::join_all(all.iter().map(ended)).await;
        self.journal.written().await;
    }

    /// Forgets what a server has in this computer's keychain and no other server uses, and wipes what
    /// was remembered for its connection.
    ///
    /// # Errors
    /// There is no such server, or the keychain could not be asked.
    pub async fn forget_secrets(&self, id: &str) -> Result<(), Error> {
        let session = self.session(id)?;
        to_its_end(async move { session.forget_secrets().await }).await
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
pub(crate) async fn ended(session: &Arc<Session>) {
    let session = Arc::clone(session);
    to_its_end(async move { session.disconnect().await }).await;
}

/// Changes a profile, every field checked; on an error it is left half changed.
///
/// # Errors
/// [`Error::Invalid`] says which field and why.
fn apply(profile: &mut Profile, change: ServerChange) -> Result<(), Error> {
    let address = change.host.is_some()
        || change.port.is_some()
        || change.user.is_some()
        || change.jump.is_some();
    if profile.kind == Kind::Local && (address || change.auth.is_some()) {
        return Err(Error::Invalid(
            "this computer has no address to change".to_owned(),
        ));
    }
    if let Some(name) = change.name {
        profile.name = fields::name(&name)?;
    }
    if let Some(host) = change.host {
        profile.host = Some(fields::host(&host)?);
    }
    if let Some(port) = change.port {
        profile.port = fields::port(port)?;
    }
    if let Some(user) = change.user {
        profile.user = fields::user(&user)?;
    }
    if let Some(folder) = change.folder {
        profile.folder = fields::folder(&folder)?;
    }
    if let Some(tags) = change.tags {
        profile.tags = fields::tags(&tags)?;
    }
    if let Some(notes) = change.notes {
        profile.notes = fields::notes(&notes)?;
    }
    if let Some(jump) = change.jump {
        profile.jump = fields::jump(&jump)?;
    }
    if let Some(minutes) = change.elevation_minutes {
        profile.elevation_minutes = fields::elevation_minutes(minutes)?;
    }
    profile.keep_secrets = change.keep_secrets.unwrap_or(profile.keep_secrets);
    if let Some(auth) = change.auth {
        profile.auth = auth;
    }
    profile.color = change.color.unwrap_or(profile.color);
    profile.model_consent = change.model_consent.unwrap_or(profile.model_consent);
    profile.production = change.production.unwrap_or(profile.production);
    if let Some(capabilities) = change.capabilities {
        profile.capabilities = fields::capabilities(capabilities);
    }
    Ok(())
}

/// A server to be added, with all its fields checked.
///
/// # Errors
/// [`Error::Invalid`] says which field and why.
fn checked(new: NewServer) -> Result<NewProfile, Error> {
    let host = fields::host(&new.host)?;
    let name = match new.name.as_deref().map(str::trim) {
        None | Some("") => host.chars().take(60).collect(),
        Some(name) => fields::name(name)?,
    };
    Ok(NewProfile {
        name,
        host,
        port: fields::port(new.port)?,
        user: fields::user(&new.user)?,
        auth: new.auth,
        color: new.color,
        production: new.production,
        capabilities: fields::capabilities(
            new.capabilities
                .unwrap_or_else(|| Mode::Administer.capabilities()),
        ),
        model_consent: new.model_consent.unwrap_or_default(),
        folder: fields::folder(&new.folder)?,
        tags: fields::tags(&new.tags)?,
        notes: fields::notes(&new.notes)?,
        jump: fields::jump(&new.jump)?,
        keep_secrets: new.keep_secrets,
        elevation_minutes: fields::elevation_minutes(new.elevation_minutes)?,
    })
}

/// `web copy`, `web copy 2` and so on, whichever is free.
fn copy_name(name: &str, taken: &[String]) -> String {
    let stem: String = name.chars().take(50).collect();
    let mut copy = format!("{stem} copy");
    let mut number = 2_u32;
    while taken.contains(&copy) {
        copy = format!("{stem} copy {number}");
        number = number.saturating_add(1);
    }
    copy
}
