//! What becomes of work that is under way when a permission is taken away.
//!
//! Invariant: whatever lasts longer than a moment waits for [`Session::withdrawn`] beside its work and
//! ends by it, or asks [`Session::holds`] before each step.

use std::sync::{Arc, PoisonError};

use catalog::Capability;
use store::Profile;

use super::Session;
use crate::{
    Error,
    gate::{self, Granted},
};

impl Session {
    /// Waits until the profile does not grant any more what it granted once; gives the refusal.
    pub(crate) async fn withdrawn(&self, granted: Granted) -> Error {
        let mut changes = self.changes.subscribe();
        loop {
            if let Err(error) = gate::check(&self.profile(), granted.capability()) {
                return error;
            }
            if changes.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Whether the profile grants all of this now; the error is the name of what it does not.
    pub(crate) fn holds(&self, needs: &[Capability]) -> Result<(), &'static str> {
        let profile = self.profile();
        for capability in needs {
            gate::check(&profile, *capability).map_err(|_| capability.name())?;
        }
        Ok(())
    }

    /// Changes the profile here and in the database in one step, so that no other change is undone by it: a
    /// permission that was taken away stays so.
    ///
    /// # Errors
    /// As `edit` says, or the database failed; the profile is then as it was.
    pub(crate) fn edit_profile(
        &self,
        edit: impl FnOnce(&mut Profile) -> Result<(), Error>,
    ) -> Result<(), Error> {
        {
            let mut kept = self.profile.write().unwrap_or_else(PoisonError::into_inner);
            let mut profile = kept.as_ref().clone();
            edit(&mut profile)?;
            self.options.store.update_profile(&profile)?;
            *kept = Arc::new(profile);
        }
        self.tell();
        Ok(())
    }

    /// After a change of the profile: those who look at figures are told at once, and nothing stays root's
    /// for who may not look at the server.
    pub(crate) fn may_have_withdrawn(self: &Arc<Self>) {
        if self.holds(&[Capability::SystemRead]).is_err() {
            let session = Arc::clone(self);
            tokio::spawn(async move { session.lower().await });
        }
        self.live.ask_anew();
    }
}
