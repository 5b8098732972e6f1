//! `dnf(8)`, 4 and 5, from the cache it has (`-C`): 0 where there is no update, 100 where there is.
//!
//! As a user it would make a folder `/var/tmp/dnf-USER-*` of its own, so it is asked as root alone;
//! there it writes what it always does, `/var/log/dnf.log`.

use super::{PackageUpdate, UpgradableList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, UpgradableList> = Variant {
    name: "dnf",
    needs: Needs::programs(&["dnf"]).as_root(),
    source: |_| Source::Command(Command::new("dnf").words(&["-C", "check-update"])),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UpgradableList>, ParseError> {
    raw.expect_exit(&[0, 100])?;
    let complaints = raw.error_text();
    let missing = complaints
        .lines()
        .find(|line| line.contains("no cache for"));
    if let (Some(missing), Some(0)) = (missing, raw.exit_code) {
        // It ends with 0, as if all were up to date.
        return Err(ParseError::Unavailable(missing.to_owned()));
    }
    let text = raw.text();
    let mut parsed = Parsed::whole(UpgradableList {
        packages: Vec::new(),
    });
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("Obsoleting ") {
            break;
        }
        let columns: Vec<&str> = line.split_ascii_whitespace().collect();
        match columns.as_slice() {
            [package, version, _repository] if package.contains('.') => {
                parsed.value.packages.extend(update(package, version));
            }
            [] | ["Last", "metadata", "expiration", ..] => {}
            _ => parsed.leave_unread(index, line),
        }
    }
    Ok(parsed)
}

/// Reads `name.architecture` and `epoch:version-release`.
fn update(package: &str, version: &str) -> Option<PackageUpdate> {
    let (name, architecture) = package.rsplit_once('.')?;
    Some(PackageUpdate {
        name: name.to_owned(),
        installed_version: None,
        candidate_version: version.to_owned(),
        architecture: Some(architecture.to_owned()),
        security: None,
    })
}
