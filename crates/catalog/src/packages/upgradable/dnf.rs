//! `dnf(8)`, 4 and 5, from the cache it has (`-C`): 0 where there is no update, 100 where there is.
//!
//! As a user it would make a folder `/var/tmp/dnf-USER-*` of its own, so it is asked as root alone;
//! there it writes what it always does, `/var/log/dnf.log`.

use super::{PackageUpdate, UpgradableList, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::{
        dnf::{self, Item},
        rpm::nevra,
    },
};

pub(super) const VARIANT: Variant<NoArgs, UpgradableList> = Variant {
    name: "dnf",
    needs: Needs::programs(&["dnf"]).as_root(),
    source: |_| Source::Command(Command::new("dnf").words(&["-C", "check-update"])),
    reads: &[
        "dnf|yum|dnf5 check-update|check-upgrade",
        "dnf|yum|dnf5 list --upgrades|--updates|upgrades|updates",
        "dnf|yum|dnf5 updateinfo|advisory|list-updateinfo list|--list",
    ],
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
    let mut is_obsoleting = false;
    let mut has_heading = false;
    let mut parsed = dnf::read(&raw, UpgradableList::default(), |list, item| {
        match item {
            // What is obsoleted stands below a heading behind the updates; those of `dnf list`
            // stand before them.
            Item::Heading(heading) => {
                has_heading = true;
                is_obsoleting |= !list.packages.is_empty() || heading.starts_with("Obsoleting ");
            }
            Item::Row(row) if !is_obsoleting => list.packages.push(PackageUpdate {
                name: row.name.to_owned(),
                installed_version: None,
                candidate_version: row.version.to_owned(),
                architecture: Some(row.architecture.to_owned()),
                security: None,
            }),
            Item::Row(_) => {}
        }
        Some(())
    });
    if parsed.value.packages.is_empty() && !parsed.unread.is_empty() {
        // Advisories.
        parsed = raw.read_lines(UpgradableList::default(), |list, line| {
            let is_head = line.starts_with("Name ") && line.trim_end().ends_with(" Issued");
            if !is_head && !dnf::is_noise(line) {
                list.packages.push(advised(line)?);
            }
            Some(())
        });
    }
    // A heading of nothing is none of dnf's.
    let is_headed = has_heading && !is_obsoleting;
    if parsed.value.packages.is_empty() && (is_headed || raw.exit_code == Some(100)) {
        return Err(ParseError::shape(
            "dnf listed no updates where there should be some",
        ));
    }
    understood(&raw, parsed)
}

/// Reads `ADVISORY Important/Sec. name-version-release.architecture` of `dnf updateinfo list`.
fn advised(line: &str) -> Option<PackageUpdate> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let (kind, package) = match words.as_slice() {
        [_, kind, package] => (*kind, *package),
        // dnf 5: name, type, severity, package, date and time.
        [_, kind, _, package, _, _] => (*kind, *package),
        _ => return None,
    };
    const KINDS: &[&str] = &[
        "bugfix",
        "enhancement",
        "newpackage",
        "unspecified",
        "unknown",
    ];
    let is_security = kind.ends_with("/Sec.") || kind == "security";
    if !is_security && !KINDS.contains(&kind) {
        return None;
    }
    let found = nevra(package)?;
    Some(PackageUpdate {
        name: found.name.to_owned(),
        installed_version: None,
        candidate_version: found.version.to_owned(),
        architecture: found.architecture.map(str::to_owned),
        security: Some(is_security),
    })
}
