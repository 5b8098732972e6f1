//! The saved profiles: read, added, changed, put in order, removed.
//!
//! Invariant: an id is never given twice at a time, and is never a word of the API.

use catalog::Mode;
use rusqlite::{OptionalExtension, Row, params_from_iter, types::Value};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Auth, Color, Kind, ModelConsent, NewProfile, Profile, Store, StoreError, THIS_COMPUTER,
};

/// Words that stand behind `/api/servers/` themselves, so that no server may be called so.
const NO_IDS: [&str; 4] = ["export", "import", "order", "reachability"];

const COLUMNS: &str = "id, name, kind, host, port, user, auth, color, capabilities,
                       model_consent, folder, tags, notes, last_seen, jump, keep_secrets,
                       elevation_minutes, production";

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

    /// A profile under a free id made from its name, with the next colour in turn; saves nothing.
    /// `taken`: ids that are not free either.
    ///
    /// # Errors
    /// The database failed.
    pub fn draft_profile(
        &self,
        new: NewProfile,
        taken: impl Fn(&str) -> bool,
    ) -> Result<Profile, StoreError> {
        self.run(|db| {
            let turn = usize::try_from(next_position(db)?).unwrap_or(0) % Color::ALL.len();
            let color = new
                .color
                .or(Color::ALL.get(turn).copied())
                .unwrap_or(Color::Blue);
            Ok(Profile {
                id: free_id(db, &new.name, taken)?,
                name: new.name,
                kind: Kind::Ssh,
                host: Some(new.host),
                port: new.port,
                user: new.user,
                auth: new.auth,
                color,
                production: new.production,
                capabilities: new.capabilities,
                model_consent: new.model_consent,
                folder: new.folder,
                tags: new.tags,
                notes: new.notes,
                last_seen: None,
                jump: new.jump,
                keep_secrets: new.keep_secrets,
                elevation_minutes: new.elevation_minutes,
            })
        })
    }

    /// Saves a drafted profile behind all others.
    ///
    /// # Errors
    /// The database failed, or a profile has this id.
    pub fn add_profile(&self, profile: &Profile) -> Result<(), StoreError> {
        self.run(|db| insert(db, profile, next_position(db)?))
    }

    /// Notes when a server's connection was last open.
    ///
    /// # Errors
    /// The database failed.
    pub fn note_seen(&self, id: &str, at: &str) -> Result<(), StoreError> {
        self.run(|db| {
            db.execute("UPDATE profiles SET last_seen = ?2 WHERE id = ?1", [id, at])
                .map(|_| ())
        })
    }

    /// Puts the profiles with these ids into this order, before all others, whose order stays.
    ///
    /// # Errors
    /// The database failed; the order is then as it was.
    pub fn order_profiles(&self, ids: &[String]) -> Result<(), StoreError> {
        self.run(|db| {
            let all = db
                .prepare("SELECT id FROM profiles ORDER BY position")?
                .query_map([], |row| row.get::<_, String>(0))?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let place = |id: &String| {
                let named = ids.iter().position(|named| named == id);
                named.unwrap_or(usize::MAX)
            };
            let mut order = all;
            order.sort_by_key(place);
            let transaction = db.unchecked_transaction()?;
            for (position, id) in order.iter().enumerate() {
                let position = i64::try_from(position).unwrap_or(i64::MAX);
                transaction.execute(
                    "UPDATE profiles SET position = ?2 WHERE id = ?1",
                    rusqlite::params![id, position],
                )?;
            }
            transaction.commit()
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
                 auth = ?7, color = ?8, capabilities = ?9, model_consent = ?10, folder = ?11,
                 tags = ?12, notes = ?13, last_seen = ?14, jump = ?15, keep_secrets = ?16,
                 elevation_minutes = ?17, production = ?18 WHERE id = ?1",
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

fn next_position(db: &rusqlite::Connection) -> rusqlite::Result<i64> {
    let query = "SELECT coalesce(max(position), 0) + 1 FROM profiles";
    db.query_row(query, [], |row| row.get(0))
}

fn insert(db: &rusqlite::Connection, profile: &Profile, position: i64) -> rusqlite::Result<()> {
    db.execute(
        &format!(
            "INSERT INTO profiles ({COLUMNS}, position) VALUES
             (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19)"
        ),
        params_from_iter(values(profile)?.into_iter().chain([position.into()])),
    )
    .map(|_| ())
}

/// A profile's values, in the order of [`COLUMNS`].
fn values(profile: &Profile) -> rusqlite::Result<[Value; 18]> {
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
        profile.folder.clone().into(),
        json(&profile.tags)?.into(),
        profile.notes.clone().into(),
        profile.last_seen.clone().into(),
        json(&profile.jump)?.into(),
        profile.keep_secrets.into(),
        profile.elevation_minutes.into(),
        profile.production.into(),
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
        folder: row.get(10)?,
        tags: from_json(row, 11)?,
        notes: row.get(12)?,
        last_seen: row.get(13)?,
        jump: from_json(row, 14)?,
        keep_secrets: row.get(15)?,
        elevation_minutes: row.get(16)?,
        production: row.get(17)?,
    })
}

/// An id from a name: its ASCII letters and digits, lower case, all else as one `-`; with a number
/// behind it where it is taken.
fn free_id(
    db: &rusqlite::Connection,
    name: &str,
    taken: impl Fn(&str) -> bool,
) -> rusqlite::Result<String> {
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
    while NO_IDS.contains(&id.as_str())
        || taken(&id)
        || db
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

    fn add(store: &Store, name: &str) -> Profile {
        let new = NewProfile {
            name: name.to_owned(),
            host: "192.0.2.1".to_owned(),
            user: "root".to_owned(),
            auth: Auth::KeyFile { path: "/k".into() },
            capabilities: Mode::Observe.capabilities(),
            ..NewProfile::default()
        };
        let profile = store.draft_profile(new, |_| false).unwrap();
        store.add_profile(&profile).unwrap();
        profile
    }

    fn ids(store: &Store) -> Vec<String> {
        let profiles = store.profiles().unwrap();
        profiles.into_iter().map(|profile| profile.id).collect()
    }

    #[test]
    fn profiles_come_back_as_they_were_saved() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.ensure_this_computer("ada").unwrap();
        let web = add(&store, "Web 1");
        let other = add(&store, "web-1");
        assert_eq!((web.id.as_str(), other.id.as_str()), ("web-1", "web-1-2"));
        assert_ne!(web.color, other.color);
        drop(store);

        let store = Store::open(folder.path()).unwrap();
        store.ensure_this_computer("ada").unwrap();
        assert_eq!(ids(&store), [THIS_COMPUTER, "web-1", "web-1-2"]);
        let changed = Profile {
            name: "Front".to_owned(),
            port: Some(2222),
            user: String::new(),
            model_consent: ModelConsent::Never,
            folder: "Shop/Berlin".to_owned(),
            tags: vec!["web".to_owned(), "nginx, eu".to_owned()],
            notes: "Reboot on Sundays.\nAsk \"Ada\" first.".to_owned(),
            last_seen: Some("2026-01-01T00:00:00Z".to_owned()),
            jump: vec!["ops@bastion:2222".to_owned(), "inner".to_owned()],
            keep_secrets: true,
            elevation_minutes: Some(5),
            production: true,
            ..web.clone()
        };
        assert!(store.update_profile(&changed).unwrap());
        assert!(store.remove_profile("web-1-2").unwrap());
        assert!(!store.remove_profile("web-1-2").unwrap());
        assert_eq!(store.profiles().unwrap().last(), Some(&changed));
        store.note_seen("web-1", "2026-01-02T00:00:00Z").unwrap();
        let seen = store.profiles().unwrap().pop().unwrap().last_seen;
        assert_eq!(seen.as_deref(), Some("2026-01-02T00:00:00Z"));
    }

    #[test]
    fn profiles_are_put_in_order_and_no_id_is_a_word_of_the_api() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for name in ["a", "b", "Export", "d"] {
            add(&store, name);
        }
        assert_eq!(ids(&store), ["a", "b", "export-2", "d"]);
        let order = ["d", "nobody", "b"].map(str::to_owned);
        store.order_profiles(&order).unwrap();
        assert_eq!(ids(&store), ["d", "b", "a", "export-2"]);
        add(&store, "e");
        assert_eq!(ids(&store).last().unwrap(), "e");
        let draft = NewProfile {
            name: "f".to_owned(),
            ..NewProfile::default()
        };
        let draft = store.draft_profile(draft, |id| id == "f").unwrap();
        assert_eq!(draft.id, "f-2");
    }

    #[test]
    fn a_database_of_before_there_were_folders_opens() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("headlessos.db");
        let old = rusqlite::Connection::open(&path).unwrap();
        for layout in crate::MIGRATIONS.iter().take(7) {
            old.execute_batch(layout).unwrap();
        }
        old.pragma_update(None, "user_version", 7).unwrap();
        old.execute_batch(
            r#"INSERT INTO profiles VALUES ('web', 1, 'Web', '"ssh"', 'h', 22, 'root',
               '{"method":"auto"}', '"red"', '["system.read","agent.act"]', '"never"');"#,
        )
        .unwrap();
        drop(old);

        let store = Store::open(folder.path()).unwrap();
        let web = store.profiles().unwrap().pop().unwrap();
        assert_eq!((web.port, web.color), (Some(22), Color::Red));
        assert_eq!((web.folder.as_str(), web.notes.as_str()), ("", ""));
        assert_eq!((web.tags.len(), web.jump.len()), (0, 0));
        assert_eq!((web.last_seen, web.elevation_minutes), (None, None));
        assert_eq!(web.model_consent, ModelConsent::Never);
        assert!(!web.keep_secrets && !web.production);
        // What could not be chosen then was not meant to be granted.
        assert_eq!(web.capabilities, [catalog::Capability::SystemRead]);
    }
}
