//! `podman-images(1)` as JSON: those of the user who asks. An image stands there once for each of
//! its names, and each time with all of them.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{DockerImage, DockerImageList, id, split_name};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        rows,
        values::{self, Moment},
    },
};

pub(super) const VARIANT: Variant<NoArgs, DockerImageList> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |_| {
        let words = ["images", "--no-trunc", "--digests", "--format", "json"];
        Source::Command(Command::new("podman").words(&words))
    },
    reads: &["podman images", "podman image ls|list"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: String,
    #[serde(default)]
    names: Option<Vec<String>>,
    /// Podman 5 has the name of each row where a person's form is `{{json .}}`.
    #[serde(default, rename = "repository")]
    repository: Option<String>,
    #[serde(default, rename = "tag")]
    tag: Option<String>,
    #[serde(default)]
    digest: String,
    created: Moment,
    size: u64,
    #[serde(default)]
    containers: Option<u64>,
}

impl Row {
    fn images(self) -> Option<Vec<DockerImage>> {
        let id = id(&self.id)?;
        let image = |(repository, tag)| DockerImage {
            repository,
            tag,
            digest: values::said(&self.digest),
            id: id.clone(),
            created_at: self.created.utc(),
            created_since: None,
            size_bytes: Some(self.size),
            content_bytes: None,
            containers: self.containers,
            is_used: self.containers.map(|containers| containers > 0),
        };
        if let Some(repository) = self.repository {
            let tag = self.tag.as_deref().and_then(values::said);
            return Some(vec![image((values::said(&repository), tag))]);
        }
        let names = self.names.iter().flatten();
        let images: Vec<_> = names.map(|name| image(split_name(name))).collect();
        Some(match images.is_empty() {
            true => vec![image((None, None))],
            false => images,
        })
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerImageList>, ParseError> {
    raw.expect_exit(&[0])?;
    let parsed = rows::rows(raw, Row::images)?;
    let mut seen = BTreeSet::new();
    Ok(rows::with(parsed, |images| DockerImageList {
        images: images
            .into_iter()
            .flatten()
            .filter(|image| {
                let DockerImage {
                    id,
                    repository,
                    tag,
                    ..
                } = image;
                seen.insert((id.clone(), repository.clone(), tag.clone()))
            })
            .collect(),
    }))
}
