//! The shells of this connection's terminals, and what runs in front of each (`proc(5)`).

use crate::{Command, arguments::Pid};

/// For each process that has a terminal and the same parent as this script, which is the server's
/// end of the connection: a record of numbers, two names and the folder, ended by NUL.
const SCRIPT: &str = r#"for f in /proc/[0-9]*/stat; do
  read -r l 2>/dev/null <"$f" || continue
  p=${f#/proc/}; p=${p%/stat}
  set -- ${l##*) }
  [ "$2" = "$PPID" ] && [ "$5" != 0 ] && [ "$p" != $$ ] || continue
  eval "t=\${20}"
  c=; g=
  read -r c 2>/dev/null <"/proc/$p/comm"
  read -r g 2>/dev/null <"/proc/$6/comm"
  printf '%s %s %s %s\n%s\n%s\n' "$p" "$t" "$3" "$6" "$c" "$g"
  readlink "/proc/$p/cwd" | tr -d '\000'
  printf '\000'
done"#;

/// A shell that stands behind a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShellProcess {
    /// Its process id.
    pub pid: Pid,
    /// When it started, in clock ticks since the server did: tells older from younger.
    pub started_ticks: u64,
    /// Its name, at most 15 bytes (`comm`).
    pub name: String,
    /// The name of the program in front of it; `None`: the shell itself waits for input.
    pub foreground: Option<String>,
    /// Its folder; `None`: not told.
    pub folder: Option<String>,
}

/// Asks for them. Works on Linux; elsewhere nothing is printed.
#[must_use]
pub fn shells() -> Command {
    Command::script(SCRIPT)
}

/// Reads what [`shells`] printed, oldest shell first; a record that makes no sense is left out.
#[must_use]
pub fn parse_shells(stdout: &[u8]) -> Vec<ShellProcess> {
    let text = String::from_utf8_lossy(stdout);
    let mut shells: Vec<ShellProcess> = text.split('\0').filter_map(shell).collect();
    shells.sort_by_key(|shell| (shell.started_ticks, shell.pid.get()));
    shells
}

fn shell(record: &str) -> Option<ShellProcess> {
    let mut lines = record.splitn(4, '\n');
    let numbers: Vec<i64> = lines
        .next()?
        .split(' ')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let &[pid, started, group, front] = numbers.as_slice() else {
        return None;
    };
    let name = lines.next()?.to_owned();
    let in_front = lines.next()?;
    let folder = lines.next()?.trim_end_matches('\n');
    // The kernel's mark of a folder that is no more.
    let folder = Some(folder.trim_end_matches(" (deleted)")).filter(|path| path.starts_with('/'));
    Some(ShellProcess {
        pid: Pid::try_from(pid).ok()?,
        started_ticks: u64::try_from(started).ok()?,
        name,
        foreground: (group != front && front > 0 && !in_front.is_empty())
            .then(|| in_front.to_owned()),
        folder: folder.map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_left_out() {
        for nonsense in [
            &b""[..],
            b"\0\0",
            b"1 2 3\nsh\n\n/\0",
            b"x y z w\na\nb\nc\0",
            b"0 1 2 3\na\nb\n/\0",
            b"\xff\xfe\0",
        ] {
            assert_eq!(parse_shells(nonsense), []);
        }
    }
}
