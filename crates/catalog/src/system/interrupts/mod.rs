//! `system.interrupts`: which interrupts came, and to which processors.

mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Which interrupts came.
pub struct Interrupts;

/// The answer of `system.interrupts`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InterruptList {
    /// The numbers of the processors that the counts are of, in their order.
    pub processors: Vec<u32>,
    /// The interrupts in the kernel's order.
    pub interrupts: Vec<InterruptCount>,
}

/// One interrupt, see `proc_interrupts(5)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InterruptCount {
    /// Its number, or the short name of one of the processor's own: `24`, `NMI`, `LOC`.
    pub name: String,
    /// How many came since boot, to each processor; one alone where processors are not told apart.
    pub counts: Vec<u64>,
    /// All of them together.
    pub total: u64,
    /// What is behind it: the controller, the line and the drivers, or the meaning; empty: not told.
    pub description: String,
}

impl Query for Interrupts {
    const ID: &'static str = "system.interrupts";
    const TITLE: &'static str = "Interrupts by processor";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = InterruptList;
    const VARIANTS: &'static [Variant<NoArgs, InterruptList>] = &[proc::VARIANT];
}
