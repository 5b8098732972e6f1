//! The table that `docker-ps(1)` and `podman-ps(1)` print for people, whatever its columns.

use super::{Container, ContainerList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        table::{Row, Table},
        values,
    },
};

pub(super) const VARIANT: Variant<NoArgs, ContainerList> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| Source::Command(Command::new("docker").words(&["ps", "--no-trunc"])),
    reads: &[
        "docker|podman ps",
        "docker|podman container ls|list|ps",
        "podman-compose ps",
    ],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ContainerList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let list = ContainerList {
        containers: Vec::new(),
    };
    let parsed = raw.read_lines(list, |list, line| {
        match &table {
            None => table = Some(Table::of_header(line, &["CONTAINER ID", "NAMES"])?),
            Some(table) => list.containers.push(container(&table.row(line)?)?),
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with CONTAINER ID or NAMES");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

fn container(row: &Row<'_, '_>) -> Option<Container> {
    let text = |name| row.get(name).unwrap_or_default().to_owned();
    let id = text("CONTAINER ID");
    let names = text("NAMES");
    let name = names.split(',').next().unwrap_or_default().to_owned();
    let is_id = id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_id || (id.is_empty() && name.is_empty()) {
        return None;
    }
    let status = text("STATUS");
    // Podman 4 has the status there.
    let state = row.get("STATE").map(|text| match values::state(text) {
        "" => text.to_owned(),
        state => state.to_owned(),
    });
    let (layer_bytes, virtual_bytes) = row.get("SIZE").map_or((None, None), values::layer_sizes);
    Some(Container {
        id,
        name,
        image: text("IMAGE"),
        state: state.unwrap_or_else(|| values::state(&status).to_owned()),
        health: values::health(&status).map(str::to_owned),
        status,
        command: row.get("COMMAND").and_then(values::command),
        ports: row.get("PORTS").and_then(values::said),
        created_at: row.any(&["CREATED AT", "CREATED"]).and_then(values::moment),
        created_since: row.any(&["CREATED", "RUNNING FOR"]).and_then(values::said),
        layer_bytes,
        virtual_bytes,
    })
}
