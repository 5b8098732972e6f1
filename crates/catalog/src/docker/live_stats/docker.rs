//! `docker-stats(1)` without its end, one JSON object a line; what it draws between its pictures is
//! gone when a line is cleaned.

use crate::{
    Command, FeedVariant, Heard, Needs,
    arguments::NoArgs,
    docker::{DockerContainerStats, stats},
};

pub(super) const VARIANT: FeedVariant<NoArgs, DockerContainerStats> = FeedVariant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["stats", "--no-trunc", "--format", "{{json .}}"];
        Command::new("docker").words(&words)
    },
    reads: &["docker stats", "docker container stats"],
    read: |line| Heard::from_option(stats::of_line(line)),
};
