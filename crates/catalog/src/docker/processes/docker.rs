//! The table of `docker-top(1)`, whatever columns its `ps` was asked for, and of `podman-top(1)`.

use super::{ContainerNamed, DockerProcess, DockerProcessList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    docker::{
        table::{Row, Table},
        values,
    },
    units,
};

pub(super) const VARIANT: Variant<ContainerNamed, DockerProcessList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |args| {
        let command = Command::new("docker").word("top");
        Source::Command(command.value(&args.container))
    },
    reads: &["docker top", "docker container top"],
    parse,
};

pub(super) fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerProcessList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let list = DockerProcessList {
        processes: Vec::new(),
    };
    let parsed = raw.read_lines(list, |list, line| {
        match &table {
            None => table = Some(Table::of_header(line, &["PID"])?),
            Some(table) => list.processes.push(process(&table.row(line)?)?),
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with PID");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

fn process(row: &Row<'_, '_>) -> Option<DockerProcess> {
    let figure = |names: &[&str]| row.any(names).and_then(values::percent);
    let kibibytes: Option<u64> = row.get("RSS").and_then(|text| text.parse().ok());
    let cpu_seconds = row.get("TIME").and_then(|text| {
        let clock = units::clock_seconds(text).filter(|_| text.contains(':'));
        let clock = clock.map(|seconds| seconds as f64);
        clock.or_else(|| values::go_seconds(text))
    });
    Some(DockerProcess {
        pid: row.get("PID")?.parse().ok()?,
        parent_pid: row.get("PPID").and_then(|text| text.parse().ok()),
        user: row.any(&["USER", "UID", "HUSER"]).map(str::to_owned),
        cpu_percent: figure(&["%CPU", "C"]),
        memory_percent: figure(&["%MEM"]),
        resident_bytes: kibibytes.and_then(|kibibytes| kibibytes.checked_mul(1024)),
        terminal: row
            .any(&["TTY", "TT"])
            .filter(|text| *text != "?")
            .map(str::to_owned),
        cpu_seconds,
        command: row.any(&["CMD", "COMMAND", "ARGS"]).map(str::to_owned),
    })
}
