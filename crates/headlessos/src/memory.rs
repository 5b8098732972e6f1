//! What the system could write of this program's memory to a disk, with every secret in it: no core file
//! of a crash and, where the system lets this user say so, nothing to swap.
//!
//! Invariant: on Linux nothing that this program starts is different for it; a shell of this computer
//! leaves core files as it does elsewhere.

use std::io;

/// Lets the system write no core file of this process, nor give one to a program that collects them.
///
/// # Errors
/// The system refuses it.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn forbid_core_file() -> io::Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};

    // Ends with `execve`, unlike a limit, and holds for a collector behind a pipe, for which the
    // kernel asks no limit (core(5)). This user's other programs cannot read the memory either.
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

/// The same by a limit, which what is started may lift again.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
pub(crate) fn forbid_core_file() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = Rlimit {
        current: Some(0),
        ..getrlimit(Resource::Core)
    };
    Ok(setrlimit(Resource::Core, limit)?)
}

/// Keeps what is in memory out of swap, now and later (mlockall(2)); gives whether it is. Where a limit is
/// set it is not: what was asked for beyond it would then not be had at all.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn keep_from_swap() -> bool {
    use rustix::{
        mm::{MlockAllFlags, mlockall},
        process::{Resource, geteuid, getrlimit},
    };

    let is_free = geteuid().is_root() || getrlimit(Resource::Memlock).current.is_none();
    let flags = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
    is_free && mlockall(flags).is_ok()
}

/// No such wish is known here that holds for all of a program's memory.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(crate) fn keep_from_swap() -> bool {
    false
}

/// Windows writes none unless it was told to.
#[cfg(not(unix))]
pub(crate) fn forbid_core_file() -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::{fs::File, hint::black_box, os::unix::fs::FileExt as _};

    /// Seen from outside: within, what is freed is not to be looked at.
    #[test]
    fn what_is_freed_is_wiped() {
        let memory = File::open("/proc/self/mem").unwrap();
        let mut left = [0; 500];
        let secret = black_box(vec![b'x'; 500]);
        let place = secret.as_ptr().addr() as u64;
        memory.read_exact_at(&mut left, place).unwrap();
        assert_eq!(left, [b'x'; 500]);
        drop(secret);
        memory.read_exact_at(&mut left, place).unwrap();
        // What the system's allocator notes of a free block stands at its beginning.
        assert_eq!(left[32..], [0; 468]);
    }
}
