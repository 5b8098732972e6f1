//! `ufw(8)`, `status`, `status verbose` and `status numbered`, in every language that ufw speaks.

use std::collections::HashMap;

use super::{UfwEnd, UfwRule, UfwStatus, row::rule};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// The numbers come from one form, what holds where there is no rule from the other.
const SCRIPT: &str = "ufw status numbered || exit
exec ufw status verbose";

pub(super) const VARIANT: Variant<NoArgs, UfwStatus> = Variant {
    name: "status",
    needs: Needs::programs(&["ufw"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["ufw status"],
    parse,
};

/// What ufw's message catalogs have for "active", of `status` and of `status verbose`.
const ACTIVE: &[&str] = &[
    "active",
    "activu",
    "aktivan",
    "Aktivno",
    "aktivní",
    "ενεργό",
    "activo",
    "aktiivne",
    "käytössä",
    "actif",
    "attivo",
    "aktiv",
    "actief",
    "ativo",
    "activ",
    "активен",
    "aktívny",
    "dejavno",
    "etkin",
    "активний",
    "激活",
    "啓用",
];

/// And what they have for "inactive".
const INACTIVE: &[&str] = &[
    "inactive",
    "inactivu",
    "neaktivno",
    "inactiu",
    "neaktivní",
    "ανενεργό",
    "inactivo",
    "väljas",
    "passiivinen",
    "inactif",
    "inattivo",
    "inaktiv",
    "inactief",
    "inativo",
    "inactiv",
    "неактивен",
    "neaktívny",
    "nedejavno",
    "etkin değil",
    "неактивний",
    "不活动",
    "不活動",
];

const POLICIES: &[&str] = &["allow", "deny", "reject", "disabled"];

const PROFILE_POLICIES: &[&str] = &["allow", "deny", "reject", "skip"];

/// How far the output was read.
#[derive(PartialEq)]
enum At {
    /// Whether it is active has not been said yet.
    Begin,
    /// What comes before the table, and the table's heading.
    Preamble,
    /// The line of dashes comes next.
    Dashes,
    /// The rules.
    Rules,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UfwStatus>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let status = UfwStatus {
        is_active: false,
        logging: None,
        default_incoming: None,
        default_outgoing: None,
        default_routed: None,
        new_profiles: None,
        rules: Vec::new(),
    };
    let mut at = At::Begin;
    let mut applications: Option<Applications> = None;
    let parsed = raw.read_lines(status, |status, line| {
        // A second form says the same once more.
        if at != At::Begin && applications.is_none() && is_active(line) == Some(status.is_active) {
            applications = Some(Applications::of(&status.rules));
            at = At::Preamble;
            return Some(());
        }
        match at {
            At::Begin => {
                status.is_active = is_active(line)?;
                at = At::Preamble;
            }
            At::Preamble => match told(status, line) {
                Some(()) => {}
                None if status.is_active && is_heading(line) => at = At::Dashes,
                None => return None,
            },
            At::Dashes => {
                let is_dashes = line.chars().all(|c| c == '-' || c == ' ');
                is_dashes.then(|| at = At::Rules)?;
            }
            At::Rules => match &mut applications {
                None => status.rules.push(rule(line)?),
                Some(applications) => applications.fill(&mut status.rules, rule(line)?),
            },
        }
        Some(())
    });
    match at {
        At::Begin => Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("ufw does not say whether it is active"))),
        _ => Ok(parsed),
    }
}

/// The rules that name an application, which `numbered` shows once and `verbose` by its ports, as
/// often as it has protocols.
struct Applications(HashMap<String, (usize, bool)>);

impl Applications {
    fn of(rules: &[UfwRule]) -> Self {
        let mut places = HashMap::new();
        for (place, rule) in rules.iter().enumerate() {
            if let Some(key) = Self::key(rule) {
                // Of two that look alike none is filled.
                let is_twice = places.contains_key(&key);
                places.insert(key, (place, is_twice));
            }
        }
        Self(places)
    }

    /// What two forms of a rule have in common; `None`: it names no application.
    fn key(rule: &UfwRule) -> Option<String> {
        let (to, from) = (&rule.to, &rule.from);
        if to.application.is_none() && from.application.is_none() {
            return None;
        }
        let (action, direction, is_ipv6) = (&rule.action, &rule.direction, rule.is_ipv6);
        let end = |end: &UfwEnd| {
            let ports = end.ports.as_ref().filter(|_| end.application.is_none());
            let (application, address) = (&end.application, &end.address);
            format!("{application:?} {address:?} {ports:?} {:?}", end.interface)
        };
        Some(format!(
            "{action} {direction} {is_ipv6} {} {}",
            end(to),
            end(from)
        ))
    }

    /// Gives a rule the ports of its application, where they are one row of `verbose`.
    fn fill(&mut self, rules: &mut [UfwRule], told: UfwRule) {
        let entry = Self::key(&told).and_then(|key| self.0.get_mut(&key));
        let Some((place, is_filled)) = entry else {
            return;
        };
        let Some(rule) = rules.get_mut(*place) else {
            return;
        };
        let is_only = !std::mem::replace(is_filled, true);
        rule.protocol = told.protocol.filter(|_| is_only);
        for (end, told) in [(&mut rule.to, told.to), (&mut rule.from, told.from)] {
            if end.application.is_some() {
                end.ports = told.ports.filter(|_| is_only);
            }
        }
    }
}

/// Whether the first line says that it is active; `None`: it says nothing of the kind.
fn is_active(line: &str) -> Option<bool> {
    let is_colon = |c: char| matches!(c, ':' | '：');
    let word = match line.rsplit_once(is_colon) {
        Some((_, word)) => word.trim(),
        // Slovenian has no colon.
        None => line.strip_prefix("Stanje ")?.trim(),
    };
    if INACTIVE.contains(&word) {
        return Some(false);
    }
    ACTIVE.contains(&word).then_some(true)
}

/// One of the three lines that `verbose` adds. Their words differ by language, their values do not.
fn told(status: &mut UfwStatus, line: &str) -> Option<()> {
    let (_, value) = line.rsplit_once(':')?;
    let value = value.trim();
    if status.logging.is_none() {
        let level = value
            .strip_prefix("on (")
            .and_then(|rest| rest.strip_suffix(')'))
            .or((value == "off").then_some("off"));
        if let Some(level) = level {
            status.logging = Some(level.to_owned());
            return Some(());
        }
    }
    if PROFILE_POLICIES.contains(&value) {
        status.new_profiles = Some(value.to_owned());
        return Some(());
    }
    let mut policies = value
        .split([' ', ','])
        .filter(|word| POLICIES.contains(word))
        .map(str::to_owned);
    let (incoming, outgoing) = (policies.next()?, policies.next()?);
    status.default_incoming = Some(incoming);
    status.default_outgoing = Some(outgoing);
    // ufw before 0.34 does not tell.
    status.default_routed = policies.next();
    Some(())
}

/// Three words, or more, of which the first ends far before the second.
fn is_heading(line: &str) -> bool {
    line.trim_start().contains("  ") && line.split_whitespace().nth(2).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_known_in_every_language() {
        for (line, expected) in [
            ("Status: active", Some(true)),
            ("État\u{a0}: inactif", Some(false)),
            ("状态：不活动", Some(false)),
            ("Durum: etkin değil", Some(false)),
            ("Status:neaktivno", Some(false)),
            ("Stanje nedejavno", Some(false)),
            ("ERROR: problem running", None),
            ("active", None),
        ] {
            assert_eq!(is_active(line), expected, "{line}");
        }
    }
}
