//! `podman-ps(1)` as JSON, of Podman 2 and newer. It has no service: what it shows are the
//! containers of the user who asks.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Container, ContainerList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, ContainerList> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |_| {
        let words = ["ps", "--no-trunc", "--format", "json"];
        Source::Command(Command::new("podman").words(&words))
    },
    reads: &[],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: String,
    names: Vec<String>,
    image: String,
    state: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    ports: Option<Vec<Port>>,
    created: Created,
}

/// Seconds since 1970; Podman 2.0 wrote it out.
#[derive(Deserialize)]
#[serde(untagged)]
enum Created {
    Seconds(i64),
    Text(DateTime<Utc>),
}

#[derive(Deserialize)]
struct Port {
    #[serde(default)]
    host_ip: String,
    container_port: u16,
    host_port: u16,
    /// How many ports in a row, from these on.
    #[serde(default)]
    range: u16,
    protocol: String,
}

impl Port {
    /// As Docker writes it: `0.0.0.0:8080->80/tcp`.
    fn text(&self) -> String {
        let address = if self.host_ip.is_empty() {
            "0.0.0.0"
        } else {
            &self.host_ip
        };
        let ports = |first: u16| match self.range {
            0 | 1 => first.to_string(),
            range => format!("{first}-{}", u32::from(first) + u32::from(range) - 1),
        };
        format!(
            "{address}:{}->{}/{}",
            ports(self.host_port),
            ports(self.container_port),
            self.protocol
        )
    }
}

impl Row {
    fn container(self) -> Container {
        let ports: Vec<String> = self.ports.iter().flatten().map(Port::text).collect();
        Container {
            id: self.id,
            name: self.names.into_iter().next().unwrap_or_default(),
            image: self.image,
            status: if self.status.is_empty() {
                self.state.clone()
            } else {
                self.status
            },
            state: self.state,
            ports: Some(ports.join(", ")).filter(|ports| !ports.is_empty()),
            created_at: match self.created {
                Created::Seconds(seconds) => DateTime::from_timestamp(seconds, 0),
                Created::Text(moment) => Some(moment),
            },
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ContainerList>, ParseError> {
    raw.expect_exit(&[0])?;
    // Podman 3 printed nothing, or `null`, where there is no container.
    let rows: Option<Vec<Row>> = if raw.text().trim().is_empty() {
        None
    } else {
        raw.json()?
    };
    let containers = rows.into_iter().flatten().map(Row::container).collect();
    Ok(Parsed::whole(ContainerList { containers }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From `podman ps -a` of a container with ports, which `ps` shows only while it runs.
    #[test]
    fn ports_are_written_as_docker_writes_them() {
        let ports = r#"[
            {"host_ip": "", "container_port": 80, "host_port": 8080, "range": 1, "protocol": "tcp"},
            {"host_ip": "127.0.0.1", "container_port": 9000, "host_port": 9000, "range": 3,
             "protocol": "udp"}]"#;
        let ports: Vec<Port> = serde_json::from_str(ports).unwrap();
        let texts: Vec<String> = ports.iter().map(Port::text).collect();
        let expected = ["0.0.0.0:8080->80/tcp", "127.0.0.1:9000-9002->9000-9002/udp"];
        assert_eq!(texts, expected);
    }
}
