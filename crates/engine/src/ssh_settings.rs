//! What the user's SSH configuration says, read anew whenever a file of it has changed.

use std::{
    env,
    sync::{Arc, Mutex, PoisonError},
};

use ssh_config::{Alias, Asked, Config, Here, Outside, Places, Settings, Trouble};

/// The user's SSH configuration (`ssh_config(5)`).
pub struct SshSettings {
    places: Option<Places>,
    here: Here,
    last: Mutex<Last>,
}

impl SshSettings {
    /// The files that ssh reads for the user who runs this program, whose name is given.
    #[must_use]
    pub fn of_user(user: &str) -> Self {
        Self::of(Places::of_user(), user)
    }

    /// One file alone, or none, as with `ssh -F`.
    #[must_use]
    pub fn of_file(file: Option<std::path::PathBuf>, user: &str) -> Self {
        Self::of(file.map(|file| Places::alone(file, env::home_dir())), user)
    }

    fn of(places: Option<Places>, user: &str) -> Self {
        let here = Here {
            user: user.to_owned(),
            ..Here::of_user()
        };
        Self {
            places,
            here,
            last: Mutex::default(),
        }
    }

    /// Whether there are files to be read at all.
    pub(crate) fn is_off(&self) -> bool {
        self.places.is_none()
    }

    /// The names that the files give to hosts, where the files have changed since they were last
    /// asked for; `None`: they have not. Files that cannot be used name none.
    pub(crate) fn aliases(&self) -> Option<Vec<Alias>> {
        let places = self.places.as_ref()?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.look(places);
        let is_news = !std::mem::replace(&mut last.is_told, true);
        is_news.then(|| match &last.config {
            Some(config) => config.aliases(),
            None => Vec::new(),
        })
    }

    /// The hosts on the way to one and the host itself, the last, as ssh would have them.
    pub(crate) fn route(&self, asked: Asked) -> Result<Vec<Settings>, Trouble> {
        let asked = Asked {
            here: self.here.clone(),
            ..asked
        };
        let outside = Outside {
            // No command of a file is run without a person's consent, and none is asked.
            exec: &|_| None,
            variable: &|name| env::var(name).ok(),
        };
        self.config()?.route(&asked, &outside)
    }

    fn config(&self) -> Result<Arc<Config>, Trouble> {
        let Some(places) = &self.places else {
            return Ok(Arc::new(Config::default()));
        };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.look(places);
        match &last.config {
            Some(config) => Ok(Arc::clone(config)),
            None => Config::read(places).map(Arc::new),
        }
    }
}

/// What was read last.
#[derive(Default)]
struct Last {
    /// `None`: nothing yet, or the files cannot be used.
    config: Option<Arc<Config>>,
    /// Whether the names were told since.
    is_told: bool,
}

impl Last {
    fn look(&mut self, places: &Places) {
        if self
            .config
            .as_ref()
            .is_some_and(|config| config.is_current())
        {
            return;
        }
        let config = Config::read(places).ok().map(Arc::new);
        self.is_told &= self.config.is_none() && config.is_none();
        self.config = config;
    }
}
