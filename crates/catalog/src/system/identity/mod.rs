//! `system.identity`: what machine and what system this is, and since when it runs.

mod files;
mod hypervisor;
mod os_release;
mod uname;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use os_release::values as release_values;

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What machine and what system this is.
pub struct Identity;

/// The answer of `system.identity`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServerIdentity {
    /// The name the kernel goes by, as `uname -n` shows it.
    pub hostname: String,
    /// The distribution for people, for example `Debian GNU/Linux 12 (bookworm)`; `null`: it has
    /// no `os-release(5)`.
    pub distribution: Option<String>,
    /// The distribution's id, for example `debian`; `null`: not told.
    pub distribution_id: Option<String>,
    /// The distribution's version, for example `12`; `null`: rolling, or not told.
    pub distribution_version: Option<String>,
    /// The kernel's release, as `uname -r` shows it.
    pub kernel: String,
    /// The machine, as `uname -m` shows it, for example `x86_64`; `null`: not told.
    pub architecture: Option<String>,
    /// The container or hypervisor it runs in, in the words of `systemd-detect-virt(1)` (`kvm`,
    /// `docker`, `systemd-nspawn`); `null`: none that is known.
    pub virtualization: Option<String>,
    /// When the kernel was started; `null`: not told.
    pub booted_at: Option<DateTime<Utc>>,
    /// Seconds since boot, or since the container's start where it hides the kernel's; `null`: not
    /// told.
    pub uptime_seconds: Option<f64>,
}

impl Query for Identity {
    const ID: &'static str = "system.identity";
    const TITLE: &'static str = "What machine and system this is";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ServerIdentity;
    const VARIANTS: &'static [Variant<NoArgs, ServerIdentity>] = &[files::VARIANT, uname::VARIANT];
}

/// The boot time in the text of `/proc/stat`.
fn boot_time(stat: &str) -> Option<DateTime<Utc>> {
    let seconds = stat.lines().find_map(|line| line.strip_prefix("btime "))?;
    DateTime::from_timestamp(seconds.trim().parse().ok()?, 0)
}

/// The first figure of `/proc/uptime`.
fn uptime(text: &str) -> Option<f64> {
    crate::text::figure(text.split_ascii_whitespace().next()?)
}
