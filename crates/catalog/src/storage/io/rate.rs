//! Rates between two samples of the counters, by the server's own clock where it is in both.

use std::{collections::BTreeMap, time::Duration};

use super::{DiskIo, DiskIoList};
use crate::percent::rounded;

/// Fills the rates of `current`; a device that `previous` does not know stays without, and one whose
/// tool gave no counters keeps what it has.
pub(super) fn fill(previous: &DiskIoList, current: &mut DiskIoList, elapsed: Duration) {
    let seconds = match (previous.uptime_seconds, current.uptime_seconds) {
        (Some(before), Some(now)) => now - before,
        _ => elapsed.as_secs_f64(),
    };
    if seconds <= 0.0 {
        return;
    }
    let earlier: BTreeMap<&str, &DiskIo> = previous
        .devices
        .iter()
        .map(|device| (device.name.as_str(), device))
        .collect();
    let rate = |before: Option<u64>, now: Option<u64>| {
        let count = now?.checked_sub(before?)?;
        Some(rounded(count as f64 / seconds)).filter(|rate| rate.is_finite())
    };
    for now in &mut current.devices {
        let Some(before) = earlier.get(now.name.as_str()) else {
            continue;
        };
        if now.reads.is_none() || now.writes.is_none() {
            continue;
        }
        now.read_bytes_per_second = rate(before.read_bytes, now.read_bytes);
        now.written_bytes_per_second = rate(before.written_bytes, now.written_bytes);
        now.reads_per_second = rate(before.reads, now.reads);
        now.writes_per_second = rate(before.writes, now.writes);
        let both = |device: &DiskIo| device.reads?.checked_add(device.writes?);
        now.transfers_per_second = rate(both(before), both(now));
        let busy = rate(before.busy_milliseconds, now.busy_milliseconds);
        // A thousand milliseconds a second are all of it; the clocks differ a little.
        now.busy_percent = busy.map(|busy| rounded((busy / 10.0).min(100.0)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(uptime: Option<f64>, read: u64, reads: u64, busy: u64) -> DiskIoList {
        let device = DiskIo {
            name: "sda".to_owned(),
            read_bytes: Some(read),
            written_bytes: Some(0),
            reads: Some(reads),
            writes: Some(0),
            busy_milliseconds: Some(busy),
            ..DiskIo::default()
        };
        DiskIoList {
            devices: vec![device],
            uptime_seconds: uptime,
        }
    }

    fn rated(before: &DiskIoList, mut now: DiskIoList, elapsed: f64) -> DiskIo {
        fill(before, &mut now, Duration::from_secs_f64(elapsed));
        now.devices.remove(0)
    }

    #[test]
    fn the_servers_clock_goes_before_ours() {
        let found = rated(
            &sample(Some(10.0), 0, 0, 0),
            sample(Some(12.0), 1000, 4, 1000),
            9.0,
        );
        assert_eq!(found.read_bytes_per_second, Some(500.0));
        assert_eq!(
            (found.reads_per_second, found.busy_percent),
            (Some(2.0), Some(50.0))
        );
        let found = rated(&sample(None, 0, 0, 0), sample(None, 1000, 4, 9000), 4.0);
        assert_eq!(
            (found.read_bytes_per_second, found.busy_percent),
            (Some(250.0), Some(100.0))
        );
    }

    #[test]
    fn a_counter_that_went_back_no_time_and_a_new_device_have_no_rate() {
        let before = sample(Some(10.0), 1000, 9, 9);
        let found = rated(&before, sample(Some(11.0), 999, 10, 9), 1.0);
        assert_eq!(
            (found.read_bytes_per_second, found.reads_per_second),
            (None, Some(1.0))
        );
        assert_eq!(
            rated(&before, sample(Some(10.0), 2000, 10, 9), 1.0).reads_per_second,
            None
        );
        let mut other = sample(Some(11.0), 2000, 10, 9);
        other
            .devices
            .iter_mut()
            .for_each(|device| device.name = "sdb".to_owned());
        assert_eq!(rated(&before, other, 1.0).reads_per_second, None);
    }
}
