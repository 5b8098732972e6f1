//! `packages.sources`: the repositories that packages come from.

mod apt;
mod dnf;
mod ini;
mod pacman;
mod zypper;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Repositories.
pub struct Sources;

/// The answer of `packages.sources`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageSources {
    /// In the tool's order; of apt one for each kind, place and suite.
    pub sources: Vec<PackageSource>,
}

/// A repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageSource {
    /// Its id or alias; `null`: apt's have none.
    pub id: Option<String>,
    /// Its name for people; `null`: it has none.
    pub name: Option<String>,
    /// `deb`, `deb-src`, `rpm` or `pacman`.
    pub kind: String,
    /// Where it is, the first of several places, or the list of its mirrors; a name and password in
    /// it are left out. `null`: not told.
    pub url: Option<String>,
    /// apt's suite, `bookworm-security`; `null`: of other tools.
    pub suite: Option<String>,
    /// apt's components, `main contrib`; empty: of other tools, or the suite is a folder.
    pub components: Vec<String>,
    /// Whether it is in use.
    pub enabled: bool,
    /// Whether signatures are checked; `null`: not told, or as the tool's own configuration says.
    pub checked: Option<bool>,
    /// Its priority in the tool's own order; `null`: not told, or the usual one.
    pub priority: Option<i64>,
    /// The file that names it; `null`: not told.
    pub file: Option<String>,
}

/// Leaves out `name:password@` of a URL.
fn without_secret(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let end = rest.find('/').unwrap_or(rest.len());
    match rest.split_at_checked(end) {
        Some((authority, path)) => {
            let host = authority.rsplit('@').next().unwrap_or_default();
            format!("{scheme}://{host}{path}")
        }
        None => url.to_owned(),
    }
}

/// Splits what `grep -H ''` printed of a file below `folder` into the path and the line; of what
/// `cat` printed there is no path.
fn of_file<'a>(line: &'a str, folder: &str) -> (Option<&'a str>, &'a str) {
    if !line.starts_with(folder) {
        return (None, line);
    }
    match line.split_once(':') {
        Some((path, rest)) => (Some(path), rest),
        None => (None, line),
    }
}

impl Query for Sources {
    const ID: &'static str = "packages.sources";
    const TITLE: &'static str = "Repositories that packages come from";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = PackageSources;
    const VARIANTS: &'static [Variant<NoArgs, PackageSources>] = &[
        apt::VARIANT,
        ini::VARIANT,
        dnf::VARIANT,
        zypper::VARIANT,
        pacman::VARIANT,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_of_a_url_is_kept() {
        for (url, expected) in [
            ("https://me:secret@host/a@b", "https://host/a@b"),
            ("https://me:a@b@host:8080", "https://host:8080"),
            ("cdrom:[Debian 12]/", "cdrom:[Debian 12]/"),
        ] {
            assert_eq!(without_secret(url), expected, "{url}");
        }
    }
}
