//! The keys of a running SSH agent: a Unix socket by `SSH_AUTH_SOCK`; on Windows the named pipe of
//! OpenSSH's agent, else Pageant. The only file that knows the difference.

use std::time::Duration;

use russh::{
    AgentAuthError,
    keys::agent::{
        AgentIdentity,
        client::{AgentClient, AgentStream},
    },
};
use tokio::time::timeout;

use super::{Login, Outcome};
use crate::{ConnectError, error::one_line, progress::Stage};

/// How long the agent may take to list its keys. A signature may wait for a person.
const LISTING: Duration = Duration::from_secs(5);

type Agent = AgentClient<Box<dyn AgentStream + Send + Unpin>>;

impl Login<'_> {
    /// Tries the agent's keys until `most` proofs were refused in all. Where nobody asked for the
    /// agent, one that is absent or fails is passed over.
    pub(super) async fn try_agent(
        &mut self,
        most: usize,
        named: bool,
    ) -> Result<Outcome, ConnectError> {
        let (mut agent, identities) = match timeout(LISTING, list()).await {
            Ok(Ok(listed)) => listed,
            Ok(Err(reason)) if named => return Err(ConnectError::Agent { reason }),
            Err(_) if named => {
                return Err(ConnectError::Agent {
                    reason: "it does not answer".to_owned(),
                });
            }
            Ok(Err(_)) | Err(_) => return Ok(Outcome::Out),
        };
        for identity in identities {
            if self.refusals >= most {
                break;
            }
            let comment = one_line(identity.comment());
            self.tried
                .push(format!("agent key {comment}").trim_end().to_owned());
            if self.try_identity(&mut agent, identity).await? == Outcome::In {
                return Ok(Outcome::In);
            }
        }
        if named {
            self.second_step(Outcome::Out).await
        } else {
            Ok(Outcome::Out)
        }
    }

    async fn try_identity(
        &mut self,
        agent: &mut Agent,
        identity: AgentIdentity,
    ) -> Result<Outcome, ConnectError> {
        self.progress.enter(Stage::Authentication);
        let user = self.target.user.as_str();
        let public = identity.public_key().into_owned();
        let hash = self.rsa_hash(&public.algorithm()).await;
        // The agent may wait for a person to touch a key; the server's own patience bounds that.
        self.progress.enter(Stage::Person);
        let result = match identity {
            AgentIdentity::PublicKey { key, .. } => {
                self.tried_keys.push(public);
                self.handle
                    .authenticate_publickey_with(user, key, hash, agent)
                    .await
            }
            AgentIdentity::Certificate { certificate, .. } => {
                self.handle
                    .authenticate_certificate_with(user, certificate, hash, agent)
                    .await
            }
        };
        self.progress.enter(Stage::Authentication);
        match result {
            Ok(result) => self.note(Ok(result)),
            Err(AgentAuthError::Send(_)) => Err(self.hung_up()),
            // The agent would not sign; the next key may do.
            Err(AgentAuthError::Key(_)) => Ok(Outcome::Out),
        }
    }
}

async fn list() -> Result<(Agent, Vec<AgentIdentity>), String> {
    let mut agent = open().await?;
    let identities = agent
        .request_identities()
        .await
        .map_err(|error| one_line(&error.to_string()))?;
    if identities.is_empty() {
        return Err("it has no keys".to_owned());
    }
    Ok((agent, identities))
}

#[cfg(unix)]
async fn open() -> Result<Agent, String> {
    let socket = std::env::var_os("SSH_AUTH_SOCK").filter(|path| !path.is_empty());
    let socket = socket.ok_or("none is running (SSH_AUTH_SOCK is not set)")?;
    let agent = AgentClient::connect_uds(socket).await;
    Ok(agent
        .map_err(|error| one_line(&error.to_string()))?
        .dynamic())
}

#[cfg(windows)]
async fn open() -> Result<Agent, String> {
    const PIPE: &str = r"\\.\pipe\openssh-ssh-agent";
    let pipe = std::env::var_os("SSH_AUTH_SOCK").unwrap_or_else(|| PIPE.into());
    if let Ok(agent) = AgentClient::connect_named_pipe(pipe).await {
        return Ok(agent.dynamic());
    }
    let agent = AgentClient::connect_pageant().await;
    Ok(agent
        .map_err(|error| one_line(&error.to_string()))?
        .dynamic())
}

#[cfg(not(any(unix, windows)))]
async fn open() -> Result<Agent, String> {
    Err("this system has none".to_owned())
}
