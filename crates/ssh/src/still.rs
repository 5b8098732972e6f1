//! Whether a server that agreed on new keys in mid-life still has the key it was trusted by.
//!
//! russh checks that the new keys are signed, but not by which host key, and tells nobody. So a server
//! that can (OpenSSH says so after every login) is asked to prove once more that it has its key, bound
//! to this connection (`hostkeys-prove-00@openssh.com`), and is left where it does not.

use std::{
    sync::{
        Arc, OnceLock, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use russh::keys::{HashAlg, PublicKey};
use tokio::{
    sync::{Notify, watch},
    time::timeout,
};

use crate::{Closed, connection::Inner, progress::Progress};

/// How long a server may take for the proof; it stands behind all that is on the line already.
const PROOF: Duration = Duration::from_secs(120);

/// What is known of the server's key since the connection was made.
#[derive(Debug, Default)]
pub(crate) struct HostProof {
    key: OnceLock<PublicKey>,
    can_prove: AtomicBool,
    agreed: Notify,
}

impl HostProof {
    /// The key by which the server is trusted.
    pub(crate) fn trusted(&self, key: &PublicKey) {
        self.key.get_or_init(|| key.clone());
    }

    /// The server says that it has these keys, and so that it can prove it.
    pub(crate) fn announced(&self, keys: &[PublicKey]) {
        let has = |trusted: &PublicKey| keys.iter().any(|key| key.key_data() == trusted.key_data());
        if self.key.get().is_some_and(has) {
            self.can_prove.store(true, Ordering::Relaxed);
        }
    }

    /// New keys were agreed on.
    pub(crate) fn agreed_anew(&self) {
        if self.can_prove.load(Ordering::Relaxed) {
            self.agreed.notify_one();
        }
    }
}

/// Asks for a proof after each agreement, until the connection is gone or nobody holds it.
pub(crate) async fn watch(
    inner: Weak<Inner>,
    progress: Arc<Progress>,
    mut closed: watch::Receiver<Option<Closed>>,
) {
    loop {
        tokio::select! {
            () = progress.proof.agreed.notified() => {}
            _ = closed.wait_for(Option::is_some) => return,
        }
        let (Some(inner), Some(key)) = (inner.upgrade(), progress.proof.key.get()) else {
            return;
        };
        let proof = inner.handle.hostkeys_prove(vec![key.clone()]);
        match timeout(PROOF, proof).await {
            Ok(Ok(())) => tracing::debug!("the server still has its key"),
            // The line is gone; whoever waits for it is told elsewhere.
            Ok(Err(russh::Error::Disconnect | russh::Error::SendError)) => return,
            Ok(Err(_)) | Err(_) => {
                let fingerprint = key.fingerprint(HashAlg::Sha256);
                progress.guard.end(&format!(
                    "in mid-connection it agreed on new keys, and does not prove that it still has \
                     its key {fingerprint}"
                ));
                return;
            }
        }
    }
}
