//! `docker-ps(1)`: one JSON object a line.

use serde::Deserialize;

use super::{Container, ContainerList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{rows, values},
};

/// Field by field: `{{json .}}` would have the daemon measure every container's files. The state
/// is not among them, since Docker before 20.10 does not know it.
const ROW: &str = r#"{"id":{{json .ID}},"names":{{json .Names}},"image":{{json .Image}},"command":{{json .Command}},"status":{{json .Status}},"ports":{{json .Ports}},"createdAt":{{json .CreatedAt}},"runningFor":{{json .RunningFor}}}"#;

pub(super) const VARIANT: Variant<NoArgs, ContainerList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["ps", "--no-trunc", "--format", ROW];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker ps", "docker container ls|list|ps"],
    parse,
};

/// A row of ours, or one of `--format json`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(alias = "ID")]
    id: String,
    #[serde(alias = "Names")]
    names: String,
    #[serde(alias = "Image")]
    image: String,
    #[serde(default, alias = "State")]
    state: Option<String>,
    #[serde(alias = "Status")]
    status: String,
    #[serde(alias = "Ports")]
    ports: String,
    #[serde(alias = "CreatedAt")]
    created_at: String,
    #[serde(default, alias = "RunningFor")]
    running_for: String,
    #[serde(default, alias = "Command")]
    command: String,
    #[serde(default, alias = "Size")]
    size: String,
}

impl Row {
    fn container(self) -> Container {
        let name = self.names.split(',').next().unwrap_or_default();
        let (layer_bytes, virtual_bytes) = values::layer_sizes(&self.size);
        let state = values::said(&self.state.unwrap_or_default());
        Container {
            name: name.to_owned(),
            state: state.unwrap_or_else(|| values::state(&self.status).to_owned()),
            id: self.id,
            image: self.image,
            health: values::health(&self.status).map(str::to_owned),
            command: values::command(&self.command),
            status: self.status,
            ports: values::said(&self.ports),
            created_at: values::moment(&self.created_at),
            created_since: values::said(&self.running_for),
            layer_bytes,
            virtual_bytes,
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ContainerList>, ParseError> {
    raw.expect_exit(&[0])?;
    let parsed = rows::rows(raw, |row: Row| Some(row.container()))?;
    Ok(rows::with(parsed, |containers| ContainerList {
        containers,
    }))
}
