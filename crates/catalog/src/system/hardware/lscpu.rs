//! `lscpu(1)` of util-linux, as JSON and for people, whose labels are translated in both.

use serde::Deserialize;

use super::{ProcessorCache, ProcessorHardware, ProcessorVulnerability, labels::Label};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    text::figure,
    units::{self, Letters},
};

/// Versions before 2.30 know no JSON.
const SCRIPT: &str = "lscpu -J 2>/dev/null || exec lscpu";

pub(super) const VARIANT: Variant<NoArgs, ProcessorHardware> = Variant {
    name: "lscpu",
    needs: Needs::programs(&["lscpu"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["lscpu"],
    parse,
};

#[derive(Deserialize)]
struct Document {
    lscpu: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    field: String,
    data: Option<String>,
    #[serde(default)]
    children: Vec<Row>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ProcessorHardware>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut hardware = ProcessorHardware::default();
    let parsed = if raw.text().trim_start().starts_with('{') {
        let document: Document = raw.json()?;
        tree(&mut hardware, &document.lscpu);
        Parsed::whole(hardware)
    } else {
        raw.read_lines(hardware, |hardware, line| {
            let (label, value) = line.split_once([':', '：'])?;
            fill(hardware, label.trim(), value.trim())
        })
    };
    // A filter may have left a few lines.
    if parsed.value == ProcessorHardware::default() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("lscpu printed no labels that are known")));
    }
    Ok(parsed)
}

fn tree(hardware: &mut ProcessorHardware, rows: &[Row]) {
    for row in rows {
        let label = row.field.trim_end_matches([':', '：']).trim();
        if let Some(data) = &row.data {
            // What is not read is one of the many that have no field.
            let _known = fill(hardware, label, data.trim());
        }
        tree(hardware, &row.children);
    }
}

/// Takes one line; one without a field of its own is known all the same, for each machine has others.
fn fill(hardware: &mut ProcessorHardware, label: &str, value: &str) -> Option<()> {
    let text = || Some(value.to_owned()).filter(|value| !matches!(value.as_str(), "" | "-"));
    let count = || value.parse::<u32>().ok();
    let megahertz = || figure(&value.replace(',', "."));
    match Label::of(label) {
        Some(Label::Architecture) => hardware.architecture = text(),
        Some(Label::Processors) => hardware.processors = Some(count()?),
        Some(Label::Vendor) => hardware.vendor = text(),
        Some(Label::ModelName) => {
            let name = text();
            hardware.model_name = hardware.model_name.take().or(name);
        }
        Some(Label::ThreadsPerCore) => hardware.threads_per_core = Some(count()?),
        Some(Label::CoresPerSocket) => hardware.cores_per_socket = count(),
        Some(Label::Sockets) => hardware.sockets = count(),
        Some(Label::Hypervisor) => hardware.hypervisor = text(),
        Some(Label::NumaNodes) => hardware.numa_nodes = Some(count()?),
        Some(Label::MaxMhz) => hardware.max_mhz = Some(megahertz()?),
        Some(Label::MinMhz) => hardware.min_mhz = Some(megahertz()?),
        Some(Label::Flags) => {
            hardware.flags = value.split_ascii_whitespace().map(str::to_owned).collect();
        }
        None => {
            if let Some(name) = cache_name(label) {
                hardware.caches.push(cache(name, value)?);
            } else if is_state(value)
                && let Some((_, name)) = label.split_once(' ')
            {
                hardware.vulnerabilities.push(ProcessorVulnerability {
                    name: name.to_owned(),
                    state: value.to_owned(),
                });
            }
        }
    }
    Some(())
}

/// `L1d` of `L1d cache` in any order of words.
fn cache_name(label: &str) -> Option<&str> {
    label.split(' ').find(|word| {
        let digit = word.strip_prefix('L').and_then(|rest| rest.chars().next());
        word.len() <= 3 && digit.is_some_and(|digit| digit.is_ascii_digit())
    })
}

/// `96 KiB (2 instances)`, of older tools `32K`.
fn cache(name: &str, value: &str) -> Option<ProcessorCache> {
    let (size, instances) = value.split_once('(').unwrap_or((value, ""));
    Some(ProcessorCache {
        name: name.to_owned(),
        size_bytes: units::bytes(size, Letters::Binary)?,
        instances: instances
            .split(' ')
            .next()
            .and_then(|count| count.parse().ok()),
    })
}

/// The words of the kernel, which nobody translates.
fn is_state(value: &str) -> bool {
    [
        "Not affected",
        "Vulnerable",
        "Mitigation",
        "KVM: ",
        "Unknown: ",
    ]
    .iter()
    .any(|beginning| value.starts_with(beginning))
}
