//! The way to a server: the hosts to be passed and the server itself, each with all that is said of it.

use store::{Auth, Profile};

use crate::{Error, session::Session};

/// The way to a profile's server; never empty.
///
/// # Errors
/// What is said of it makes no sense.
pub(crate) fn to(session: &Session, profile: &Profile) -> Result<Vec<ssh::Hop>, Error> {
    let target = ssh::Target {
        server: profile.name.clone(),
        host: profile.host.clone().unwrap_or_default(),
        port: profile.port.unwrap_or(22),
        user: profile.user.clone(),
    };
    let method = match &profile.auth {
        Auth::Auto => ssh::AuthMethod::Auto,
        Auth::Agent => ssh::AuthMethod::Agent,
        Auth::Password => ssh::AuthMethod::Password,
        Auth::KeyFile { path } => ssh::AuthMethod::KeyFile(path.clone()),
    };
    let known_hosts = session.known_hosts().clone();
    Ok(vec![ssh::Hop::new(target, method, known_hosts)])
}

/// A host as people write it: `user@host:port`.
pub(crate) fn words(target: &ssh::Target) -> String {
    let ssh::Target {
        user, host, port, ..
    } = target;
    if host.contains(':') {
        format!("{user}@[{host}]:{port}")
    } else {
        format!("{user}@{host}:{port}")
    }
}
