//! `iostat(1)` of sysstat 11.5 and newer as JSON.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    DiskIo, DiskIoList,
    iostat::{self, Latest},
};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const WORDS: &[&str] = &["-d", "-x", "-k", "-y", "-o", "JSON", "1", "1"];

pub(super) const VARIANT: Variant<NoArgs, DiskIoList> = Variant {
    name: "iostat_json",
    needs: Needs::programs(&["iostat"]),
    source: |_| Source::Command(Command::new("iostat").words(WORDS)),
    reads: &["iostat"],
    parse,
};

#[derive(Deserialize)]
struct Document {
    sysstat: Sysstat,
}

#[derive(Deserialize)]
struct Sysstat {
    hosts: Vec<Host>,
}

#[derive(Deserialize)]
struct Host {
    statistics: Vec<Report>,
}

#[derive(Deserialize)]
struct Report {
    /// Absent where the CPU alone was asked for.
    disk: Option<Vec<Map<String, Value>>>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DiskIoList>, ParseError> {
    raw.expect_exit(&[0])?;
    if !raw.text().trim_start().starts_with('{') {
        let complaint = raw.complaint();
        return Err(complaint.unwrap_or_else(|| ParseError::shape("it is no JSON")));
    }
    let document: Document = raw.json()?;
    let mut list = DiskIoList::default();
    let hosts = document.sysstat.hosts.into_iter();
    let mut is_any = false;
    let mut latest = Latest::default();
    for disks in hosts
        .flat_map(|host| host.statistics)
        .filter_map(|report| report.disk)
    {
        is_any = true;
        for fields in disks {
            let name = fields.get("disk_device").and_then(Value::as_str);
            let mut device = DiskIo {
                name: name
                    .ok_or_else(|| ParseError::shape("a disk without a name"))?
                    .to_owned(),
                ..DiskIo::default()
            };
            for (field, value) in &fields {
                if let Some(number) = value.as_f64() {
                    iostat::set(&mut device, field, (number, false));
                }
            }
            latest.put(&mut list, device);
        }
    }
    if !is_any {
        return Err(ParseError::shape("no disks are in it"));
    }
    Ok(Parsed::whole(list))
}
