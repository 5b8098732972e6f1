//! `firewall-cmd(1)`: `--list-all-zones`, `--list-all`, `--info-zone` and `--get-active-zones`, of
//! every version since 0.3; also `firewall-offline-cmd(1)`, for what would be after a start.

use super::{FirewalldZone, FirewalldZones};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Before 2.0 the list does not say which zone is the default one.
const SCRIPT: &str = "zone=$(firewall-cmd --get-default-zone) || exit
printf 'default: %s\\n' \"$zone\"
exec firewall-cmd --list-all-zones";

/// `firewall-cmd` ends with it where firewalld does not run; its words depend on the language.
const NOT_RUNNING: i32 = 252;

pub(super) const VARIANT: Variant<NoArgs, FirewalldZones> = Variant {
    name: "cmd",
    needs: Needs::programs(&["firewall-cmd"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["firewall-cmd", "firewall-offline-cmd"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FirewalldZones>, ParseError> {
    if raw.exit_code == Some(NOT_RUNNING) {
        return Err(ParseError::Unavailable(
            "firewalld is not running".to_owned(),
        ));
    }
    raw.expect_exit(&[0])?;
    // `--get-active-zones` prints nothing where there is none; other options mean something else.
    if !raw.typed.iter().any(|word| word == "--get-active-zones") {
        raw.expect_output()?;
    }
    let answer = FirewalldZones {
        default_zone: None,
        zones: Vec::new(),
    };
    let mut last_key = String::new();
    let mut is_policy = false;
    let mut parsed = raw.read_lines(answer, |answer, line| {
        if let Some(more) = line.strip_prefix('\t') {
            // A rule, or a port passed on, on a line of its own.
            let zone = answer.zones.last_mut()?;
            list_of(zone, &last_key)?
                .get_or_insert_default()
                .push(more.trim().to_owned());
            return Some(());
        }
        if !line.starts_with(' ') {
            last_key.clear();
            return head(answer, line.trim_end());
        }
        let zone = answer.zones.last_mut()?;
        let (key, value) = line.trim_start().split_once(':')?;
        key.clone_into(&mut last_key);
        is_policy = is_policy || key == "ingress-zones";
        field(zone, key, value.trim())
    });
    // A zone has a target, or interfaces and sources where only these were asked for.
    let is_zone = |zone: &FirewalldZone| {
        zone.target.is_some() || zone.interfaces.is_some() || zone.sources.is_some()
    };
    if is_policy || !parsed.value.zones.iter().all(is_zone) {
        return Err(ParseError::shape(
            "no zones, but something else of firewalld",
        ));
    }
    if parsed.value.zones.is_empty() && !parsed.unread.is_empty() {
        let unknown = || ParseError::shape("no zone as firewall-cmd prints it");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    for zone in &mut parsed.value.zones {
        // Without a target it is a list of the active ones.
        zone.is_active = zone.is_active || zone.target.is_none();
    }
    Ok(parsed)
}

/// `public`, `public (active)`, `public (default, active)`, and the line of the script.
fn head(answer: &mut FirewalldZones, line: &str) -> Option<()> {
    if let Some(zone) = line.strip_prefix("default: ") {
        answer.default_zone = Some(zone.to_owned());
        return answer.zones.is_empty().then_some(());
    }
    let (name, about) = match line.split_once(" (") {
        Some((name, about)) => (name, about.strip_suffix(')')?),
        None => (line, ""),
    };
    if name.contains([' ', ':', '\t']) {
        return None;
    }
    let mut about = about.split(", ");
    if about.clone().any(|word| word == "default") {
        answer.default_zone = Some(name.to_owned());
    }
    answer.zones.push(FirewalldZone {
        name: name.to_owned(),
        is_active: about.any(|word| word == "active"),
        ..FirewalldZone::default()
    });
    Some(())
}

fn field(zone: &mut FirewalldZone, key: &str, value: &str) -> Option<()> {
    let answer = || match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    match key {
        "target" => zone.target = Some(value.to_owned()),
        "icmp-block-inversion" => zone.icmp_block_inversion = Some(answer()?),
        "forward" => zone.forward = Some(answer()?),
        "masquerade" => zone.masquerade = Some(answer()?),
        "rich rules" => {
            let rules = zone.rich_rules.get_or_insert_default();
            rules.extend(Some(value.to_owned()).filter(|rule| !rule.is_empty()));
        }
        // With `-v`, and numbers that order zones since 2.0; policies are told apart above.
        "summary" | "description" | "priority" | "ingress-priority" | "egress-priority"
        | "ingress-zones" | "egress-zones" => {}
        key => {
            let list = list_of(zone, key)?.get_or_insert_default();
            list.extend(value.split_ascii_whitespace().map(str::to_owned));
        }
    }
    Some(())
}

fn list_of<'a>(zone: &'a mut FirewalldZone, key: &str) -> Option<&'a mut Option<Vec<String>>> {
    Some(match key {
        "interfaces" => &mut zone.interfaces,
        "sources" => &mut zone.sources,
        "services" => &mut zone.services,
        "ports" => &mut zone.ports,
        "protocols" => &mut zone.protocols,
        "forward-ports" => &mut zone.forward_ports,
        "source-ports" => &mut zone.source_ports,
        "icmp-blocks" => &mut zone.icmp_blocks,
        "rich rules" => &mut zone.rich_rules,
        _ => return None,
    })
}
