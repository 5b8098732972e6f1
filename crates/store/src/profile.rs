//! Connection profiles: how to reach a server and what it may be used for. No secrets.

use std::path::PathBuf;

use catalog::Capability;
use rusqlite::{OptionalExtension, Row, params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Store, StoreError};

/// The id of the first server, the machine HeadlessOS itself runs on.
pub const THIS_COMPUTER: &str = "this-computer";

/// A server's identity colour; never a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "colours name themselves")]
pub enum Color {
    Blue,
    Violet,
    Pink,
    Red,
    Orange,
    Amber,
    Green,
    Teal,
}

impl Color {
    /// All of them, in the order new servers take them.
    pub const ALL: [Color; 8] = [
        Color::Blue,
        Color::Violet,
        Color::Teal,
        Color::Orange,
        Color::Pink,
        Color::Green,
        Color::Amber,
        Color::Red,
    ];
}

/// How to prove who one is. The secret itself is asked for when it is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "camelCase")]
pub enum Auth {
    /// The agent, then the usual key files, then a password.
    Auto,
    /// The SSH agent alone.
    Agent,
    /// A password alone.
    Password,
    /// One private key file, encrypted or not.
    KeyFile {
        /// The file on this computer.
        path: PathBuf,
    },
}

/// Whether a language model may read what a server printed and no parser understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ModelConsent {
    /// Without asking.
    Always,
    /// Each time a person says so.
    #[default]
    Ask,
    /// Not at all.
    Never,
}

/// Over what a server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// This computer, inside the process.
    Local,
    /// SSH.
    Ssh,
}

/// A saved server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Lower-case letters, digits and `-`; made from the name, never changed.
    pub id: String,
    /// For people; not empty.
    pub name: String,
    /// Over what it is reached.
    pub kind: Kind,
    /// Name or address; `null` for this computer.
    pub host: Option<String>,
    /// TCP port; `null` for this computer.
    pub port: Option<u16>,
    /// The user to log in as.
    pub user: String,
    /// How to log in.
    pub auth: Auth,
    /// Its colour.
    pub color: Color,
    /// What it may be used for.
    pub capabilities: Vec<Capability>,
    /// Whether a language model may read what it printed and no parser understood.
    pub model_consent: ModelConsent,
    /// Whether its secrets are kept in this computer's keychain.
    pub keep_secrets: bool,
}

/// A profile to be saved, before it has an id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of Profile")]
pub struct NewProfile {
    pub name: String,
    pub host: String,
    pub port: u16,
    pub user: String,
    pub auth: Auth,
    pub color: Option<Color>,
    pub capabilities: Vec<Capability>,
}

const COLUMNS: &str = "id, name, kind, host, port, user, auth, color, capabilities,
                       model_consent, keep_secrets";

impl Store {
    /// All profiles, in the order they were added.
    ///
    /// # Errors
    /// The database failed.
    pub fn profiles(&self) -> Result<Vec<Profile>, StoreError> {
        self.run(|db| {
            let mut statement =
                db.prepare(&format!("SELECT {COLUMNS} FROM profiles ORDER BY position"))?;
            statement.query_map([], read)?.collect()
        })
    }

    /// Saves this computer's profile, unless it is there.
    ///
    /// # Errors
    /// The database failed.
    pub fn ensure_this_computer(&self, user: &str) -> Result<(), StoreError> {
        let profile = Profile {
            id: THIS_COMPUTER.to_owned(),
            name: "This computer".to_owned(),
            kind: Kind::Local,
            host: None,
            port: None,
            user: user.to_owned(),
            auth: Auth::Auto,
            color: Color::Blue,
            capabilities: Capability::ALL.to_vec(),
            model_consent: ModelConsent::default(),
            keep_secrets: false,
        };
        self.run(|db| {
            let there = db
                .query_row(
                    "SELECT 1 FROM profiles WHERE id = ?1",
                    [THIS_COMPUTER],
                    |_| Ok(()),
                )
                .optional()?;
            match there {
                Some(()) => db
                    .execute(
                        "UPDATE profiles SET user = ?2 WHERE id = ?1",
                        [THIS_COMPUTER, user],
                    )
                    .map(|_| ()),
                None => insert(db, &profile, 0),
            }
        })
    }

    /// Saves a new profile under a free id made from its name.
    ///
    /// # Errors
    /// The database failed.
    pub fn add_profile(&self, new: NewProfile) -> Result<Profile, StoreError> {
        self.run(|db| {
            let position: i64 = db.query_row(
                "SELECT coalesce(max(position), 0) + 1 FROM profiles",
                [],
                |row| row.get(0),
            )?;
            let turn = usize::try_from(position).unwrap_or(0) % Color::ALL.len();
            let color = new
                .color
                .or(Color::ALL.get(turn).copied())
                .unwrap_or(Color::Blue);
            let profile = Profile {
                id: free_id(db, &new.name)?,
                name: new.name,
                kind: Kind::Ssh,
                host: Some(new.host),
                port: Some(new.port),
                user: new.user,
                auth: new.auth,
                color,
                capabilities: new.capabilities,
                model_consent: ModelConsent::default(),
                keep_secrets: false,
            };
            insert(db, &profile, position)?;
            Ok(profile)
        })
    }

    /// Replaces a profile's fields; its id stays. False: there is none with that id.
    ///
    /// # Errors
    /// The database failed.
    pub fn update_profile(&self, profile: &Profile) -> Result<bool, StoreError> {
        self.run(|db| {
            let changed = db.execute(
                "UPDATE profiles SET name = ?2, kind = ?3, host = ?4, port = ?5, user = ?6,
                 auth = ?7, color = ?8, capabilities = ?9, model_consent = ?10,
                 keep_secrets = ?11 WHERE id = ?1",
                params_from_iter(values(profile)?),
            )?;
            Ok(changed > 0)
        })
    }

    /// Removes a profile. False: there was none.
    ///
    /// # Errors
    /// The database failed.
    pub fn remove_profile(&self, id: &str) -> Result<bool, StoreError> {
        self.run(|db| Ok(db.execute("DELETE FROM profiles WHERE id = ?1", [id])? > 0))
    }
}

fn insert(db: &rusqlite::Connection, profile: &Profile, position: i64) -> rusqlite::Result<()> {
    db.execute(
        &format!(
            "INSERT INTO profiles ({COLUMNS}, position) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)"
        ),
        params_from_iter(values(profile)?.into_iter().chain([position.into()])),
    )
    .map(|_| ())
}

/// A profile's values, in the order of [`COLUMNS`].
fn values(profile: &Profile) -> rusqlite::Result<[Value; 11]> {
    Ok([
        profile.id.clone().into(),
        profile.name.clone().into(),
        json(&profile.kind)?.into(),
        profile.host.clone().into(),
        profile.port.into(),
        profile.user.clone().into(),
        json(&profile.auth)?.into(),
        json(&profile.color)?.into(),
        json(&profile.capabilities)?.into(),
        json(&profile.model_consent)?.into(),
        profile.keep_secrets.into(),
    ])
}

fn read(row: &Row<'_>) -> rusqlite::Result<Profile> {
    Ok(Profile {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: from_json(row, 2)?,
        host: row.get(3)?,
        port: row.get(4)?,
        user: row.get(5)?,
        auth: from_json(row, 6)?,
        color: from_json(row, 7)?,
        capabilities: from_json(row, 8)?,
        model_consent: from_json(row, 9)?,
        keep_secrets: row.get(10)?,
    })
}

/// An id from a name: its ASCII letters and digits, lower case, all else as one `-`; with a number
/// behind it where it is taken.
fn free_id(db: &rusqlite::Connection, name: &str) -> rusqlite::Result<String> {
    let lower = name.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut stem: String = words.join("-").chars().take(40).collect();
    if stem.is_empty() {
        "server".clone_into(&mut stem);
    }
    let mut id = stem.clone();
    let mut number = 2;
    while db
        .query_row("SELECT 1 FROM profiles WHERE id = ?1", [&id], |_| Ok(()))
        .optional()?
        .is_some()
    {
        id = format!("{stem}-{number}");
        number += 1;
    }
    Ok(id)
}

pub(crate) fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

pub(crate) fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Text,
            Box::new(error),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(name: &str) -> NewProfile {
        NewProfile {
            name: name.to_owned(),
            host: "192.0.2.1".to_owned(),
            port: 22,
            user: "root".to_owned(),
            auth: Auth::KeyFile { path: "/k".into() },
            color: None,
            capabilities: Capability::read_only().collect(),
        }
    }

    #[test]
    fn profiles_come_back_as_they_were_saved() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.ensure_this_computer("ada").unwrap();
        let web = store.add_profile(new("Web 1")).unwrap();
        let other = store.add_profile(new("web-1")).unwrap();
        assert_eq!((web.id.as_str(), other.id.as_str()), ("web-1", "web-1-2"));
        assert_ne!(web.color, other.color);
        drop(store);

        let store = Store::open(folder.path()).unwrap();
        store.ensure_this_computer("ada").unwrap();
        let ids: Vec<_> = store
            .profiles()
            .unwrap()
            .into_iter()
            .map(|p| p.id)
            .collect();
        assert_eq!(ids, [THIS_COMPUTER, "web-1", "web-1-2"]);
        let renamed = Profile {
            name: "Front".to_owned(),
            model_consent: ModelConsent::Never,
            ..web.clone()
        };
        assert!(store.update_profile(&renamed).unwrap());
        assert!(store.remove_profile("web-1-2").unwrap());
        assert!(!store.remove_profile("web-1-2").unwrap());
        assert_eq!(store.profiles().unwrap().last(), Some(&renamed));
    }
}
