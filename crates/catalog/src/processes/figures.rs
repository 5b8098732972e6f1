//! The figures in the cells of process tables.
//!
//! Where nothing may stand the outer `None` is a cell that cannot be read, the inner one nothing.

use crate::{
    text::figure,
    units::{self, Letters, clock_seconds},
};

/// Reads a cell that may hold the `-` that stands for nothing: the outer `None` is a cell that
/// cannot be read.
#[expect(
    clippy::option_option,
    reason = "nothing is not the same as not understood"
)]
pub(super) fn not_dash<T>(cell: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match cell {
        "-" => Some(None),
        cell => read(cell).map(Some),
    }
}

#[expect(clippy::option_option, reason = "as above")]
pub(super) fn id(cell: &str) -> Option<Option<u32>> {
    not_dash(cell, |cell| cell.parse().ok())
}

/// `0.5`, `0,5`, and busybox' `57%`.
#[expect(clippy::option_option, reason = "as above")]
pub(super) fn share(cell: &str) -> Option<Option<f64>> {
    not_dash(cell, |cell| {
        let cell = cell.strip_suffix('%').unwrap_or(cell);
        figure(cell).or_else(|| figure(&cell.replace(',', ".")))
    })
}

/// Kibibytes where no letter says otherwise: `4540`, `1.2g`, `123m`.
#[expect(clippy::option_option, reason = "as above")]
pub(super) fn kibibytes(cell: &str) -> Option<Option<u64>> {
    not_dash(cell, |cell| match cell.parse::<u64>() {
        Ok(kibibytes) => kibibytes.checked_mul(1024),
        Err(_) => units::bytes(cell, Letters::Binary),
    })
}

/// A length of time with colons, or busybox' short `1h02` and `3d04` from an hour on.
pub(super) fn length(cell: &str) -> Option<u64> {
    let short = |letter: char, whole: u64, part: u64| {
        let (before, after) = cell.split_once(letter)?;
        let before = before.parse::<u64>().ok()?.checked_mul(whole)?;
        before.checked_add(after.parse::<u64>().ok()?.checked_mul(part)?)
    };
    clock_seconds(cell)
        .or_else(|| short('h', 3600, 60))
        .or_else(|| short('d', 86_400, 3600))
}
