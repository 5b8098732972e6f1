//! `web.nginx`: the servers that nginx is configured for.

mod configuration;
mod dump;
mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The servers of nginx.
pub struct Nginx;

/// The answer of `web.nginx`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NginxConfiguration {
    /// The files it is made of, in the order in which they are read.
    pub files: Vec<String>,
    /// The servers, in the same order.
    pub servers: Vec<NginxServer>,
    /// The groups of servers that requests are passed on to.
    pub upstreams: Vec<NginxUpstream>,
}

/// A `server` block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NginxServer {
    /// `http`, `stream` or `mail`; `null`: its file is included somewhere.
    pub kind: Option<String>,
    /// The file it stands in.
    pub file: String,
    /// The line of that file, from 1.
    pub line: u32,
    /// Where it listens, with its options: `443 ssl http2`, `[::]:80 default_server`; empty: port
    /// 80, or in a file that it includes.
    pub listen: Vec<String>,
    /// Its names; empty: none.
    pub server_names: Vec<String>,
    /// The folder of its files; `null`: not told here.
    pub root: Option<String>,
    /// The files of its certificates.
    pub certificates: Vec<String>,
    /// Where all its requests are passed on to; `null`: nowhere.
    pub proxy_pass: Option<String>,
    /// What it answers all requests with: `301 https://example.org$request_uri`; `null`: nothing of
    /// the kind.
    pub returns: Option<String>,
    /// Its locations, those within others included.
    pub locations: Vec<NginxLocation>,
    /// The files and patterns that it includes; what they say is not told here.
    pub includes: Vec<String>,
}

/// A `location` block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NginxLocation {
    /// What it is for, as it is written: `/`, `~ \.php$`, `= /robots.txt`, `@fallback`.
    pub path: String,
    /// The line of the server's file, from 1.
    pub line: u32,
    /// Where its requests are passed on to, by `proxy_pass`, `fastcgi_pass` and their kin.
    pub pass: Option<String>,
    /// The folder of its files, by `root` or `alias`.
    pub root: Option<String>,
    /// What it answers with at once.
    pub returns: Option<String>,
}

/// An `upstream` block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NginxUpstream {
    /// Its name.
    pub name: String,
    /// The file it stands in.
    pub file: String,
    /// The line of that file, from 1.
    pub line: u32,
    /// Its servers with their options: `10.0.0.2:8080 weight=5`.
    pub servers: Vec<String>,
}

impl Query for Nginx {
    const ID: &'static str = "web.nginx";
    const TITLE: &'static str = "Servers that nginx is configured for";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NginxConfiguration;
    const VARIANTS: &'static [Variant<NoArgs, NginxConfiguration>] = &[dump::VARIANT];
}
