//! `vmstat(8)` of procps: columns by their order, since some headings are translated.

use super::{VmstatSample, VmstatSamples};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, VmstatSamples> = Variant {
    name: "procps",
    needs: Needs::programs(&["vmstat"]),
    source: |_| Source::Command(Command::new("vmstat").words(&["-w", "1", "2"])),
    reads: &["vmstat"],
    parse,
};

/// The headings that no language translates, in their places.
const ANCHORS: &[(usize, &str)] = &[(10, "in"), (11, "cs")];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<VmstatSamples>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let unit = unit(raw.typed);
    // How many columns there are, and whether active memory stands in place of the cache.
    let mut header: Option<(usize, bool)> = None;
    let parsed = raw.read_lines(VmstatSamples::default(), |answer, line| {
        if line.contains("---") {
            return Some(());
        }
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        if ANCHORS
            .iter()
            .all(|(place, name)| words.get(*place) == Some(name))
        {
            let is_active = raw.typed_option('a', "active");
            // A time stands behind the columns: -t.
            let shares = words.iter().skip(12);
            let count = shares.take_while(|word| word.chars().count() == 2).count();
            header = Some((count.saturating_add(12), is_active));
            return Some(());
        }
        let (count, is_active) = header?;
        answer
            .samples
            .push(sample(words.get(..count)?, is_active, unit?)?);
        Some(())
    });
    if parsed.value.samples.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("vmstat printed no sample")));
    }
    Ok(parsed)
}

/// What a figure of memory stands for: `-S k|K|m|M`; `None`: another letter.
fn unit(typed: &[String]) -> Option<u64> {
    let mut words = typed.iter().skip(1);
    let mut letter = "K".to_owned();
    while let Some(word) = words.next() {
        if word == "-S" || word == "--unit" {
            letter = words.next()?.clone();
        } else if let Some(value) = word
            .strip_prefix("--unit=")
            .or_else(|| word.strip_prefix("-S"))
        {
            letter = value.to_owned();
        }
    }
    Some(match letter.as_str() {
        "k" => 1000,
        "K" => 1024,
        "m" => 1_000_000,
        "M" => 1_048_576,
        _ => return None,
    })
}

fn sample(words: &[&str], is_active: bool, unit: u64) -> Option<VmstatSample> {
    let figures: Vec<u64> = words
        .iter()
        .map(|word| word.parse().ok())
        .collect::<Option<_>>()?;
    let [
        runnable,
        blocked,
        swap,
        free,
        third,
        fourth,
        si,
        so,
        bi,
        bo,
        interrupts,
        switches,
        user,
        system,
        idle,
        rest @ ..,
    ] = figures.as_slice()
    else {
        return None;
    };
    let memory = |figure: &u64| figure.checked_mul(unit);
    let blocks = |figure: &u64| figure.checked_mul(1024);
    let (third, fourth) = (memory(third)?, memory(fourth)?);
    let (cached, active) = match is_active {
        true => ((None, None), (Some(third), Some(fourth))),
        false => ((Some(third), Some(fourth)), (None, None)),
    };
    Some(VmstatSample {
        runnable: *runnable,
        blocked: *blocked,
        swap_used_bytes: memory(swap)?,
        free_bytes: memory(free)?,
        buffers_bytes: cached.0,
        cache_bytes: cached.1,
        inactive_bytes: active.0,
        active_bytes: active.1,
        swap_in_bytes_per_second: memory(si)?,
        swap_out_bytes_per_second: memory(so)?,
        disk_in_bytes_per_second: blocks(bi)?,
        disk_out_bytes_per_second: blocks(bo)?,
        interrupts_per_second: *interrupts,
        switches_per_second: *switches,
        user_percent: *user,
        system_percent: *system,
        idle_percent: *idle,
        iowait_percent: rest.first().copied(),
        steal_percent: rest.get(1).copied(),
        guest_percent: rest.get(2).copied(),
    })
}

#[cfg(test)]
mod tests {
    use super::unit;

    #[test]
    fn the_unit_is_the_one_that_was_asked_for() {
        let of = |words: &[&str]| {
            let typed: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            unit(&typed)
        };
        assert_eq!(of(&[]), Some(1024));
        assert_eq!(of(&["vmstat", "1", "5"]), Some(1024));
        assert_eq!(of(&["vmstat", "-S", "m"]), Some(1_000_000));
        assert_eq!(of(&["vmstat", "-SM", "1"]), Some(1_048_576));
        assert_eq!(of(&["vmstat", "--unit=k"]), Some(1000));
        assert_eq!(of(&["vmstat", "-S", "x"]), None);
    }
}
