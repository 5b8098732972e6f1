//! `apt(8)`: `apt list`, in any language, for people's output and where `dpkg-query` is not to be
//! had. What stands in brackets is translated; that `now` is among the suites is not.

use super::{InstalledList, InstalledPackage, PackageState, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::apt::{Row, is_said, row, version_in},
};

/// Without the two cache files apt writes nothing, as root too.
const WORDS: &[&str] = &[
    "list",
    "--installed",
    "-o",
    "Dir::Cache::pkgcache=",
    "-o",
    "Dir::Cache::srcpkgcache=",
];

/// What the words for `automatic` and `auto-removable` have in them.
const AUTOMATIC: &[&str] = &[
    "automat",
    "automàt",
    "automát",
    "auto-",
    "autom.",
    "autodes",
    "autorrem",
    "автоматически",
    "自動",
    "自动",
    "otomatik",
    "αυτόματα",
    "tự động",
    "อัตโนมัติ",
];

pub(super) const VARIANT: Variant<NoArgs, InstalledList> = Variant {
    name: "apt",
    needs: Needs::programs(&["apt"]),
    source: |_| Source::Command(Command::new("apt").words(WORDS)),
    reads: &["apt list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<InstalledList>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut rows: usize = 0;
    let parsed = raw.read_lines(InstalledList::default(), |list, line| {
        match row(line) {
            Some(row) => list.packages.extend(installed(&row)?),
            None => return (rows == 0 && is_said(line)).then_some(()),
        }
        rows = rows.saturating_add(1);
        Some(())
    });
    if rows > 0 {
        return Ok(parsed);
    }
    understood(&raw, parsed)
}

/// `None`: it is not installed.
fn installed(row: &Row<'_>) -> Option<Option<InstalledPackage>> {
    let Some(label) = row.label else {
        // A version that could be installed.
        return (!row.is_now).then_some(None);
    };
    let pieces = label.split([',', '、', '，']).count();
    // `upgradable from: VERSION`: what is installed stands in the brackets.
    let version = if row.is_now {
        row.version
    } else {
        version_in(label)?
    };
    let suites = row.suites.join(",");
    Some(Some(InstalledPackage {
        version: Some(version.to_owned()),
        architecture: Some(row.architecture.to_owned()),
        state: if row.is_residual {
            PackageState::ConfigFiles
        } else {
            PackageState::Installed
        },
        automatic: match (row.is_residual || !row.is_now, pieces) {
            (true, _) => None,
            (false, 1) => Some(false),
            (false, _) => AUTOMATIC
                .iter()
                .any(|word| label.contains(word))
                .then_some(true),
        },
        repository: Some(suites).filter(|suites| row.is_now && !suites.is_empty()),
        ..InstalledPackage::new(row.name)
    }))
}
