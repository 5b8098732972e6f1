//! `dnf versionlock list`, 4 and 5, and that of `yum(8)`. As a user dnf would make a folder of its
//! own, so it is asked as root alone.

use super::{HoldKind, PackageHold, PackageHolds, versionlock::lock};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    packages::dnf,
};

pub(super) const VARIANT: Variant<NoArgs, PackageHolds> = Variant {
    name: "dnf",
    needs: Needs::programs(&["dnf"]).as_root(),
    source: |_| Source::Command(Command::new("dnf").words(&["-C", "versionlock", "list"])),
    reads: &["dnf|yum|dnf5 versionlock"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageHolds>, ParseError> {
    let complaint = raw.error_text();
    let lower = complaint.to_lowercase();
    if lower.contains("no such command") || lower.contains("unknown argument \"versionlock\"") {
        return Err(ParseError::Absent(complaint.trim().to_owned()));
    }
    raw.expect_exit(&[0])?;
    let mut has_name = false;
    let parsed = raw.read_lines(PackageHolds::default(), |list, line| {
        if let Some(name) = line.strip_prefix("Package name: ") {
            list.holds.push(PackageHold::held(name.trim()));
            has_name = true;
            return Some(());
        }
        let is_said = dnf::is_noise(line) || line == "versionlock list done";
        if line.starts_with('#') || is_said {
            return Some(());
        }
        if has_name {
            // dnf 5: `evr = 1.0-1`; other comparisons hold no one version.
            let last = list.holds.last_mut()?;
            let (key, rest) = line.trim().split_once(' ')?;
            let (comparison, value) = rest.split_once(' ')?;
            match (key, comparison) {
                ("evr", "=") => last.version = Some(value.trim().to_owned()),
                ("evr", "!=") => {
                    last.version = Some(value.trim().to_owned());
                    last.kind = HoldKind::Excluded;
                }
                ("arch", "=") => last.architecture = Some(value.trim().to_owned()),
                _ => return None,
            }
            return Some(());
        }
        // A word alone could be anything.
        list.holds
            .push(lock(line.trim()).filter(|it| it.version.is_some() || it.package.contains('*'))?);
        Some(())
    });
    if parsed.value.holds.is_empty() && !parsed.unread.is_empty() {
        let no_row = || ParseError::shape("no lock of dnf");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}
