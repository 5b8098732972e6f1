//! The table of `podman-top(1)`: of the containers of the user who asks.

use super::{ContainerNamed, DockerProcessList, docker};
use crate::{Command, Needs, Source, Variant};

pub(super) const VARIANT: Variant<ContainerNamed, DockerProcessList> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |args| {
        let command = Command::new("podman").word("top");
        Source::Command(command.value(&args.container))
    },
    reads: &["podman top", "podman container top"],
    parse: docker::parse,
};
