//! `iostat(1)` of sysstat as a table, simple or extended, old or new.

use std::collections::BTreeMap;

use super::{DiskIo, DiskIoList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    percent::rounded,
    text::figure,
    units::{self, Letters},
};

pub(super) const VARIANT: Variant<NoArgs, DiskIoList> = Variant {
    name: "iostat",
    needs: Needs::programs(&["iostat"]),
    // The second report alone, of one second: the first is of all the time since boot.
    source: |_| Source::Command(Command::new("iostat").words(&["-d", "-x", "-k", "-y", "1", "1"])),
    reads: &["iostat"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DiskIoList>, ParseError> {
    raw.expect_exit(&[0])?;
    let has_times = raw.typed_option('t', "");
    let leaves_out_idle = raw.typed_option('z', "");
    let mut header: Option<Vec<String>> = None;
    let mut is_cpu = false;
    let mut is_headed = false;
    let mut latest = Latest::default();
    let parsed = raw.read_lines(DiskIoList::default(), |list, line| {
        if line.starts_with("Linux ") {
            header = None;
            return Some(());
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.first() == Some(&"avg-cpu:") {
            (header, is_cpu) = (None, true);
            return Some(());
        }
        let is_device = |word: &&str| matches!(*word, "Device" | "Device:");
        let (first, last) = (words.first()?, words.last()?);
        if words.len() > 1 && (is_device(first) || is_device(last)) {
            header = Some(words.iter().map(|word| (*word).to_owned()).collect());
            (is_cpu, is_headed) = (false, true);
            if leaves_out_idle {
                list.devices.iter_mut().for_each(rest);
            }
            return Some(());
        }
        if is_cpu {
            is_cpu = false;
            let are_figures = words.iter().all(|word| number(word).is_some());
            return are_figures.then_some(());
        }
        let device = header.as_ref().and_then(|header| device(header, &words));
        match device {
            Some(device) => latest.put(list, device),
            None => return (has_times && line.contains(':')).then_some(()),
        }
        Some(())
    });
    if !is_headed {
        raw.expect_output()?;
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no table of devices")));
    }
    Ok(parsed)
}

/// The devices of several reports, each with its latest figures.
#[derive(Default)]
pub(super) struct Latest {
    places: BTreeMap<String, usize>,
}

impl Latest {
    /// Takes a device's figures in place of earlier ones.
    pub(super) fn put(&mut self, list: &mut DiskIoList, device: DiskIo) {
        let known = self.places.get(&device.name);
        match known.and_then(|at| list.devices.get_mut(*at)) {
            Some(known) => *known = device,
            None => {
                self.places.insert(device.name.clone(), list.devices.len());
                list.devices.push(device);
            }
        }
    }
}

/// A device that is left out of a report, for it did nothing.
fn rest(device: &mut DiskIo) {
    for rate in [
        &mut device.read_bytes_per_second,
        &mut device.written_bytes_per_second,
        &mut device.reads_per_second,
        &mut device.writes_per_second,
        &mut device.transfers_per_second,
        &mut device.busy_percent,
    ] {
        *rate = rate.map(|_| 0.0);
    }
}

fn device(header: &[String], words: &[&str]) -> Option<DiskIo> {
    (header.len() == words.len()).then_some(())?;
    let mut device = DiskIo::default();
    for (name, word) in header.iter().zip(words) {
        if matches!(name.as_str(), "Device" | "Device:") {
            (*word).clone_into(&mut device.name);
        } else {
            set(&mut device, name, number(word)?);
        }
    }
    Some(device)
}

/// A figure, and whether a letter made it bytes: `17,6k` is so.
fn number(word: &str) -> Option<(f64, bool)> {
    let plain = word.trim_end_matches('%').replace(',', ".");
    if let Some(number) = figure(&plain) {
        return Some((number, false));
    }
    let bytes = units::bytes(&plain, Letters::Binary)?;
    Some((bytes as f64, true))
}

/// Takes the figure of one of iostat's columns; those that are not asked for are passed over.
pub(super) fn set(device: &mut DiskIo, name: &str, (number, is_bytes): (f64, bool)) {
    let of = |unit: f64| {
        let unit = if is_bytes { 1.0 } else { unit };
        Some(rounded(number * unit)).filter(|number| number.is_finite())
    };
    const KIB: f64 = 1024.0;
    const MIB: f64 = 1024.0 * 1024.0;
    match name {
        "tps" => device.transfers_per_second = of(1.0),
        "r/s" => device.reads_per_second = of(1.0),
        "w/s" => device.writes_per_second = of(1.0),
        "%util" | "util" => device.busy_percent = of(1.0),
        "kB_read/s" | "rkB/s" => device.read_bytes_per_second = of(KIB),
        "MB_read/s" | "rMB/s" => device.read_bytes_per_second = of(MIB),
        "Blk_read/s" | "rsec/s" => device.read_bytes_per_second = of(512.0),
        "kB_wrtn/s" | "wkB/s" => device.written_bytes_per_second = of(KIB),
        "MB_wrtn/s" | "wMB/s" => device.written_bytes_per_second = of(MIB),
        "Blk_wrtn/s" | "wsec/s" => device.written_bytes_per_second = of(512.0),
        _ => {}
    }
}
