//! `docker-node-ls(1)`: one JSON object a line.

use serde::Deserialize;

use super::{DockerSwarmNode, DockerSwarmNodeList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{rows, values},
};

pub(super) const VARIANT: Variant<NoArgs, DockerSwarmNodeList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["node", "ls", "--format", "{{json .}}"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker node ls|list"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    #[serde(rename = "ID")]
    id: String,
    hostname: String,
    status: String,
    availability: String,
    manager_status: String,
    #[serde(default)]
    engine_version: String,
    #[serde(default, rename = "Self")]
    is_self: Option<bool>,
}

impl Row {
    fn node(self) -> Option<DockerSwarmNode> {
        Some(DockerSwarmNode {
            id: values::said(&self.id)?,
            host_name: values::said(&self.hostname),
            status: values::said(&self.status),
            availability: values::said(&self.availability),
            manager_status: values::said(&self.manager_status),
            engine_version: values::said(&self.engine_version),
            is_self: self.is_self,
        })
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerSwarmNodeList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let parsed = rows::rows(raw, Row::node)?;
    Ok(rows::with(parsed, |nodes| DockerSwarmNodeList { nodes }))
}
