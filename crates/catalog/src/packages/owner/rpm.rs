//! `rpm -qf`, see `rpm(8)`: `name-version-release.architecture`.

use super::{OwnedPath, PackageOwner, PackageOwners};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    packages::rpm::{expect_usual_format, nevra},
};

pub(super) const VARIANT: Variant<OwnedPath, PackageOwners> = Variant {
    name: "rpm",
    needs: Needs::programs(&["rpm"]),
    source: |args| Source::Command(Command::new("rpm").word("-qf").operand(&args.path)),
    reads: &["rpm -qf*", "rpm -q|--query -f|--file"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageOwners>, ParseError> {
    expect_usual_format(&raw)?;
    // 1: a path is nobody's, or is not there.
    raw.expect_exit(&[0, 1])?;
    let complaint = raw.error_text();
    let mut is_nobodys = complaint.contains("No such file or directory");
    let parsed = raw.read_lines(PackageOwners::default(), |list, line| {
        if line.starts_with("file /") && line.ends_with(" is not owned by any package") {
            is_nobodys = true;
            return Some(());
        }
        let found = nevra(line.trim())?;
        list.owners.push(PackageOwner {
            package: found.name.to_owned(),
            architecture: found.architecture.map(str::to_owned),
            version: Some(found.version.to_owned()),
            path: None,
        });
        Some(())
    });
    if parsed.value.owners.is_empty() && !is_nobodys {
        let no_row = || ParseError::shape("no package's name");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}
