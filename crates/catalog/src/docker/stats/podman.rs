//! `podman-stats(1)` as JSON: of the containers of the user who asks.

use std::collections::BTreeMap;

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
#[serde(untagged)]
enum Row {
    Shown(Shown),
    Plain(Plain),
}

/// As people see it.
#[derive(Deserialize)]
struct Shown {
    id: String,
    name: String,
    cpu_percent: String,
    mem_usage: String,
    mem_percent: String,
    net_io: String,
    block_io: String,
    pids: String,
}

/// As Podman 5 has it for `{{json .}}`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Plain {
    #[serde(rename = "ContainerID")]
    id: String,
    name: String,
    #[serde(rename = "CPU")]
    cpu: f64,
    mem_usage: u64,
    mem_limit: u64,
    mem_perc: f64,
    #[serde(default)]
    network: Option<BTreeMap<String, Traffic>>,
    block_input: u64,
    block_output: u64,
    #[serde(rename = "PIDs")]
    pids: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Traffic {
    rx_bytes: u64,
    tx_bytes: u64,
}

impl Row {
    fn stats(self) -> Option<DockerContainerStats> {
        match self {
            Self::Shown(row) => row.stats(),
            Self::Plain(row) => Some(row.stats()),
        }
    }
}

impl Shown {
    fn stats(&self) -> Option<DockerContainerStats> {
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

impl Plain {
    fn stats(self) -> DockerContainerStats {
        let sum = |of: fn(&Traffic) -> u64| {
            let interfaces = self.network.iter().flat_map(BTreeMap::values);
            interfaces.fold(0_u64, |sum, traffic| sum.saturating_add(of(traffic)))
        };
        DockerContainerStats {
            received_bytes: Some(sum(|traffic| traffic.rx_bytes)),
            sent_bytes: Some(sum(|traffic| traffic.tx_bytes)),
            cpu_percent: Some(self.cpu),
            memory_bytes: Some(self.mem_usage),
            memory_limit_bytes: Some(self.mem_limit).filter(|limit| *limit != 0),
            memory_percent: Some(self.mem_perc),
            read_bytes: Some(self.block_input),
            written_bytes: Some(self.block_output),
            processes: Some(self.pids),
            id: self.id,
            name: self.name,
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerStats>, ParseError> {
    raw.expect_exit(&[0])?;
    Ok(rows::with(rows::rows(raw, Row::stats)?, latest))
}
