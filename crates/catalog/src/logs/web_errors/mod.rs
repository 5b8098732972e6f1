//! `logs.web_errors`: the end of a web server's log of errors.

mod tail;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::LogFileEnd;
use crate::{Capability, Query, Variant};

/// The end of a log of errors.
pub struct WebErrors;

/// The answer of `logs.web_errors`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebErrorList {
    /// The errors in the order of the file, the oldest first; empty: the file is.
    pub errors: Vec<WebError>,
}

/// A line of the log of errors of Apache or nginx.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebError {
    /// The moment; always `null`, as neither of them writes a zone.
    pub time: Option<DateTime<Utc>>,
    /// The moment as it stands there, in the server's own zone.
    pub time_shown: String,
    /// How severe it is, in the server's word: `error`, `warn`, `notice`, `crit`.
    pub level: String,
    /// The module of Apache that says it; `null`: nginx has none.
    pub module: Option<String>,
    /// The process.
    pub pid: Option<u32>,
    /// The client it is about, as it stands there; `null`: none, or what the client sent may pose as
    /// another.
    pub client: Option<String>,
    /// What it says, with all that is told of the request; line feeds between its lines.
    pub message: String,
}

impl Query for WebErrors {
    const ID: &'static str = "logs.web_errors";
    const TITLE: &'static str = "The end of a web server's log of errors";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = LogFileEnd;
    type Answer = WebErrorList;
    const VARIANTS: &'static [Variant<LogFileEnd, WebErrorList>] = &[tail::VARIANT];
}
