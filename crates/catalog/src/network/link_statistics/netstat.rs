//! `netstat -i` and `ifconfig -s` of net-tools, in any language.

use super::{LinkStatisticsList, LinkStatisticsRow};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::{
        LinkCounters,
        common::{is_kernel_title, why_no_row, words},
    },
};

pub(super) const VARIANT: Variant<NoArgs, LinkStatisticsList> = Variant {
    name: "netstat",
    needs: Needs::programs(&["netstat"]),
    source: |_| Source::Command(Command::new("netstat").word("-i")),
    reads: &["netstat", "ifconfig"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LinkStatisticsList>, ParseError> {
    let mut columns: Option<usize> = None;
    let parsed = raw.read_lines(LinkStatisticsList::default(), |value, line| {
        let words = words(line);
        if columns.is_none() {
            if is_kernel_title(line) {
                return Some(());
            }
            // 1.60 has the metric as a column of its own.
            let is_heading = matches!(words.len(), 11 | 12) && words.get(1) == Some(&"MTU");
            columns = is_heading.then_some(words.len());
            return is_heading.then_some(());
        }
        // `eth0:1` is another address of `eth0` and has no counters.
        if let [name, _, "-", .., "-", _] = words.as_slice()
            && name.contains(':')
        {
            return Some(());
        }
        let at = columns.filter(|columns| *columns == words.len())?;
        value.links.push(row(&words, at)?);
        Some(())
    });
    if parsed.value.links.is_empty() {
        return Err(why_no_row(&raw, "no table of interfaces"));
    }
    Ok(parsed)
}

/// Reads `name mtu [metric] received errors dropped overruns sent errors dropped overruns flags`.
fn row(words: &[&str], columns: usize) -> Option<LinkStatisticsRow> {
    let (name, rest) = words.split_first()?;
    let (mtu, mut rest) = rest.split_first()?;
    if columns == 12 {
        (_, rest) = rest.split_first()?;
    }
    let [
        rx,
        rx_errors,
        rx_dropped,
        _,
        tx,
        tx_errors,
        tx_dropped,
        _,
        _flags,
    ] = rest
    else {
        return None;
    };
    let figure = |text: &str| text.parse::<u64>().ok();
    Some(LinkStatisticsRow {
        name: (*name).to_owned(),
        mtu_bytes: Some(mtu.parse().ok()?),
        counters: LinkCounters {
            rx_packets: Some(figure(rx)?),
            rx_errors: Some(figure(rx_errors)?),
            rx_dropped: Some(figure(rx_dropped)?),
            tx_packets: Some(figure(tx)?),
            tx_errors: Some(figure(tx_errors)?),
            tx_dropped: Some(figure(tx_dropped)?),
            ..LinkCounters::default()
        },
    })
}
