//! `docker-port(1)` and `podman-port(1)`: `80/tcp -> 0.0.0.0:8080`, a line each.

use super::{ContainerNamed, DockerPort, DockerPortList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

pub(super) const VARIANT: Variant<ContainerNamed, DockerPortList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |args| {
        let command = Command::new("docker").word("port");
        Source::Command(command.operand(&args.container))
    },
    reads: &["docker port", "docker container port"],
    parse,
};

pub(super) fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerPortList>, ParseError> {
    raw.expect_exit(&[0])?;
    let list = DockerPortList { ports: Vec::new() };
    let parsed = raw.read_lines(list, |list, line| {
        list.ports.push(port(line)?);
        Some(())
    });
    if parsed.value.ports.is_empty() && !parsed.unread.is_empty() {
        let shape = || ParseError::shape("there is no port with an arrow behind it");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

fn port(line: &str) -> Option<DockerPort> {
    let (inside, outside) = line.trim_end().split_once(" -> ")?;
    let (container_port, protocol) = inside.split_once('/')?;
    // An address of IPv6 stands in brackets, or, before Docker 24, bare: `:::8080`.
    let (address, host_port) = outside.rsplit_once(':')?;
    let bare = address
        .strip_prefix('[')
        .and_then(|address| address.strip_suffix(']'));
    let is_protocol = matches!(protocol, "tcp" | "udp" | "sctp");
    is_protocol.then_some(DockerPort {
        container_port: container_port.parse().ok()?,
        protocol: protocol.to_owned(),
        host_ip: Some(bare.unwrap_or(address).to_owned()).filter(|address| !address.is_empty()),
        host_port: Some(host_port.parse().ok()?),
    })
}
