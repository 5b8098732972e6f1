//! The table of `docker compose ps`, of Compose 2 and newer.

use super::{DockerComposeService, DockerComposeServiceList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        table::{Row, Table},
        values,
    },
};

pub(super) const VARIANT: Variant<NoArgs, DockerComposeServiceList> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["compose", "ps", "--all"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker compose ps", "docker-compose ps"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerComposeServiceList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let list = DockerComposeServiceList {
        services: Vec::new(),
    };
    let parsed = raw.read_lines(list, |list, line| {
        match &table {
            None => {
                let header = Table::of_header(line, &["NAME"])?;
                let is_it = header.has("SERVICE") || header.has("STATUS");
                table = Some(is_it.then_some(header)?);
            }
            Some(table) => list.services.push(service(&table.row(line)?)?),
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with NAME and SERVICE");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

fn service(row: &Row<'_, '_>) -> Option<DockerComposeService> {
    let said = |name| row.get(name).and_then(values::said);
    let service = DockerComposeService {
        service: said("SERVICE"),
        name: said("NAME")?,
        image: said("IMAGE"),
        command: row.get("COMMAND").and_then(values::command),
        ports: said("PORTS"),
        created_at: row.any(&["CREATED AT", "CREATED"]).and_then(values::moment),
        ..DockerComposeService::default()
    };
    Some(service.with_status(row.get("STATUS").unwrap_or_default()))
}
