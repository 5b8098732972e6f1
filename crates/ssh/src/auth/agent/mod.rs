//! A running SSH agent: a Unix socket by `SSH_AUTH_SOCK` or by its path; on Windows the named pipe of
//! OpenSSH's agent, else Pageant. The only file that knows the difference.

mod wire;

use std::{path::Path, time::Duration};

use russh::keys::{
    HashAlg,
    agent::{AgentSessionBinding, client::AgentClient},
    key::parse_public_key,
};
use tokio::time::timeout;

pub(super) use wire::put;
use wire::{Stream, Wire};

use super::{identity::Shown, sign::Unsigned};
use crate::{AgentAddress, error::one_line};

/// How long an agent may take to list its keys. A signature may wait for a person.
const LISTING: Duration = Duration::from_secs(5);
/// The same where the agent was asked for by name: it may first have to be unlocked by a person.
const LISTING_BY_NAME: Duration = Duration::from_secs(60);

/// An agent that has listed its keys.
pub(super) struct Agent {
    wire: Wire,
}

/// A key or a certificate that an agent signs for.
pub(super) struct AgentKey {
    pub(super) shown: Shown,
    /// What the agent calls it, in one line; may be empty.
    pub(super) comment: String,
}

impl Agent {
    /// Finds the agent and what it signs for; what is of a kind that is not known here is left out.
    /// The error says why there is none.
    pub(super) async fn find(
        address: &AgentAddress,
        binding: Option<&AgentSessionBinding>,
        named: bool,
    ) -> Result<(Self, Vec<AgentKey>), String> {
        let finding = async {
            let mut wire = Wire::new(open(address).await?);
            let failed = |error: std::io::Error| one_line(&error.to_string());
            if let Some(binding) = binding {
                wire.bind(binding).await.map_err(failed)?;
            }
            let entries = wire.list().await.map_err(failed)?;
            Ok((Self { wire }, entries))
        };
        let patience = if named { LISTING_BY_NAME } else { LISTING };
        let (agent, entries) = timeout(patience, finding)
            .await
            .unwrap_or_else(|_| Err("it does not answer".to_owned()))?;
        let keys = entries.into_iter().filter_map(|entry| {
            let key = parse_public_key(&entry.blob).ok()?;
            Some(AgentKey {
                shown: Shown::of(key)?,
                comment: one_line(&entry.comment),
            })
        });
        Ok((agent, keys.collect()))
    }

    /// Signs with the key of this encoding, which the agent has. May wait for a person.
    pub(super) async fn sign(
        &mut self,
        blob: &[u8],
        data: &[u8],
        hash: Option<HashAlg>,
    ) -> Result<Vec<u8>, Unsigned> {
        let (flags, expected) = match hash {
            Some(HashAlg::Sha256) => (2, Some("rsa-sha2-256")),
            Some(HashAlg::Sha512) => (4, Some("rsa-sha2-512")),
            _ => (0, None),
        };
        match self.wire.sign(blob, data, flags).await {
            Ok(Some(signature)) => {
                let algorithm = wire::algorithm(&signature);
                // An old agent does not know the flags, and signs by SHA-1.
                if algorithm == Some("ssh-rsa") || (expected.is_some() && algorithm != expected) {
                    let reason = "the agent signs RSA by SHA-1 only, which is not safe";
                    return Err(Unsigned::Unusable(reason.to_owned()));
                }
                Ok(signature)
            }
            Ok(None) => Err(Unsigned::Unusable("the agent would not sign".to_owned())),
            Err(error) => Err(Unsigned::Unusable(format!(
                "the agent did not sign: {}",
                one_line(&error.to_string())
            ))),
        }
    }
}

async fn open(address: &AgentAddress) -> Result<Stream, String> {
    match address {
        AgentAddress::Off => Err("it is switched off (IdentityAgent none)".to_owned()),
        AgentAddress::Usual => usual().await,
        AgentAddress::At(path) => at(&super::from_home(path)).await,
    }
}

#[cfg(unix)]
async fn usual() -> Result<Stream, String> {
    let socket = std::env::var_os("SSH_AUTH_SOCK").filter(|path| !path.is_empty());
    let socket = socket.ok_or("none is running (SSH_AUTH_SOCK is not set)")?;
    at(Path::new(&socket)).await
}

#[cfg(unix)]
async fn at(path: &Path) -> Result<Stream, String> {
    match AgentClient::connect_uds(path).await {
        Ok(agent) => Ok(agent.into_inner()),
        Err(error) => Err(not_there(path, &error)),
    }
}

#[cfg(windows)]
async fn usual() -> Result<Stream, String> {
    const PIPE: &str = r"\\.\pipe\openssh-ssh-agent";
    let pipe = std::env::var_os("SSH_AUTH_SOCK").unwrap_or_else(|| PIPE.into());
    if let Ok(stream) = at(Path::new(&pipe)).await {
        return Ok(stream);
    }
    match AgentClient::connect_pageant().await {
        Ok(agent) => Ok(agent.into_inner()),
        Err(error) => Err(one_line(&error.to_string())),
    }
}

#[cfg(windows)]
async fn at(path: &Path) -> Result<Stream, String> {
    match AgentClient::connect_named_pipe(path).await {
        Ok(agent) => Ok(agent.into_inner()),
        Err(error) => Err(not_there(path, &error)),
    }
}

#[cfg(any(unix, windows))]
fn not_there(path: &Path, error: &russh::keys::Error) -> String {
    let error = one_line(&error.to_string());
    format!("there is none at {} ({error})", path.display())
}

#[cfg(not(any(unix, windows)))]
async fn usual() -> Result<Stream, String> {
    Err("this system has none".to_owned())
}

#[cfg(not(any(unix, windows)))]
async fn at(_path: &Path) -> Result<Stream, String> {
    usual().await
}
