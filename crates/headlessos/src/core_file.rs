//! The core file of a crash, which would hold every secret that is in memory: there is none.
//!
//! Invariant: on Linux nothing that this program starts is different for it; a shell of this computer
//! leaves core files as it does elsewhere.

use std::io;

/// Lets the system write no core file of this process, nor give one to a program that collects them.
///
/// # Errors
/// The system refuses it.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn forbid() -> io::Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};

    // Ends with `execve`, unlike a limit, and holds for a collector behind a pipe, for which the
    // kernel asks no limit (core(5)). This user's other programs cannot read the memory either.
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

/// The same by a limit, which what is started may lift again.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
pub(crate) fn forbid() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = Rlimit {
        current: Some(0),
        ..getrlimit(Resource::Core)
    };
    Ok(setrlimit(Resource::Core, limit)?)
}

/// Windows writes none unless it was told to.
#[cfg(not(unix))]
pub(crate) fn forbid() -> io::Result<()> {
    Ok(())
}
