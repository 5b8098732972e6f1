//! Bytes per second between two samples, by the server's own clock where it is in both.

use std::{collections::BTreeMap, time::Duration};

use super::{InterfaceRates, NetworkRates};
use crate::percent::rounded;

/// Fills the rates of `current`; an interface that `previous` does not know stays without.
pub(super) fn fill(previous: &NetworkRates, current: &mut NetworkRates, elapsed: Duration) {
    let seconds = match (previous.uptime_seconds, current.uptime_seconds) {
        (Some(before), Some(now)) => now - before,
        _ => elapsed.as_secs_f64(),
    };
    if seconds <= 0.0 {
        return;
    }
    let earlier: BTreeMap<&str, &InterfaceRates> = previous
        .interfaces
        .iter()
        .map(|interface| (interface.name.as_str(), interface))
        .collect();
    let rate = |before: u64, now: u64| {
        let bytes = now.checked_sub(before)?;
        Some(rounded(bytes as f64 / seconds)).filter(|rate| rate.is_finite())
    };
    for now in &mut current.interfaces {
        if let Some(before) = earlier.get(now.name.as_str()) {
            now.rx_bytes_per_second = rate(before.rx_bytes, now.rx_bytes);
            now.tx_bytes_per_second = rate(before.tx_bytes, now.tx_bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(uptime_seconds: Option<f64>, counters: &[(&str, u64, u64)]) -> NetworkRates {
        let interface = |(name, rx_bytes, tx_bytes): &(&str, u64, u64)| InterfaceRates {
            name: (*name).to_owned(),
            rx_bytes: *rx_bytes,
            tx_bytes: *tx_bytes,
            ..InterfaceRates::default()
        };
        NetworkRates {
            interfaces: counters.iter().map(interface).collect(),
            uptime_seconds,
        }
    }

    /// The rates of every interface when `elapsed` seconds went by on this side.
    fn rates(
        previous: &NetworkRates,
        mut current: NetworkRates,
        elapsed: f64,
    ) -> Vec<(Option<f64>, Option<f64>)> {
        fill(previous, &mut current, Duration::from_secs_f64(elapsed));
        let of = |interface: &InterfaceRates| {
            (interface.rx_bytes_per_second, interface.tx_bytes_per_second)
        };
        current.interfaces.iter().map(of).collect()
    }

    #[test]
    fn the_servers_clock_goes_before_ours() {
        let before = sample(Some(100.0), &[("eth0", 1000, 0)]);
        let now = sample(Some(102.0), &[("eth0", 3000, 10)]);
        assert_eq!(rates(&before, now, 9.0), [(Some(1000.0), Some(5.0))]);
        let before = sample(None, &[("eth0", 1000, 0)]);
        let now = sample(Some(102.0), &[("eth0", 3000, 10)]);
        assert_eq!(rates(&before, now, 4.0), [(Some(500.0), Some(2.5))]);
    }

    #[test]
    fn a_counter_that_went_back_has_no_rate() {
        let before = sample(Some(100.0), &[("eth0", 1000, 7)]);
        let now = sample(Some(101.0), &[("eth0", 999, 8)]);
        assert_eq!(rates(&before, now, 1.0), [(None, Some(1.0))]);
    }

    #[test]
    fn no_time_or_a_restarted_server_has_no_rate() {
        let before = sample(Some(100.0), &[("eth0", 0, 0)]);
        for uptime in [100.0, 3.0] {
            let now = sample(Some(uptime), &[("eth0", 9, 9)]);
            assert_eq!(rates(&before, now, 1.0), [(None, None)]);
        }
        let before = sample(None, &[("eth0", 0, 0)]);
        let now = sample(None, &[("eth0", 9, 9)]);
        assert_eq!(rates(&before, now, 0.0), [(None, None)]);
    }

    #[test]
    fn a_new_interface_waits_for_its_second_sample() {
        let before = sample(Some(1.0), &[("eth0", 0, 0)]);
        let now = sample(Some(2.0), &[("veth1", 5, 5), ("eth0", 5, 5)]);
        let expected = [(None, None), (Some(5.0), Some(5.0))];
        assert_eq!(rates(&before, now, 1.0), expected);
    }
}
