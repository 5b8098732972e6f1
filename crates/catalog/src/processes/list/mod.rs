//! `processes.list`: the processes of the server.

mod busybox;
mod pgrep;
mod proc;
mod ps;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::row::ProcessRow;
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Which processes there are.
pub struct List;

/// The answer of `processes.list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessList {
    /// The processes in the order of the tool, the tool itself among them.
    pub processes: Vec<ProcessRow>,
}

impl Query for List {
    const ID: &'static str = "processes.list";
    const TITLE: &'static str = "Processes";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ProcessList;
    const VARIANTS: &'static [Variant<NoArgs, ProcessList>] =
        &[ps::VARIANT, busybox::VARIANT, proc::VARIANT, pgrep::VARIANT];
}
