//! `podman-port(1)`: of a container of the user who asks.

use super::{ContainerNamed, DockerPortList, docker};
use crate::{Command, Needs, Source, Variant};

pub(super) const VARIANT: Variant<ContainerNamed, DockerPortList> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |args| {
        let command = Command::new("podman").word("port");
        Source::Command(command.operand(&args.container))
    },
    reads: &["podman port", "podman container port"],
    parse: docker::parse,
};
