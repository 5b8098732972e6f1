//! The one permission gate.
//!
//! Invariant: a [`Granted`] exists only because a profile held the capability, and without one no
//! code in this crate can reach a connection (see `Session::link`).

use catalog::Capability;
use store::Profile;

use crate::Error;

/// Proof that a profile grants what is about to be done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Granted(Capability);

impl Granted {
    /// The capability that was checked.
    pub(crate) fn capability(self) -> Capability {
        self.0
    }
}

/// Passes if the profile grants the capability.
///
/// # Errors
/// [`Error::Denied`] where it does not.
pub(crate) fn check(profile: &Profile, capability: Capability) -> Result<Granted, Error> {
    if profile.capabilities.contains(&capability) {
        Ok(Granted(capability))
    } else {
        Err(Error::Denied {
            server: profile.name.clone(),
            capability: capability.name(),
        })
    }
}
