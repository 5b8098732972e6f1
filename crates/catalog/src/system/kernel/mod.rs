//! `system.kernel`: which kernel runs, on which machine.

mod proc;
mod uname;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Which kernel runs.
pub struct Kernel;

/// The answer of `system.kernel`. What the tool was not asked for is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KernelIdentity {
    /// The kernel's name: `Linux`.
    pub name: Option<String>,
    /// The name of the machine in the network.
    pub hostname: Option<String>,
    /// The kernel's release: `6.1.0-18-amd64`.
    pub release: Option<String>,
    /// Which build it is, and mostly of when: `#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)`.
    pub version: Option<String>,
    /// The kind of machine: `x86_64`.
    pub machine: Option<String>,
    /// The system around the kernel: `GNU/Linux`.
    pub operating_system: Option<String>,
}

impl Query for Kernel {
    const ID: &'static str = "system.kernel";
    const TITLE: &'static str = "Which kernel runs";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = KernelIdentity;
    const VARIANTS: &'static [Variant<NoArgs, KernelIdentity>] = &[uname::VARIANT, proc::VARIANT];
}
