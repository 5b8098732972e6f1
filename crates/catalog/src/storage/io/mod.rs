//! `storage.io`: what each disk reads and writes.

mod iostat;
mod iostat_json;
mod proc;
mod rate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Rate, Variant, arguments::NoArgs};

/// Reads and writes per disk.
pub struct Io;

/// The answer of `storage.io`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DiskIoList {
    /// Disks, partitions and all that is made of them, as far as the tool lists them.
    pub devices: Vec<DiskIo>,
    /// Seconds since boot by the server's clock when the counters were read; `null`: not told.
    pub uptime_seconds: Option<f64>,
}

/// A device's counters since boot, and its rates: between the last two samples, or as `iostat` has
/// reckoned them over the time it was asked for. What is not told is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DiskIo {
    /// The device's name, `sda`.
    pub name: String,
    /// Bytes read.
    pub read_bytes: Option<u64>,
    /// Bytes written.
    pub written_bytes: Option<u64>,
    /// Reads that were done.
    pub reads: Option<u64>,
    /// Writes that were done.
    pub writes: Option<u64>,
    /// Milliseconds in which it had something to do.
    pub busy_milliseconds: Option<u64>,
    /// Bytes read per second.
    pub read_bytes_per_second: Option<f64>,
    /// Bytes written per second.
    pub written_bytes_per_second: Option<f64>,
    /// Reads per second.
    pub reads_per_second: Option<f64>,
    /// Writes per second.
    pub writes_per_second: Option<f64>,
    /// Reads and writes together per second.
    pub transfers_per_second: Option<f64>,
    /// How much of the time it had something to do, 0 to 100.
    pub busy_percent: Option<f64>,
}

impl Query for Io {
    const ID: &'static str = "storage.io";
    const TITLE: &'static str = "Reads and writes per disk";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = DiskIoList;
    const VARIANTS: &'static [Variant<NoArgs, DiskIoList>] =
        &[proc::VARIANT, iostat_json::VARIANT, iostat::VARIANT];
    const RATE: Option<Rate<DiskIoList>> = Some(rate::fill);
}
