//! `dnf repolist`, 4 and 5, and that of `yum(8)`: a table of id, name and, where all are asked for,
//! the state. As a user dnf would make a folder of its own, so it is asked as root alone.

use super::{PackageSource, PackageSources};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    packages::dnf::is_noise,
};

pub(super) const VARIANT: Variant<NoArgs, PackageSources> = Variant {
    name: "dnf",
    needs: Needs::programs(&["dnf"]).as_root(),
    source: |_| Source::Command(Command::new("dnf").words(&["-C", "repolist", "--all"])),
    reads: &["dnf|yum|dnf5|microdnf repolist|repo"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageSources>, ParseError> {
    raw.expect_exit(&[0])?;
    // Whether the table has a column of states.
    let mut has_state: Option<bool> = None;
    let parsed = raw.read_lines(PackageSources::default(), |list, line| {
        if is_noise(line) || line.starts_with("repolist: ") {
            return Some(());
        }
        let Some(has_state) = has_state else {
            let lower = line.trim_end().to_lowercase();
            let words = line.split_whitespace().count();
            if !(2..=8).contains(&words) || line.contains([':', '|', '=']) {
                return None;
            }
            // Columns of a narrow table stand but a space apart; then the word alone tells.
            let columns = line
                .split("  ")
                .filter(|piece| !piece.trim().is_empty())
                .count();
            if columns < 2 && !lower.starts_with("repo id ") {
                return None;
            }
            has_state = Some(columns == 3 || lower.ends_with("status"));
            return Some(());
        };
        let (id, rest) = line.split_once(' ').unwrap_or((line, ""));
        let id = id.trim_start_matches(['!', '*']);
        let rest = rest.trim();
        let (name, state) = match (has_state, rest.rsplit_once(' ')) {
            (false, _) => (rest, None),
            (true, Some((name, state))) => (name.trim_end(), Some(state)),
            (true, None) => ("", Some(rest)),
        };
        // yum counts packages in place of saying that it is in use.
        let is_count = |state: &str| {
            !state.is_empty()
                && state
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || b",.".contains(&byte))
        };
        let enabled = match state {
            None | Some("enabled") => true,
            Some("disabled") => false,
            Some(count) if is_count(count) => true,
            Some(_) => return None,
        };
        list.sources.push(PackageSource {
            id: Some(id.to_owned()).filter(|id| !id.is_empty()),
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            kind: "rpm".to_owned(),
            enabled,
            ..PackageSource::default()
        });
        Some(())
    });
    if has_state.is_none() || (parsed.value.sources.is_empty() && !parsed.unread.is_empty()) {
        let no_row = || ParseError::shape("no table of repositories");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}
