//! The table of `docker-network-ls(1)` and `podman-network-ls(1)`.

use super::{DockerNetwork, DockerNetworkList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        table::{Row, Table},
        values::{self, Labels},
    },
};

pub(super) const VARIANT: Variant<NoArgs, DockerNetworkList> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["network", "ls", "--no-trunc"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker|podman network ls|list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerNetworkList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let list = DockerNetworkList {
        networks: Vec::new(),
    };
    let parsed = raw.read_lines(list, |list, line| {
        match &table {
            None => {
                let header = Table::of_header(line, &["NETWORK ID", "NAME"])?;
                table = Some(header).filter(|header| header.has("NAME"));
                table.as_ref()?;
            }
            Some(table) => list.networks.push(network(&table.row(line)?)?),
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with NAME");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

fn network(row: &Row<'_, '_>) -> Option<DockerNetwork> {
    let said = |name| row.get(name).and_then(values::said);
    let flag = |name| row.get(name).and_then(|text| text.parse().ok());
    let labels = row.get("LABELS").map(|text| Labels::Text(text.to_owned()));
    Some(DockerNetwork {
        id: said("NETWORK ID").unwrap_or_default(),
        name: said("NAME")?,
        driver: said("DRIVER"),
        scope: said("SCOPE"),
        is_internal: flag("INTERNAL"),
        has_ipv6: flag("IPV6"),
        created_at: row.any(&["CREATED AT", "CREATED"]).and_then(values::moment),
        subnets: None,
        containers: None,
        labels: labels.and_then(Labels::certain),
    })
}
