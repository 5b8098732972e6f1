//! The table of `docker-service-ls(1)`.

use super::{DockerSwarmServiceList, Texts};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    docker::table::Table,
};

pub(super) const VARIANT: Variant<NoArgs, DockerSwarmServiceList> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| Source::Command(Command::new("docker").words(&["service", "ls"])),
    reads: &["docker service ls|list", "docker stack services"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerSwarmServiceList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let list = DockerSwarmServiceList {
        services: Vec::new(),
    };
    let parsed = raw.read_lines(list, |list, line| {
        match &table {
            None => {
                let header = Table::of_header(line, &["REPLICAS", "MODE"])?;
                table = Some(header.has("NAME").then_some(header)?);
            }
            Some(table) => {
                let row = table.row(line)?;
                let cell = |name| row.get(name).unwrap_or_default();
                let texts = Texts {
                    id: cell("ID"),
                    name: cell("NAME"),
                    mode: cell("MODE"),
                    replicas: cell("REPLICAS"),
                    image: cell("IMAGE"),
                    ports: cell("PORTS"),
                };
                list.services.push(texts.service()?);
            }
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with NAME and REPLICAS");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}
