//! `ethtool(8)` of each interface; it is translated nowhere.

use super::{EthernetLink, EthernetLinkList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    network::common::why_no_row,
};

/// Some settings are told to root alone; it says so on standard error, and the others count.
const SCRIPT: &str = r#"command -v ethtool >/dev/null || { echo "ethtool: not found" >&2; exit 127; }
for path in /sys/class/net/*; do [ ! -e "$path/ifindex" ] || ethtool "${path##*/}" 2>/dev/null; done; :"#;

pub(super) const VARIANT: Variant<NoArgs, EthernetLinkList> = Variant {
    name: "ethtool",
    needs: Needs::programs(&["ethtool"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["ethtool"],
    parse,
};

/// Settings that are no part of the answer.
const OTHERS: &[&str] = &[
    "Supported ",
    "Supports ",
    "Advertised ",
    "Link partner advertised ",
    "Current message level",
    "Lanes",
    "MDI-X",
    "PHYAD",
    "SQI",
    "Transceiver",
    "master-slave ",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<EthernetLinkList>, ParseError> {
    let mut continues = false;
    let parsed = raw.read_lines(EthernetLinkList::default(), |value, line| {
        if let Some(name) = line.strip_prefix("Settings for ") {
            let interface = name.trim_end().strip_suffix(':')?.to_owned();
            value.links.push(EthernetLink {
                interface,
                ..EthernetLink::default()
            });
            continues = false;
            return Some(());
        }
        let link = value.links.last_mut()?;
        if line == "No data available" {
            return Some(());
        }
        // The level of messages is set in by spaces instead of a tab.
        let text = line
            .strip_prefix('\t')
            .or_else(|| line.strip_prefix("        "))?;
        if text.starts_with(['\t', ' ']) {
            // Lists of modes and levels go on below.
            return continues.then_some(());
        }
        continues = OTHERS.iter().any(|label| text.starts_with(label));
        if continues {
            return Some(());
        }
        let (label, said) = text.split_once(':')?;
        setting(link, label, said.trim())
    });
    if parsed.value.links.is_empty() {
        return Err(why_no_row(&raw, "no settings of ethtool"));
    }
    Ok(parsed)
}

fn setting(link: &mut EthernetLink, label: &str, said: &str) -> Option<()> {
    let is = |yes: &str, no: &str| match said {
        said if said == yes => Some(Some(true)),
        said if said == no => Some(Some(false)),
        said if said.starts_with("Unknown") => Some(None),
        _ => None,
    };
    match label {
        "Speed" => {
            link.speed_megabits = match said.strip_suffix("Mb/s") {
                Some(speed) => Some(speed.parse().ok()?),
                None => said.starts_with("Unknown").then_some(None)?,
            };
        }
        "Duplex" => link.is_full_duplex = is("Full", "Half")?,
        "Auto-negotiation" => link.auto_negotiates = is("on", "off")?,
        // `no (cable test in progress)`
        "Link detected" => {
            let word = said.split(' ').next()?;
            link.has_link = match word {
                "yes" => Some(true),
                "no" => Some(false),
                _ => return None,
            };
        }
        "Port" => link.port = Some(said.to_owned()),
        "Wake-on" => link.wakes_on = Some(said.to_owned()),
        _ => return None,
    }
    Some(())
}
