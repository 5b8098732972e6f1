//! The table of `docker-context-ls(1)`: a star stands behind the name of the one in use.

use super::{DockerContext, DockerContextList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{table::Table, values},
};

pub(super) const VARIANT: Variant<NoArgs, DockerContextList> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| Source::Command(Command::new("docker").words(&["context", "ls"])),
    reads: &["docker context ls|list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerContextList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let list = DockerContextList {
        contexts: Vec::new(),
    };
    let parsed = raw.read_lines(list, |list, line| {
        match &table {
            None => table = Some(Table::of_header(line, &["DOCKER ENDPOINT"])?),
            Some(table) => {
                let row = table.row(line)?;
                let said = |name| row.get(name).and_then(values::said);
                let name = row.get("NAME")?;
                let (name, is_current) = match name.strip_suffix(" *") {
                    Some(name) => (name, true),
                    None => (name, false),
                };
                list.contexts.push(DockerContext {
                    name: name.to_owned(),
                    description: said("DESCRIPTION"),
                    endpoint: said("DOCKER ENDPOINT"),
                    is_current,
                    error: said("ERROR"),
                });
            }
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with DOCKER ENDPOINT");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}
