//! `docker.live_stats`: what each running container uses, again and again, about once a second.

mod docker;

use super::DockerContainerStats;
use crate::{Capability, Feed, FeedVariant, arguments::NoArgs};

/// What containers use, as it changes.
pub struct LiveStats;

impl Feed for LiveStats {
    const ID: &'static str = "docker.live_stats";
    const TITLE: &'static str = "What containers use, as it changes";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Record = DockerContainerStats;
    const VARIANTS: &'static [FeedVariant<NoArgs, DockerContainerStats>] = &[docker::VARIANT];
}
