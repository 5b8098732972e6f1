//! `podman-network-ls(1)` and `podman-network-inspect(1)` as JSON, of Podman 4 and newer.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{DockerNetwork, DockerNetworkList, DockerSubnet};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{rows, values},
};

pub(super) const VARIANT: Variant<NoArgs, DockerNetworkList> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |_| {
        let words = ["network", "ls", "--format", "json"];
        Source::Command(Command::new("podman").words(&words))
    },
    reads: &["podman network ls|list|inspect"],
    parse,
};

#[derive(Deserialize)]
struct Row {
    id: String,
    name: String,
    driver: String,
    created: String,
    #[serde(default)]
    internal: Option<bool>,
    #[serde(default)]
    ipv6_enabled: Option<bool>,
    #[serde(default)]
    subnets: Option<Vec<Range>>,
    #[serde(default)]
    labels: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct Range {
    subnet: String,
    #[serde(default)]
    gateway: String,
}

impl Row {
    fn network(self) -> DockerNetwork {
        let subnet = |range: Range| DockerSubnet {
            subnet: range.subnet,
            gateway: values::said(&range.gateway),
        };
        let subnets = self.subnets.into_iter().flatten().map(subnet).collect();
        DockerNetwork {
            id: self.id,
            name: self.name,
            driver: values::said(&self.driver),
            scope: None,
            is_internal: self.internal,
            has_ipv6: self.ipv6_enabled,
            created_at: values::moment(&self.created),
            subnets: Some(subnets),
            containers: None,
            labels: Some(values::labels(self.labels.unwrap_or_default())),
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
