//! `docker compose ls` as JSON, of Compose 2 and newer.

use serde::Deserialize;

use super::{DockerComposeProject, DockerComposeProjectList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, docker::rows,
};

pub(super) const VARIANT: Variant<NoArgs, DockerComposeProjectList> = Variant {
    name: "compose",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["compose", "ls", "--all", "--format", "json"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker compose ls", "docker-compose ls"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    name: String,
    status: String,
    #[serde(default)]
    config_files: String,
}

impl Row {
    fn project(self) -> DockerComposeProject {
        DockerComposeProject::new(&self.name, &self.status, &self.config_files)
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerComposeProjectList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let parsed = rows::rows(raw, |row: Row| Some(row.project()))?;
    Ok(rows::with(parsed, |projects| DockerComposeProjectList {
        projects,
    }))
}
