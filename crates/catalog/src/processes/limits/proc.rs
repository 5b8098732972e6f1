//! `/proc/PID/limits`, see `proc_pid_limits(5)`.

use super::{ProcessLimit, ProcessLimitList, bound, some};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, processes::ProcessWithPid,
};

pub(super) const VARIANT: Variant<ProcessWithPid, ProcessLimitList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |args| {
        Source::Command(Command::script(r#"exec cat "/proc/$1/limits""#).value(&args.pid))
    },
    reads: &["cat|head|less|more /proc/*"],
    parse,
};

/// The kernel's words for what `prlimit(1)` names otherwise.
const RESOURCES: &[(&str, &str)] = &[
    ("Max cpu time", "cpu"),
    ("Max file size", "fsize"),
    ("Max data size", "data"),
    ("Max stack size", "stack"),
    ("Max core file size", "core"),
    ("Max resident set", "rss"),
    ("Max processes", "nproc"),
    ("Max open files", "nofile"),
    ("Max locked memory", "memlock"),
    ("Max address space", "as"),
    ("Max file locks", "locks"),
    ("Max pending signals", "sigpending"),
    ("Max msgqueue size", "msgqueue"),
    ("Max nice priority", "nice"),
    ("Max realtime priority", "rtprio"),
    ("Max realtime timeout", "rttime"),
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ProcessLimitList>, ParseError> {
    let mut begun = false;
    let parsed = raw.read_lines(ProcessLimitList::default(), |list, line| {
        if !begun {
            begun = line.starts_with("Limit ") && line.contains("Soft Limit");
            return begun.then_some(());
        }
        let (description, resource) = RESOURCES.iter().find(|(name, _)| line.starts_with(name))?;
        let mut words = line.get(description.len()..)?.split_ascii_whitespace();
        let limit = ProcessLimit {
            resource: (*resource).to_owned(),
            description: (*description).to_owned(),
            soft: bound(words.next()?)?,
            hard: bound(words.next()?)?,
            unit: words.next().map(str::to_owned),
        };
        words.next().is_none().then(|| list.limits.push(limit))
    });
    some(&raw, parsed)
}
