//! The text of `wg` and `wg show`, for people: sizes are rounded, moments are told by their age.

use super::{
    WireguardInterface, WireguardPeer, WireguardState, given, key, mark, read_lines, why_not,
};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    units::{Letters, bytes},
};

pub(super) const VARIANT: Variant<NoArgs, WireguardState> = Variant {
    name: "show",
    needs: Needs::programs(&["wg"]),
    // Elsewhere keys are shown to whoever sets this.
    source: |_| {
        Source::Command(Command::new("env").words(&["WG_HIDE_KEYS=always", "wg", "show", "all"]))
    },
    reads: &["wg"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<WireguardState>, ParseError> {
    let mut of_peer = false;
    let parsed = read_lines(&raw, |value, line| {
        let (label, text) = line.trim().split_once(": ")?;
        match (line.starts_with(' '), label) {
            (false, "interface") => {
                of_peer = false;
                value.interfaces.push(WireguardInterface {
                    name: text.to_owned(),
                    ..WireguardInterface::default()
                });
            }
            (false, "peer") => {
                of_peer = true;
                value.peers.push(WireguardPeer {
                    interface: value.interfaces.last()?.name.clone(),
                    public_key: key(text)?.to_owned(),
                    has_preshared_key: Some(false),
                    ..WireguardPeer::default()
                });
            }
            (true, label) if of_peer => peer(value.peers.last_mut()?, label, text)?,
            (true, label) => interface(value.interfaces.last_mut()?, label, text)?,
            _ => return None,
        }
        Some(())
    });
    if parsed.value.interfaces.is_empty() && !crate::network::common::is_silent(&raw) {
        return Err(why_not(&raw));
    }
    Ok(parsed)
}

fn interface(interface: &mut WireguardInterface, label: &str, text: &str) -> Option<()> {
    match label {
        "public key" => interface.public_key = Some(key(text)?.to_owned()),
        "private key" => {}
        "listening port" => interface.listen_port = Some(text.parse().ok()?),
        "fwmark" => interface.firewall_mark = Some(mark(text)?),
        _ => return None,
    }
    Some(())
}

fn peer(peer: &mut WireguardPeer, label: &str, text: &str) -> Option<()> {
    match label {
        "preshared key" => peer.has_preshared_key = Some(true),
        "endpoint" => peer.endpoint = Some(text.to_owned()),
        "allowed ips" => {
            let addresses = text.split(", ").filter_map(given);
            peer.allowed_ips = addresses.map(str::to_owned).collect();
        }
        "latest handshake" => peer.handshake_age_seconds = Some(age(text)?),
        "transfer" => {
            let (received, sent) = text.split_once(" received, ")?;
            peer.rx_bytes = Some(bytes(received, Letters::Binary)?);
            peer.tx_bytes = Some(bytes(sent.strip_suffix(" sent")?, Letters::Binary)?);
        }
        "persistent keepalive" => {
            let (seconds, _) = text.strip_prefix("every ")?.split_once(' ')?;
            peer.keepalive_seconds = Some(seconds.parse().ok()?);
        }
        _ => return None,
    }
    Some(())
}

/// `1 year, 2 days, 3 hours, 4 minutes, 5 seconds ago` or `Now`; a year has 365 days.
fn age(text: &str) -> Option<u64> {
    if text == "Now" {
        return Some(0);
    }
    let mut seconds: u64 = 0;
    for part in text.strip_suffix(" ago")?.split(", ") {
        let (number, unit) = part.split_once(' ')?;
        let factor: u64 = match unit.trim_end_matches('s') {
            "year" => 31_536_000,
            "day" => 86_400,
            "hour" => 3600,
            "minute" => 60,
            "second" => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.parse::<u64>().ok()?.checked_mul(factor)?)?;
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_added_up() {
        assert_eq!(age("Now"), Some(0));
        assert_eq!(age("1 minute, 4 seconds ago"), Some(64));
        assert_eq!(age("1 year, 2 days, 1 hour ago"), Some(31_712_400));
        assert_eq!(age("(System clock wound backward)"), None);
    }
}
