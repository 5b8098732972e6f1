//! The switch between limited and administrator access of one server.
//!
//! Invariant: each password is tried once; what is not needed is not asked for; nothing is turned on
//! but what has shown to be root.

use std::{sync::Arc, time::Duration};

use catalog::{
    Capability, Command, Source,
    elevation::{self, Elevation, Refusal},
};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use store::Profile;

use crate::{
    Engine, Error,
    gate::{self, Granted, to_its_end},
    session::{Link, Session},
};

/// What the journal calls it.
const TURN_ON: &str = "server.administrator";
/// How many minutes it lasts without use where nobody says.
const USUAL_MINUTES: u32 = 15;
/// A wrong password is answered late on purpose.
const LIMITS: ssh::Limits = ssh::Limits {
    timeout: Duration::from_secs(30),
    output_bytes: 64 * 1024,
};

/// Whether commands and files are root's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "status",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum AdministratorState {
    /// They are the user's.
    Limited,
    /// They are root's for now.
    On {
        /// By which program.
        way: Elevation,
        /// When it ends if it is not used, RFC 3339 in UTC; `null`: with the connection.
        until: Option<String>,
    },
    /// The user is root.
    Always,
}

/// To limited, or to administrator.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdministratorSwitch {
    /// To administrator; where that is on already it begins anew to last.
    pub on: bool,
    /// The way that the password is for, of those that were offered; absent or `null`: the first.
    #[serde(default)]
    pub way: Option<Elevation>,
    /// The password; absent or `null`: none, and it is said whether one is needed. It is kept in
    /// memory only, and wiped.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub secret: Option<SecretString>,
    /// How many seconds it lasts without use; 0: until the server is disconnected; absent or `null`:
    /// as usual, 15 minutes.
    #[serde(default)]
    pub seconds: Option<u32>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "status",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum AdministratorAnswer {
    /// It is on.
    On,
    /// It is off.
    Limited,
    /// It takes a password: to be asked again with one.
    Password {
        /// The ways there are, best first; never empty.
        ways: Vec<PasswordWay>,
        /// Whether one was refused just now.
        refused: bool,
    },
}

/// A way to become root that takes a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasswordWay {
    /// By which program.
    pub way: Elevation,
    /// Whose password.
    pub user: String,
}

/// How long it lasts without use, as the profile says; `None`: until it is turned off.
fn usual(profile: &Profile) -> Option<Duration> {
    let minutes = profile.elevation_minutes.unwrap_or(USUAL_MINUTES);
    (minutes > 0).then(|| Duration::from_secs(u64::from(minutes) * 60))
}

impl Engine {
    /// Turns administrator access of a server on or off. Without a password only those ways are tried
    /// that may do without one.
    ///
    /// # Errors
    /// There is no connection, the server has no way to become root, or the user may not.
    pub async fn administrator(
        &self,
        server: &str,
        switch: AdministratorSwitch,
    ) -> Result<AdministratorAnswer, Error> {
        let session = self.session(server)?;
        let granted = gate::check(&session.profile(), Capability::SystemRead)?;
        if !switch.on {
            to_its_end(async move { session.lower().await }).await;
            return Ok(AdministratorAnswer::Limited);
        }
        let lifetime = match switch.seconds {
            None => usual(&session.profile()),
            Some(0) => None,
            Some(seconds) => Some(Duration::from_secs(seconds.into())),
        };
        let link = session.user_link(granted)?;
        if link.facts.uid == 0 || session.prolong(lifetime) {
            return Ok(AdministratorAnswer::On);
        }
        let climb = Climb {
            session,
            granted,
            link,
            lifetime,
        };
        climb.up(switch.way, switch.secret.map(Arc::new)).await
    }
}

/// One try to become root.
struct Climb {
    session: Arc<Session>,
    granted: Granted,
    link: Arc<Link>,
    lifetime: Option<Duration>,
}

impl Climb {
    async fn up(
        self,
        way: Option<Elevation>,
        secret: Option<Arc<SecretString>>,
    ) -> Result<AdministratorAnswer, Error> {
        let ways = self.ways().await?;
        let Some(secret) = secret else {
            return self.without_password(ways).await;
        };
        let way = way.or_else(|| ways.first().copied());
        let way = way.ok_or_else(|| self.lacking())?;
        let mut tried = self.by(way, Some(&secret)).await;
        if way == Elevation::Sudo && refusal(&tried) == Some(Refusal::NeedsTerminal) {
            tried = self.by(Elevation::SudoOnTerminal, Some(&secret)).await;
        }
        match tried {
            Ok(()) => Ok(AdministratorAnswer::On),
            Err(Error::Run {
                source:
                    ssh::ExecError::NotRoot {
                        refusal: Refusal::WrongPassword,
                        ..
                    },
                ..
            }) => Ok(AdministratorAnswer::Password {
                ways: self.asking(vec![way]),
                refused: true,
            }),
            Err(error) => Err(error),
        }
    }

    async fn without_password(self, ways: Vec<Elevation>) -> Result<AdministratorAnswer, Error> {
        let (mut asking, mut last) = (Vec::new(), None);
        for mut way in ways {
            if way == Elevation::Su {
                // It always asks; there is no trying it without.
                asking.push(way);
                continue;
            }
            let mut tried = self.by(way, None).await;
            if way == Elevation::Sudo && refusal(&tried) == Some(Refusal::NeedsTerminal) {
                way = Elevation::SudoOnTerminal;
                tried = self.by(way, None).await;
            }
            match (refusal(&tried), tried) {
                (_, Ok(())) => return Ok(AdministratorAnswer::On),
                (Some(Refusal::NeedsPassword), Err(_)) => asking.push(way),
                (_, Err(error)) => last = Some(error),
            }
        }
        if asking.is_empty() {
            return Err(last.unwrap_or_else(|| self.lacking()));
        }
        Ok(AdministratorAnswer::Password {
            ways: self.asking(asking),
            refused: false,
        })
    }

    /// The ways the server has, best first.
    async fn ways(&self) -> Result<Vec<Elevation>, Error> {
        let command = elevation::ways();
        let purpose = self.session.purpose(self.granted, TURN_ON, "ways");
        let connection = self.link.connection.witnessed(Arc::new(purpose));
        let output = connection.exec(&command, None, &LIMITS).await;
        let output = output.map_err(|error| self.failed(command.to_string(), error))?;
        let ways = elevation::ways_of(&output.stdout);
        if ways.is_empty() {
            return Err(self.lacking());
        }
        Ok(ways)
    }

    /// Becomes root by one way and turns it on.
    async fn by(&self, way: Elevation, secret: Option<&Arc<SecretString>>) -> Result<(), Error> {
        let command = elevation::who();
        let purpose = self.session.purpose(self.granted, TURN_ON, way.program());
        let connection = self.link.connection.witnessed(Arc::new(purpose));
        let connection = connection.elevated(way, secret.cloned());
        let output = connection.exec(&command, None, &LIMITS).await;
        let is_root = output
            .as_ref()
            .is_ok_and(|output| output.stdout.trim_ascii() == b"0");
        let shown = way.shown(&command);
        match output {
            Ok(_) if is_root => {
                let (as_root, secret) = ((connection.clone(), way), secret.cloned());
                let session = &self.session;
                if session.raise(&self.link, self.granted, as_root, secret, self.lifetime) {
                    return Ok(());
                }
                // It was disconnected meanwhile, or may not be used any more.
                connection.end_elevation().await;
                session.link(self.granted)?;
                Err(Error::NotConnected {
                    server: session.profile().name.clone(),
                })
            }
            Ok(_) => Err(self.failed(shown, not_root(way))),
            Err(error) => Err(self.failed(shown, error)),
        }
    }

    fn asking(&self, ways: Vec<Elevation>) -> Vec<PasswordWay> {
        let user = &self.link.login.user;
        ways.into_iter()
            .map(|way| PasswordWay {
                way,
                user: match way {
                    Elevation::Su => "root".to_owned(),
                    _ => user.clone(),
                },
            })
            .collect()
    }

    fn failed(&self, command: String, source: ssh::ExecError) -> Error {
        Error::Run {
            server: self.session.profile().name.clone(),
            command,
            source,
        }
    }

    fn lacking(&self) -> Error {
        Error::Unsupported {
            server: self.session.profile().name.clone(),
            needs: "sudo, doas or su".to_owned(),
        }
    }
}

/// It ran, but not as root: sudo was told to run things as another user.
fn not_root(way: Elevation) -> ssh::ExecError {
    ssh::ExecError::NotRoot {
        program: way.program(),
        refusal: Refusal::Other,
        said: Some("it ran the command as another user".to_owned()),
    }
}

fn refusal(tried: &Result<(), Error>) -> Option<Refusal> {
    match tried {
        Err(Error::Run {
            source: ssh::ExecError::NotRoot { refusal, .. },
            ..
        }) => Some(*refusal),
        _ => None,
    }
}

/// The command as it is run, for people.
pub(crate) fn shown(way: Option<Elevation>, command: &Command) -> String {
    way.map_or_else(|| command.to_string(), |way| way.shown(command))
}

/// The same of a source.
pub(crate) fn shown_source(way: Option<Elevation>, source: &Source) -> String {
    match source {
        Source::Command(command) => shown(way, command),
        Source::Files(paths) => shown(way, &catalog::files::print(paths)),
    }
}
