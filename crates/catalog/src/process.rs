//! Ending a remote process that HeadlessOS itself started.

use crate::{Command, arguments::Pid};

/// Kills the process group that `pid` leads, or `pid` alone where it leads none. An exec's process
/// is the leader of its own session under OpenSSH, so its children end with it. See `kill(1p)`.
#[must_use]
pub fn end(pid: Pid) -> Command {
    Command::script(r#"kill -s KILL -- "-$1" 2>/dev/null || kill -s KILL "$1""#).value(&pid)
}
