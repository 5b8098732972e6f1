//! `packages.owner`: the packages that a path on the server came with.

mod dpkg;
mod pacman;
mod rpm;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::RemotePath};

/// The package of a file.
pub struct Owner;

/// The arguments of `packages.owner`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnedPath {
    /// The path as the package has it: of a merged `/usr`, dpkg knows one of two spellings.
    pub path: RemotePath,
}

/// The answer of `packages.owner`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageOwners {
    /// Of a folder there may be many; empty: no package brought it.
    pub owners: Vec<PackageOwner>,
}

/// A package that brought a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageOwner {
    /// The package's name.
    pub package: String,
    /// Its architecture; `null`: not told.
    pub architecture: Option<String>,
    /// Its version; `null`: not told.
    pub version: Option<String>,
    /// The path; `null`: not told.
    pub path: Option<String>,
}

impl Query for Owner {
    const ID: &'static str = "packages.owner";
    const TITLE: &'static str = "Which package a path came with";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = OwnedPath;
    type Answer = PackageOwners;
    const VARIANTS: &'static [Variant<OwnedPath, PackageOwners>] =
        &[dpkg::VARIANT, rpm::VARIANT, pacman::VARIANT];
}
