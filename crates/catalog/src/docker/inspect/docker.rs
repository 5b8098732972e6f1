//! `docker-container-inspect(1)`, and Podman's, which has the same names.

use super::{ContainerNamed, DockerInspection, row::Row};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, docker::rows};

pub(super) const VARIANT: Variant<ContainerNamed, DockerInspection> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |args| {
        let command = Command::new("docker").words(&["container", "inspect"]);
        Source::Command(command.operand(&args.container))
    },
    reads: &["docker inspect", "docker container inspect"],
    parse,
};

/// Of several containers those that are there are read, though it ends with 1.
pub(super) fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerInspection>, ParseError> {
    let parsed = rows::rows(raw, |row: Row| Some(row.detail()));
    let is_answer = matches!(&parsed, Ok(parsed) if !parsed.value.is_empty());
    if !is_answer {
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
    }
    Ok(rows::with(parsed?, |containers| DockerInspection {
        containers,
    }))
}
