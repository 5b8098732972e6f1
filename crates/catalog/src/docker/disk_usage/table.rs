//! The table of `docker-system-df(1)` and `podman-system-df(1)`, and the tables of their `-v`.

use super::{DockerDiskUsage, DockerDiskUsageItem, DockerDiskUsageKind, image_name, reclaimable};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{
        table::{Row, Table},
        values,
    },
};

/// The first heading of each table, and the kind of what it lists.
const TABLES: &[(&str, &str)] = &[
    ("TYPE", ""),
    ("REPOSITORY", "Images"),
    ("CONTAINER ID", "Containers"),
    ("VOLUME NAME", "Local Volumes"),
    ("CACHE ID", "Build Cache"),
];

pub(super) const VARIANT: Variant<NoArgs, DockerDiskUsage> = Variant {
    name: "table",
    needs: Needs::programs(&["docker"]),
    source: |_| Source::Command(Command::new("docker").words(&["system", "df"])),
    reads: &["docker|podman system df"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerDiskUsage>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut table: Option<(Table, &str)> = None;
    let parsed = raw.read_lines(DockerDiskUsage::default(), |usage, line| {
        if is_title(line) {
            return Some(());
        }
        let header = TABLES.iter().find(|(key, _)| line.starts_with(key));
        let header = header.and_then(|(key, kind)| Some((Table::of_header(line, &[key])?, *kind)));
        if let Some(header) = header.filter(|(header, _)| header.has("SIZE")) {
            table = Some(header);
            return Some(());
        }
        let (table, kind) = table.as_ref()?;
        let row = table.row(line)?;
        match *kind {
            "" => usage.kinds.push(of_kind(&row)?),
            kind => usage.items.push(item(&row, kind)?),
        }
        Some(())
    });
    if table.is_none() {
        let shape = || ParseError::shape("there is no line of headings with SIZE");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

/// `Images space usage:`, `Build cache usage: 0B`.
fn is_title(line: &str) -> bool {
    line.ends_with(" space usage:") || line.starts_with("Build cache usage:")
}

fn of_kind(row: &Row<'_, '_>) -> Option<DockerDiskUsageKind> {
    let number = |name| row.get(name).and_then(|text| text.parse().ok());
    let share = row.get("RECLAIMABLE").map(reclaimable);
    let (reclaimable_bytes, reclaimable_percent) = share.unwrap_or((None, None));
    Some(DockerDiskUsageKind {
        kind: row.get("TYPE")?.to_owned(),
        total: number("TOTAL"),
        active: number("ACTIVE"),
        size_bytes: row.get("SIZE").and_then(values::size),
        reclaimable_bytes,
        reclaimable_percent,
    })
}

fn item(row: &Row<'_, '_>, kind: &str) -> Option<DockerDiskUsageItem> {
    let cell = |name| row.get(name).unwrap_or_default();
    let size = |name| row.get(name).and_then(values::size);
    let id = row.any(&["IMAGE ID", "CONTAINER ID", "CACHE ID"]);
    let name = match kind {
        "Images" => image_name(cell("REPOSITORY"), cell("TAG")),
        _ => row.any(&["NAMES", "VOLUME NAME"]).and_then(values::said),
    };
    // The image of a container stands in its row too.
    let id = match kind {
        "Containers" => row.get("CONTAINER ID"),
        _ => id,
    };
    let id = id.map(|id| id.strip_prefix("sha256:").unwrap_or(id).to_owned());
    if id.is_none() && name.is_none() {
        return None;
    }
    Some(DockerDiskUsageItem {
        kind: kind.to_owned(),
        id,
        name,
        size_bytes: size("SIZE"),
        shared_bytes: size("SHARED SIZE"),
        unique_bytes: size("UNIQUE SIZE"),
        containers: row
            .any(&["CONTAINERS", "LINKS"])
            .and_then(|text| text.parse().ok()),
    })
}
