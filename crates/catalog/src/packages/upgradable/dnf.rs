//! `dnf(8)`, 4 and 5, from the cache it has (`-C`): 0 where there is no update, 100 where there is.

use super::{PackageUpdate, UpgradableList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, UpgradableList> = Variant {
    name: "dnf",
    needs: Needs::programs(&["dnf"]),
    source: |_| Source::Command(Command::new("dnf").words(&["-q", "-C", "check-update"])),
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UpgradableList>, ParseError> {
    raw.expect_exit(&[0, 100])?;
    let text = raw.text();
    let mut parsed = Parsed::whole(UpgradableList {
        packages: Vec::new(),
    });
    // A row that is too long for 80 columns is broken behind a column.
    let mut pending: Option<(usize, Vec<&str>)> = None;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("Obsoleting ") {
            break;
        }
        let continued = line.starts_with(' ');
        let (begun, mut columns) = match pending.take() {
            Some((begun, columns)) if continued => (begun, columns),
            Some((begun, columns)) => {
                parsed.leave_unread(begun, &columns.join(" "));
                (index, Vec::new())
            }
            None => (index, Vec::new()),
        };
        columns.extend(line.split_ascii_whitespace());
        match columns.as_slice() {
            [] => {}
            [package, version, _repository] => match update(package, version) {
                Some(update) => parsed.value.packages.push(update),
                None => parsed.leave_unread(index, line),
            },
            [_] | [_, _] => pending = Some((begun, columns)),
            _ => parsed.leave_unread(index, line),
        }
    }
    if let Some((begun, columns)) = pending {
        parsed.leave_unread(begun, &columns.join(" "));
    }
    Ok(parsed)
}

/// Reads `name.architecture` and `epoch:version-release`.
fn update(package: &str, version: &str) -> Option<PackageUpdate> {
    let (name, architecture) = package.rsplit_once('.')?;
    if !version.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    Some(PackageUpdate {
        name: name.to_owned(),
        installed_version: None,
        candidate_version: version.to_owned(),
        architecture: Some(architecture.to_owned()),
        security: None,
    })
}
