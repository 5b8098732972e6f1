//! What the user prefers, whichever server is looked at.

use rusqlite::OptionalExtension;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Color, ModelPreferences, Store, StoreError, TerminalPreferences,
    profiles::{from_json, json},
};

/// Light, dark, or as the system is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

/// The user's preferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Preferences {
    /// The desktop's theme.
    pub theme: Theme,
    /// The accent colour of controls.
    pub accent: Color,
    /// Whether the clock counts to 24.
    pub clock24h: bool,
    /// How terminals look and behave.
    pub terminal: TerminalPreferences,
    /// Which language model may be asked, and what it costs.
    pub model: ModelPreferences,
    /// Whether the commands of `Match exec` in the user's SSH configuration are run on this computer
    /// (`ssh_config(5)`), each time the way to a server is looked up to which they may apply.
    pub match_exec: bool,
    /// For how many days the journal of what was done is kept; 0: as long as there is room for it.
    pub journal_days: u32,
    /// After how many minutes without a person a page is locked; 0: never.
    pub lock_after_minutes: u32,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::Auto,
            accent: Color::Blue,
            clock24h: true,
            terminal: TerminalPreferences::default(),
            model: ModelPreferences::default(),
            match_exec: false,
            journal_days: 90,
            lock_after_minutes: 0,
        }
    }
}

impl Store {
    /// The preferences; the defaults where none were saved.
    ///
    /// # Errors
    /// The database failed.
    pub fn preferences(&self) -> Result<Preferences, StoreError> {
        let saved = self.run(|db| {
            db.query_row("SELECT value FROM preferences", [], |row| from_json(row, 0))
                .optional()
        })?;
        Ok(saved.unwrap_or_default())
    }

    /// Saves them all.
    ///
    /// # Errors
    /// The database failed.
    pub fn save_preferences(&self, preferences: &Preferences) -> Result<(), StoreError> {
        self.run(|db| {
            let value = json(preferences)?;
            db.execute(
                "INSERT OR REPLACE INTO preferences (id, value) VALUES (1, ?1)",
                [value],
            )
            .map(|_| ())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.preferences().unwrap(), Preferences::default());
        let dark = Preferences {
            theme: Theme::Dark,
            ..Preferences::default()
        };
        store.save_preferences(&dark).unwrap();
        assert_eq!(store.preferences().unwrap(), dark);
    }
}
