//! `/proc/stat`, see `proc_stat(5)`: counters, of which the rate makes shares.

use super::{CoreUsage, CpuTicks, CpuUsage, CpuUse, MOST_CORES};
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const STAT: FixedPath = FixedPath::new("/proc/stat");

pub(super) const VARIANT: Variant<NoArgs, CpuUse> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(&[STAT]),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<CpuUse>, ParseError> {
    let text = raw.required_file(STAT.as_str())?;
    let mut total = None;
    let mut parsed = Parsed::whole(Vec::new());
    for (index, line) in text.lines().enumerate() {
        let Some(rest) = line.strip_prefix("cpu") else {
            continue;
        };
        let (number, counters) = rest.split_once(' ').unwrap_or((rest, ""));
        match (number.parse().ok(), ticks(counters)) {
            (None, Some(usage)) if number.is_empty() => total = Some(usage),
            (Some(core), Some(usage)) if parsed.value.len() < MOST_CORES => {
                parsed.value.push(CoreUsage { core, usage })
            }
            _ => parsed.leave_unread(index, line),
        }
    }
    let total = total.ok_or_else(|| ParseError::shape("/proc/stat has no line 'cpu'"))?;
    Ok(Parsed {
        value: CpuUse {
            total,
            cores: parsed.value,
        },
        unread: parsed.unread,
    })
}

/// Reads `user nice system idle iowait irq softirq steal guest guest_nice`. Kernels before 2.6.33
/// have fewer columns; guest time is in user and nice already.
fn ticks(counters: &str) -> Option<CpuUsage> {
    let columns: Vec<u64> = counters
        .split_ascii_whitespace()
        .map(|field| field.parse().ok())
        .collect::<Option<_>>()?;
    let [user, nice, system, idle, rest @ ..] = columns.as_slice() else {
        return None;
    };
    let later = |index: usize| rest.get(index).copied().unwrap_or(0);
    let (iowait, irq, softirq, steal) = (later(0), later(1), later(2), later(3));
    Some(CpuUsage {
        ticks: Some(CpuTicks {
            user_ticks: user.saturating_add(*nice),
            system_ticks: system.saturating_add(irq).saturating_add(softirq),
            idle_ticks: *idle,
            iowait_ticks: iowait,
            steal_ticks: steal,
        }),
        ..CpuUsage::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileContent;

    #[test]
    fn processors_without_end_are_not_understood() {
        let mut text = "cpu 1 2 3 4\n".to_owned();
        for core in 0..320_000 {
            text.push_str(&format!("cpu{core} 1 2 3 4\n"));
        }
        let files = [FileContent {
            path: STAT.as_str(),
            bytes: text.as_bytes(),
        }];
        let raw = RawOutput {
            files: &files,
            ..RawOutput::default()
        };
        let parsed = parse(raw).unwrap();
        assert_eq!(parsed.value.cores.len(), MOST_CORES);
        assert_eq!(parsed.unread.len(), 100);
        assert_eq!(parsed.unread[0].text, "cpu4096 1 2 3 4");
    }
}
