//! `needrestart(1)`: its batch output, and the list it shows to people, whose lines with names are
//! not translated. Of other users' processes it tells root alone.

use super::{StaleList, StaleService};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, StaleList> = Variant {
    name: "needrestart",
    needs: Needs::programs(&["needrestart"]).as_root(),
    source: |_| {
        let words = ["-b", "-l", "-r", "l"];
        Source::Command(Command::new("needrestart").words(&words))
    },
    reads: &["needrestart"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<StaleList>, ParseError> {
    raw.expect_exit(&[0])?;
    let text = raw.text();
    if text.starts_with("NEEDRESTART-VER") {
        return Ok(of_batch(&raw));
    }
    // Which of the lists that are headed so.
    let mut deferred: Option<bool> = None;
    let mut is_nothing = false;
    let parsed = raw.read_lines(StaleList::default(), |list, line| {
        let Some(entry) = line.strip_prefix(' ') else {
            deferred = match line.trim_end() {
                "Services to be restarted:" => Some(false),
                "Service restarts being deferred:" => Some(true),
                _ => None,
            };
            is_nothing |= line.starts_with("No services need to be restarted");
            // Sentences in any language.
            return Some(());
        };
        let entry = entry.trim();
        let name = entry
            .strip_prefix("systemctl restart ")
            .or_else(|| entry.strip_prefix("/etc/needrestart/restart.d/"))
            .or_else(|| entry.strip_prefix("service ")?.strip_suffix(" restart"));
        match name {
            Some(names) => {
                let services = names.split_ascii_whitespace().map(|name| StaleService {
                    name: name.to_owned(),
                    deferred,
                });
                list.services.extend(services);
            }
            // `user @ session #3: bash[123]`
            None if entry.contains(" @ ") => list.sessions.push(entry.to_owned()),
            None => return None,
        }
        Some(())
    });
    if parsed.value.services.is_empty() && !is_nothing {
        let no_row = || ParseError::shape("no list of needrestart");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}

fn of_batch(raw: &RawOutput<'_>) -> Parsed<StaleList> {
    raw.read_lines(StaleList::default(), |list, line| {
        let (key, value) = line.strip_prefix("NEEDRESTART-")?.split_once(':')?;
        let value = value.trim();
        match key {
            "SVC" => list.services.push(StaleService {
                name: value.to_owned(),
                deferred: None,
            }),
            "SESS" => list.sessions.push(value.to_owned()),
            "VER" | "KCUR" | "KEXP" | "KSTA" | "UCSTA" | "UCCUR" | "UCEXP" => {}
            _ => return None,
        }
        Some(())
    })
}
