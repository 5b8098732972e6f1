//! `ufw(8)`, `status`, `status verbose` and `status numbered`, in every language that ufw speaks.

use super::{UfwStatus, row::rule};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, UfwStatus> = Variant {
    name: "status",
    needs: Needs::programs(&["ufw"]),
    source: |_| Source::Command(Command::new("ufw").words(&["status", "verbose"])),
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
    let parsed = raw.read_lines(status, |status, line| {
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
            At::Rules => status.rules.push(rule(line)?),
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
