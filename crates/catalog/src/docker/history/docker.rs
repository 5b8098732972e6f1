//! `docker-history(1)`: one JSON object a line; `--human=false` for exact sizes.

use serde::Deserialize;

use super::{DockerImageHistory, DockerImageNamed, DockerLayer, Texts};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    docker::{rows, values::Count},
};

pub(super) const VARIANT: Variant<DockerImageNamed, DockerImageHistory> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |args| {
        let words = [
            "history",
            "--no-trunc",
            "--human=false",
            "--format",
            "{{json .}}",
        ];
        let command = Command::new("docker").words(&words);
        Source::Command(command.operand(&args.image))
    },
    reads: &["docker history", "docker image history"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    #[serde(alias = "ID", alias = "id")]
    id: String,
    #[serde(alias = "created")]
    created_at: String,
    #[serde(default)]
    created_since: String,
    created_by: String,
    #[serde(alias = "size")]
    size: Count,
    #[serde(default, alias = "comment")]
    comment: String,
}

impl Row {
    fn layer(self) -> DockerLayer {
        let texts = Texts {
            id: &self.id,
            created: &self.created_at,
            created_since: &self.created_since,
            created_by: &self.created_by,
            comment: &self.comment,
        };
        texts.layer(self.size.bytes())
    }
}

/// Reads Docker's form, and Podman's, whose names are nearly the same.
pub(super) fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerImageHistory>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let parsed = rows::rows(raw, |row: Row| Some(row.layer()))?;
    Ok(rows::with(parsed, |layers| DockerImageHistory { layers }))
}
