//! `web.caddy`: the servers that Caddy is configured for.

mod adapt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The servers of Caddy.
pub struct Caddy;

/// The answer of `web.caddy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaddyConfiguration {
    /// The servers; empty: none is configured.
    pub servers: Vec<CaddyServer>,
}

/// A server: where it listens, and what it does with requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaddyServer {
    /// Caddy's own name for it: `srv0`.
    pub name: String,
    /// Where it listens: `:443`.
    pub listen: Vec<String>,
    /// What is done with requests, in order; those within a route come behind it.
    pub routes: Vec<CaddyRoute>,
}

/// Some requests, and what is done with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaddyRoute {
    /// Its place among the routes of the server, from 1.
    pub number: u32,
    /// The route that it is a part of, whose conditions hold too; `null`: none.
    pub within: Option<u32>,
    /// The hosts it is for; empty: all.
    pub hosts: Vec<String>,
    /// The paths it is for, `/api/*`; empty: all.
    pub paths: Vec<String>,
    /// Whether it asks for more than host and path.
    pub has_other_conditions: bool,
    /// What is done, in order.
    pub handlers: Vec<CaddyHandler>,
}

/// One thing that is done with a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaddyHandler {
    /// What it is: `reverse_proxy`, `file_server`, `static_response`, `rewrite`, `subroute` (the
    /// routes that are within this one), `vars` and so on.
    pub handler: String,
    /// Where a `reverse_proxy` passes requests on to.
    pub upstreams: Vec<String>,
    /// The folder of the files; `null`: not told here.
    pub root: Option<String>,
    /// The status a `static_response` answers with; `null`: not told.
    pub status: Option<String>,
    /// Where a redirection leads; `null`: it is none.
    pub location: Option<String>,
}

impl Query for Caddy {
    const ID: &'static str = "web.caddy";
    const TITLE: &'static str = "Servers that Caddy is configured for";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = CaddyConfiguration;
    const VARIANTS: &'static [Variant<NoArgs, CaddyConfiguration>] = &[adapt::VARIANT];
}
