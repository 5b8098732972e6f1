//! `podman-diff(1)`: of a container of the user who asks.

use super::{ContainerNamed, DockerFileChanges, docker};
use crate::{Command, Needs, Source, Variant};

pub(super) const VARIANT: Variant<ContainerNamed, DockerFileChanges> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |args| {
        let command = Command::new("podman").word("diff");
        Source::Command(command.operand(&args.container))
    },
    reads: &["podman diff", "podman container diff"],
    parse: docker::parse,
};
