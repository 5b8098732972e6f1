//! Pieces of terminal input that the user keeps, to be inserted again.

use rusqlite::OptionalExtension;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError,
    profiles::{from_json, json},
};

/// Snippets that are kept.
const MOST: usize = 500;
/// Characters of a name.
const LONGEST_NAME: usize = 100;
/// Characters of a text.
const LONGEST_TEXT: usize = 10_000;

/// One piece of input. `{{name}}` and `{{name:default}}` in its text are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Snippet {
    /// Its id, unlike any other's.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What is inserted.
    pub text: String,
}

/// All snippets, in the user's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Snippets {
    /// At most 500.
    pub snippets: Vec<Snippet>,
}

impl Snippets {
    /// The same, with names and texts bounded; control characters other than line feed and tab,
    /// which a text could hide, are left out.
    #[must_use]
    pub fn within_bounds(mut self) -> Self {
        let kept = |text: &str, most: usize| {
            let plain = |each: &char| !each.is_control() || matches!(each, '\n' | '\t');
            text.chars().filter(plain).take(most).collect::<String>()
        };
        self.snippets.truncate(MOST);
        for snippet in &mut self.snippets {
            snippet.id = kept(&snippet.id, LONGEST_NAME);
            snippet.name = kept(&snippet.name, LONGEST_NAME);
            snippet.text = kept(&snippet.text, LONGEST_TEXT);
        }
        self
    }
}

impl Store {
    /// The snippets; none where none were saved.
    ///
    /// # Errors
    /// The database failed.
    pub fn snippets(&self) -> Result<Snippets, StoreError> {
        let saved = self.run(|db| {
            db.query_row("SELECT value FROM snippets", [], |row| from_json(row, 0))
                .optional()
        })?;
        Ok(saved.unwrap_or_default())
    }

    /// Saves them all.
    ///
    /// # Errors
    /// The database failed.
    pub fn save_snippets(&self, snippets: &Snippets) -> Result<(), StoreError> {
        self.run(|db| {
            let value = json(snippets)?;
            db.execute(
                "INSERT OR REPLACE INTO snippets (id, value) VALUES (1, ?1)",
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
    fn snippets_are_kept_without_hidden_characters() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.snippets().unwrap(), Snippets::default());
        let snippets = Snippets {
            snippets: vec![Snippet {
                id: "1".to_owned(),
                name: "disk\u{1b}".to_owned(),
                text: "df -h {{path:/}}\n\u{3}".to_owned(),
            }],
        }
        .within_bounds();
        assert_eq!(snippets.snippets[0].name, "disk");
        assert_eq!(snippets.snippets[0].text, "df -h {{path:/}}\n");
        store.save_snippets(&snippets).unwrap();
        assert_eq!(store.snippets().unwrap(), snippets);
    }
}
