//! The files as one: what they name, whether they have changed, and a host resolved by them.

use std::path::PathBuf;

use crate::{
    Asked, Outside, Places, Settings, Trouble,
    files::{self, Section, Watched},
    resolve, route, words,
};

/// What the files say. Cheap to keep; read anew when it [is no longer current](Self::is_current).
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub(crate) sections: Vec<Section>,
    pub(crate) home: Option<PathBuf>,
    watched: Watched,
}

/// A name that the files give to a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// As it stands in a `Host` line.
    pub name: String,
    /// Where it stands first.
    pub file: PathBuf,
    /// From 1.
    pub line: usize,
}

impl Config {
    /// Reads the files. One that is not there is empty.
    ///
    /// # Errors
    /// A file cannot be read, may be written by others, or includes too much. A line that is wrong
    /// is an error of [`Config::resolve`], since some are wrong for some hosts only.
    pub fn read(places: &Places) -> Result<Self, Trouble> {
        let (sections, watched) = files::read(places)?;
        Ok(Self {
            sections,
            home: places.home.clone(),
            watched,
        })
    }

    /// Whether no file that was read, or folder that was searched for files, has changed since.
    /// Costs one look at each, and reads none.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.watched.is_current()
    }

    /// The names in `Host` lines that are no patterns, in order, each once.
    #[must_use]
    pub fn aliases(&self) -> Vec<Alias> {
        let mut aliases = Vec::new();
        for section in &self.sections {
            add_aliases(section, &mut aliases);
        }
        let mut seen = std::collections::BTreeSet::new();
        aliases.retain(|alias: &Alias| seen.insert(alias.name.clone()));
        aliases
    }

    /// The settings for a host.
    ///
    /// # Errors
    /// Whatever ssh would refuse: a wrong line, a token that stands for nothing, a host name that
    /// cannot be one. What is wrong anywhere in the files is an error for every host.
    pub fn resolve(&self, asked: &Asked, outside: &Outside<'_>) -> Result<Settings, Trouble> {
        resolve::resolve(self, asked, outside)
    }

    /// The hosts on the way to one, in the order in which to connect to them, each through the one
    /// before it; the last is the host itself. What ssh does by calling itself for each jump: the
    /// jumps that a host names come before it, and those of the first of them before that.
    ///
    /// # Errors
    /// As [`Config::resolve`], for any of them; or the way is too long, or goes in a circle.
    pub fn route(&self, asked: &Asked, outside: &Outside<'_>) -> Result<Vec<Settings>, Trouble> {
        route::route(self, asked, outside)
    }
}

fn add_aliases(section: &Section, aliases: &mut Vec<Alias>) {
    for line in &section.lines {
        for inner in &line.included {
            add_aliases(inner, aliases);
        }
        if !line.keyword.eq_ignore_ascii_case("host") {
            continue;
        }
        let names = line.rest.as_deref().and_then(words::arguments);
        for name in names.unwrap_or_default() {
            if !name.is_empty() && !name.contains(['*', '?', '!']) {
                aliases.push(Alias {
                    name,
                    file: line.place.file.to_path_buf(),
                    line: line.place.line,
                });
            }
        }
    }
}
