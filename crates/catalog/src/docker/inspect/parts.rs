//! The mounts, ports, addresses and variables of `inspect`'s JSON, made into the answer's form.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{DockerAddress, DockerMount, DockerPort, DockerVariable};
use crate::{docker::values, redact};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Mount {
    r#type: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    source: String,
    destination: String,
    #[serde(rename = "RW")]
    rw: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Binding {
    #[serde(default)]
    host_ip: String,
    host_port: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Address {
    #[serde(default, rename = "IPAddress")]
    ip_address: String,
    #[serde(default, rename = "GlobalIPv6Address")]
    ipv6_address: String,
    #[serde(default)]
    gateway: String,
    #[serde(default)]
    mac_address: String,
}

pub(super) fn mounts(mounts: Vec<Mount>) -> Vec<DockerMount> {
    let mount = |mount: Mount| DockerMount {
        r#type: mount.r#type,
        name: values::said(&mount.name),
        source: values::said(&mount.source),
        destination: mount.destination,
        is_writable: mount.rw,
    };
    let mut mounts: Vec<_> = mounts.into_iter().map(mount).collect();
    mounts.sort_by(|one, other| one.destination.cmp(&other.destination));
    mounts
}

/// `80/tcp` and where it leads out, by port.
pub(super) fn ports(map: BTreeMap<String, Option<Vec<Binding>>>) -> Vec<DockerPort> {
    let mut ports = BTreeSet::new();
    for (name, bindings) in map {
        let (port, protocol) = name.split_once('/').unwrap_or((&name, "tcp"));
        let Ok(container_port) = port.parse() else {
            continue;
        };
        let port = |host_ip, host_port| DockerPort {
            container_port,
            protocol: protocol.to_owned(),
            host_ip,
            host_port,
        };
        let bindings = bindings.unwrap_or_default();
        if bindings.is_empty() {
            ports.insert(port(None, None));
        }
        for binding in bindings {
            let host_port = binding.host_port.parse().ok();
            ports.insert(port(values::said(&binding.host_ip), host_port));
        }
    }
    ports.into_iter().collect()
}

pub(super) fn addresses(networks: BTreeMap<String, Address>) -> Vec<DockerAddress> {
    let address = |(network, address): (String, Address)| DockerAddress {
        network,
        ipv4: values::said(&address.ip_address),
        ipv6: values::said(&address.ipv6_address),
        gateway: values::said(&address.gateway),
        mac: values::said(&address.mac_address),
    };
    networks.into_iter().map(address).collect()
}

pub(super) fn variable(text: String) -> DockerVariable {
    let (name, value) = text.split_once('=').unwrap_or((&text, ""));
    DockerVariable {
        name: name.to_owned(),
        value: (!redact::is_secret(name, value)).then(|| value.to_owned()),
    }
}
