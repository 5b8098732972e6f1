//! `podman-stats(1)` as JSON: of the containers of the user who asks.

use serde::Deserialize;

use super::{Cells, DockerContainerStats, DockerStats, latest};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, docker::rows,
};

pub(super) const VARIANT: Variant<NoArgs, DockerStats> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |_| {
        let words = ["stats", "--no-stream", "--no-trunc", "--format", "json"];
        Source::Command(Command::new("podman").words(&words))
    },
    reads: &["podman stats", "podman container stats"],
    parse,
};

#[derive(Deserialize)]
struct Row {
    id: String,
    name: String,
    cpu_percent: String,
    mem_usage: String,
    mem_percent: String,
    net_io: String,
    block_io: String,
    pids: String,
}

impl Row {
    fn stats(self) -> Option<DockerContainerStats> {
        let cells = Cells {
            id: &self.id,
            name: &self.name,
            cpu: &self.cpu_percent,
            memory: &self.mem_usage,
            memory_percent: &self.mem_percent,
            network: &self.net_io,
            disk: &self.block_io,
            processes: &self.pids,
        };
        cells.stats()
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerStats>, ParseError> {
    raw.expect_exit(&[0])?;
    Ok(rows::with(rows::rows(raw, Row::stats)?, latest))
}
