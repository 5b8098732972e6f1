//! `docker-diff(1)` and `podman-diff(1)`: a letter and a path, a line each.

use super::{ContainerNamed, DockerChangeKind, DockerFileChange, DockerFileChanges};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

pub(super) const VARIANT: Variant<ContainerNamed, DockerFileChanges> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |args| {
        let command = Command::new("docker").word("diff");
        Source::Command(command.operand(&args.container))
    },
    reads: &["docker diff", "docker container diff"],
    parse,
};

pub(super) fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerFileChanges>, ParseError> {
    raw.expect_exit(&[0])?;
    let list = DockerFileChanges {
        changes: Vec::new(),
    };
    let parsed = raw.read_lines(list, |list, line| {
        let (letter, path) = line.split_once(' ')?;
        let change = match letter {
            "A" => DockerChangeKind::Added,
            "C" => DockerChangeKind::Changed,
            "D" => DockerChangeKind::Deleted,
            _ => return None,
        };
        let path = Some(path.to_owned()).filter(|path| path.starts_with('/'))?;
        list.changes.push(DockerFileChange { change, path });
        Some(())
    });
    if parsed.value.changes.is_empty() && !parsed.unread.is_empty() {
        let shape = || ParseError::shape("there is no letter with a path behind it");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}
