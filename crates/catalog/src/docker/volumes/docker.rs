//! `docker-volume-ls(1)`, one JSON object a line, and `docker-volume-inspect(1)`.

use serde::Deserialize;

use super::{DockerVolume, DockerVolumeList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        rows,
        values::{self, Count, Labels},
    },
};

pub(super) const VARIANT: Variant<NoArgs, DockerVolumeList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["volume", "ls", "--format", "{{json .}}"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker volume ls|list|inspect"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    name: String,
    driver: String,
    scope: String,
    #[serde(default)]
    mountpoint: String,
    #[serde(default)]
    created_at: String,
    #[serde(default)]
    labels: Option<Labels>,
    #[serde(default)]
    size: Option<Count>,
    #[serde(default)]
    links: Option<Count>,
}

impl Row {
    fn volume(self) -> DockerVolume {
        DockerVolume {
            name: self.name,
            driver: values::said(&self.driver),
            scope: values::said(&self.scope),
            mount_point: values::said(&self.mountpoint),
            created_at: values::moment(&self.created_at),
            labels: match self.labels {
                Some(labels) => labels.certain(),
                None => Some(Vec::new()),
            },
            size_bytes: self.size.and_then(|size| size.bytes()),
            containers: self.links.and_then(|count| count.number()),
        }
    }
}

/// Reads Docker's form, and Podman's, which has the same names.
pub(super) fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerVolumeList>, ParseError> {
    raw.expect_exit(&[0])?;
    let parsed = rows::rows(raw, |row: Row| Some(row.volume()))?;
    Ok(rows::with(parsed, |volumes| DockerVolumeList { volumes }))
}
