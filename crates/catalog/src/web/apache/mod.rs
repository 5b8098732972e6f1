//! `web.apache`: the virtual hosts and modules of the Apache web server.

mod ctl;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The virtual hosts of Apache.
pub struct Apache;

/// The answer of `web.apache`, see `apachectl(8)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApacheConfiguration {
    /// The folder of its configuration; `null`: not told.
    pub server_root: Option<String>,
    /// The folder of the files outside of all virtual hosts; `null`: not told.
    pub document_root: Option<String>,
    /// The user that it runs as; `null`: not told.
    pub user: Option<String>,
    /// The virtual hosts, one for each address that it answers at; `null`: not told (`-M` alone).
    pub virtual_hosts: Option<Vec<ApacheVirtualHost>>,
    /// The modules that are loaded; `null`: not told (`-S` alone).
    pub modules: Option<Vec<ApacheModule>>,
}

/// A virtual host at one address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApacheVirtualHost {
    /// Where it answers: `*:80`, `192.0.2.7:8443`, `[2001:db8::7]:8443`.
    pub address: String,
    /// The port of it; `null`: any.
    pub port: Option<u16>,
    /// Its name.
    pub server_name: String,
    /// Its other names, patterns among them.
    pub aliases: Vec<String>,
    /// Whether it answers to names at this address that no other has.
    pub is_default: bool,
    /// The file that it stands in.
    pub file: String,
    /// The line of that file, from 1.
    pub line: u32,
}

/// A module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApacheModule {
    /// Its name: `ssl_module`.
    pub name: String,
    /// Whether it is a part of the program itself, rather than loaded from a file.
    pub is_static: bool,
}

impl Query for Apache {
    const ID: &'static str = "web.apache";
    const TITLE: &'static str = "Virtual hosts and modules of Apache";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ApacheConfiguration;
    const VARIANTS: &'static [Variant<NoArgs, ApacheConfiguration>] = &[ctl::VARIANT];
}
