//! `apt search`, see `apt(8)`: a row as that of `apt list`, and the description in a line below it.

use super::{PackageMatch, PackageMatches, PackageSearch, told, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    packages::apt::{is_said, row},
};

/// Without the two cache files apt writes nothing, as root too.
const WORDS: &[&str] = &[
    "search",
    "-o",
    "Dir::Cache::pkgcache=",
    "-o",
    "Dir::Cache::srcpkgcache=",
];

pub(super) const VARIANT: Variant<PackageSearch, PackageMatches> = Variant {
    name: "apt",
    needs: Needs::programs(&["apt"]),
    source: |args| Source::Command(Command::new("apt").words(WORDS).operand(&args.term)),
    reads: &["apt search"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageMatches>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut has_progress = false;
    let parsed = raw.read_lines(PackageMatches::default(), |list, line| {
        if let Some(row) = row(line) {
            let suites = row.suites.join(",");
            list.packages.push(PackageMatch {
                version: Some(row.version.to_owned()),
                architecture: Some(row.architecture.to_owned()),
                repository: told(&suites),
                installed: Some(row.label.is_some() && !row.is_residual),
                ..PackageMatch::new(row.name)
            });
            return Some(());
        }
        let Some(last) = list.packages.last_mut() else {
            has_progress |= is_said(line);
            return is_said(line).then_some(());
        };
        let description = line
            .strip_prefix("  ")
            .filter(|_| last.description.is_none())?;
        last.description = told(description);
        Some(())
    });
    if parsed.value.packages.is_empty() && parsed.unread.is_empty() && !has_progress {
        raw.expect_output()?;
    }
    understood(&raw, parsed)
}
