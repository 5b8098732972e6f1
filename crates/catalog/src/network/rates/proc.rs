//! `/proc/net/dev`, see `proc_pid_net(5)`, with `/proc/uptime` for the exact moment.

use super::{InterfaceRates, MOST_INTERFACES, NetworkRates};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    text::figure,
};

const FILES: &[FixedPath] = &[
    FixedPath::new("/proc/net/dev"),
    FixedPath::new("/proc/uptime"),
];

pub(super) const VARIANT: Variant<NoArgs, NetworkRates> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkRates>, ParseError> {
    let text = raw.required_file("/proc/net/dev")?;
    if !text.contains("bytes") {
        return Err(ParseError::shape("/proc/net/dev has no headings"));
    }
    let uptime = raw.file("/proc/uptime");
    let mut parsed = Parsed::whole(NetworkRates {
        interfaces: Vec::new(),
        uptime_seconds: uptime.and_then(|text| figure(text.split_ascii_whitespace().next()?)),
    });
    for (index, line) in text.lines().enumerate().skip(2) {
        match interface(line) {
            Some(interface) if parsed.value.interfaces.len() < MOST_INTERFACES => {
                parsed.value.interfaces.push(interface);
            }
            _ => parsed.leave_unread(index, line),
        }
    }
    Ok(parsed)
}

/// Reads `name: bytes packets errs drop fifo frame compressed multicast` and the same of what was
/// sent. Old kernels leave no space behind the colon; a name may hold one (`eth0:1`).
fn interface(line: &str) -> Option<InterfaceRates> {
    let (name, counters) = line.rsplit_once(':')?;
    let counters: Vec<u64> = counters
        .split_ascii_whitespace()
        .map(|field| field.parse().ok())
        .collect::<Option<_>>()?;
    let (received, sent) = counters.split_at_checked(8)?;
    let ([rx_bytes, rx_packets, rx_errors, ..], [tx_bytes, tx_packets, tx_errors, ..]) =
        (received, sent)
    else {
        return None;
    };
    Some(InterfaceRates {
        name: name.trim().to_owned(),
        rx_bytes: *rx_bytes,
        tx_bytes: *tx_bytes,
        rx_packets: *rx_packets,
        tx_packets: *tx_packets,
        rx_errors: *rx_errors,
        tx_errors: *tx_errors,
        rx_bytes_per_second: None,
        tx_bytes_per_second: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileContent;

    #[test]
    fn interfaces_without_end_are_not_understood() {
        let mut text = "Inter-| Receive\n face |bytes packets\n".to_owned();
        for number in 0..200_000 {
            text.push_str(&format!("eth{number}: 1 2 3 4 5 6 7 8 1 2 3 4 5 6 7 8\n"));
        }
        let files = [FileContent {
            path: "/proc/net/dev",
            bytes: text.as_bytes(),
        }];
        let raw = RawOutput {
            files: &files,
            ..RawOutput::default()
        };
        let parsed = parse(raw).unwrap();
        assert_eq!(parsed.value.interfaces.len(), MOST_INTERFACES);
        assert_eq!(parsed.unread.len(), 100);
    }
}
