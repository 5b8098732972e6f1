//! `podman-system-df(1)` as JSON, of Podman 4.4 and newer, where `json` is a form and not a text.

use serde::Deserialize;

use super::{DockerDiskUsage, DockerDiskUsageKind, reclaimable};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, docker::rows,
};

pub(super) const VARIANT: Variant<NoArgs, DockerDiskUsage> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |_| {
        let words = ["system", "df", "--format", "json"];
        Source::Command(Command::new("podman").words(&words))
    },
    reads: &["podman system df"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    r#type: String,
    total: u64,
    active: u64,
    raw_size: u64,
    raw_reclaimable: u64,
    reclaimable: String,
}

impl Row {
    fn kind(self) -> DockerDiskUsageKind {
        DockerDiskUsageKind {
            kind: self.r#type,
            total: Some(self.total),
            active: Some(self.active),
            size_bytes: Some(self.raw_size),
            reclaimable_bytes: Some(self.raw_reclaimable),
            reclaimable_percent: reclaimable(&self.reclaimable).1,
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerDiskUsage>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let parsed = rows::rows(raw, |row: Row| Some(row.kind()))?;
    Ok(rows::with(parsed, |kinds| DockerDiskUsage {
        kinds,
        items: Vec::new(),
    }))
}
