//! `fail2ban-client(1)`, `status`, `status JAIL`, `status --all` and `banned`. It speaks English only.

use std::collections::HashMap;

use super::{Fail2banJail, Fail2banStatus};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// The list of jails, then each of them. `status --all` is newer than most servers have.
const SCRIPT: &str = "list=$(fail2ban-client status) || exit
printf '%s\\n' \"$list\"
printf '%s\\n' \"$list\" | sed -n 's/.*Jail list:[[:space:]]*//p' | tr -d ' \\t' | tr , '\\n' |
while IFS= read -r jail; do [ -z \"$jail\" ] || fail2ban-client status \"$jail\"; done";

pub(super) const VARIANT: Variant<NoArgs, Fail2banStatus> = Variant {
    name: "client",
    needs: Needs::programs(&["fail2ban-client"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["fail2ban-client status|banned"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<Fail2banStatus>, ParseError> {
    let said = raw.text();
    if raw.exit_code != Some(0) && said.contains("Sorry but the jail '") {
        return Err(ParseError::Unavailable(said.trim().to_owned()));
    }
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut understood = false;
    let mut places = HashMap::new();
    let mut jail: Option<usize> = None;
    let answer = Fail2banStatus { jails: Vec::new() };
    let parsed = raw.read_lines(answer, |answer, line| {
        let mut place = |answer: &mut Fail2banStatus, name: &str| {
            let jails = &mut answer.jails;
            *places.entry(name.to_owned()).or_insert_with(|| {
                jails.push(Fail2banJail {
                    name: name.to_owned(),
                    ..Fail2banJail::default()
                });
                jails.len().saturating_sub(1)
            })
        };
        if line == "Status" {
            return Some(());
        }
        if let Some(name) = line.strip_prefix("Status for the jail: ") {
            jail = Some(place(answer, name.trim()));
            understood = true;
            return Some(());
        }
        if line.starts_with('[') {
            for (name, addresses) in banned(line)? {
                let place = place(answer, &name);
                let jail = answer.jails.get_mut(place)?;
                jail.currently_banned = u64::try_from(addresses.len()).ok();
                jail.banned = Some(addresses);
            }
            understood = true;
            return Some(());
        }
        // The branches of the tree that stand before it.
        let text = line.trim_start_matches(['|', '`', '-', ' ']);
        if matches!(text, "Filter" | "Actions") {
            return Some(());
        }
        let (key, value) = text.split_once(':')?;
        let value = value.trim();
        match key {
            "Number of jail" => {
                value.parse::<u64>().ok()?;
                understood = true;
            }
            "Jail list" => {
                for name in value
                    .split(',')
                    .map(str::trim)
                    .filter(|name| !name.is_empty())
                {
                    place(answer, name);
                }
            }
            key => field(answer.jails.get_mut(jail?)?, key, value)?,
        }
        Some(())
    });
    if !understood {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no status as fail2ban-client prints it")));
    }
    Ok(parsed)
}

fn field(jail: &mut Fail2banJail, key: &str, value: &str) -> Option<()> {
    let words = || value.split_ascii_whitespace().map(str::to_owned).collect();
    match key {
        "Currently failed" => jail.currently_failed = Some(value.parse().ok()?),
        "Total failed" => jail.total_failed = Some(value.parse().ok()?),
        "File list" => jail.files = Some(words()),
        "Journal matches" => {
            jail.journal_matches = Some(value.to_owned()).filter(|value| !value.is_empty());
        }
        "Currently banned" => jail.currently_banned = Some(value.parse().ok()?),
        "Total banned" => jail.total_banned = Some(value.parse().ok()?),
        // Before 0.9 it was called `IP list`.
        "Banned IP list" | "IP list" => jail.banned = Some(words()),
        _ => return None,
    }
    Some(())
}

/// `[{'sshd': ['192.0.2.1', '192.0.2.2']}, {'web': []}]`, a list as Python prints it.
fn banned(line: &str) -> Option<Vec<(String, Vec<String>)>> {
    let mut jails = Vec::new();
    let mut rest = line.strip_prefix('[')?.trim_end().strip_suffix(']')?;
    while let Some(entry) = rest.strip_prefix('{') {
        let (name, after) = entry.strip_prefix('\'')?.split_once("': [")?;
        let (list, after) = after.split_once("]}")?;
        let unquoted = |address: &str| {
            let address = address.strip_prefix('\'')?.strip_suffix('\'')?;
            Some(address.to_owned())
        };
        let addresses = match list {
            "" => Vec::new(),
            list => list.split(", ").map(unquoted).collect::<Option<_>>()?,
        };
        jails.push((name.to_owned(), addresses));
        rest = after.strip_prefix(", ").unwrap_or(after);
    }
    rest.is_empty().then_some(jails)
}
