//! `docker-network-ls(1)`, one JSON object a line, and `docker-network-inspect(1)`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{DockerNetwork, DockerNetworkContainer, DockerNetworkList, DockerSubnet};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        rows,
        values::{self, Flag, Labels},
    },
};

pub(super) const VARIANT: Variant<NoArgs, DockerNetworkList> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["network", "ls", "--no-trunc", "--format", "{{json .}}"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker network ls|list|inspect"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    #[serde(alias = "ID")]
    id: String,
    name: String,
    driver: String,
    scope: String,
    #[serde(default)]
    internal: Option<Flag>,
    #[serde(default, alias = "IPv6", alias = "EnableIPv6")]
    ipv6: Option<Flag>,
    #[serde(default, alias = "CreatedAt")]
    created: String,
    #[serde(default, rename = "IPAM")]
    ipam: Option<Ipam>,
    #[serde(default)]
    containers: Option<BTreeMap<String, Member>>,
    #[serde(default)]
    labels: Option<Labels>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ipam {
    #[serde(default)]
    config: Option<Vec<Range>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Range {
    #[serde(default)]
    subnet: String,
    #[serde(default)]
    gateway: String,
}

#[derive(Deserialize)]
struct Member {
    #[serde(rename = "Name")]
    name: String,
    #[serde(default, rename = "IPv4Address")]
    ipv4: String,
    #[serde(default, rename = "IPv6Address")]
    ipv6: String,
    #[serde(default, rename = "MacAddress")]
    mac: String,
}

impl Row {
    fn network(self) -> DockerNetwork {
        let ranges = self.ipam.map(|ipam| ipam.config.unwrap_or_default());
        let subnets = ranges.map(|ranges| {
            let subnet = |range: Range| DockerSubnet {
                subnet: range.subnet,
                gateway: values::said(&range.gateway),
            };
            ranges.into_iter().map(subnet).collect()
        });
        let containers = self.containers.map(|members| {
            let member = |(id, member): (String, Member)| DockerNetworkContainer {
                id,
                name: member.name,
                ipv4: values::said(&member.ipv4),
                ipv6: values::said(&member.ipv6),
                mac: values::said(&member.mac),
            };
            members.into_iter().map(member).collect()
        });
        DockerNetwork {
            id: self.id,
            name: self.name,
            driver: values::said(&self.driver),
            scope: values::said(&self.scope),
            is_internal: self.internal.and_then(|flag| flag.is_set()),
            has_ipv6: self.ipv6.and_then(|flag| flag.is_set()),
            created_at: values::moment(&self.created),
            subnets,
            containers,
            labels: match self.labels {
                Some(labels) => labels.certain(),
                None => Some(Vec::new()),
            },
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerNetworkList>, ParseError> {
    raw.expect_exit(&[0])?;
    let parsed = rows::rows(raw, |row: Row| Some(row.network()))?;
    Ok(rows::with(parsed, |networks| DockerNetworkList {
        networks,
    }))
}
