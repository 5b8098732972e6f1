//! `dmidecode(8)`: sections with a title and fields that are set in; those of other things than are
//! asked for are read over. It reads memory that only root may read.

use super::{MachineFirmware, MachinePart, MemorySlot, date, told};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    units::{Letters, bytes},
};

pub(super) const VARIANT: Variant<NoArgs, MachineFirmware> = Variant {
    name: "dmidecode",
    needs: Needs::programs(&["dmidecode"]).as_root(),
    source: |_| {
        let words = [
            "-t",
            "bios",
            "-t",
            "system",
            "-t",
            "baseboard",
            "-t",
            "chassis",
            "-t",
            "memory",
        ];
        Source::Command(Command::new("dmidecode").words(&words))
    },
    reads: &["dmidecode"],
    parse,
};

/// Which section the lines belong to; those of no interest are one.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    Firmware,
    System,
    Board,
    Chassis,
    Memory,
    Other,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<MachineFirmware>, ParseError> {
    // A machine without such tables, as most containers and small hypervisors are.
    const NONE: &[&str] = &[
        "/dev/mem: No such file or directory",
        "No SMBIOS nor DMI entry point found",
    ];
    let (printed, said) = (raw.text(), raw.error_text());
    let mut lines = printed.lines().chain(said.lines());
    if let Some(line) = lines.find(|line| NONE.iter().any(|phrase| line.contains(phrase))) {
        return Err(ParseError::Absent(line.trim().chars().take(400).collect()));
    }
    raw.expect_exit(&[0])?;
    let mut section: Option<Section> = None;
    let mut found = false;
    let parsed = raw.read_lines(MachineFirmware::default(), |value, line| {
        if let Some(field) = line.strip_prefix('\t') {
            // Lists are set in once more.
            if let (false, Some((key, text))) = (field.starts_with('\t'), field.split_once(':')) {
                set(value, section?, key, text);
            }
            return section.map(|_| ());
        }
        if is_frame(line) {
            return Some(());
        }
        let title = match line.trim_end() {
            "BIOS Information" => Section::Firmware,
            "System Information" => Section::System,
            "Base Board Information" => Section::Board,
            "Chassis Information" => Section::Chassis,
            "Memory Device" => {
                let slots = value.memory.get_or_insert_default();
                slots.push(MemorySlot::default());
                Section::Memory
            }
            _ => Section::Other,
        };
        found |= title != Section::Other;
        section = Some(title);
        Some(())
    });
    if !found {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("dmidecode told nothing of the machine")));
    }
    Ok(parsed)
}

/// What stands above the sections and between them.
fn is_frame(line: &str) -> bool {
    line.starts_with("# ")
        || line.starts_with("Handle 0x")
        || line.starts_with("Getting SMBIOS data")
        || line.starts_with("Table at 0x")
        || (line.starts_with("SMBIOS ") && line.trim_end().ends_with(" present."))
        || line.contains(" structures occupying ")
}

fn set(value: &mut MachineFirmware, section: Section, key: &str, text: &str) {
    match (section, key) {
        (Section::Firmware, "Vendor") => value.vendor = told(text),
        (Section::Firmware, "Version") => value.version = told(text),
        (Section::Firmware, "Release Date") => value.released_on = date(text),
        (Section::System, "UUID") => value.machine_uuid = told(text),
        (Section::System, _) => set_part(&mut value.system, key, text),
        (Section::Board, _) => set_part(&mut value.board, key, text),
        (Section::Chassis, _) => set_part(&mut value.chassis, key, text),
        (Section::Memory, _) => {
            if let Some(slot) = value.memory.iter_mut().flatten().next_back() {
                set_slot(slot, key, text);
            }
        }
        (Section::Firmware | Section::Other, _) => {}
    }
}

fn set_part(part: &mut MachinePart, key: &str, text: &str) {
    match key {
        "Manufacturer" => part.manufacturer = told(text),
        "Product Name" => part.product = told(text),
        "Version" => part.version = told(text),
        "Serial Number" => part.serial_number = told(text),
        _ => {}
    }
}

fn set_slot(slot: &mut MemorySlot, key: &str, text: &str) {
    match key {
        "Locator" => slot.slot = told(text),
        // `No Module Installed` is no size.
        "Size" => slot.size_bytes = bytes(text.trim(), Letters::Binary),
        "Type" => slot.kind = told(text),
        "Speed" => {
            let figure = text.trim().strip_suffix(" MT/s");
            slot.megatransfers_per_second = figure.and_then(|figure| figure.parse().ok());
        }
        "Manufacturer" => slot.manufacturer = told(text),
        "Part Number" => slot.part_number = told(text),
        "Serial Number" => slot.serial_number = told(text),
        _ => {}
    }
}
