//! `docker-events(1)`, one JSON object a line.

use std::collections::BTreeMap;

use chrono::DateTime;
use serde::Deserialize;

use super::DockerEvent;
use crate::{Command, FeedVariant, Heard, Needs, arguments::NoArgs};

pub(super) const VARIANT: FeedVariant<NoArgs, DockerEvent> = FeedVariant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| Command::new("docker").words(&["events", "--format", "{{json .}}"]),
    reads: &["docker events", "docker system events"],
    read: |line| Heard::from_option(serde_json::from_str::<Row>(line).ok().and_then(Row::event)),
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    r#type: String,
    action: String,
    actor: Actor,
    #[serde(rename = "timeNano")]
    nanoseconds: i64,
}

#[derive(Deserialize)]
struct Actor {
    #[serde(rename = "ID")]
    id: String,
    #[serde(rename = "Attributes", default)]
    attributes: BTreeMap<String, String>,
}

impl Row {
    fn event(mut self) -> Option<DockerEvent> {
        let code = self.actor.attributes.remove("exitCode");
        Some(DockerEvent {
            at: DateTime::from_timestamp_nanos(self.nanoseconds),
            kind: self.r#type,
            action: self.action,
            id: self.actor.id,
            name: self.actor.attributes.remove("name"),
            image: self.actor.attributes.remove("image"),
            exit_code: code.and_then(|code| code.parse().ok()),
        })
    }
}
