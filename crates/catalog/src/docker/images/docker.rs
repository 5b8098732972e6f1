//! `docker-image-ls(1)`: one JSON object a line, of every version. Sizes are rounded there.

use serde::Deserialize;

use super::{DockerImage, DockerImageList, id};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{rows, values},
};

pub(super) const VARIANT: Variant<NoArgs, DockerImageList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = [
            "images",
            "--no-trunc",
            "--digests",
            "--format",
            "{{json .}}",
        ];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker images", "docker image ls|list"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    #[serde(rename = "ID")]
    id: String,
    repository: String,
    tag: String,
    #[serde(default)]
    digest: String,
    #[serde(default)]
    created_at: String,
    #[serde(default)]
    created_since: String,
    size: String,
    #[serde(default)]
    containers: String,
}

impl Row {
    fn image(self) -> Option<DockerImage> {
        let containers = self.containers.parse().ok();
        Some(DockerImage {
            repository: values::said(&self.repository),
            tag: values::said(&self.tag),
            digest: values::said(&self.digest),
            id: id(&self.id)?,
            created_at: values::moment(&self.created_at),
            created_since: values::said(&self.created_since),
            size_bytes: values::size(&self.size),
            content_bytes: None,
            containers,
            is_used: containers.map(|containers: u64| containers > 0),
        })
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerImageList>, ParseError> {
    raw.expect_exit(&[0])?;
    let parsed = rows::rows(raw, Row::image)?;
    Ok(rows::with(parsed, |images| DockerImageList { images }))
}
