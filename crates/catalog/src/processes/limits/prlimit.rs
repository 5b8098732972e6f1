//! `prlimit(1)` of util-linux.

use super::{ProcessLimit, ProcessLimitList, bound, some};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, processes::ProcessWithPid,
};

pub(super) const VARIANT: Variant<ProcessWithPid, ProcessLimitList> = Variant {
    name: "prlimit",
    needs: Needs::programs(&["prlimit"]),
    source: |args| Source::Command(Command::new("prlimit").word("--pid").value(&args.pid)),
    reads: &["prlimit"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ProcessLimitList>, ParseError> {
    let mut begun = false;
    let parsed = raw.read_lines(ProcessLimitList::default(), |list, line| {
        if !begun {
            let headings = ["RESOURCE", "DESCRIPTION", "SOFT", "HARD", "UNITS"];
            begun = line.split_ascii_whitespace().eq(headings);
            return begun.then_some(());
        }
        list.limits.push(limit(line)?);
        Some(())
    });
    some(&raw, parsed)
}

/// `NOFILE     max number of open files   1024  1048576 files`; a mere number has no unit.
fn limit(line: &str) -> Option<ProcessLimit> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let (figures, unit) = match words.as_slice() {
        [figures @ .., last] if bound(last).is_none() => (figures, Some((*last).to_owned())),
        figures => (figures, None),
    };
    let [resource, description @ .., soft, hard] = figures else {
        return None;
    };
    (!description.is_empty()).then_some(())?;
    Some(ProcessLimit {
        resource: resource.to_ascii_lowercase(),
        // Raw output writes blanks as \x20.
        description: description.join(" ").replace("\\x20", " "),
        soft: bound(soft)?,
        hard: bound(hard)?,
        unit,
    })
}
