//! The table of `docker-image-ls(1)`, until Docker 28, and of `podman-images(1)`.

use super::{DockerImage, DockerImageList, id};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        table::{Row, Table},
        values,
    },
};

pub(super) const VARIANT: Variant<NoArgs, DockerImageList> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["images", "--no-trunc", "--digests"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker|podman images", "docker|podman image ls|list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerImageList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<Table> = None;
    let list = DockerImageList { images: Vec::new() };
    let parsed = raw.read_lines(list, |list, line| {
        match &table {
            None => table = Some(Table::of_header(line, &["REPOSITORY", "IMAGE ID"])?),
            Some(table) => list.images.push(image(&table.row(line)?)?),
        }
        Some(())
    });
    if table.is_none() {
        let shape =
            || ParseError::shape("there is no line of headings with REPOSITORY or IMAGE ID");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

fn image(row: &Row<'_, '_>) -> Option<DockerImage> {
    let id = match row.get("IMAGE ID") {
        Some(text) => id(text)?,
        None => String::new(),
    };
    if id.is_empty() && row.get("REPOSITORY").is_none() {
        return None;
    }
    let said = |name| row.get(name).and_then(values::said);
    let containers = row.get("CONTAINERS").and_then(|count| count.parse().ok());
    Some(DockerImage {
        repository: said("REPOSITORY"),
        tag: said("TAG"),
        digest: said("DIGEST"),
        id,
        created_at: row.any(&["CREATED AT", "CREATED"]).and_then(values::moment),
        created_since: said("CREATED"),
        size_bytes: row.get("SIZE").and_then(values::size),
        content_bytes: None,
        containers,
        is_used: containers.map(|containers: u64| containers > 0),
    })
}
