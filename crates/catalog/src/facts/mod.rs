//! What is known of a server since it was connected: it chooses the variants.
//!
//! Probed once, by one command, whose constant script prints one `key=value` a line.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Command, FEEDS, ParseError, QUERIES, RawOutput};

/// The init system that is PID 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Init {
    /// systemd, by the folder `/run/systemd/system` (`sd_booted(3)`).
    Systemd,
    /// OpenRC, by the folder `/run/openrc`.
    Openrc,
    /// Anything else.
    #[default]
    Other,
}

/// Facts of one server, true for the length of a connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServerFacts {
    /// The kernel's name by `uname -s`, for example `Linux`.
    pub os: String,
    /// What the server calls itself by `uname -n`, often its host name; empty: it does not say.
    pub node_name: String,
    /// Its init system.
    pub init: Init,
    /// The user id commands run as; 0 is root.
    pub uid: u32,
    /// Of the programs that any variant needs, those found on the PATH.
    pub programs: BTreeSet<String>,
}

const PROBE: &str = r#"echo "os=$(uname -s)"
echo "node=$(uname -n)"
echo "uid=$(id -u)"
if [ -d /run/systemd/system ]; then echo init=systemd
elif [ -d /run/openrc ]; then echo init=openrc
else echo init=other; fi
for program in "$@"; do
  if command -v "$program" >/dev/null 2>&1; then echo "program=$program"; fi
done"#;

impl ServerFacts {
    /// Whether the program was found on the server's PATH.
    #[must_use]
    pub fn has(&self, program: &str) -> bool {
        self.programs.contains(program)
    }

    /// The one command that learns them.
    #[must_use]
    pub fn probe() -> Command {
        let queries = QUERIES.iter().flat_map(|query| query.variants());
        let feeds = FEEDS.iter().flat_map(|feed| feed.variants());
        let needed: BTreeSet<&'static str> = queries
            .chain(feeds)
            .flat_map(|(_, needs)| needs.programs.iter().copied())
            .collect();
        let mut command = Command::script(PROBE);
        for program in needed {
            command = command.word(program);
        }
        command
    }

    /// Reads what the probe printed.
    ///
    /// # Errors
    /// `ParseError::Shape` where the lines for `os` and `uid` are missing.
    pub fn parse(raw: RawOutput<'_>) -> Result<Self, ParseError> {
        let text = raw.text();
        let mut facts = Self::default();
        let mut uid = None;
        for line in text.lines() {
            match line.split_once('=') {
                Some(("os", os)) => os.clone_into(&mut facts.os),
                Some(("node", name)) => name.clone_into(&mut facts.node_name),
                Some(("uid", id)) => uid = id.parse().ok(),
                Some(("init", "systemd")) => facts.init = Init::Systemd,
                Some(("init", "openrc")) => facts.init = Init::Openrc,
                Some(("program", program)) => {
                    facts.programs.insert(program.to_owned());
                }
                _ => {}
            }
        }
        match uid {
            Some(uid) if !facts.os.is_empty() => Ok(Self { uid, ..facts }),
            _ => Err(ParseError::shape(
                "the first probe printed neither system nor user id",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_probe_and_refuses_noise() {
        let stdout = b"os=Linux\nnode=web1\nuid=1000\ninit=openrc\nprogram=df\nprogram=docker\n";
        let facts = ServerFacts::parse(RawOutput {
            stdout,
            ..RawOutput::default()
        })
        .unwrap();
        assert_eq!((facts.uid, facts.init), (1000, Init::Openrc));
        assert_eq!(facts.node_name, "web1");
        assert!(facts.has("docker") && !facts.has("systemctl"));
        let noise = RawOutput {
            stdout: b"This account is closed.\n",
            ..RawOutput::default()
        };
        assert!(matches!(
            ServerFacts::parse(noise),
            Err(ParseError::Shape(_))
        ));
    }

    #[test]
    fn the_probe_asks_for_every_needed_program() {
        let shown = ServerFacts::probe().to_string();
        for program in ["docker", "systemctl", "findmnt"] {
            assert!(shown.contains(program), "{program} is not asked for");
        }
    }
}
