//! `podman-version(1)` as JSON. It has a server only where it is asked over a socket.

use super::{DockerVersions, docker};
use crate::{Command, Needs, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, DockerVersions> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |_| {
        let words = ["version", "--format", "json"];
        Source::Command(Command::new("podman").words(&words))
    },
    reads: &["podman version"],
    parse: docker::parse,
};
