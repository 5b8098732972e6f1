//! The table of `docker-stats(1)` and `podman-stats(1)`; while it runs it is drawn over and over.

use super::{Cells, DockerContainerStats, DockerStats, latest};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        rows,
        table::{Row, Table},
    },
};

const KEYS: &[&str] = &["CONTAINER ID", "ID", "CONTAINER", "NAME"];

pub(super) const VARIANT: Variant<NoArgs, DockerStats> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["stats", "--no-stream", "--no-trunc"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker|podman stats", "docker|podman container stats"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerStats>, ParseError> {
    // It draws until it is stopped: by an interrupt, or by `timeout`.
    raw.expect_exit(&[0, 124, 130, 143])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let parsed = raw.read_lines(Vec::new(), |pictures, line| {
        // Each picture has its headings, and widths of its own.
        let header = Table::of_header(line, KEYS).filter(|header| header.has("CPU %"));
        match (header, &table) {
            (Some(header), _) => table = Some(header),
            (None, Some(table)) => pictures.push(stats(&table.row(line)?)?),
            (None, None) => {
                table = Some(Table::of_header(line, KEYS)?);
            }
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with CONTAINER ID or NAME");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(rows::with(parsed, latest))
}

fn stats(row: &Row<'_, '_>) -> Option<DockerContainerStats> {
    let cell = |names: &[&str]| row.any(names).unwrap_or_default();
    let cells = Cells {
        id: cell(&["CONTAINER ID", "ID", "CONTAINER"]),
        name: cell(&["NAME"]),
        cpu: cell(&["CPU %"]),
        memory: cell(&["MEM USAGE / LIMIT", "MEM USAGE"]),
        memory_percent: cell(&["MEM %"]),
        network: cell(&["NET I/O", "NET IO"]),
        disk: cell(&["BLOCK I/O", "BLOCK IO"]),
        processes: cell(&["PIDS"]),
    };
    cells.stats()
}
