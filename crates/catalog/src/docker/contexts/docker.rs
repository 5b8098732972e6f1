//! `docker-context-ls(1)`: one JSON object a line.

use serde::Deserialize;

use super::{DockerContext, DockerContextList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{rows, values},
};

pub(super) const VARIANT: Variant<NoArgs, DockerContextList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["context", "ls", "--format", "{{json .}}"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker context ls|list"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    name: String,
    #[serde(default)]
    description: String,
    docker_endpoint: String,
    current: bool,
    #[serde(default)]
    error: String,
}

impl Row {
    fn context(self) -> DockerContext {
        DockerContext {
            name: self.name,
            description: values::said(&self.description),
            endpoint: values::said(&self.docker_endpoint),
            is_current: self.current,
            error: values::said(&self.error),
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerContextList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let parsed = rows::rows(raw, |row: Row| Some(row.context()))?;
    Ok(rows::with(parsed, |contexts| DockerContextList {
        contexts,
    }))
}
