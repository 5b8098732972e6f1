//! The table of `docker-node-ls(1)`: a star stands behind the id of the server that was asked.

use super::{DockerSwarmNode, DockerSwarmNodeList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{table::Table, values},
};

pub(super) const VARIANT: Variant<NoArgs, DockerSwarmNodeList> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| Source::Command(Command::new("docker").words(&["node", "ls"])),
    reads: &["docker node ls|list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerSwarmNodeList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let parsed = raw.read_lines(DockerSwarmNodeList { nodes: Vec::new() }, |list, line| {
        match &table {
            None => {
                let header = Table::of_header(line, &["HOSTNAME", "AVAILABILITY"])?;
                table = Some(header.has("ID").then_some(header)?);
            }
            Some(table) => {
                let row = table.row(line)?;
                let said = |name| row.get(name).and_then(values::said);
                let id = row.get("ID")?;
                let (id, is_self) = match id.strip_suffix('*') {
                    Some(id) => (id.trim_end(), true),
                    None => (id, false),
                };
                // An id is one word; more are another table's row.
                let id = (!id.is_empty() && !id.contains(' ')).then(|| id.to_owned())?;
                list.nodes.push(DockerSwarmNode {
                    id,
                    host_name: said("HOSTNAME"),
                    status: said("STATUS"),
                    availability: said("AVAILABILITY"),
                    manager_status: said("MANAGER STATUS"),
                    engine_version: said("ENGINE VERSION"),
                    is_self: Some(is_self),
                });
            }
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with ID and HOSTNAME");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}
