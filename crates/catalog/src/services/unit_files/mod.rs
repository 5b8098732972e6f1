//! `services.unit_files`: the unit files that are installed, and whether they start by themselves.

mod systemctl;
mod systemctl_text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The unit files that are installed.
pub struct UnitFiles;

/// The answer of `services.unit_files`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnitFileList {
    /// The unit files, in the order of the tool; empty: none is of the kind that was asked for.
    pub unit_files: Vec<UnitFile>,
}

/// A unit file as `systemctl(1) list-unit-files` tells of it; the states are systemd's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnitFile {
    /// Its name with its suffix, `nginx.service`; of a template `getty@.service`; with `…` or `...`
    /// in it where a narrow terminal cut it.
    pub name: String,
    /// `enabled`, `enabled-runtime`, `linked`, `linked-runtime`, `alias`, `masked`,
    /// `masked-runtime`, `static`, `disabled`, `indirect`, `generated`, `transient`, `bad`.
    pub state: String,
    /// What the distribution would make of it: `enabled`, `disabled`, `ignored`; `null`: nothing,
    /// or not told.
    pub preset: Option<String>,
}

impl Query for UnitFiles {
    const ID: &'static str = "services.unit_files";
    const TITLE: &'static str = "Unit files and whether they start by themselves";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = UnitFileList;
    const VARIANTS: &'static [Variant<NoArgs, UnitFileList>] =
        &[systemctl::VARIANT, systemctl_text::VARIANT];
}
