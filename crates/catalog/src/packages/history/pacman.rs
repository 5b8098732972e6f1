//! `/var/log/pacman.log`: `[moment] [ALPM] installed name (version)`; since pacman 5.2 the moment
//! has its zone.

use chrono::DateTime;

use super::{PackageAction, PackageChange, PackageHistory, understood};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Of the lines that count the last 500.
const SCRIPT: &str = r#"log=/var/log/pacman.log
[ -e "$log" ] || exit 3
[ -r "$log" ] || { echo "$log: Permission denied" >&2; exit 1; }
grep -aE '^\[[^]]*\] (\[ALPM\] )?(installed|upgraded|downgraded|reinstalled|removed) ' "$log" | tail -n 500"#;

/// The exit code where there is no such log.
const NO_LOG: i32 = 3;

pub(super) const VARIANT: Variant<NoArgs, PackageHistory> = Variant {
    name: "pacman",
    needs: Needs::programs(&["pacman"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["cat|grep|egrep|head|less|more|tail /var/log/pacman.log"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageHistory>, ParseError> {
    if raw.exit_code == Some(NO_LOG) && raw.stdout.is_empty() {
        return Err(ParseError::Absent(
            "there is no /var/log/pacman.log".to_owned(),
        ));
    }
    let complaint = raw.error_text();
    if raw.stdout.is_empty() && complaint.contains("No such file or directory") {
        return Err(ParseError::Absent(complaint.trim().to_owned()));
    }
    raw.expect_exit(&[0])?;
    let mut rows: usize = 0;
    let parsed = raw.read_lines(PackageHistory::default(), |list, line| {
        let (moment, rest) = line.strip_prefix('[')?.split_once("] ")?;
        moment.bytes().next().filter(u8::is_ascii_digit)?;
        rows = rows.saturating_add(1);
        // What pacman itself and scriptlets say, between brackets of their own.
        let rest = match rest.strip_prefix("[ALPM] ") {
            Some(rest) => rest,
            None if rest.starts_with('[') => return Some(()),
            None => rest,
        };
        let (action, rest) = rest.split_once(' ')?;
        let action = match action {
            "installed" => PackageAction::Install,
            "upgraded" => PackageAction::Upgrade,
            "downgraded" => PackageAction::Downgrade,
            "reinstalled" => PackageAction::Reinstall,
            "removed" => PackageAction::Remove,
            // `transaction started`, warnings, hooks.
            _ => return Some(()),
        };
        let (name, versions) = rest.strip_suffix(')')?.split_once(" (")?;
        let (old, new) = match versions.split_once(" -> ") {
            Some((old, new)) => (Some(old), Some(new)),
            None if action == PackageAction::Remove => (Some(versions), None),
            None => (None, Some(versions)),
        };
        let at = DateTime::parse_from_str(moment, "%Y-%m-%dT%H:%M:%S%z").ok();
        list.changes.push(PackageChange {
            at: at.map(|at| at.to_utc()),
            written_at: Some(moment.to_owned()),
            package: Some(name.to_owned()),
            version: new.map(str::to_owned),
            previous_version: old.map(str::to_owned),
            ..PackageChange::new(action)
        });
        Some(())
    });
    understood(&raw, rows, parsed)
}
