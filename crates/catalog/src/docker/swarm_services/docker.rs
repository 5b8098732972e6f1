//! `docker-service-ls(1)`: one JSON object a line.

use serde::Deserialize;

use super::{DockerSwarmService, DockerSwarmServiceList, Texts};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, docker::rows,
};

pub(super) const VARIANT: Variant<NoArgs, DockerSwarmServiceList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["service", "ls", "--format", "{{json .}}"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker service ls|list", "docker stack services"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    #[serde(rename = "ID")]
    id: String,
    name: String,
    mode: String,
    replicas: String,
    image: String,
    #[serde(default)]
    ports: String,
}

impl Row {
    fn service(self) -> Option<DockerSwarmService> {
        let texts = Texts {
            id: &self.id,
            name: &self.name,
            mode: &self.mode,
            replicas: &self.replicas,
            image: &self.image,
            ports: &self.ports,
        };
        texts.service()
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerSwarmServiceList>, ParseError> {
    raw.expect_exit(&[0])?;
    let parsed = rows::rows(raw, Row::service)?;
    Ok(rows::with(parsed, |services| DockerSwarmServiceList {
        services,
    }))
}
