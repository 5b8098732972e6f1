//! `/proc/cpuinfo`, see `proc_cpuinfo(5)`: a block for each processor, in each architecture's words.

use std::collections::BTreeSet;

use super::ProcessorHardware;
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text,
};

const CPUINFO: FixedPath = FixedPath::new("/proc/cpuinfo");

pub(super) const VARIANT: Variant<NoArgs, ProcessorHardware> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(&[CPUINFO]),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ProcessorHardware>, ParseError> {
    let content = raw.required_file(CPUINFO.as_str())?;
    let mut hardware = ProcessorHardware::default();
    let mut parsed = Parsed::whole(());
    let mut sockets = BTreeSet::new();
    let mut siblings: Option<u32> = None;
    let mut count: u32 = 0;
    for (index, line) in text::lines(&content) {
        let Some((key, value)) = line.split_once(':') else {
            parsed.leave_unread(index, line);
            continue;
        };
        let value = value.trim();
        let first = |field: &mut Option<String>| {
            if field.is_none() && !value.is_empty() {
                *field = Some(value.to_owned());
            }
        };
        match key.trim_end() {
            "processor" if value.parse::<u32>().is_ok() => count = count.saturating_add(1),
            "vendor_id" => first(&mut hardware.vendor),
            "model name" => first(&mut hardware.model_name),
            "physical id" => {
                sockets.insert(value.to_owned());
            }
            "cpu cores" => hardware.cores_per_socket = value.parse().ok(),
            "siblings" => siblings = value.parse().ok(),
            "flags" | "Features" if hardware.flags.is_empty() => {
                hardware.flags = value.split_ascii_whitespace().map(str::to_owned).collect();
            }
            _ => {}
        }
    }
    // A filter may have left the names alone.
    if count == 0 && hardware == ProcessorHardware::default() {
        return Err(ParseError::shape("/proc/cpuinfo names no processor"));
    }
    hardware.processors = Some(count).filter(|count| *count > 0);
    hardware.sockets = u32::try_from(sockets.len())
        .ok()
        .filter(|sockets| *sockets > 0);
    let cores = hardware.cores_per_socket;
    hardware.threads_per_core = siblings
        .zip(cores)
        .and_then(|(siblings, cores)| siblings.checked_div(cores));
    Ok(Parsed {
        value: hardware,
        unread: parsed.unread,
    })
}
