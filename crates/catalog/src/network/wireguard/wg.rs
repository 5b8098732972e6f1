//! `wg show all FIELD` for each field that is no secret, see `wg(8)`. `wg show all dump` would bring
//! the private keys along.

use std::collections::BTreeMap;

use super::{
    WireguardInterface, WireguardPeer, WireguardState, given, key, mark, moment, read_lines,
    why_not,
};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const SCRIPT: &str = r#"for field in public-key listen-port fwmark peers endpoints allowed-ips latest-handshakes transfer persistent-keepalive; do
echo "= $field"; wg show all $field || exit; done"#;

pub(super) const VARIANT: Variant<NoArgs, WireguardState> = Variant {
    name: "wg",
    needs: Needs::programs(&["wg"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<WireguardState>, ParseError> {
    let mut section = String::new();
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    let parsed = read_lines(&raw, |value, line| {
        if let Some(name) = line.strip_prefix("= ") {
            section = name.to_owned();
            return Some(());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        match (section.as_str(), fields.as_slice()) {
            ("public-key", [name, public]) => value.interfaces.push(WireguardInterface {
                name: (*name).to_owned(),
                public_key: given(public).and_then(key).map(str::to_owned),
                ..WireguardInterface::default()
            }),
            ("listen-port" | "fwmark", [name, field]) => {
                let interface = value
                    .interfaces
                    .iter_mut()
                    .find(|known| known.name == *name)?;
                if section == "fwmark" {
                    interface.firewall_mark = given(field)
                        .map(|text| mark(text).ok_or(()))
                        .transpose()
                        .ok()?;
                } else {
                    interface.listen_port = Some(field.parse().ok()?);
                }
            }
            ("peers", [name, public]) => {
                let public = key(public)?;
                places.insert(((*name).to_owned(), public.to_owned()), value.peers.len());
                value.peers.push(WireguardPeer {
                    interface: (*name).to_owned(),
                    public_key: public.to_owned(),
                    ..WireguardPeer::default()
                });
            }
            // An interface without a peer has a line of its own.
            ("peers", [_]) => {}
            // Where there is none `wg` 1.0 leaves the interface out.
            ("endpoints", [public, "(none)"]) if key(public).is_some() => {}
            (section, [name, public, rest @ ..]) => {
                let place = places.get(&((*name).to_owned(), (*public).to_owned()))?;
                field(value.peers.get_mut(*place)?, section, rest)?;
            }
            _ => return None,
        }
        Some(())
    });
    if section.is_empty() || raw.exit_code != Some(0) {
        return Err(why_not(&raw));
    }
    Ok(parsed)
}

fn field(peer: &mut WireguardPeer, section: &str, values: &[&str]) -> Option<()> {
    match (section, values) {
        ("endpoints", [endpoint]) => peer.endpoint = given(endpoint).map(str::to_owned),
        ("allowed-ips", [addresses]) => {
            let addresses = addresses.split(' ').filter_map(given);
            peer.allowed_ips = addresses.map(str::to_owned).collect();
        }
        ("latest-handshakes", [seconds]) => peer.latest_handshake = moment(seconds)?,
        ("transfer", [received, sent]) => {
            (peer.rx_bytes, peer.tx_bytes) =
                (Some(received.parse().ok()?), Some(sent.parse().ok()?));
        }
        ("persistent-keepalive", [seconds]) => {
            peer.keepalive_seconds = given(seconds).and_then(|seconds| seconds.parse().ok());
        }
        _ => return None,
    }
    Some(())
}
