//! `apt-get(8)`: what an upgrade would do, in any language, for its `Inst` lines are never
//! translated. As people ask it, without `dist-upgrade`, it leaves out what it keeps back.

use super::{PackageUpdate, UpgradableList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Without the two cache files apt writes nothing, as root too.
const WORDS: &[&str] = &[
    "--simulate",
    "--option=Dir::Cache::pkgcache=",
    "--option=Dir::Cache::srcpkgcache=",
    "dist-upgrade",
];

pub(super) const VARIANT: Variant<NoArgs, UpgradableList> = Variant {
    name: "apt_get",
    needs: Needs::programs(&["apt-get"]),
    source: |_| Source::Command(Command::new("apt-get").words(WORDS)),
    reads: &["apt-get|apt|aptitude upgrade|dist-upgrade|full-upgrade|safe-upgrade"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UpgradableList>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut summary: Option<Vec<u64>> = None;
    let mut has_row = false;
    let parsed = raw.read_lines(UpgradableList::default(), |list, line| {
        if let Some(rest) = line.strip_prefix("Inst ") {
            has_row = true;
            list.packages.extend(update(rest)?);
            return Some(());
        }
        let is_step = ["Conf ", "Remv ", "Purg "]
            .iter()
            .any(|step| line.starts_with(step));
        let found = counts(line);
        let is_summary = found.is_some();
        summary = found.or(summary.take());
        (is_step || is_summary || (!has_row && is_said(line))).then_some(())
    });
    // Without `-s` it does not name what it upgrades.
    let is_nothing = summary.is_some_and(|counts| counts.first() == Some(&0));
    if !is_nothing && !has_row {
        let no_row = || ParseError::shape("apt-get did not say what it would do");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}

/// Reads `name [installed] (candidate Origin:1/suite, Origin:2/suite [architecture])`.
/// `Some(None)`: it would be newly installed.
fn update(rest: &str) -> Option<Option<PackageUpdate>> {
    let (name, rest) = rest.split_once(' ')?;
    let (installed, rest) = match rest.strip_prefix('[') {
        Some(rest) => {
            let (installed, rest) = rest.split_once("] ")?;
            (Some(installed), rest)
        }
        None => (None, rest),
    };
    let (inside, _) = rest.strip_prefix('(')?.split_once(')')?;
    let (candidate, sources) = inside.split_once(' ')?;
    let (sources, architecture) = sources.rsplit_once('[')?;
    let architecture = architecture.strip_suffix(']')?;
    let Some(installed) = installed else {
        return Some(None);
    };
    Some(Some(PackageUpdate {
        name: name.split(':').next()?.to_owned(),
        installed_version: Some(installed.to_owned()),
        candidate_version: candidate.to_owned(),
        architecture: Some(architecture.to_owned()),
        security: Some(sources.contains("-security")),
    }))
}

/// The counts of a summary, the first that of upgrades: `6 upgraded, 0 newly installed, 0 to remove
/// and 0 not upgraded.` has four numbers in every language.
fn counts(line: &str) -> Option<Vec<u64>> {
    // A moment, an address or a version is none.
    let bytes = line.as_bytes();
    let is_tied = bytes.windows(3).any(|window| {
        matches!(window, [before, b':' | b'.' | b'/' | b'-', after]
            if before.is_ascii_digit() && after.is_ascii_digit())
    });
    let counts: Result<Vec<u64>, _> = line
        .split(|c: char| !c.is_ascii_digit())
        .filter(|piece| !piece.is_empty())
        .map(str::parse)
        .collect();
    counts.ok().filter(|counts| counts.len() == 4 && !is_tied)
}

/// What it does, headings, and lists of names below them.
fn is_said(line: &str) -> bool {
    let end = line.trim_end();
    let is_progress = line.contains("...") || line.contains('…');
    is_progress
        || end.ends_with([':', '：'])
        || line.starts_with("  ")
        || [
            "NOTE: ",
            "N: ",
            "W: ",
            "WARNING: apt does",
            "Use 'apt",
            "Use 'sudo apt",
        ]
        .iter()
        .any(|beginning| line.starts_with(beginning))
}
