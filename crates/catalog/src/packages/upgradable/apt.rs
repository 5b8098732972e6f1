//! `apt(8)` of Debian and Ubuntu. It says that its output may change; it has not since 2014, and
//! no other of its tools names suite, architecture and both versions in one line.

use super::{PackageUpdate, UpgradableList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Without the two cache files apt writes nothing, as root too.
const WORDS: &[&str] = &[
    "list",
    "--upgradable",
    "-o",
    "Dir::Cache::pkgcache=",
    "-o",
    "Dir::Cache::srcpkgcache=",
];

pub(super) const VARIANT: Variant<NoArgs, UpgradableList> = Variant {
    name: "apt",
    needs: Needs::programs(&["apt"]),
    source: |_| Source::Command(Command::new("apt").words(WORDS)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UpgradableList>, ParseError> {
    raw.expect_exit(&[0])?;
    let text = raw.text();
    let mut parsed = Parsed::whole(UpgradableList {
        packages: Vec::new(),
    });
    for (index, line) in text.lines().enumerate() {
        match update(line) {
            Some(update) => parsed.value.packages.push(update),
            None if line.is_empty() || line.starts_with("Listing...") => {}
            None => parsed.leave_unread(index, line),
        }
    }
    Ok(parsed)
}

/// Reads `name/suite,suite candidate architecture [upgradable from: installed]`.
fn update(line: &str) -> Option<PackageUpdate> {
    let mut words = line.split_ascii_whitespace();
    let (name, suites) = words.next()?.split_once('/')?;
    let (candidate, architecture) = (words.next()?, words.next()?);
    let (_, installed) = line.rsplit_once("[upgradable from: ")?;
    Some(PackageUpdate {
        name: name.to_owned(),
        installed_version: Some(installed.trim_end().strip_suffix(']')?.to_owned()),
        candidate_version: candidate.to_owned(),
        architecture: Some(architecture.to_owned()),
        security: Some(suites.split(',').any(|suite| suite.contains("-security"))),
    })
}
