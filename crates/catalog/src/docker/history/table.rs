//! The table of `docker-history(1)` and `podman-history(1)`.

use super::{DockerImageHistory, DockerImageNamed, DockerLayer, Texts};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    docker::{
        table::{Row, Table},
        values,
    },
};

pub(super) const VARIANT: Variant<DockerImageNamed, DockerImageHistory> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |args| {
        let command = Command::new("docker").words(&["history", "--no-trunc", "--human=false"]);
        Source::Command(command.operand(&args.image))
    },
    reads: &["docker|podman history", "docker|podman image history"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerImageHistory>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let list = DockerImageHistory { layers: Vec::new() };
    let parsed = raw.read_lines(list, |list, line| {
        match &table {
            None => table = Some(Table::of_header(line, &["CREATED BY"])?),
            Some(table) => list.layers.push(layer(table, &table.row(line)?)?),
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with CREATED BY");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

/// `None` too for a line of a command that has several: it has an id or a size, and not both.
fn layer(table: &Table, row: &Row<'_, '_>) -> Option<DockerLayer> {
    let has_id = table.has("IMAGE") || table.has("ID");
    let id = row.any(&["IMAGE", "ID"]);
    let is_id = |text: &str| {
        let id = text.strip_prefix("sha256:").unwrap_or(text);
        text == "<missing>" || id.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let size = row.get("SIZE").and_then(values::size);
    if (has_id && !id.is_some_and(is_id)) || (table.has("SIZE") && size.is_none()) {
        return None;
    }
    let created = row.any(&["CREATED AT", "CREATED"]).unwrap_or_default();
    let texts = Texts {
        id: id.unwrap_or_default(),
        created,
        created_since: created,
        created_by: row.get("CREATED BY").unwrap_or_default(),
        comment: row.get("COMMENT").unwrap_or_default(),
    };
    Some(texts.layer(size))
}
