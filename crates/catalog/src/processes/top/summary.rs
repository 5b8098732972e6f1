//! The lines above the table of `top`: they are told apart by their place and their figures, for
//! their words are translated.

use super::{TopCpu, TopMemory, TopTasks};
use crate::{
    percent::rounded,
    text::figure,
    units::{self, Letters},
};

/// The figures of a text with the letters right behind each: `0,3 us,100,0 sy` gives 0.3 and 100.0.
/// A comma between two figures separates them where a blank follows.
fn figures(text: &str) -> Vec<(f64, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(begin) = rest.find(|c: char| c.is_ascii_digit()) {
        let tail = rest.get(begin..).unwrap_or_default();
        let whole = digits(tail);
        let decimals = tail
            .get(whole..)
            .and_then(|after| after.strip_prefix(['.', ',']))
            .map_or(0, digits);
        let end = match decimals {
            0 => whole,
            some => whole.saturating_add(1).saturating_add(some),
        };
        let (number, after) = tail.split_at_checked(end).unwrap_or((tail, ""));
        let unit = after
            .find(|c: char| !c.is_ascii_alphanumeric())
            .and_then(|end| after.get(..end))
            .unwrap_or(after);
        if let Some(number) = figure(&number.replace(',', ".")) {
            found.push((number, unit));
        }
        rest = after;
    }
    found
}

fn digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len())
}

/// `Tasks: 17 total, 1 running, 16 sleeping, 0 stopped, 0 zombie`.
pub(super) fn tasks(line: &str) -> Option<TopTasks> {
    let (_, text) = line.split_once(':')?;
    let counts: Vec<u32> = figures(text)
        .into_iter()
        .map(|(count, _)| (count.fract() == 0.0 && count < 1e9).then_some(count as u32))
        .collect::<Option<_>>()?;
    let [total, running, sleeping, stopped, zombie] = *counts.as_slice() else {
        return None;
    };
    Some(TopTasks {
        total,
        running,
        sleeping,
        stopped,
        zombie,
    })
}

/// `%Cpu(s):  0.0 us,100.0 sy, ...` of procps, `Cpu(s):  0.0%us, ...` of an old one, and
/// `CPU:  57% usr  42% sys ...` of busybox: always in this order. With the
/// number of the processor where it is one by itself.
pub(super) fn cpu(line: &str) -> Option<(Option<u32>, TopCpu)> {
    let (label, text) = line.split_once(':')?;
    // `%Cpu0`: a processor by itself.
    let label = label.trim_end();
    let number = label.trim_start_matches(|c: char| !c.is_ascii_digit());
    let core = number.parse().ok();
    (core.is_some() || number.is_empty()).then_some(())?;
    let shares: Vec<f64> = figures(text).into_iter().map(|(share, _)| share).collect();
    let (user, second, third, idle, iowait, irq, softirq, steal) = match *shares.as_slice() {
        [user, second, third, idle, iowait, irq, softirq] => {
            (user, second, third, idle, iowait, irq, softirq, None)
        }
        [user, second, third, idle, iowait, irq, softirq, steal] => {
            (user, second, third, idle, iowait, irq, softirq, Some(steal))
        }
        _ => return None,
    };
    let all: f64 = shares.iter().sum();
    let usage = TopCpu {
        user_percent: user,
        system_percent: second,
        nice_percent: third,
        idle_percent: idle,
        iowait_percent: iowait,
        irq_percent: irq,
        softirq_percent: softirq,
        steal_percent: steal,
    };
    (all <= 110.0).then_some((core, usage))
}

/// `MiB Mem : 24105.1 total, 14836.5 free, 1647.9 used, 7946.9 buff/cache` and `MiB Swap: 0.0 total,
/// 0.0 free, 0.0 used. 22457.2 avail Mem`, in bytes. Whatever a translation
/// calls its units, `top(1)` knows powers of 1024 alone.
pub(super) fn four_sizes(line: &str) -> Option<FourSizes> {
    let (label, text) = line.split_once(':')?;
    let figures = figures(text);
    let [total, second, third, fourth] = figures.as_slice() else {
        return None;
    };
    let factor: f64 = match label.split_ascii_whitespace().next()? {
        "KiB" | "КіБ" | "Kio" | "KB" => 1024.0,
        "MiB" | "МіБ" | "Mio" | "MB" => 1_048_576.0,
        "GiB" | "ГіБ" | "Gio" | "GB" => 1_073_741_824.0,
        "TiB" | "ТіБ" | "Tio" => 1_099_511_627_776.0,
        // procps 3.2 has a letter behind each figure.
        "Mem" | "Swap" if figures.iter().all(|(_, unit)| *unit == "k") => 1024.0,
        _ => return None,
    };
    let bytes = |(figure, _): &(f64, &str)| (figure * factor).round() as u64;
    let sizes = [bytes(total), bytes(second), bytes(third), bytes(fourth)];
    // Before 3.3.10 what is used came before what is free; together they were all.
    let is_old = match (text.find("used"), text.find("free")) {
        (Some(used), Some(free)) => used < free,
        _ => total.0 > 0.0 && fourth.0 > 0.0 && (second.0 + third.0 - total.0).abs() < 0.5,
    };
    Some(match (is_old, sizes) {
        (false, [total, free, used, last]) => FourSizes {
            is_old,
            total,
            free,
            used,
            last,
        },
        (true, [total, used, free, last]) => FourSizes {
            is_old,
            total,
            free,
            used,
            last,
        },
    })
}

/// The figures of a line about memory, in bytes.
#[derive(Clone, Copy)]
pub(super) struct FourSizes {
    /// Whether the last of them is what procps before 3.3.10 has there.
    is_old: bool,
    total: u64,
    free: u64,
    used: u64,
    /// Of memory the cache, of swap the available memory; of old procps the buffers and the cache.
    last: u64,
}

impl FourSizes {
    /// The memory, as far as the line of the swap is not needed for it.
    pub(super) fn memory(self) -> TopMemory {
        TopMemory {
            cache_bytes: Some(self.last).filter(|_| !self.is_old),
            ..self.swap()
        }
    }

    /// The swap.
    pub(super) fn swap(self) -> TopMemory {
        TopMemory {
            total_bytes: Some(self.total),
            free_bytes: self.free,
            used_bytes: self.used,
            cache_bytes: None,
            available_bytes: None,
        }
    }

    /// Adds to the memory what stands in the line of the swap, this one.
    pub(super) fn complete(self, memory: &mut TopMemory, first: FourSizes) {
        match first.is_old {
            true => memory.cache_bytes = Some(first.last.saturating_add(self.last)),
            false => memory.available_bytes = Some(self.last),
        }
    }
}

/// `Mem: 9487208K used, 15196448K free, 9276K shrd, 96916K buff, 7479124K cached` of busybox.
pub(super) fn busybox_memory(line: &str) -> Option<TopMemory> {
    let text = line.strip_prefix("Mem:")?;
    let size = |name: &str| {
        let part = text
            .split(',')
            .find_map(|part| part.trim().strip_suffix(name))?;
        units::bytes(part.trim(), Letters::Binary)
    };
    let cache = size("buff").zip(size("cached"));
    Some(TopMemory {
        total_bytes: None,
        free_bytes: size("free")?,
        used_bytes: size("used")?,
        cache_bytes: cache.and_then(|(buffers, cached)| buffers.checked_add(cached)),
        available_bytes: None,
    })
}

/// `Load average: 5.17 2.16 1.17 8/261 206` of busybox.
pub(super) fn busybox_load(line: &str) -> Option<Vec<f64>> {
    let mut words = line.strip_prefix("Load average:")?.split_ascii_whitespace();
    let mut next = || words.next().and_then(figure).map(rounded);
    Some(vec![next()?, next()?, next()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_lines_of_memory() {
        let read = |first: &str, second: &str| {
            let (first, second) = (four_sizes(first).unwrap(), four_sizes(second).unwrap());
            let (mut memory, swap) = (first.memory(), second.swap());
            second.complete(&mut memory, first);
            let kibibytes = |bytes: u64| bytes / 1024;
            (
                kibibytes(memory.free_bytes),
                kibibytes(memory.used_bytes),
                memory.cache_bytes.map(kibibytes),
                memory.available_bytes.map(kibibytes),
                kibibytes(swap.free_bytes),
            )
        };
        let new = read(
            "KiB Mem :  1000 total,   600 free,   100 used,   300 buff/cache",
            "KiB Swap:    50 total,    40 free,    10 used.   900 avail Mem ",
        );
        assert_eq!(new, (600, 100, Some(300), Some(900), 40));
        let old = read(
            "Mem:   1000k total,   400k used,   600k free,    20k buffers",
            "Swap:    50k total,    10k used,    40k free,   280k cached",
        );
        assert_eq!(old, (600, 400, Some(300), None, 40));
    }

    #[test]
    fn commas_are_decimal_or_not() {
        let found = |text| {
            figures(text)
                .into_iter()
                .map(|(figure, _)| figure)
                .collect::<Vec<_>>()
        };
        assert_eq!(found(" 0,3 us,100,0 sy,  0,0 ni"), [0.3, 100.0, 0.0]);
        assert_eq!(found(" 0.3%us, 100.0%sy"), [0.3, 100.0]);
        assert_eq!(found("17 total,   1 running"), [17.0, 1.0]);
        assert_eq!(figures("96916K buff"), [(96916.0, "K")]);
    }
}
