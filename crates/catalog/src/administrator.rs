//! By which ways the user could become root: what a test of the connection asks, once.

use crate::{Command, RawOutput};

/// Asks whether the tools are there, and `sudo` and `doas` whether they would work without a
/// password (`-n`, `sudo(8)`, `doas(1)`). A no is written into the server's log by `sudo`.
const SCRIPT: &str = r#"for p in sudo doas su; do
  if command -v "$p" >/dev/null 2>&1; then echo "there=$p"; fi
done
if sudo -n true >/dev/null 2>&1; then echo free=sudo; fi
if doas -n true >/dev/null 2>&1; then echo free=doas; fi"#;

/// Ways to become root, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// `sudo`, `doas`, `su`, as far as they are there.
    pub there: Vec<String>,
    /// Those of them that want no password.
    pub free: Vec<String>,
}

/// Asks for them.
#[must_use]
pub fn ways() -> Command {
    Command::script(SCRIPT)
}

/// Reads what [`ways`] printed; other lines are passed over.
#[must_use]
pub fn parse_ways(raw: RawOutput<'_>) -> Ways {
    let mut ways = Ways::default();
    for line in raw.text().lines() {
        let (list, program) = match line.split_once('=') {
            Some(("there", program)) => (&mut ways.there, program),
            Some(("free", program)) => (&mut ways.free, program),
            _ => continue,
        };
        if ["sudo", "doas", "su"].contains(&program) && list.len() < 3 {
            list.push(program.to_owned());
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_read_and_noise_is_not() {
        let ways = parse_ways(RawOutput {
            stdout: b"there=sudo\nthere=su\nthere=rm\nfree=sudo\nhello\n",
            ..RawOutput::default()
        });
        assert_eq!(
            (ways.there, ways.free),
            (
                vec!["sudo".to_owned(), "su".to_owned()],
                vec!["sudo".to_owned()]
            )
        );
    }
}
