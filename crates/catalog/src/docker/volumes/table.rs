//! The table of `docker-volume-ls(1)` and `podman-volume-ls(1)`.

use super::{DockerVolume, DockerVolumeList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        table::{Row, Table},
        values::{self, Labels},
    },
};

pub(super) const VARIANT: Variant<NoArgs, DockerVolumeList> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| Source::Command(Command::new("docker").words(&["volume", "ls"])),
    reads: &["docker|podman volume ls|list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerVolumeList>, ParseError> {
    raw.expect_exit(&[0])?;
    // Podman prints no headings where there is no volume, and Docker does.
    let mut table: Option<Table> = None;
    let list = DockerVolumeList {
        volumes: Vec::new(),
    };
    let parsed = raw.read_lines(list, |list, line| {
        match &table {
            None => table = Some(Table::of_header(line, &["VOLUME NAME"])?),
            Some(table) => list.volumes.push(volume(&table.row(line)?)?),
        }
        Some(())
    });
    if table.is_none() && !parsed.unread.is_empty() {
        let shape = || ParseError::shape("there is no line of headings with VOLUME NAME");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

fn volume(row: &Row<'_, '_>) -> Option<DockerVolume> {
    let said = |name| row.get(name).and_then(values::said);
    let labels = row.get("LABELS").map(|text| Labels::Text(text.to_owned()));
    Some(DockerVolume {
        name: said("VOLUME NAME")?,
        driver: said("DRIVER"),
        scope: said("SCOPE"),
        mount_point: said("MOUNTPOINT"),
        created_at: row.get("CREATED AT").and_then(values::moment),
        labels: labels.and_then(Labels::certain),
        size_bytes: row.get("SIZE").and_then(values::size),
        containers: row.get("LINKS").and_then(|count| count.parse().ok()),
    })
}
