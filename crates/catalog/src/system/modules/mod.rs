//! `system.modules`: which modules the kernel has loaded, and what uses them.

mod lsmod;
mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Which modules the kernel has loaded.
pub struct Modules;

/// The answer of `system.modules`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KernelModuleList {
    /// The modules, the last loaded first; empty: none is loaded.
    pub modules: Vec<KernelModule>,
}

/// A loaded module, see `proc(5)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KernelModule {
    /// Its name, for example `ext4`.
    pub name: String,
    /// The memory it takes.
    pub size_bytes: u64,
    /// How many things use it, other modules among them; `null`: modules of this kernel cannot be
    /// unloaded, so it does not count.
    pub uses: Option<u32>,
    /// The modules that use it; empty: none does.
    pub used_by: Vec<String>,
    /// Where it is in its life; `null`: the tool does not say.
    pub state: Option<KernelModuleState>,
    /// Why the kernel counts as tainted by it, a letter each (`O`: built outside the kernel, `E`:
    /// unsigned); empty: it does not. `null`: the tool does not say.
    pub taints: Option<String>,
}

/// Where a module is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum KernelModuleState {
    /// In use.
    Live,
    /// Being loaded.
    Loading,
    /// Being unloaded.
    Unloading,
}

impl Query for Modules {
    const ID: &'static str = "system.modules";
    const TITLE: &'static str = "Modules of the kernel";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = KernelModuleList;
    const VARIANTS: &'static [Variant<NoArgs, KernelModuleList>] = &[proc::VARIANT, lsmod::VARIANT];
}

/// The words between commas; a last comma has none behind it.
fn names(text: &str) -> Vec<String> {
    let names = text.split(',').filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}
