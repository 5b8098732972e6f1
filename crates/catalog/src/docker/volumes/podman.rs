//! `podman-volume-ls(1)` and `podman-volume-inspect(1)` as JSON: those of the user who asks.

use super::{DockerVolumeList, docker};
use crate::{Command, Needs, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, DockerVolumeList> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |_| {
        let words = ["volume", "ls", "--format", "json"];
        Source::Command(Command::new("podman").words(&words))
    },
    reads: &["podman volume ls|list|inspect"],
    parse: docker::parse,
};
