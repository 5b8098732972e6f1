//! The table of `docker compose ls`.

use super::{DockerComposeProject, DockerComposeProjectList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    docker::table::Table,
};

pub(super) const VARIANT: Variant<NoArgs, DockerComposeProjectList> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["compose", "ls", "--all"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker compose ls", "docker-compose ls"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerComposeProjectList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let list = DockerComposeProjectList {
        projects: Vec::new(),
    };
    let parsed = raw.read_lines(list, |list, line| {
        match &table {
            None => table = Some(Table::of_header(line, &["NAME"])?),
            Some(table) => {
                let row = table.row(line)?;
                let cell = |name| row.get(name).unwrap_or_default();
                let name = row.get("NAME")?;
                let project = DockerComposeProject::new(name, cell("STATUS"), cell("CONFIG FILES"));
                list.projects.push(project);
            }
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with NAME");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}
