//! `docker.images`: the images there are, of Docker or of Podman.

mod docker;
mod podman;
mod table;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Images of containers.
pub struct Images;

/// The answer of `docker.images`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerImageList {
    /// One for each name of each image, the latest made first; an image without a name once.
    pub images: Vec<DockerImage>,
}

/// An image under one of its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerImage {
    /// Where it comes from, `registry.example.org:5000/team/web`; `null`: it has no name.
    pub repository: Option<String>,
    /// Its tag there, `latest`; `null`: it has none.
    pub tag: Option<String>,
    /// The digest of its manifest, `sha256:` and 64 hexadecimal digits; `null`: none, or not shown.
    pub digest: Option<String>,
    /// Its id without `sha256:`, 64 hexadecimal digits, or the first 12 where a person's listing has
    /// been cut so; empty: the listing does not show it.
    pub id: String,
    /// When it was made; `null`: not told.
    pub created_at: Option<DateTime<Utc>>,
    /// How long ago that was, for people: `3 weeks ago`; `null`: not told.
    pub created_since: Option<String>,
    /// What its files take, those that it shares with others included; `null`: not told.
    pub size_bytes: Option<u64>,
    /// What its packed content takes, of Docker 29 and newer; `null`: not told.
    pub content_bytes: Option<u64>,
    /// How many containers are made of it; `null`: not told.
    pub containers: Option<u64>,
    /// Whether a container is made of it; `null`: not told.
    pub is_used: Option<bool>,
}

/// An id without the name of its algorithm; `None`: it is none.
fn id(text: &str) -> Option<String> {
    let id = text.strip_prefix("sha256:").unwrap_or(text);
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| id.to_owned())
}

/// Repository and tag of a name: `host:5000/team/web:1.2`. A digest behind `@` is no part of them.
fn split_name(name: &str) -> (Option<String>, Option<String>) {
    let name = name.split('@').next().unwrap_or(name);
    let (repository, tag) = match name.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => (repository, Some(tag)),
        _ => (name, None),
    };
    let said = crate::docker::values::said;
    (said(repository), tag.and_then(said))
}

impl Query for Images {
    const ID: &'static str = "docker.images";
    const TITLE: &'static str = "Images of containers";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerImageList;
    const VARIANTS: &'static [Variant<NoArgs, DockerImageList>] =
        &[docker::VARIANT, podman::VARIANT, table::VARIANT];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_repository_and_a_tag() {
        let split = |name| split_name(name);
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(split("a/b:1"), (some("a/b"), some("1")));
        assert_eq!(split("host:5000/b"), (some("host:5000/b"), None));
        assert_eq!(split("b@sha256:ab"), (some("b"), None));
        assert_eq!(split("<none>:<none>"), (None, None));
    }
}
