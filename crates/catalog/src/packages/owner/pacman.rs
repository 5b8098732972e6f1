//! `pacman -Qo`, see `pacman(8)`: `PATH is owned by NAME VERSION`.

use super::{OwnedPath, PackageOwner, PackageOwners};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

const WORDS: &[&str] = &["--query", "--owns", "--color", "never"];

pub(super) const VARIANT: Variant<OwnedPath, PackageOwners> = Variant {
    name: "pacman",
    needs: Needs::programs(&["pacman"]),
    source: |args| Source::Command(Command::new("pacman").words(WORDS).operand(&args.path)),
    reads: &["pacman|yay|paru -Qo*", "pacman --query --owns"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageOwners>, ParseError> {
    let complaint = raw.error_text();
    let is_nobodys = complaint.contains("error: No package owns ");
    if is_nobodys && raw.stdout.is_empty() {
        return Ok(Parsed::whole(PackageOwners::default()));
    }
    if !is_nobodys {
        raw.expect_exit(&[0])?;
    }
    let parsed = raw.read_lines(PackageOwners::default(), |list, line| {
        let (path, owner) = line.rsplit_once(" is owned by ")?;
        let (package, version) = owner.trim_end().split_once(' ')?;
        if !path.starts_with('/') || version.contains(' ') {
            return None;
        }
        list.owners.push(PackageOwner {
            package: package.to_owned(),
            architecture: None,
            version: Some(version.to_owned()),
            path: Some(path.to_owned()),
        });
        Some(())
    });
    if parsed.value.owners.is_empty() {
        let no_row = || ParseError::shape("no package with its path");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}
