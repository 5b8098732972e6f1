//! `/var/log/apt/history.log` of `apt(8)`: stanzas in local time, the command among them.

use super::{PackageAction, PackageChange, PackageHistory, shortened, understood};
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const FILE: &str = "/var/log/apt/history.log";
const FILES: &[FixedPath] = &[FixedPath::new(FILE)];

pub(super) const VARIANT: Variant<NoArgs, PackageHistory> = Variant {
    name: "apt",
    needs: Needs::programs(&["apt-get"]),
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageHistory>, ParseError> {
    let text = raw.required_file(FILE)?;
    let mut parsed = Parsed::whole(PackageHistory::default());
    let mut written_at: Option<String> = None;
    let mut command: Option<String> = None;
    let mut rows: usize = 0;
    for (index, line) in crate::text::lines(&text) {
        let Some((key, value)) = line.split_once(": ") else {
            // A value may be empty.
            if !line.trim_end().ends_with(':') {
                parsed.leave_unread(index, line);
            }
            continue;
        };
        let action = match key {
            "Install" => PackageAction::Install,
            "Upgrade" => PackageAction::Upgrade,
            "Downgrade" => PackageAction::Downgrade,
            "Reinstall" => PackageAction::Reinstall,
            "Remove" => PackageAction::Remove,
            "Purge" => PackageAction::Purge,
            "Start-Date" => {
                let words: Vec<&str> = value.split_ascii_whitespace().collect();
                (written_at, command) = (Some(shortened(&words.join(" "))), None);
                rows = rows.saturating_add(1);
                continue;
            }
            "Commandline" => {
                command = Some(shortened(value));
                continue;
            }
            "End-Date" | "Requested-By" | "Error" | "Comment" => continue,
            _ => {
                parsed.leave_unread(index, line);
                continue;
            }
        };
        for piece in value.split("), ") {
            let Some(change) = change(action, piece) else {
                parsed.leave_unread(index, piece);
                continue;
            };
            parsed.value.changes.push(PackageChange {
                written_at: written_at.clone(),
                command: command.clone(),
                ..change
            });
        }
    }
    if let Some((index, line)) = crate::text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    understood(&raw, rows, parsed)
}

/// Reads `name:architecture (version, automatic`, of an upgrade `(old, new`.
fn change(action: PackageAction, piece: &str) -> Option<PackageChange> {
    let (package, versions) = piece.trim_end_matches(')').split_once(" (")?;
    let (name, architecture) = package.split_once(':')?;
    let mut versions = versions.split(", ").filter(|word| *word != "automatic");
    let first = versions
        .next()
        .filter(|version| !version.is_empty())?
        .to_owned();
    let (version, previous_version) = match (action, versions.next()) {
        (PackageAction::Upgrade | PackageAction::Downgrade, Some(new)) => {
            (Some(new.to_owned()), Some(first))
        }
        (PackageAction::Upgrade | PackageAction::Downgrade, None) => return None,
        (PackageAction::Remove | PackageAction::Purge, _) => (None, Some(first)),
        _ => (Some(first), None),
    };
    Some(PackageChange {
        package: Some(name.to_owned()),
        architecture: Some(architecture.to_owned()),
        version,
        previous_version,
        ..PackageChange::new(action)
    })
}
