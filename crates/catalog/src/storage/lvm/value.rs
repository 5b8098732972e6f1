//! Rows of LVM's reports, by the names of their fields, whatever form they came in.

use super::{LvmLogicalVolume, LvmPhysicalVolume, LvmReport, LvmVolumeGroup};
use crate::{
    RawOutput,
    text::figure,
    units::{self, Letters},
};

/// A row's cell by the name that LVM gives its field; an empty one is none.
pub(super) type Cell<'c, 'v> = &'c dyn Fn(&str) -> Option<&'v str>;

/// Adds a row to its list; `None`: it names nothing.
pub(super) type Add = fn(&mut LvmReport, Cell<'_, '_>, Option<u64>) -> Option<()>;

/// What a size without a letter counts, in bytes; `None`: not known.
pub(super) fn plain_unit(raw: &RawOutput<'_>) -> Option<u64> {
    let mut words = raw.typed.iter();
    let mut unit = None;
    while let Some(word) = words.next() {
        unit = match word.strip_prefix("--units") {
            Some("") => words.next().map(String::as_str),
            Some(value) => value.strip_prefix('='),
            None => unit,
        };
    }
    match unit {
        Some("b" | "B") => Some(1),
        Some("s" | "S") => Some(512),
        Some("h" | "H" | "r" | "R") | None => None,
        Some(unit) => size(&format!("1{unit}"), None),
    }
}

/// A size: `100663296B`, `96.00m` (powers of 1024), `0.10G` (powers of 1000), `<1.00t` (less, by
/// rounding).
pub(super) fn size(text: &str, plain: Option<u64>) -> Option<u64> {
    let text = text.trim_start_matches(['<', '>']);
    let (number, unit) = match text.char_indices().next_back() {
        Some((at, unit)) if unit.is_ascii_alphabetic() => (text.get(..at)?, Some(unit)),
        _ => (text, None),
    };
    match unit {
        None if number == "0" => Some(0),
        None => {
            let bytes = number.replace(',', ".");
            units::bytes(&bytes, Letters::Binary).and_then(|blocks| blocks.checked_mul(plain?))
        }
        Some('b' | 'B') => number.parse().ok(),
        Some('s' | 'S') => number.parse::<u64>().ok()?.checked_mul(512),
        Some(unit) if unit.is_ascii_lowercase() => units::bytes(text, Letters::Binary),
        Some(_) => units::bytes(text, Letters::Decimal),
    }
}

fn share(text: &str) -> Option<f64> {
    figure(&text.replace(',', "."))
}

/// Adds a row of physical volumes; `None`: it names none.
pub(super) fn physical(
    report: &mut LvmReport,
    cell: Cell<'_, '_>,
    plain: Option<u64>,
) -> Option<()> {
    let owned = |name: &str| cell(name).map(str::to_owned);
    let volume = LvmPhysicalVolume {
        device: owned("pv_name")?,
        group: owned("vg_name"),
        size_bytes: cell("pv_size").and_then(|text| size(text, plain)),
        free_bytes: cell("pv_free").and_then(|text| size(text, plain)),
        attributes: owned("pv_attr"),
        uuid: owned("pv_uuid"),
    };
    // One that holds several segments has a row for each of them.
    if report.physical_volumes.last() != Some(&volume) {
        report.physical_volumes.push(volume);
    }
    Some(())
}

/// Adds a row of groups.
pub(super) fn group(report: &mut LvmReport, cell: Cell<'_, '_>, plain: Option<u64>) -> Option<()> {
    let owned = |name: &str| cell(name).map(str::to_owned);
    let number = |name: &str| cell(name)?.parse().ok();
    let group = LvmVolumeGroup {
        name: owned("vg_name")?,
        size_bytes: cell("vg_size").and_then(|text| size(text, plain)),
        free_bytes: cell("vg_free").and_then(|text| size(text, plain)),
        physical_volumes: number("pv_count"),
        logical_volumes: number("lv_count"),
        snapshots: number("snap_count"),
        attributes: owned("vg_attr"),
        uuid: owned("vg_uuid"),
    };
    if report.groups.last() != Some(&group) {
        report.groups.push(group);
    }
    Some(())
}

/// Adds a row of volumes.
pub(super) fn logical(
    report: &mut LvmReport,
    cell: Cell<'_, '_>,
    plain: Option<u64>,
) -> Option<()> {
    let owned = |name: &str| cell(name).map(str::to_owned);
    let name = cell("lv_name")?;
    let hidden = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    let volume = LvmLogicalVolume {
        name: hidden.unwrap_or(name).to_owned(),
        group: owned("vg_name"),
        size_bytes: cell("lv_size").and_then(|text| size(text, plain)),
        attributes: owned("lv_attr"),
        is_hidden: hidden.is_some(),
        pool: owned("pool_lv"),
        origin: owned("origin"),
        data_percent: cell("data_percent").and_then(share),
        metadata_percent: cell("metadata_percent").and_then(share),
        sync_percent: cell("copy_percent").and_then(share),
        uuid: owned("lv_uuid"),
    };
    if report.logical_volumes.last() != Some(&volume) {
        report.logical_volumes.push(volume);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn small_letters_are_powers_of_1024_and_capitals_of_1000() {
        assert_eq!(size("96.00m", None), Some(100_663_296));
        assert_eq!(size("<1.07G", None), Some(1_070_000_000));
        assert_eq!(size("100663296B", None), Some(100_663_296));
        assert_eq!(size("1,50k", None), Some(1536));
        assert_eq!((size("100", None), size("100", Some(1))), (None, Some(100)));
        assert_eq!((size("0", None), size("x", None)), (Some(0), None));
    }
}
