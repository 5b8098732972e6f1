//! What a session does, as the journal is told of it.

use std::{borrow::Cow, sync::Arc};

use catalog::Capability;
use store::{Deed, Kind, Profile};

use super::Session;
use crate::{
    Error,
    gate::{self, Granted},
    journal::{Begun, Purpose},
};

/// What the journal calls a connection.
const CONNECT: &str = "server.connect";

impl Session {
    /// For what something is done, and by which tool.
    pub(crate) fn purpose(
        &self,
        granted: Granted,
        what: impl Into<Cow<'static, str>>,
        tool: impl Into<Cow<'static, str>>,
    ) -> Purpose {
        Purpose {
            journal: Arc::clone(&self.journal),
            server: self.id.clone(),
            granted,
            what: what.into(),
            tool: tool.into(),
        }
    }

    /// For what a connection is made, and all that serves nothing narrower.
    pub(super) fn connecting(&self, granted: Granted) -> Purpose {
        self.purpose(granted, CONNECT, "ssh")
    }

    /// Writes that a connection is about to be made.
    ///
    /// # Errors
    /// The profile may not even be looked at; it could not be written down.
    pub(super) async fn begin_connection(&self) -> Result<Begun, Error> {
        let profile = self.profile();
        let granted = gate::check(&profile, Capability::SystemRead)?;
        let command = match profile.kind {
            Kind::Local => "# this computer".to_owned(),
            Kind::Ssh => format!("ssh {}", login(&profile)),
        };
        let purpose = self.connecting(granted);
        purpose.begin_deed(Deed::Connection, &command).await
    }
}

/// Where a profile logs in, as OpenSSH's client would be told.
fn login(profile: &Profile) -> String {
    let host = profile.host.as_deref().unwrap_or_default();
    login_to(&profile.user, host, profile.port.unwrap_or(22))
}

/// A login, as OpenSSH's client would be told.
pub(crate) fn login_to(user: &str, host: &str, port: u16) -> String {
    match port {
        22 => format!("{user}@{host}"),
        port => format!("-p {port} {user}@{host}"),
    }
}
