//! Gives russh the signature it asks for, from an agent or from a key file.
//!
//! Invariant: while a person decides, no timeout of ours runs; the server's own patience bounds it,
//! and when the server hangs up, the wait ends.

use russh::{
    SendError, Signer,
    keys::{HashAlg, agent::AgentIdentity},
};
use tokio::sync::watch;

use super::{
    agent::{Agent, put},
    key_file::KeyFile,
};
use crate::{
    Ask, Closed,
    progress::{Progress, Stage},
};

/// Why there is no signature.
#[derive(Debug)]
pub(super) enum Unsigned {
    /// The person stopped it.
    Cancelled,
    /// Why this key is of no use.
    Unusable(String),
    /// The connection is gone.
    Gone,
}

impl From<SendError> for Unsigned {
    fn from(_: SendError) -> Self {
        Self::Gone
    }
}

/// Who signs.
pub(super) enum By<'a> {
    /// An agent, with its key of this encoding.
    Agent(&'a mut Agent, &'a [u8]),
    /// A key file.
    File(&'a mut KeyFile),
}

/// Signs for one proof.
pub(super) struct Signing<'a> {
    pub(super) by: By<'a>,
    pub(super) ask: &'a dyn Ask,
    pub(super) progress: &'a Progress,
    pub(super) closed: watch::Receiver<Option<Closed>>,
    /// Whether the server asked for a signature, which it does for a key that it takes.
    pub(super) wanted: bool,
}

impl Signer for Signing<'_> {
    type Error = Unsigned;

    /// The data, followed by the signature as an SSH string.
    async fn auth_sign(
        &mut self,
        _key: &AgentIdentity,
        hash: Option<HashAlg>,
        mut to_sign: Vec<u8>,
    ) -> Result<Vec<u8>, Unsigned> {
        self.wanted = true;
        let (ask, progress) = (self.ask, self.progress);
        let by = &mut self.by;
        let signing = async {
            match by {
                By::Agent(agent, blob) => {
                    progress.enter(Stage::Person);
                    agent.sign(blob, &to_sign, hash).await
                }
                By::File(file) => file.sign(&to_sign, hash, ask, progress).await,
            }
        };
        let signature = tokio::select! {
            signature = signing => signature,
            // An error means that the connection has ended without a word.
            _ = self.closed.wait_for(Option::is_some) => Err(Unsigned::Gone),
        };
        progress.enter(Stage::Authentication);
        put(&mut to_sign, &signature?);
        Ok(to_sign)
    }
}
