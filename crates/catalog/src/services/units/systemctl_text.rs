//! `systemctl(1) list-units` as a table, of every version. The header is kept, since it alone tells
//! whether there is a column of jobs.

use super::{ServiceUnit, ServiceUnitList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    services::listing::{self, Seen},
};

const WORDS: &[&str] = &["list-units", "--all", "--full", "--plain", "--no-pager"];

pub(super) const VARIANT: Variant<NoArgs, ServiceUnitList> = Variant {
    name: "systemctl_text",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| Source::Command(Command::new("systemctl").words(WORDS)),
    reads: &["systemctl", "systemctl list-units"],
    parse,
};

const LOAD_STATES: &[&str] = &[
    "loaded",
    "not-found",
    "masked",
    "bad-setting",
    "error",
    "merged",
    "stub",
];

const ACTIVE_STATES: &[&str] = &[
    "active",
    "inactive",
    "failed",
    "activating",
    "deactivating",
    "reloading",
    "maintenance",
    "refreshing",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServiceUnitList>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut table = UnitTable::default();
    let empty = ServiceUnitList { units: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        if let Some(unit) = table.read(line)? {
            list.units.push(unit);
        }
        Some(())
    });
    listing::expect_list(&raw, &parsed, parsed.value.units.len(), &table.seen)?;
    Ok(parsed)
}

/// A table of units while it is read.
#[derive(Debug, Default)]
pub(in crate::services) struct UnitTable {
    pub(in crate::services) seen: Seen,
    /// Where the column of jobs begins, in characters.
    job_column: Option<usize>,
}

impl UnitTable {
    /// Reads a line: `Some(None)` for header and legend.
    pub(in crate::services) fn read(&mut self, line: &str) -> Option<Option<ServiceUnit>> {
        let mut words = line.split_ascii_whitespace();
        if words.next() == Some("UNIT") && words.next() == Some("LOAD") {
            self.seen.header = true;
            let job = line.find(" JOB ").and_then(|at| line.get(..=at));
            self.job_column = job.map(|before| before.chars().count());
            return Some(None);
        }
        if let Some(unit) = unit(line, self.job_column) {
            return Some(Some(unit));
        }
        let is_count = listing::is_count(line, "loaded units");
        self.seen.counted |= is_count;
        (is_count || listing::is_legend(line)).then_some(None)
    }
}

/// Reads `[mark] unit load active sub [job] description`.
fn unit(line: &str, job_column: Option<usize>) -> Option<ServiceUnit> {
    let rest = &mut listing::unmarked(line);
    let (name, load) = (listing::word(rest)?, listing::word(rest)?);
    let (active, sub) = (listing::word(rest)?, listing::word(rest)?);
    if !LOAD_STATES.contains(&load) || !ACTIVE_STATES.contains(&active) {
        return None;
    }
    let before = line.get(..line.trim_end().len().checked_sub(rest.len())?)?;
    let job = if job_column.is_some_and(|column| column == before.chars().count()) {
        listing::word(rest)
    } else {
        None
    };
    let description = Some((*rest).to_owned()).filter(|rest| !rest.is_empty());
    Some(ServiceUnit {
        name: name.to_owned(),
        load_state: load.to_owned(),
        active_state: active.to_owned(),
        sub_state: sub.to_owned(),
        job: job.map(str::to_owned),
        description,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_stands_below_its_heading() {
        let mut table = UnitTable::default();
        let mut read = |line| table.read(line).flatten();
        assert_eq!(
            read("  UNIT      LOAD   ACTIVE     SUB   JOB   DESCRIPTION"),
            None
        );
        let with = read("  a.service loaded activating start start Start me").unwrap();
        assert_eq!(with.job.as_deref(), Some("start"));
        assert_eq!(with.description.as_deref(), Some("Start me"));
        let without = read("● b.service loaded failed     dead        start me").unwrap();
        assert_eq!(without.job, None);
        assert_eq!(without.description.as_deref(), Some("start me"));
    }
}
