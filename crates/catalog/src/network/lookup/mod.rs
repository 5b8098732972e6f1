//! `network.lookup`: what a name server said. Without arguments the catalog's own commands ask a name
//! server on the server itself for `localhost`, which sends nothing into the network; what people's
//! commands printed is read alike.

mod dig;
mod host;
mod nslookup;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Command, ParseError, Query, RawOutput, Variant, arguments::HostName};

/// What a name server said.
pub struct Lookup;

/// The arguments of `network.lookup`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookupQuestion {
    /// Whose addresses, or which address's name; `null`: those of `localhost`.
    pub host: Option<HostName>,
    /// Which name server is asked; `null`: those that the server is set up with, or for `localhost`
    /// the one on the server itself.
    pub server: Option<HostName>,
}

impl LookupQuestion {
    /// Adds to a command the host and behind it, where there is one, the name server.
    fn added_to(&self, command: Command) -> Command {
        match (&self.host, &self.server) {
            (Some(host), None) => command.value(host),
            (Some(host), Some(server)) => command.value(host).value(server),
            (None, Some(server)) => command.word("localhost").value(server),
            (None, None) => command.words(&["localhost", "127.0.0.1"]),
        }
    }
}

/// The answer of `network.lookup`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LookupResult {
    /// The name server that was asked; `null`: the tool does not say.
    pub server: Option<String>,
    /// How it went, for example `NOERROR`, `NXDOMAIN`, `SERVFAIL`; of several questions that which did
    /// not go well. `null`: the tool does not say.
    pub status: Option<String>,
    /// Whether the server is in charge of the name; `null`: the tool does not say.
    pub is_authoritative: Option<bool>,
    /// How long it took; `null`: the tool does not say.
    pub query_seconds: Option<f64>,
    /// The records in the order in which they were printed; empty: there are none.
    pub records: Vec<LookupRecord>,
}

/// A record of the name service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LookupRecord {
    /// Whose record it is, without the last dot; `null` for `dig +short`, which prints the data alone.
    pub name: Option<String>,
    /// Its type, for example `A`, `MX`; `null` likewise.
    pub kind: Option<String>,
    /// How long it may be kept; `null`: the tool does not say.
    pub ttl_seconds: Option<u32>,
    /// What it says, as it was printed.
    pub data: String,
    /// Where in the answer it stands: `answer`, `authority` or `additional`; `null`: not told.
    pub section: Option<String>,
}

impl LookupRecord {
    /// A record of which nothing else is known.
    fn new(name: &str, kind: &str, data: &str) -> Self {
        let plain = name.strip_suffix('.').filter(|name| !name.is_empty());
        Self {
            name: Some(plain.unwrap_or(name).to_owned()),
            kind: Some(kind.to_owned()),
            data: data.trim().to_owned(),
            ..Self::default()
        }
    }
}

/// Why a tool has nothing to tell: no name server answered, or it is not one of these tools.
fn why_none(raw: &RawOutput<'_>, expected: &'static str) -> ParseError {
    const NO_ANSWER: &[&str] = &[
        "no servers could be reached",
        "connection timed out",
        "communications error",
    ];
    let (printed, said) = (raw.text(), raw.error_text());
    let mut lines = printed.lines().chain(said.lines());
    match lines.find(|line| NO_ANSWER.iter().any(|phrase| line.contains(phrase))) {
        Some(line) => {
            let line = line.trim_start_matches([';', ' ']);
            ParseError::Unavailable(line.chars().take(400).collect())
        }
        None => crate::network::common::why_no_row(raw, expected),
    }
}

impl Query for Lookup {
    const ID: &'static str = "network.lookup";
    const TITLE: &'static str = "What a name server said";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = LookupQuestion;
    type Answer = LookupResult;
    const VARIANTS: &'static [Variant<LookupQuestion, LookupResult>] =
        &[dig::VARIANT, host::VARIANT, nslookup::VARIANT];
}
