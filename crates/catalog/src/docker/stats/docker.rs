//! `docker-stats(1)`: one JSON object a line, two pictures a second apart inside the tool.

use serde::Deserialize;

use super::{Cells, DockerContainerStats, DockerStats, latest};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, docker::rows,
};

pub(super) const VARIANT: Variant<NoArgs, DockerStats> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = [
            "stats",
            "--no-stream",
            "--no-trunc",
            "--format",
            "{{json .}}",
        ];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker stats", "docker container stats"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    #[serde(rename = "ID")]
    id: String,
    name: String,
    #[serde(rename = "CPUPerc")]
    cpu: String,
    mem_usage: String,
    mem_perc: String,
    #[serde(rename = "NetIO")]
    net: String,
    #[serde(rename = "BlockIO")]
    block: String,
    #[serde(default, rename = "PIDs")]
    pids: String,
}

impl Row {
    fn stats(self) -> Option<DockerContainerStats> {
        let cells = Cells {
            id: &self.id,
            name: &self.name,
            cpu: &self.cpu,
            memory: &self.mem_usage,
            memory_percent: &self.mem_perc,
            network: &self.net,
            disk: &self.block,
            processes: &self.pids,
        };
        cells.stats()
    }
}

/// Reads one object.
pub(crate) fn of_line(line: &str) -> Option<DockerContainerStats> {
    serde_json::from_str::<Row>(line).ok()?.stats()
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerStats>, ParseError> {
    raw.expect_exit(&[0])?;
    Ok(rows::with(rows::rows(raw, Row::stats)?, latest))
}
