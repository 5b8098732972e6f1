//! `packages.files`: the files that a package on the server brought.

mod dpkg;
mod pacman;
mod rpm;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::PackageName};

/// Files of a package.
pub struct Files;

/// The arguments of `packages.files`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FilesOfPackage {
    /// The package.
    pub package: PackageName,
}

/// The answer of `packages.files`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageFiles {
    /// Whether the package is on the server; of dpkg also where its configuration alone is.
    pub installed: bool,
    /// The paths of its files, folders among them, in the tool's order; empty: it brought none.
    pub paths: Vec<String>,
}

impl Query for Files {
    const ID: &'static str = "packages.files";
    const TITLE: &'static str = "Files that a package brought";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = FilesOfPackage;
    type Answer = PackageFiles;
    const VARIANTS: &'static [Variant<FilesOfPackage, PackageFiles>] =
        &[dpkg::VARIANT, rpm::VARIANT, pacman::VARIANT];
}
