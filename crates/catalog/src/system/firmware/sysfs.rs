//! The fields of the firmware's tables that the kernel shows in `/sys/class/dmi/id`; serial numbers to
//! root alone, memory to nobody.

use super::{MachineFirmware, MachinePart, date, told};
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const VENDOR: &str = "/sys/class/dmi/id/sys_vendor";
const FILES: &[FixedPath] = &[
    FixedPath::new("/sys/class/dmi/id/bios_vendor"),
    FixedPath::new("/sys/class/dmi/id/bios_version"),
    FixedPath::new("/sys/class/dmi/id/bios_date"),
    FixedPath::new(VENDOR),
    FixedPath::new("/sys/class/dmi/id/product_name"),
    FixedPath::new("/sys/class/dmi/id/product_version"),
    FixedPath::new("/sys/class/dmi/id/product_serial"),
    FixedPath::new("/sys/class/dmi/id/product_uuid"),
    FixedPath::new("/sys/class/dmi/id/board_vendor"),
    FixedPath::new("/sys/class/dmi/id/board_name"),
    FixedPath::new("/sys/class/dmi/id/board_version"),
    FixedPath::new("/sys/class/dmi/id/board_serial"),
    FixedPath::new("/sys/class/dmi/id/chassis_vendor"),
    FixedPath::new("/sys/class/dmi/id/chassis_version"),
    FixedPath::new("/sys/class/dmi/id/chassis_serial"),
];

pub(super) const VARIANT: Variant<NoArgs, MachineFirmware> = Variant {
    name: "sysfs",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<MachineFirmware>, ParseError> {
    raw.required_file(VENDOR)?;
    let of = |path: &str| raw.file(path).as_deref().and_then(told);
    let part = |manufacturer, product: Option<&str>, version, serial| MachinePart {
        manufacturer: of(manufacturer),
        product: product.and_then(of),
        version: of(version),
        serial_number: of(serial),
    };
    Ok(Parsed::whole(MachineFirmware {
        vendor: of("/sys/class/dmi/id/bios_vendor"),
        version: of("/sys/class/dmi/id/bios_version"),
        released_on: of("/sys/class/dmi/id/bios_date").as_deref().and_then(date),
        machine_uuid: of("/sys/class/dmi/id/product_uuid"),
        system: part(
            VENDOR,
            Some("/sys/class/dmi/id/product_name"),
            "/sys/class/dmi/id/product_version",
            "/sys/class/dmi/id/product_serial",
        ),
        board: part(
            "/sys/class/dmi/id/board_vendor",
            Some("/sys/class/dmi/id/board_name"),
            "/sys/class/dmi/id/board_version",
            "/sys/class/dmi/id/board_serial",
        ),
        chassis: part(
            "/sys/class/dmi/id/chassis_vendor",
            None,
            "/sys/class/dmi/id/chassis_version",
            "/sys/class/dmi/id/chassis_serial",
        ),
        memory: None,
    }))
}
