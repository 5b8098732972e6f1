//! What the user's SSH configuration says, read anew whenever a file of it has changed.

use std::{
    env,
    sync::{Arc, Mutex, PoisonError},
};

use ssh_config::{Alias, Asked, Config, Here, Outside, Places, Settings, Trouble};

/// Runs a command line on this computer and says whether it succeeded; `None`: it could not be run.
/// Blocks; called where that is allowed.
pub type Shell = Box<dyn Fn(&str) -> Option<bool> + Send + Sync>;

/// The user's SSH configuration (`ssh_config(5)`).
pub struct SshSettings {
    shell: Option<Shell>,
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
            shell: None,
            places,
            here,
            last: Mutex::default(),
        }
    }

    /// The same, with a way to run the commands of `Match exec`, for when the user has agreed to that.
    #[must_use]
    pub fn with_shell(self, shell: Shell) -> Self {
        Self {
            shell: Some(shell),
            ..self
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

    /// The hosts on the way to one and the host itself, the last, as ssh would have them. The commands
    /// of `Match exec` are run only if `agreed`, and then it may block; and never with a name from a
    /// profile, which a list of another program may have brought, that a shell would take for more.
    pub(crate) fn route(&self, asked: Asked, agreed: bool) -> Result<Vec<Settings>, Trouble> {
        let may_run = agreed && is_plain(&asked);
        let shell = self.shell.as_ref().filter(|_| may_run);
        let asked = Asked {
            here: self.here.clone(),
            ..asked
        };
        let outside = Outside {
            exec: &|command| shell.and_then(|run| run(command)),
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

/// Whether the names that stand for `%h`, `%r` and the like are words to any shell. OpenSSH refuses
/// others for the same reason (CVE-2023-51385).
fn is_plain(asked: &Asked) -> bool {
    let jumps = asked.jumps.iter();
    let jumps = jumps.flat_map(|jump| [Some(&jump.host), jump.user.as_ref()]);
    let names = [Some(&asked.host), asked.user.as_ref()];
    names.into_iter().chain(jumps).flatten().all(|name| {
        let is_letter = |c: char| c.is_alphanumeric() || ".-_:%@+".contains(c);
        !name.starts_with('-') && name.chars().all(is_letter)
    })
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
