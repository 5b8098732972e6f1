//! Whether a server can be reached, without logging in.
//!
//! Invariant: only on request, one look at a server at a time, and at most one a minute. A look is a
//! TCP connection that reads the server's greeting and closes: sshd writes a line into its log for
//! each, and fail2ban's stricter modes and sshguard count them, so none is ever made by itself.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::Capability;
use chrono::{SecondsFormat, Utc};
use futures::{StreamExt, stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Kind;

use crate::{ConnectionState, Engine, Error, gate, session::Session, way};

/// A look this young is not repeated.
const YOUNG: Duration = Duration::from_secs(60);
/// How long the connection and the greeting may take, each.
const PATIENCE: Duration = Duration::from_secs(5);
/// Looks that are made side by side.
const SIDE_BY_SIDE: usize = 16;
/// Servers that are asked about at once.
const MOST: usize = 200;

/// How a server could be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Reachable {
    /// It is connected, or an SSH server answered.
    Reachable,
    /// Nothing answered.
    Unreachable,
    /// Something answered that does not speak SSH.
    NotSsh,
    /// It was not tried: this computer, not granted, behind jump hosts, or being connected.
    Unknown,
}

/// Whether a server can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reachability {
    /// The server's id.
    pub server: String,
    /// How it could be reached.
    pub state: Reachable,
    /// For people: what answered, or why nothing did.
    pub detail: String,
    /// How long the answer took; `null`: it was not tried, or nothing answered.
    pub took_ms: Option<u32>,
    /// When that was, RFC 3339 in UTC.
    pub checked_at: String,
}

/// The last look at a server.
#[derive(Default)]
pub(crate) struct Reached(Option<(Instant, ssh::Target, Reachability)>);

impl Engine {
    /// Looks which of these servers can be reached. An answer less than a minute old is given again.
    ///
    /// # Errors
    /// A server is not known, or there are more than 200.
    pub async fn reachability(&self, ids: &[String]) -> Result<Vec<Reachability>, Error> {
        if ids.len() > MOST {
            return Err(Error::Invalid(format!(
                "at most {MOST} servers are looked at in one request"
            )));
        }
        let sessions = ids.iter().map(|id| self.session(id));
        let sessions = sessions.collect::<Result<Vec<_>, _>>()?;
        let looks = stream::iter(sessions).map(|session| async move { reach(&session).await });
        Ok(looks.buffered(SIDE_BY_SIDE).collect().await)
    }
}

async fn reach(session: &Arc<Session>) -> Reachability {
    let profile = session.profile();
    let told = |state, detail: &str, took_ms| Reachability {
        server: profile.id.clone(),
        state,
        detail: detail.to_owned(),
        took_ms,
        checked_at: Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
    };
    let unknown = |detail| told(Reachable::Unknown, detail, None);
    if profile.kind == Kind::Local {
        return unknown("this computer is always there");
    }
    if let Err(error) = gate::check(&profile, Capability::SystemRead) {
        return unknown(&error.to_string());
    }
    match session.state() {
        ConnectionState::Connected { .. } => {
            return told(Reachable::Reachable, "it is connected", None);
        }
        ConnectionState::Connecting | ConnectionState::Question { .. } => {
            return unknown("it is being connected");
        }
        _ => {}
    }
    let way = match way::to(session, &profile).await {
        Ok(way) => way,
        Err(error) => return unknown(&error.to_string()),
    };
    let [mut hop] = match <[ssh::Hop; 1]>::try_from(way.hops) {
        Ok(only) => only,
        Err(_) => return unknown("it is behind jump hosts, so only a connection can tell"),
    };
    hop.timeouts.connect = PATIENCE;
    // Held while looking, so that a server sees one look at a time.
    let mut last = session.reached.lock().await;
    let target = hop.target.clone();
    if let Some((at, of, answer)) = &last.0
        && *of == target
        && at.elapsed() < YOUNG
    {
        return answer.clone();
    }
    let began = Instant::now();
    let greeting = ssh::greeting(&hop).await;
    let took_ms = u32::try_from(began.elapsed().as_millis()).ok();
    let answer = match greeting {
        Ok(version) => told(Reachable::Reachable, &version, took_ms),
        Err(error @ ssh::ConnectError::Protocol { .. }) => {
            told(Reachable::NotSsh, &error.to_string(), took_ms)
        }
        Err(error) => told(Reachable::Unreachable, &error.to_string(), None),
    };
    last.0 = Some((began, target, answer.clone()));
    answer
}
