//! `logs.access`: the end of a web server's log of requests.

mod tail;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::LogFileEnd;
use crate::{Capability, Query, Variant};

/// The end of a log of requests.
pub struct Access;

/// The answer of `logs.access`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebRequestList {
    /// The requests in the order of the file, the oldest first; empty: the file is.
    pub requests: Vec<WebRequest>,
}

/// A request, in the formats `common`, `combined` and `vhost_combined` of Apache and nginx.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebRequest {
    /// The site with its port, `example.org:443`; `null`: not told.
    pub site: Option<String>,
    /// Who asked: an address or a name.
    pub client: String,
    /// The user who is logged in; `null`: none.
    pub user: Option<String>,
    /// When.
    pub time: DateTime<Utc>,
    /// The method, `GET`; `null`: the request was none that the server understood.
    pub method: Option<String>,
    /// What was asked for, `/index.html?x=1`; where the request was not understood, all of it.
    pub target: String,
    /// The protocol, `HTTP/1.1`; `null` likewise.
    pub protocol: Option<String>,
    /// The status of the response, 200.
    pub status: u16,
    /// The size of the response, without or with its header, by the server; `null`: nothing.
    pub size_bytes: Option<u64>,
    /// The page it came from; `null`: not told.
    pub referer: Option<String>,
    /// The program that asked; `null`: not told.
    pub user_agent: Option<String>,
}

impl Query for Access {
    const ID: &'static str = "logs.access";
    const TITLE: &'static str = "The end of a web server's log of requests";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = LogFileEnd;
    type Answer = WebRequestList;
    const VARIANTS: &'static [Variant<LogFileEnd, WebRequestList>] = &[tail::VARIANT];
}
