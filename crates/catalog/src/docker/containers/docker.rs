//! `docker-ps(1)`: one JSON object a line.

use serde::Deserialize;

use super::{Container, ContainerList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, time,
};

/// Field by field: `{{json .}}` would have the daemon measure every container's files. The state
/// is not among them, since Docker before 20.10 does not know it.
const ROW: &str = r#"{"id":{{json .ID}},"names":{{json .Names}},"image":{{json .Image}},"status":{{json .Status}},"ports":{{json .Ports}},"createdAt":{{json .CreatedAt}}}"#;

pub(super) const VARIANT: Variant<NoArgs, ContainerList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["ps", "--no-trunc", "--format", ROW];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &[],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    names: String,
    image: String,
    status: String,
    ports: String,
    created_at: String,
}

impl Row {
    fn container(self) -> Container {
        let name = self.names.split(',').next().unwrap_or_default();
        Container {
            name: name.to_owned(),
            state: state(&self.status).to_owned(),
            id: self.id,
            image: self.image,
            status: self.status,
            ports: Some(self.ports).filter(|ports| !ports.is_empty()),
            created_at: time::of_docker(&self.created_at),
        }
    }
}

/// The state behind a status that `docker ps` shows of what has not ended: `Up 3 minutes`, `Up 3
/// minutes (Paused)`, `Restarting (1) 5 seconds ago`.
fn state(status: &str) -> &'static str {
    if status.ends_with("(Paused)") {
        "paused"
    } else if status.starts_with("Restarting") {
        "restarting"
    } else {
        "running"
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ContainerList>, ParseError> {
    raw.expect_exit(&[0])?;
    let text = raw.text();
    let mut parsed = Parsed::whole(ContainerList {
        containers: Vec::new(),
    });
    for (index, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
    {
        match serde_json::from_str::<Row>(line) {
            Ok(row) => parsed.value.containers.push(row.container()),
            Err(_) => parsed.leave_unread(index, line),
        }
    }
    if parsed.value.containers.is_empty() && !parsed.unread.is_empty() {
        return Err(ParseError::shape("docker printed no JSON rows"));
    }
    Ok(parsed)
}
