//! The containers that Compose has marked as its own, by `docker-ps(1)`: that needs no project's
//! files and no Compose, of whatever version it was. And `docker compose ps` as JSON: a list until
//! 2.20, one object a line since.

use serde::Deserialize;

use super::{DockerComposeService, DockerComposeServiceList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{rows, values},
};

const ROW: &str = r#"{"project":{{json (.Label "com.docker.compose.project")}},"service":{{json (.Label "com.docker.compose.service")}},"name":{{json .Names}},"id":{{json .ID}},"image":{{json .Image}},"command":{{json .Command}},"status":{{json .Status}},"ports":{{json .Ports}},"createdAt":{{json .CreatedAt}}}"#;

pub(super) const VARIANT: Variant<NoArgs, DockerComposeServiceList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let filter = "label=com.docker.compose.project";
        let words = [
            "ps",
            "--all",
            "--no-trunc",
            "--filter",
            filter,
            "--format",
            ROW,
        ];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker compose ps", "docker-compose ps"],
    parse,
};

/// A row of ours, or one of Compose's.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(alias = "Project")]
    project: String,
    #[serde(alias = "Service")]
    service: String,
    #[serde(alias = "Name")]
    name: String,
    #[serde(alias = "ID")]
    id: String,
    #[serde(default, alias = "Image")]
    image: String,
    #[serde(default, alias = "Command")]
    command: String,
    #[serde(default, alias = "State")]
    state: String,
    #[serde(default, alias = "Status")]
    status: String,
    #[serde(default, alias = "Health")]
    health: String,
    #[serde(default, alias = "ExitCode")]
    exit_code: Option<i64>,
    #[serde(default, alias = "Ports")]
    ports: String,
    #[serde(default, alias = "CreatedAt")]
    created_at: String,
}

impl Row {
    fn service(self) -> DockerComposeService {
        let status = values::said(&self.status).unwrap_or_else(|| self.state.clone());
        let base = DockerComposeService::default().with_status(&status);
        let state = values::said(&self.state).unwrap_or(base.state);
        // Compose has 0 for what still runs, and for what has never run.
        let exit_code = self
            .exit_code
            .filter(|_| matches!(state.as_str(), "exited" | "dead"));
        DockerComposeService {
            project: values::said(&self.project),
            service: values::said(&self.service),
            name: self.name,
            id: values::said(&self.id),
            image: values::said(&self.image),
            command: values::command(&self.command),
            health: values::said(&self.health).or(base.health),
            exit_code: exit_code.or(base.exit_code),
            ports: values::said(&self.ports),
            created_at: values::moment(&self.created_at),
            state,
            status,
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerComposeServiceList>, ParseError> {
    raw.expect_exit(&[0])?;
    let parsed = rows::rows(raw, |row: Row| Some(row.service()))?;
    Ok(rows::with(parsed, |services| DockerComposeServiceList {
        services,
    }))
}
