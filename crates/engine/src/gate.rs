//! The one permission gate.
//!
//! Invariant: a [`Granted`] exists only because a profile held the capability, and without one no
//! code in this crate can reach a connection (see `Session::link`).

use catalog::Capability;
use store::Profile;

use crate::Error;

/// Proof that a profile grants what is about to be done.
///
/// Nobody outside can name it, let alone make one; what an engine is asked passes the gate in it:
///
/// ```
/// use engine::Reading as Proof;
/// async fn ask(engine: &engine::Engine, _: Proof) {
///     let _ = engine.ask("web1", "system.load", engine::Ask::default()).await;
/// }
/// ```
/// ```compile_fail,E0603
/// use engine::gate::Granted as Proof;
/// async fn ask(engine: &engine::Engine, _: Proof) {
///     let _ = engine.ask("web1", "system.load", engine::Ask::default()).await;
/// }
/// ```
///
/// What was granted for reading changes nothing:
///
/// ```
/// async fn save(engine: &engine::Engine) {
///     let files: engine::ServerFilesToChange = engine.files_to_change("web1").await.unwrap();
/// }
/// ```
/// ```compile_fail,E0308
/// async fn save(engine: &engine::Engine) {
///     let files: engine::ServerFilesToChange = engine.files("web1").await.unwrap();
/// }
/// ```
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
