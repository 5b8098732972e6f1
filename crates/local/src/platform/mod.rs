//! What differs between systems: who the user is, how a shell is started and ended, file reads.
//!
//! Invariant: the only folder that knows the operating system; all of it is safe code.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(crate) use other::{Account, Group, GroupId, attributes, open, read_at};
#[cfg(unix)]
pub(crate) use unix::{Account, Group, GroupId, attributes, open, read_at};

/// How a process ended.
#[cfg_attr(not(unix), expect(dead_code, reason = "nothing is started there"))]
pub(crate) enum Exit {
    /// By itself, with this status.
    Code(u32),
    /// By a signal; the name is without `SIG`, as SSH has it.
    Signal {
        /// For example `TERM`.
        name: String,
        /// Whether it left a core file.
        core_dumped: bool,
    },
}
