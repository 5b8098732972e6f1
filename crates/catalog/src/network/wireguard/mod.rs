//! `network.wireguard`: tunnels, their peers, and when they last spoke. Private and preshared keys
//! are in no answer, and in nothing that is left unread.

mod dump;
mod show;
mod wg;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, ParseError, Parsed, Query, RawOutput, Variant, arguments::NoArgs, text};

/// WireGuard tunnels and their peers.
pub struct Wireguard;

/// The answer of `network.wireguard`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WireguardState {
    /// The tunnels of the server; empty: there is none.
    pub interfaces: Vec<WireguardInterface>,
    /// The peers of all tunnels.
    pub peers: Vec<WireguardPeer>,
}

/// A tunnel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WireguardInterface {
    /// The interface, for example `wg0`.
    pub name: String,
    /// Its public key; `null`: it has no key yet.
    pub public_key: Option<String>,
    /// The UDP port on which it listens.
    pub listen_port: Option<u16>,
    /// The mark that its own packets have; `null`: none.
    pub firewall_mark: Option<u32>,
}

/// A peer of a tunnel. What the tool does not say is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WireguardPeer {
    /// The interface of the tunnel.
    pub interface: String,
    /// Its public key.
    pub public_key: String,
    /// Whether there is a preshared key.
    pub has_preshared_key: Option<bool>,
    /// Its address and port; `null`: it has not spoken yet.
    pub endpoint: Option<String>,
    /// The addresses it may use.
    pub allowed_ips: Vec<String>,
    /// When the last handshake was; `null` also: never.
    pub latest_handshake: Option<DateTime<Utc>>,
    /// How long ago the last handshake was, where the tool tells that alone.
    pub handshake_age_seconds: Option<u64>,
    /// Bytes received from it; the text of `wg show` rounds them.
    pub rx_bytes: Option<u64>,
    /// Bytes sent to it; likewise.
    pub tx_bytes: Option<u64>,
    /// After how many seconds of silence it is spoken to; `null`: never.
    pub keepalive_seconds: Option<u32>,
}

/// Reads lines as [`RawOutput::read_lines`] does, without ever leaving a key unread.
fn read_lines(
    raw: &RawOutput<'_>,
    mut read: impl FnMut(&mut WireguardState, &str) -> Option<()>,
) -> Parsed<WireguardState> {
    let text = raw.text();
    let mut parsed = Parsed::whole(WireguardState::default());
    for (index, line) in text::lines(&text) {
        if read(&mut parsed.value, line).is_none() {
            parsed.leave_unread(index, &without_keys(line));
        }
    }
    if let Some((index, _)) = text::cut_line(&text) {
        parsed.leave_unread(index, "(the last line was cut)");
    }
    parsed
}

/// A line without what could be a key or a part of one.
fn without_keys(line: &str) -> String {
    const SHORTEST: usize = 16;
    let is_key = |word: &str| word.len() >= SHORTEST;
    let words = line.split(['\t', ' ']).filter(|word| !word.is_empty());
    let shown = words.map(|word| if is_key(word) { "(hidden)" } else { word });
    shown.collect::<Vec<_>>().join(" ")
}

/// What `wg` says instead of an answer; its lines may hold keys and are not quoted.
fn why_not(raw: &RawOutput<'_>) -> ParseError {
    let said = !raw.error_text().trim().is_empty();
    let failure = raw.expect_exit(&[0]).err();
    let failure = failure.filter(|error| said && !matches!(error, ParseError::Shape(_)));
    failure.unwrap_or_else(|| ParseError::shape("no tunnel of wg"))
}

/// A key of WireGuard in base64.
fn key(text: &str) -> Option<&str> {
    let body = text.strip_suffix('=')?;
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    (body.len() == 43 && body.bytes().all(is_base64)).then_some(text)
}

/// A value; `None` inside for `(none)` and `off`.
fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !matches!(*text, "(none)" | "off"))
}

/// `0x1234` or a decimal number.
fn mark(text: &str) -> Option<u32> {
    match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Seconds since the epoch; 0 is never.
fn moment(text: &str) -> Option<Option<DateTime<Utc>>> {
    match text.parse::<i64>().ok()? {
        0 => Some(None),
        seconds => Some(Some(DateTime::from_timestamp(seconds, 0)?)),
    }
}

impl Query for Wireguard {
    const ID: &'static str = "network.wireguard";
    const TITLE: &'static str = "WireGuard tunnels and their peers";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = WireguardState;
    const VARIANTS: &'static [Variant<NoArgs, WireguardState>] =
        &[wg::VARIANT, show::VARIANT, dump::VARIANT];
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever is wrong with a line, its keys stay out of what comes back.
    #[test]
    fn keys_are_never_left_unread() {
        let secret = "uKZ3aXb5m0Vn1q2w3e4r5t6y7u8i9o0pAsDfGhJkLzA=";
        let typed = ["wg", "show", "all", "dump"].map(str::to_owned);
        for line in [
            format!("wg0\t{secret}\tx\ty\tz\n"),
            format!("wg0\t{secret}\tx\tmore\n"),
            format!("  private key {secret}\n"),
            format!("wg0\t{secret}"),
        ] {
            let stdout = format!("interface: wg9\nwg9\t(none)\t(none)\t1\toff\n{line}");
            for exit_code in [0, 1, 127] {
                let raw = RawOutput {
                    stdout: stdout.as_bytes(),
                    exit_code: Some(exit_code),
                    typed: &typed,
                    ..RawOutput::default()
                };
                for variant in Wireguard::VARIANTS {
                    let told = match (variant.parse)(raw) {
                        Ok(parsed) => format!("{parsed:?}"),
                        Err(error) => error.to_string(),
                    };
                    let part = secret.get(..20).unwrap_or(secret);
                    assert!(!told.contains(part), "{}: {told}", variant.name);
                }
            }
        }
    }
}
