//! `podman-container-inspect(1)`: of the containers of the user who asks.

use super::{ContainerNamed, DockerInspection, docker};
use crate::{Command, Needs, Source, Variant};

pub(super) const VARIANT: Variant<ContainerNamed, DockerInspection> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |args| {
        let command = Command::new("podman").words(&["container", "inspect"]);
        Source::Command(command.operand(&args.container))
    },
    reads: &["podman inspect", "podman container inspect"],
    parse: docker::parse,
};
