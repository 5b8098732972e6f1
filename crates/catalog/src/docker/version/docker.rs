//! `docker-version(1)` as JSON. Where the daemon does not answer the client is told all the same.

use serde::Deserialize;

use super::{DockerComponent, DockerProgram, DockerVersions};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{rows, values},
};

pub(super) const VARIANT: Variant<NoArgs, DockerVersions> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["version", "--format", "{{json .}}"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker version"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    client: Program,
    #[serde(default)]
    server: Option<Program>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Program {
    version: String,
    #[serde(default, alias = "APIVersion")]
    api_version: String,
    #[serde(default, rename = "MinAPIVersion")]
    least_api_version: String,
    #[serde(default)]
    go_version: String,
    #[serde(default)]
    git_commit: String,
    #[serde(default)]
    os: String,
    #[serde(default)]
    arch: String,
    /// Podman has both in one.
    #[serde(default)]
    os_arch: String,
    #[serde(default)]
    components: Vec<Component>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Component {
    name: String,
    version: String,
}

impl Program {
    fn program(&self) -> DockerProgram {
        let both = (!self.arch.is_empty()).then(|| format!("{}/{}", self.os, self.arch));
        DockerProgram {
            version: self.version.clone(),
            api_version: values::said(&self.api_version),
            least_api_version: values::said(&self.least_api_version),
            go_version: values::said(&self.go_version),
            git_commit: values::said(&self.git_commit),
            platform: values::said(&self.os_arch).or(both),
        }
    }
}

impl Row {
    fn versions(self) -> DockerVersions {
        let components = self.server.iter().flat_map(|server| &server.components);
        // The engine itself is the server.
        let components = components.filter(|component| component.name != "Engine");
        let component = |component: &Component| DockerComponent {
            name: component.name.clone(),
            version: component.version.clone(),
        };
        DockerVersions {
            client: Some(self.client.program()),
            server: self.server.as_ref().map(Program::program),
            components: components.map(component).collect(),
        }
    }
}

/// Reads Docker's form, and Podman's, which has the same names.
pub(super) fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerVersions>, ParseError> {
    let parsed = rows::rows(raw, |row: Row| Some(row.versions()));
    let versions = match parsed {
        Ok(parsed) => rows::with(parsed, |rows| rows.into_iter().next()),
        Err(error) => {
            raw.expect_exit(&[0])?;
            return Err(error);
        }
    };
    match versions.value {
        Some(value) => Ok(Parsed {
            value,
            unread: versions.unread,
        }),
        None => {
            raw.expect_exit(&[0])?;
            raw.expect_output()?;
            Err(ParseError::shape("it tells no version"))
        }
    }
}
