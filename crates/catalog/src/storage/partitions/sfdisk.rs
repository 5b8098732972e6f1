//! `sfdisk(8)` of util-linux 2.26 and newer, as JSON, one document for each disk. A disk without a
//! table has none.

use serde::Deserialize;

use super::{DiskPartition, PartitionTableList, PartitionedDisk, number_of};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// All the disks that can have partitions but for those in memory and in files.
const SCRIPT: &str = r#"for d in /sys/block/*; do n=${d##*/}; case $n in loop*|ram*|zram*|sr*|fd*|dm-*) continue;; esac; sfdisk --json "/dev/$n"; done; exit 0"#;

pub(super) const VARIANT: Variant<NoArgs, PartitionTableList> = Variant {
    name: "sfdisk",
    needs: Needs::programs(&["sfdisk"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["sfdisk"],
    parse,
};

#[derive(Deserialize)]
struct Document {
    partitiontable: Table,
}

#[derive(Deserialize)]
struct Table {
    label: Option<String>,
    id: Option<String>,
    device: String,
    unit: Option<String>,
    sectorsize: Option<u32>,
    #[serde(default)]
    partitions: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    node: String,
    start: u64,
    size: u64,
    r#type: Option<String>,
    uuid: Option<String>,
    name: Option<String>,
    bootable: Option<bool>,
}

impl Table {
    fn disk(self) -> PartitionedDisk {
        // Before 2.35 the size of a sector was not told.
        let is_sectors = self.unit.as_deref() == Some("sectors");
        let sector = self.sectorsize.filter(|_| is_sectors).map(u64::from);
        let bytes = |sectors: u64| sectors.checked_mul(sector?);
        let is_dos = self.label.as_deref() == Some("dos");
        let partition = |row: Row| DiskPartition {
            number: number_of(&row.node),
            start_bytes: bytes(row.start),
            size_bytes: bytes(row.size),
            type_id: row.r#type,
            name: row.name,
            uuid: row.uuid,
            bootable: row.bootable.or(is_dos.then_some(false)),
            device: Some(row.node),
            ..DiskPartition::default()
        };
        PartitionedDisk {
            device: self.device,
            table: self.label,
            table_id: self.id,
            sector_bytes: self.sectorsize,
            partitions: self.partitions.into_iter().map(partition).collect(),
            ..PartitionedDisk::default()
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PartitionTableList>, ParseError> {
    let mut disks = Vec::new();
    let text = raw.text();
    for document in serde_json::Deserializer::from_str(&text).into_iter::<Document>() {
        let document = document
            .map_err(|error| ParseError::shape(format!("not the JSON expected: {error}")))?;
        disks.push(document.partitiontable.disk());
    }
    if disks.is_empty() {
        let said = raw.error_text();
        let says_none = |line: &str| line.contains("does not contain a recognized partition table");
        let is_none = said.lines().all(says_none) && (raw.exit_code == Some(0) || !said.is_empty());
        if !is_none {
            let complaint = raw.complaint();
            return Err(complaint.unwrap_or_else(|| ParseError::shape("no partition table")));
        }
    }
    Ok(Parsed::whole(PartitionTableList { disks }))
}
