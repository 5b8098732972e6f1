//! `docker-logs(1)` with times. It writes what a container wrote to standard error to its own, so the
//! two are put together.

use chrono::DateTime;

use super::{ContainerLogLine, ContainerLogOf};
use crate::{Command, FeedVariant, Heard, Needs};

pub(super) const VARIANT: FeedVariant<ContainerLogOf, ContainerLogLine> = FeedVariant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |args| {
        let command = Command::script(SCRIPT).value(&args.lines);
        command.operand(&args.container)
    },
    reads: &["docker logs", "docker container logs"],
    read,
};

const SCRIPT: &str = r#"exec docker logs --follow --timestamps --tail "$1" -- "$3" 2>&1"#;

/// `2026-11-23T04:54:14.123456789Z text`, or what people see who did not ask for times.
fn read(line: &str) -> Heard<ContainerLogLine> {
    let timed = line
        .split_once(' ')
        .or(Some((line, "")))
        .and_then(|(moment, text)| {
            Some((DateTime::parse_from_rfc3339(moment).ok()?.to_utc(), text))
        });
    Heard::Record(match timed {
        Some((at, text)) => ContainerLogLine {
            at: Some(at),
            text: text.to_owned(),
        },
        None => ContainerLogLine {
            at: None,
            text: line.to_owned(),
        },
    })
}
