//! `processes.tree`: which process was started by which.

mod ps;
mod pstree;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Which process was started by which.
pub struct Tree;

/// The answer of `processes.tree`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessTree {
    /// The processes, each behind the one that started it.
    pub processes: Vec<ProcessBranch>,
}

/// One process, or one thread, in the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessBranch {
    /// Its process id, or the thread's.
    pub pid: u32,
    /// The process above it in the tree; `null`: it stands at the top.
    pub parent_pid: Option<u32>,
    /// How many stand above it.
    pub depth: u32,
    /// The name of its program.
    pub name: String,
    /// Whether it is a thread of the process above.
    pub is_thread: bool,
    /// Its user, where that is another than that of the process above; `null`: the same, or not shown.
    pub user: Option<String>,
}

impl Query for Tree {
    const ID: &'static str = "processes.tree";
    const TITLE: &'static str = "Which process was started by which";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ProcessTree;
    const VARIANTS: &'static [Variant<NoArgs, ProcessTree>] = &[pstree::VARIANT, ps::VARIANT];
}
