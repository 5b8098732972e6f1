//! `docker-system-df(1)`: one JSON object a line; with `-v` one object with lists of all things.

use serde::Deserialize;

use super::{DockerDiskUsage, DockerDiskUsageItem, DockerDiskUsageKind, image_name, reclaimable};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        rows,
        values::{self, Count},
    },
};

pub(super) const VARIANT: Variant<NoArgs, DockerDiskUsage> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["system", "df", "--format", "{{json .}}"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker system df"],
    parse,
};

#[derive(Deserialize)]
#[serde(untagged)]
enum Row {
    Kind(Kind),
    All(All),
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Kind {
    r#type: String,
    total_count: Count,
    active: Count,
    size: String,
    reclaimable: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct All {
    /// `null` where there is none; without it at all this is something else.
    #[serde(deserialize_with = "Option::deserialize")]
    images: Option<Vec<Image>>,
    containers: Option<Vec<Container>>,
    volumes: Option<Vec<Volume>>,
    #[serde(default)]
    build_cache: Option<Vec<Cache>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Image {
    #[serde(rename = "ID")]
    id: String,
    repository: String,
    tag: String,
    size: Count,
    shared_size: Count,
    unique_size: Count,
    containers: Count,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Container {
    #[serde(rename = "ID")]
    id: String,
    names: String,
    size: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Volume {
    name: String,
    links: Count,
    size: Count,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Cache {
    #[serde(rename = "ID")]
    id: String,
    size: Count,
}

impl Kind {
    fn kind(self) -> DockerDiskUsageKind {
        let (reclaimable_bytes, reclaimable_percent) = reclaimable(&self.reclaimable);
        DockerDiskUsageKind {
            kind: self.r#type,
            total: self.total_count.number(),
            active: self.active.number(),
            size_bytes: values::size(&self.size),
            reclaimable_bytes,
            reclaimable_percent,
        }
    }
}

/// A thing of which only kind and id are known.
fn item(kind: &str, id: Option<String>) -> DockerDiskUsageItem {
    DockerDiskUsageItem {
        kind: kind.to_owned(),
        id,
        name: None,
        size_bytes: None,
        shared_bytes: None,
        unique_bytes: None,
        containers: None,
    }
}

impl All {
    fn items(self) -> impl Iterator<Item = DockerDiskUsageItem> {
        let images = self.images.into_iter().flatten().map(|image| {
            let id = image.id.strip_prefix("sha256:").unwrap_or(&image.id);
            DockerDiskUsageItem {
                name: image_name(&image.repository, &image.tag),
                size_bytes: image.size.bytes(),
                shared_bytes: image.shared_size.bytes(),
                unique_bytes: image.unique_size.bytes(),
                containers: image.containers.number(),
                ..item("Images", Some(id.to_owned()))
            }
        });
        let containers = self.containers.into_iter().flatten();
        let containers = containers.map(|container| DockerDiskUsageItem {
            name: values::said(&container.names),
            size_bytes: values::layer_sizes(&container.size).0,
            ..item("Containers", Some(container.id))
        });
        let volumes = self.volumes.into_iter().flatten();
        let volumes = volumes.map(|volume| DockerDiskUsageItem {
            name: Some(volume.name),
            size_bytes: volume.size.bytes(),
            containers: volume.links.number(),
            ..item("Local Volumes", None)
        });
        let caches = self.build_cache.into_iter().flatten();
        let caches = caches.map(|cache| DockerDiskUsageItem {
            size_bytes: cache.size.bytes(),
            ..item("Build Cache", Some(cache.id))
        });
        images.chain(containers).chain(volumes).chain(caches)
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerDiskUsage>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let parsed = rows::rows(raw, |row: Row| Some(row))?;
    Ok(rows::with(parsed, |rows| {
        let mut usage = DockerDiskUsage::default();
        for row in rows {
            match row {
                Row::Kind(kind) => usage.kinds.push(kind.kind()),
                Row::All(all) => usage.items.extend(all.items()),
            }
        }
        usage
    }))
}
