//! What differs between systems: who the user is, how a shell is started and ended, files.
//!
//! Invariant: the only folder that knows the operating system; all of it is safe code.

#[cfg(any(test, not(unix)))]
mod names;
#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(crate) use other::{
    Account, EXTENSIONS, Group, Master, Output, READ_BYTES, Terminal, attributes, change,
    change_link, change_open, close, code, group, long_name, make_folder, make_link, name, open,
    path, read_at, rename, stat_vfs, user, words, write_at,
};
#[cfg(unix)]
pub(crate) use unix::{
    Account, EXTENSIONS, Group, Master, Output, READ_BYTES, Terminal, attributes, change,
    change_link, change_open, close, code, group, long_name, make_folder, make_link, name, open,
    path, read_at, rename, stat_vfs, user, words, write_at,
};

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

/// A terminal's size, as systems take it; what is not known is 0.
#[derive(Clone, Copy)]
#[cfg_attr(not(unix), expect(dead_code, reason = "there are no terminals there"))]
pub(crate) struct Size {
    columns: u16,
    rows: u16,
    width_px: u16,
    height_px: u16,
}

impl Size {
    /// From what SSH has; sizes that no system can take become the largest.
    pub(crate) fn new(columns: u32, rows: u32, width_px: u32, height_px: u32) -> Self {
        let narrow = |value| u16::try_from(value).unwrap_or(u16::MAX);
        Self {
            columns: narrow(columns),
            rows: narrow(rows),
            width_px: narrow(width_px),
            height_px: narrow(height_px),
        }
    }
}
