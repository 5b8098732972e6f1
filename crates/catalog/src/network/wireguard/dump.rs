//! `wg show all dump` and `wg show wg0 dump` of people, see `wg(8)`: fields behind tabs, among them
//! the private keys, of which nothing is kept.

use super::{
    WireguardInterface, WireguardPeer, WireguardState, given, key, mark, moment, read_lines,
    why_not,
};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Nothing but the peers' lines, for the others hold private keys; and of a peer's own secret only
/// whether there is one. So none leaves the server, not even as raw output.
const SCRIPT: &str = "wg show all dump | grep -E '^([^\t]*\t){8}' | \
    sed 's/^\\([^\t]*\t[^\t]*\\)\t[^(\t][^\t]*\t/\\1\t(hidden)\t/'";

pub(super) const VARIANT: Variant<NoArgs, WireguardState> = Variant {
    name: "dump",
    needs: Needs::programs(&["wg", "grep", "sed"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["wg show dump"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<WireguardState>, ParseError> {
    // `wg show wg0 dump` leaves the interface out.
    let named = raw
        .typed
        .iter()
        .skip(1)
        .find(|word| !matches!(word.as_str(), "show" | "dump" | "all"));
    let parsed = read_lines(&raw, |value, line| {
        let fields: Vec<&str> = line.split('\t').collect();
        let (name, fields) = match (named, fields.as_slice()) {
            (Some(name), all) => (name.as_str(), all),
            (None, [name, rest @ ..]) => (*name, rest),
            (None, []) => return None,
        };
        match fields {
            [_private, public, port, mark_of_it] => value.interfaces.push(WireguardInterface {
                name: name.to_owned(),
                public_key: given(public)
                    .map(|public| key(public).ok_or(()))
                    .transpose()
                    .ok()?
                    .map(str::to_owned),
                listen_port: Some(port.parse().ok()?),
                firewall_mark: given(mark_of_it)
                    .map(|text| mark(text).ok_or(()))
                    .transpose()
                    .ok()?,
            }),
            [
                public,
                preshared,
                endpoint,
                allowed,
                handshake,
                received,
                sent,
                keepalive,
            ] => {
                value.peers.push(WireguardPeer {
                    interface: name.to_owned(),
                    public_key: key(public)?.to_owned(),
                    has_preshared_key: Some(given(preshared).is_some()),
                    endpoint: given(endpoint).map(str::to_owned),
                    allowed_ips: allowed
                        .split(',')
                        .filter_map(given)
                        .map(str::to_owned)
                        .collect(),
                    latest_handshake: moment(handshake)?,
                    handshake_age_seconds: None,
                    rx_bytes: Some(received.parse().ok()?),
                    tx_bytes: Some(sent.parse().ok()?),
                    keepalive_seconds: given(keepalive).and_then(|seconds| seconds.parse().ok()),
                });
            }
            _ => return None,
        }
        Some(())
    });
    let nothing = parsed.value.interfaces.is_empty() && parsed.value.peers.is_empty();
    // Without a tunnel it prints nothing.
    if nothing && !crate::network::common::is_silent(&raw) {
        return Err(why_not(&raw));
    }
    Ok(parsed)
}
