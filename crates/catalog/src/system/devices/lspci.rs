//! `lspci(8)` with quoted fields (`-mm`), and as people run it. Names come from its own list, which
//! nobody translates.

use super::{PciDevice, PciDeviceList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, PciDeviceList> = Variant {
    name: "lspci",
    needs: Needs::programs(&["lspci"]),
    source: |_| Source::Command(Command::new("lspci").word("-mm")),
    reads: &["lspci"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PciDeviceList>, ParseError> {
    raw.expect_exit(&[0])?;
    let parsed = raw.read_lines(PciDeviceList::default(), |list, line| {
        list.devices.push(quoted(line).or_else(|| plain(line))?);
        Some(())
    });
    if parsed.value.devices.is_empty() && !parsed.unread.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("lspci printed no devices")));
    }
    Ok(parsed)
}

/// `00:02.0`, `0000:00:02.0`.
fn is_slot(word: &str) -> bool {
    let is_hexadecimal =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    word.split_once('.').is_some_and(|(place, function)| {
        let parts: Vec<&str> = place.split(':').collect();
        matches!(parts.len(), 2 | 3)
            && parts.into_iter().all(is_hexadecimal)
            && is_hexadecimal(function)
    })
}

/// `00:03.0 "Ethernet controller" "Red Hat, Inc." "Virtio" -r01 "Red Hat, Inc." "Virtio"`.
fn quoted(line: &str) -> Option<PciDevice> {
    let (slot, mut rest) = line.split_once(' ')?;
    (is_slot(slot) && rest.starts_with('"')).then_some(())?;
    let mut fields = Vec::new();
    let mut revision = None;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('"') {
            let mut field = String::new();
            let mut chars = after.char_indices();
            let end = loop {
                match chars.next()? {
                    (at, '"') => break at,
                    (_, '\\') => field.push(chars.next()?.1),
                    (_, c) => field.push(c),
                }
            };
            fields.push(field);
            rest = after.get(end.checked_add(1)?..)?;
        } else {
            let word = rest.split(' ').next()?;
            revision = revision.or_else(|| word.strip_prefix("-r").map(str::to_owned));
            word.starts_with('-').then_some(())?;
            rest = rest.get(word.len()..)?;
        }
        rest = rest.trim_start();
    }
    let mut fields = fields.into_iter();
    let mut next = || fields.next();
    let (class, vendor, device) = (next()?, next()?, next()?);
    Some(PciDevice {
        slot: slot.to_owned(),
        class,
        vendor: Some(vendor),
        device,
        revision,
        subsystem_vendor: next().filter(|name| !name.is_empty()),
        subsystem_device: next().filter(|name| !name.is_empty()),
    })
}

/// `00:03.0 Ethernet controller: Red Hat, Inc. Virtio 1.0 network device (rev 01)`.
fn plain(line: &str) -> Option<PciDevice> {
    let (slot, rest) = line.split_once(' ')?;
    is_slot(slot).then_some(())?;
    let (class, rest) = rest.split_once(": ")?;
    // The interface of a class of several, and the revision, stand behind.
    let device = rest.split(" (prog-if ").next()?;
    let (device, revision) = match device.split_once(" (rev ") {
        Some((device, revision)) => (device, Some(revision.strip_suffix(')')?.to_owned())),
        None => (device, None),
    };
    Some(PciDevice {
        slot: slot.to_owned(),
        class: class.to_owned(),
        device: device.to_owned(),
        revision,
        ..PciDevice::default()
    })
}
