//! The one permission gate.
//!
//! Invariant: a [`Granted`] exists only because a profile held the capability, and without one no
//! code in this crate can reach a connection (see `Session::link`). It also says who asked, so that
//! the journal can.

use catalog::Capability;
use store::{Asker, Profile};

use crate::Error;

tokio::task_local! {
    /// Who asked for what the task does.
    static ASKER: Asker;
}

/// Does what this one asked for. What passes the gate meanwhile is written down as theirs.
pub async fn asked_by<F: Future>(asker: Asker, work: F) -> F::Output {
    ASKER.scope(asker, work).await
}

/// Does something to its end, for who asks, also where the caller goes away meanwhile: a page that is closed,
/// or whose session ends, leaves nothing half done.
pub(crate) async fn to_its_end<F>(work: F) -> F::Output
where
    F: Future<Output: Send> + Send + 'static,
{
    match tokio::spawn(asked_by(asker(), work)).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The program ends.
            Err(_) => std::future::pending().await,
        },
    }
}

/// Who asked for what this task does; the program itself where nobody did.
pub(crate) fn asker() -> Asker {
    ASKER.try_with(|asker| *asker).unwrap_or_default()
}

/// Proof that a profile grants what is about to be done, and who asked for it.
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
pub(crate) struct Granted {
    capability: Capability,
    asker: Asker,
}

impl Granted {
    /// The capability that was checked.
    pub(crate) fn capability(self) -> Capability {
        self.capability
    }

    /// Who asked.
    pub(crate) fn asker(self) -> Asker {
        self.asker
    }
}

/// Passes if the profile grants the capability.
///
/// # Errors
/// [`Error::Denied`] where it does not.
pub(crate) fn check(profile: &Profile, capability: Capability) -> Result<Granted, Error> {
    if profile.capabilities.contains(&capability) {
        Ok(Granted {
            capability,
            asker: asker(),
        })
    } else {
        Err(Error::Denied {
            server: profile.name.clone(),
            capability: capability.name(),
        })
    }
}
