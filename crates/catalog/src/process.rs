//! Ending a remote process that HeadlessOS itself started.

use crate::{Command, arguments::Pid};

/// Kills all below a process, then it: each is stopped first, so that it starts no other.
const END: &str = r#"end() {
  kill -s STOP "$1" 2>/dev/null
  for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do end "$child"; done
  kill -s KILL "$1"
}
kill -s KILL -- "-$1" 2>/dev/null || end "$1""#;

/// Kills the process group that `pid` leads, or `pid` and its children where it leads none. An exec's
/// process is the leader of its own session under OpenSSH, so its children end with it; one that sudo
/// started may lead no group. See `kill(1p)`.
#[must_use]
pub fn end(pid: Pid) -> Command {
    Command::script(END).value(&pid)
}
