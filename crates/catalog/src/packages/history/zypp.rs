//! `/var/log/zypp/history` of `zypper(8)`: fields between `|`, in local time. It does not tell an
//! upgrade from an installation.

use super::{PackageAction, PackageChange, PackageHistory, shortened, understood};
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const FILE: &str = "/var/log/zypp/history";
const FILES: &[FixedPath] = &[FixedPath::new(FILE)];

pub(super) const VARIANT: Variant<NoArgs, PackageHistory> = Variant {
    name: "zypp",
    needs: Needs::programs(&["zypper"]),
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageHistory>, ParseError> {
    let text = raw.required_file(FILE)?;
    let mut parsed = Parsed::whole(PackageHistory::default());
    let mut command: Option<String> = None;
    let mut rows: usize = 0;
    for (index, line) in crate::text::lines(&text) {
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('|').collect();
        let (action, name, version, architecture) = match fields.as_slice() {
            [_, "command", _, words, ..] => {
                command = Some(shortened(&words.replace('\'', "")));
                rows = rows.saturating_add(1);
                continue;
            }
            [_, "install", name, version, architecture, ..] => {
                (PackageAction::Install, name, version, architecture)
            }
            [_, "remove " | "remove", name, version, architecture, ..] => {
                (PackageAction::Remove, name, version, architecture)
            }
            // Repositories that came and went, patches.
            [
                _,
                "radd" | "rremove" | "ralias" | "rname" | "rurl" | "patch" | "patch  ",
                ..,
            ] => {
                rows = rows.saturating_add(1);
                continue;
            }
            _ => {
                parsed.leave_unread(index, line);
                continue;
            }
        };
        rows = rows.saturating_add(1);
        let version = Some((*version).to_owned()).filter(|version| !version.is_empty());
        let (version, previous_version) = match action {
            PackageAction::Remove => (None, version),
            _ => (version, None),
        };
        parsed.value.changes.push(PackageChange {
            written_at: fields.first().map(|at| (*at).to_owned()),
            package: Some((*name).to_owned()),
            architecture: Some((*architecture).to_owned()).filter(|it| !it.is_empty()),
            version,
            previous_version,
            command: command.clone(),
            ..PackageChange::new(action)
        });
    }
    if let Some((index, line)) = crate::text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    understood(&raw, rows, parsed)
}
