//! `lsusb(8)` of usbutils and of busybox, which may know no names. Its tree (`-t`) is another form,
//! and what `-v` tells of each device stands between rows that are read.

use super::{UsbDevice, UsbDeviceList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, UsbDeviceList> = Variant {
    name: "lsusb",
    needs: Needs::programs(&["lsusb"]),
    source: |_| Source::Command(Command::new("lsusb")),
    reads: &["lsusb"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UsbDeviceList>, ParseError> {
    // 1: there is not a single bus.
    let said = raw.error_text();
    let is_none = raw.exit_code == Some(1) && raw.stdout.is_empty() && said.trim().is_empty();
    if !is_none {
        raw.expect_exit(&[0])?;
    }
    let in_detail = raw.typed_option('v', "verbose");
    let parsed = raw.read_lines(UsbDeviceList::default(), |list, line| {
        match device(line) {
            Some(device) => list.devices.push(device),
            None => (in_detail && !list.devices.is_empty()).then_some(())?,
        }
        Some(())
    });
    if parsed.value.devices.is_empty() && !parsed.unread.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("lsusb printed no devices")));
    }
    Ok(parsed)
}

/// Reads `Bus 001 Device 002: ID 0627:0001 Adomax Technology Co., Ltd QEMU Tablet`.
fn device(line: &str) -> Option<UsbDevice> {
    let (bus, rest) = line.strip_prefix("Bus ")?.split_once(" Device ")?;
    let (device, rest) = rest.split_once(": ID ")?;
    let (ids, name) = rest.split_once(' ').unwrap_or((rest, ""));
    let (vendor_id, product_id) = ids.split_once(':')?;
    let is_id = |id: &str| id.len() == 4 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_id(vendor_id) && is_id(product_id)).then_some(())?;
    let name = name.trim();
    Some(UsbDevice {
        bus: bus.parse().ok()?,
        device: device.parse().ok()?,
        vendor_id: vendor_id.to_owned(),
        product_id: product_id.to_owned(),
        name: (!name.is_empty()).then(|| name.to_owned()),
    })
}
