//! `apt(8)` of Debian and Ubuntu. It says that its output may change; it has not since 2014, and
//! no other of its tools names suite, architecture and both versions in one line.

use super::{PackageUpdate, UpgradableList, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::apt::{Row, is_said, row, version_in},
};

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
    reads: &["apt list --upgradable|--upgradeable|-u"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UpgradableList>, ParseError> {
    raw.expect_exit(&[0])?;
    let parsed = raw.read_lines(UpgradableList::default(), |list, line| {
        let Some(row) = row(line) else {
            return (list.packages.is_empty() && is_said(line)).then_some(());
        };
        // With `-a` the installed version has a row of its own.
        if !row.is_now {
            list.packages.push(update(&row)?);
        }
        Some(())
    });
    understood(&raw, parsed)
}

/// `None`: the row does not say which version is installed.
fn update(row: &Row<'_>) -> Option<PackageUpdate> {
    Some(PackageUpdate {
        name: row.name.to_owned(),
        installed_version: Some(version_in(row.label?)?.to_owned()),
        candidate_version: row.version.to_owned(),
        architecture: Some(row.architecture.to_owned()),
        security: Some(row.suites.iter().any(|suite| suite.contains("-security"))),
    })
}
