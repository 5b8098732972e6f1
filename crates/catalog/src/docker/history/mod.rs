//! `docker.history`: the layers of one image and how they were made, of Docker or of Podman.

mod docker;
mod podman;
mod table;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values;
use crate::{Capability, Query, Variant, arguments::ImageName, redact};

/// How an image was made.
pub struct History;

/// The arguments of `docker.history`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DockerImageNamed {
    /// The image, by its name, with its tag or digest or without, or by its id.
    pub image: ImageName,
}

/// The answer of `docker.history`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerImageHistory {
    /// The steps, the last one first.
    pub layers: Vec<DockerLayer>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerLayer {
    /// The id of the image that this step made, without `sha256:`; `null`: it is not here.
    pub id: Option<String>,
    /// When it was made; `null`: not told.
    pub created_at: Option<DateTime<Utc>>,
    /// How long ago that was, for people; `null`: not told.
    pub created_since: Option<String>,
    /// The command that made it; values that look secret are `[removed]`, and it may be cut and then ends
    /// in `…` or `...`. `null`: not told.
    pub created_by: Option<String>,
    /// What it adds; `null`: not told.
    pub size_bytes: Option<u64>,
    /// What is said about it; `null`: nothing.
    pub comment: Option<String>,
}

/// The texts of a step.
struct Texts<'a> {
    id: &'a str,
    created: &'a str,
    created_since: &'a str,
    created_by: &'a str,
    comment: &'a str,
}

impl Texts<'_> {
    fn layer(&self, size_bytes: Option<u64>) -> DockerLayer {
        let id = values::said(self.id);
        let since = values::said(self.created_since);
        DockerLayer {
            id: id.map(|id| id.strip_prefix("sha256:").unwrap_or(&id).to_owned()),
            created_at: values::moment(self.created),
            created_since: since.filter(|text| text.ends_with(" ago")),
            created_by: values::said(self.created_by).map(|text| redact::text(&text).text),
            size_bytes,
            comment: values::said(self.comment),
        }
    }
}

impl Query for History {
    const ID: &'static str = "docker.history";
    const TITLE: &'static str = "How an image was made";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = DockerImageNamed;
    type Answer = DockerImageHistory;
    const VARIANTS: &'static [Variant<DockerImageNamed, DockerImageHistory>] =
        &[docker::VARIANT, podman::VARIANT, table::VARIANT];
}
