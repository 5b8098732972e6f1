//! What stands behind a terminal: how a shell is started where it is not simply the login shell, and
//! which program is in front of it.

mod shells;

pub use shells::{ShellProcess, parse_shells, shells};

use crate::{Command, arguments::RemotePath};

/// Becomes a shell in a folder: `$1` is the folder or empty, `$2` the shell or empty for the login
/// shell.
const START: &str = r#"if [ -n "$1" ]; then cd -- "$1" || sleep 1; fi
s=${2:-${SHELL:-/bin/sh}}
export SHELL="$s"
exec "$s" -l"#;

/// A shell in a folder (`None`: the home folder), either the login shell or another; see
/// [`Command::terminal_line`].
#[must_use]
pub fn start(folder: Option<&RemotePath>, shell: Option<&RemotePath>) -> Command {
    Command::script(START)
        .value_or_empty(folder)
        .value_or_empty(shell)
}
