//! `/var/log/dpkg.log`, see `dpkg(1)`: a line for each step, in local time. The server itself turns
//! the times into epochs, which stand before the lines.

use chrono::DateTime;

use super::{PackageAction, PackageChange, PackageHistory, understood};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Of the lines that count the last 500, each behind `date -f` of its moment.
const SCRIPT: &str = r#"log=/var/log/dpkg.log
[ -e "$log" ] || exit 3
[ -r "$log" ] || { echo "$log: Permission denied" >&2; exit 1; }
old=; [ -r "$log.1" ] && old=$log.1
lines=$(cat $old "$log" | grep -E '^[^ ]+ [^ ]+ (install|upgrade|remove|purge) ' | tail -n 500)
[ -n "$lines" ] || exit 0
epochs=$(printf '%s\n' "$lines" | cut -d' ' -f1,2 | date -f - +@%s)
printf '%s\n%s\n' "$epochs" "$lines""#;

/// The exit code where there is no such log.
const NO_LOG: i32 = 3;

pub(super) const VARIANT: Variant<NoArgs, PackageHistory> = Variant {
    name: "dpkg",
    needs: Needs::programs(&["dpkg-query"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["cat|grep|egrep|head|less|more|tail|zcat|zgrep /var/log/dpkg.log*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageHistory>, ParseError> {
    if raw.exit_code == Some(NO_LOG) && raw.stdout.is_empty() {
        return Err(ParseError::Absent(
            "there is no /var/log/dpkg.log".to_owned(),
        ));
    }
    let complaint = raw.error_text();
    if raw.stdout.is_empty() && complaint.contains("No such file or directory") {
        return Err(ParseError::Absent(complaint.trim().to_owned()));
    }
    raw.expect_exit(&[0])?;
    let mut epochs = Vec::new();
    let mut rows: usize = 0;
    let mut parsed = raw.read_lines(PackageHistory::default(), |list, line| {
        if let Some(epoch) = line.strip_prefix('@') {
            epochs.push(epoch.trim().parse::<i64>().ok()?);
            return Some(());
        }
        // Of several files grep writes the path before the line.
        let line = match line.split_once(".log:") {
            Some((path, rest)) if path.starts_with("/var/log/") => rest,
            _ => line,
        };
        list.changes.extend(change(line)?);
        rows = rows.saturating_add(1);
        Some(())
    });
    // One for each, or an unknown one: a cut output has no lines behind the epochs.
    if epochs.len() == parsed.value.changes.len() && parsed.unread.is_empty() {
        for (change, epoch) in parsed.value.changes.iter_mut().zip(epochs) {
            change.at = DateTime::from_timestamp(epoch, 0);
        }
    }
    understood(&raw, rows, parsed)
}

/// Reads `date time action package:architecture old new`. `Some(None)`: a step that says nothing
/// of its own.
fn change(line: &str) -> Option<Option<PackageChange>> {
    let words: Vec<&str> = line.split(' ').collect();
    let (date, time) = (words.first()?, words.get(1)?);
    let is_date = date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let is_time = time.len() == 8 && time.bytes().all(|b| b.is_ascii_digit() || b == b':');
    if !is_date || !is_time {
        return None;
    }
    let [_, _, action, package, old, new] = words.as_slice() else {
        let steps = [
            "status",
            "startup",
            "configure",
            "trigproc",
            "conffile",
            "disappear",
        ];
        return steps.contains(words.get(2)?).then_some(None);
    };
    let action = match *action {
        "install" => PackageAction::Install,
        "upgrade" if old == new => PackageAction::Reinstall,
        "upgrade" => PackageAction::Upgrade,
        "remove" => PackageAction::Remove,
        "purge" => PackageAction::Purge,
        "status" | "startup" | "configure" | "trigproc" | "conffile" | "disappear" => {
            return Some(None);
        }
        _ => return None,
    };
    let (name, architecture) = match package.split_once(':') {
        Some((name, architecture)) => (name, Some(architecture.to_owned())),
        None => (*package, None),
    };
    let version = |text: &str| (text != "<none>").then(|| text.to_owned());
    Some(Some(PackageChange {
        written_at: Some(format!("{date} {time}")),
        package: Some(name.to_owned()),
        architecture,
        version: version(new),
        previous_version: version(old),
        ..PackageChange::new(action)
    }))
}
