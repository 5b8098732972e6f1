//! `lsblk(8)` of util-linux, as JSON and in all the forms that people ask for. Before 2.33 its JSON
//! has texts for numbers; before 2.27 it has none.

use std::collections::{BTreeMap, BTreeSet};

use super::{BlockDevice, BlockDeviceList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::table::{self, Form, Row, Table},
};

/// Columns that lsblk has had since 2.27.
const COLUMNS: &str = "NAME,KNAME,TYPE,SIZE,MAJ:MIN,RM,RO,ROTA,FSTYPE,LABEL,UUID,PARTLABEL,PARTUUID,MOUNTPOINT,MODEL,SERIAL,VENDOR,TRAN";

const FORM: Form = Form {
    known: &[
        "NAME",
        "KNAME",
        "PATH",
        "MAJ:MIN",
        "SIZE",
        "FSTYPE",
        "TYPE",
        "UUID",
        "MOUNTPOINT",
    ],
    right: &[
        "ALIGNMENT",
        "DAX",
        "DISC-ALN",
        "DISC-GRAN",
        "DISC-MAX",
        "DISC-ZERO",
        "DISK-SEQ",
        "FSAVAIL",
        "FSSIZE",
        "FSUSED",
        "FSUSE%",
        "LOG-SEC",
        "MIN-IO",
        "MQ",
        "OPT-IO",
        "PARTN",
        "PHY-SEC",
        "RA",
        "REV",
        "RAND",
        "RM",
        "RO",
        "ROTA",
        "RQ-SIZE",
        "SIZE",
        "START",
        "WSAME",
        "WZEROES",
        "HOTPLUG",
        "ZONE-SZ",
        "ZONE-WGRAN",
        "ZONE-APP",
        "ZONE-NR",
        "ZONE-OMAX",
        "ZONE-AMAX",
    ],
    tree: "NAME",
    is_raw: false,
};

pub(super) const VARIANT: Variant<NoArgs, BlockDeviceList> = Variant {
    name: "lsblk",
    needs: Needs::programs(&["lsblk"]),
    source: |_| {
        let words = ["--json", "--bytes", "--output", COLUMNS];
        Source::Command(Command::new("lsblk").words(&words))
    },
    reads: &["lsblk"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<BlockDeviceList>, ParseError> {
    // A machine without a block device: lsblk prints nothing. It ends with 32 where none of the
    // devices asked for is there, with 64 where some are.
    if matches!(raw.exit_code, Some(0 | 1)) && raw.stdout.is_empty() && raw.stderr.is_empty() {
        return Ok(Parsed::whole(BlockDeviceList {
            devices: Vec::new(),
        }));
    }
    if raw.exit_code == Some(32) && raw.error_text().contains("not a block device") {
        return Err(ParseError::Unavailable("no such block device".to_owned()));
    }
    raw.expect_exit(&[0, 64])?;
    let Parsed { value, unread } = table::read(&raw, &FORM)?;
    if !value.has(&["NAME", "KNAME", "PATH"]) {
        return Err(ParseError::shape("the names are not among its columns"));
    }
    let is_inverse = raw.typed_option('s', "inverse");
    let mut devices: Vec<BlockDevice> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut told: BTreeSet<(usize, String)> = BTreeSet::new();
    for row in &value.rows {
        let Some(device) = device(&value, row) else {
            continue;
        };
        // Where branches meet (`-M`) the drawing does not tell by its depth alone.
        let is_drawn_apart = !raw.typed_option('M', "merge");
        let parent = row.parent.filter(|_| is_drawn_apart);
        let parent = parent.and_then(|at| name(&value, value.rows.get(at)?));
        // A device that is made of several hangs from each of them.
        let at = *places.entry(device.name.clone()).or_insert_with(|| {
            devices.push(device);
            devices.len().saturating_sub(1)
        });
        let Some(parent) = parent else { continue };
        // Drawn the other way round, what stands above is made of what stands below.
        let (whole, part) = if is_inverse {
            let below = devices.get(at).map(|device| device.name.clone());
            (places.get(&parent).copied(), below)
        } else {
            (Some(at), Some(parent))
        };
        if let (Some(whole), Some(part)) = (whole, part)
            && told.insert((whole, part.clone()))
            && let Some(device) = devices.get_mut(whole)
        {
            device.parents.push(part);
        }
    }
    if devices.is_empty() && !value.rows.is_empty() {
        return Err(ParseError::shape("no row names a device"));
    }
    Ok(Parsed {
        value: BlockDeviceList { devices },
        unread,
    })
}

fn name(table: &Table, row: &Row) -> Option<String> {
    ["NAME", "KNAME", "PATH"]
        .into_iter()
        .find_map(|column| table.owned(row, column))
}

fn device(table: &Table, row: &Row) -> Option<BlockDevice> {
    let text = |column| table.owned(row, column).map(|text| text.trim().to_owned());
    let mut mount_points = table.list(row, "MOUNTPOINTS");
    mount_points.extend(table.list(row, "MOUNTPOINT"));
    mount_points.retain(|place| !place.is_empty());
    mount_points.dedup();
    Some(BlockDevice {
        name: name(table, row)?,
        parents: text("PKNAME").into_iter().collect(),
        kind: text("TYPE"),
        size_bytes: table.size(row, "SIZE"),
        number: text("MAJ:MIN").map(|number| number.replace(' ', "")),
        removable: table.flag(row, "RM"),
        read_only: table.flag(row, "RO"),
        rotational: table.flag(row, "ROTA"),
        content: text("FSTYPE"),
        label: table.owned(row, "LABEL"),
        uuid: text("UUID"),
        partition_label: table.owned(row, "PARTLABEL"),
        partition_uuid: text("PARTUUID"),
        mount_points,
        model: text("MODEL"),
        serial: text("SERIAL"),
        vendor: text("VENDOR"),
        transport: text("TRAN"),
    })
}
