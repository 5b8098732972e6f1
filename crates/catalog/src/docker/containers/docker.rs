//! `docker-ps(1)`: one JSON object a line.

use serde::Deserialize;

use super::{Container, ContainerList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, time,
};

pub(super) const VARIANT: Variant<NoArgs, ContainerList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["ps", "--no-trunc", "--format", "{{json .}}"];
        Source::Command(Command::new("docker").words(&words))
    },
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    #[serde(rename = "ID")]
    id: String,
    names: String,
    image: String,
    /// Since Docker 20.10.
    #[serde(default)]
    state: Option<String>,
    status: String,
    ports: String,
    created_at: String,
}

impl Row {
    fn container(self) -> Container {
        let state = self.state.unwrap_or_else(|| {
            let paused = self.status.contains("(Paused)");
            if paused { "paused" } else { "running" }.to_owned()
        });
        Container {
            id: self.id,
            name: self.names.split(',').next().unwrap_or_default().to_owned(),
            image: self.image,
            state,
            status: self.status,
            ports: Some(self.ports).filter(|ports| !ports.is_empty()),
            created_at: time::of_docker(&self.created_at),
        }
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
