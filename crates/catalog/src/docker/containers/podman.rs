//! `podman-ps(1)` as JSON, of Podman 2 and newer. It has no service: what it shows are the
//! containers of the user who asks.

use serde::Deserialize;

use super::{Container, ContainerList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        rows,
        values::{self, Moment},
    },
};

pub(super) const VARIANT: Variant<NoArgs, ContainerList> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |_| {
        let words = ["ps", "--no-trunc", "--format", "json"];
        Source::Command(Command::new("podman").words(&words))
    },
    reads: &["podman ps", "podman container ls|list|ps"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: String,
    #[serde(default)]
    names: Option<Vec<String>>,
    image: String,
    state: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    command: Option<Vec<String>>,
    #[serde(default)]
    ports: Option<Vec<Port>>,
    /// Seconds since 1970; Podman 2.0 wrote it out.
    created: Moment,
    #[serde(default)]
    created_at: String,
    #[serde(default)]
    size: Option<Size>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Size {
    root_fs_size: u64,
    rw_size: u64,
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
        // Podman 5 has the health in its place where a person's form is `{{json .}}`.
        let is_health = matches!(self.status.as_str(), "starting" | "healthy" | "unhealthy");
        let (status, health) = match self.status {
            status if is_health => (self.state.clone(), Some(status)),
            status if status.is_empty() => (self.state.clone(), None),
            status => {
                let health = values::health(&status).map(str::to_owned);
                (status, health)
            }
        };
        Container {
            id: self.id,
            name: self
                .names
                .and_then(|names| names.into_iter().next())
                .unwrap_or_default(),
            image: self.image,
            health,
            command: values::said(&self.command.unwrap_or_default().join(" ")),
            status,
            state: self.state,
            ports: values::said(&ports.join(", ")),
            created_at: self.created.utc(),
            created_since: values::said(&self.created_at).filter(|text| text.ends_with(" ago")),
            layer_bytes: self.size.as_ref().map(|size| size.rw_size),
            virtual_bytes: self.size.map(|size| size.root_fs_size),
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ContainerList>, ParseError> {
    raw.expect_exit(&[0])?;
    // Podman 3 printed nothing, or `null`, where there is no container.
    let parsed = rows::rows(raw, |row: Row| Some(row.container()))?;
    Ok(rows::with(parsed, |containers| ContainerList {
        containers,
    }))
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
