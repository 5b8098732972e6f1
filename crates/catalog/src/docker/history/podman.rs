//! `podman-history(1)` as JSON: of an image of the user who asks.

use super::{DockerImageHistory, DockerImageNamed, docker};
use crate::{Command, Needs, Source, Variant};

pub(super) const VARIANT: Variant<DockerImageNamed, DockerImageHistory> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |args| {
        let words = ["history", "--no-trunc", "--format", "json"];
        let command = Command::new("podman").words(&words);
        Source::Command(command.operand(&args.image))
    },
    reads: &["podman history", "podman image history"],
    parse: docker::parse,
};
