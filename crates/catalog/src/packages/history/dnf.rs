//! `dnf history list`, 4 and 5, and that of `yum(8)`: a transaction in a line, without its packages.
//! As a user dnf would make a folder of its own, so it is asked as root alone.

use super::{PackageAction, PackageChange, PackageHistory};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    packages::dnf::is_noise, time,
};

const WORDS: &[&str] = &["TZ=UTC0", "dnf", "-C", "history", "list"];

pub(super) const VARIANT: Variant<NoArgs, PackageHistory> = Variant {
    name: "dnf",
    needs: Needs::programs(&["dnf"]).as_root(),
    source: |_| Source::Command(Command::new("env").words(WORDS)),
    reads: &["dnf|yum|dnf5 history"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageHistory>, ParseError> {
    raw.expect_exit(&[0])?;
    let is_utc = raw.typed.is_empty();
    let mut has_head = false;
    let parsed = raw.read_lines(PackageHistory::default(), |list, line| {
        if line.starts_with("ID ") {
            has_head = true;
            return Some(());
        }
        let is_rule = line.len() > 20 && line.bytes().all(|byte| byte == b'-');
        let is_told = line == "history list" || (!has_head && is_noise(line));
        if is_rule || is_told {
            return Some(());
        }
        if !has_head {
            // In another language: the head stands between the columns' bars.
            has_head = line.matches('|').count() == 4;
            return has_head.then_some(());
        }
        let mut change = if line.contains('|') {
            with_bars(line)?
        } else {
            of_dnf5(line)?
        };
        if is_utc
            && let Some((date, clock)) = change
                .written_at
                .as_deref()
                .and_then(|at| at.split_once(' '))
        {
            change.at = time::with_year(date, clock);
        }
        list.changes.push(change);
        Some(())
    });
    if !has_head {
        let no_head = || ParseError::shape("no table of transactions");
        return Err(raw.complaint().unwrap_or_else(no_head));
    }
    Ok(parsed)
}

/// `id | command | date time | actions | altered`. A command may hold a bar, and is cut where it is
/// long.
fn with_bars(line: &str) -> Option<PackageChange> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [id, command @ .., date, actions, altered] = cells.as_slice() else {
        return None;
    };
    id.parse::<u64>().ok()?;
    // Marks of what was changed from outside may follow.
    let altered = altered.trim_end_matches(|c: char| !c.is_ascii_digit());
    transaction(command.join("|"), date, action(actions), altered)
}

/// `id command date time altered`; before the count letters of actions may stand.
fn of_dnf5(line: &str) -> Option<PackageChange> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let [id, rest @ .., altered] = words.as_slice() else {
        return None;
    };
    id.parse::<u64>().ok()?;
    let date = rest.iter().rposition(|word| {
        word.len() == 10
            && word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
    })?;
    let (command, moment) = rest.split_at_checked(date)?;
    let [date, time, ..] = moment else {
        return None;
    };
    transaction(
        command.join(" "),
        &format!("{date} {time}"),
        PackageAction::Other,
        altered,
    )
}

fn transaction(
    command: String,
    written_at: &str,
    action: PackageAction,
    altered: &str,
) -> Option<PackageChange> {
    let starts_with_digit = written_at
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit());
    starts_with_digit.then_some(())?;
    Some(PackageChange {
        written_at: Some(written_at.to_owned()),
        command: Some(command).filter(|command| !command.is_empty()),
        altered: Some(altered.parse().ok()?),
        ..PackageChange::new(action)
    })
}

/// The action that a transaction was of alone.
fn action(actions: &str) -> PackageAction {
    match actions {
        "Install" | "I" => PackageAction::Install,
        "Upgrade" | "Update" | "U" => PackageAction::Upgrade,
        "Downgrade" | "D" => PackageAction::Downgrade,
        "Reinstall" | "R" => PackageAction::Reinstall,
        "Removed" | "Erase" | "E" => PackageAction::Remove,
        _ => PackageAction::Other,
    }
}
