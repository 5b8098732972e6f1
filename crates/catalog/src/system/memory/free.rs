//! `free(1)` of procps, old and new, and of busybox: rows by their place and columns by their count
//! and headings, for both are translated.

use super::MemoryUse;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    units::{self, Letters},
};

/// `-w` tells buffers and cache apart; busybox and procps before 3.3.10 do not know it.
const SCRIPT: &str = "free -b -w 2>/dev/null || exec free -b";

pub(super) const VARIANT: Variant<NoArgs, MemoryUse> = Variant {
    name: "free",
    needs: Needs::programs(&["free"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["free"],
    parse,
};

/// A figure, and how much it may be off by the way it is printed.
#[derive(Clone, Copy)]
struct Size {
    bytes: u64,
    step: u64,
}

/// The rows that count.
#[derive(Default)]
struct Rows<'a> {
    headings: Vec<&'a str>,
    memory: Vec<Size>,
    /// Rows of three figures behind that of the memory: low and high memory, swap, totals.
    threes: Vec<[Size; 3]>,
    /// `-/+ buffers/cache`, as old procps has it.
    without_cache: bool,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<MemoryUse>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let text = raw.text();
    let unit = Unit::asked_for(&raw);
    let mut rows = Rows::default();
    let mut parsed = Parsed::whole(());
    for (index, line) in crate::text::lines(&text) {
        if read(&mut rows, line, unit).is_none() {
            parsed.leave_unread(index, line);
        }
    }
    if let Some((index, line)) = crate::text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    // Low and high memory stand before the swap.
    let before = if raw.typed_option('l', "lohi") { 2 } else { 0 };
    let swap = rows.threes.get(before).copied();
    let value = answer(&rows, swap).ok_or_else(|| {
        let why = "free printed no rows of memory and swap with the columns that it has";
        raw.complaint().unwrap_or_else(|| ParseError::shape(why))
    })?;
    Ok(Parsed {
        value,
        unread: parsed.unread,
    })
}

fn read<'a>(rows: &mut Rows<'a>, line: &'a str, unit: Unit) -> Option<()> {
    let Some((label, figures)) = line.split_once([':', '：']) else {
        let headings: Vec<&str> = line.split_ascii_whitespace().collect();
        // Toybox, which sets its headings in with tabs, counts in bytes where busybox does not.
        let is_toybox = line.starts_with('\t') && !unit.is_told;
        let is_header = rows.memory.is_empty() && headings.len() >= 5 && !is_toybox;
        is_header.then(|| rows.headings = headings)?;
        return Some(());
    };
    let figures: Vec<Size> = figures
        .split_ascii_whitespace()
        .map(|cell| unit.size(cell))
        .collect::<Option<_>>()?;
    if label.starts_with("-/+") {
        rows.without_cache = true;
        return Some(());
    }
    match figures.as_slice() {
        [one, two, three] if !rows.memory.is_empty() => rows.threes.push([*one, *two, *three]),
        // The first of several reports counts: free -s.
        [_, _, _, _, _, ..] if figures.len() <= 7 && rows.memory.is_empty() => {
            rows.memory = figures;
        }
        _ => return None,
    }
    Some(())
}

/// Puts the figures into their fields by how many columns there are.
fn answer(rows: &Rows<'_>, swap: Option<[Size; 3]>) -> Option<MemoryUse> {
    let heading = |index: usize| rows.headings.get(index).copied().unwrap_or_default();
    let is_five = rows.memory.len() == 5 && rows.headings.len() == 5;
    let is_old =
        (rows.without_cache && !rows.headings.is_empty()) || heading(5) == "cached" || is_five;
    let is_new = heading(4).contains('/') && !rows.without_cache;
    let (total, used, free, buffers, cached, both, available) = match rows.memory.as_slice() {
        [total, used, free, _, buffers, cached, available] => (
            total,
            used,
            free,
            Some(buffers),
            Some(cached),
            None,
            Some(available),
        ),
        [total, used, free, _, both, available] if is_new => {
            (total, used, free, None, None, Some(both), Some(available))
        }
        [total, used, free, _, buffers, cached @ ..] if is_old && cached.len() <= 1 => {
            (total, used, free, Some(buffers), cached.first(), None, None)
        }
        _ => return None,
    };
    let bytes = |size: Option<&Size>| size.map(|size| size.bytes);
    let available_bytes = bytes(available).unwrap_or_else(|| {
        let idle = [Some(free.bytes), bytes(buffers), bytes(cached), bytes(both)];
        idle.into_iter().flatten().fold(0, u64::saturating_add)
    });
    let available_bytes = available_bytes.min(total.bytes);
    let difference = total.bytes.saturating_sub(available_bytes);
    // Of rounded figures the printed one is nearer than a difference of two.
    let steps = [Some(total), Some(used), available];
    let steps = steps.into_iter().flatten().map(|size| size.step);
    let slack = steps.fold(0, u64::saturating_add).div_euclid(2);
    let is_the_same = available.is_some() && used.bytes.abs_diff(difference) <= slack;
    let [swap_total, swap_used, swap_free] = swap?.map(|size| size.bytes);
    Some(MemoryUse {
        total_bytes: total.bytes,
        used_bytes: if is_the_same { used.bytes } else { difference },
        available_bytes,
        free_bytes: free.bytes,
        buffers_bytes: bytes(buffers),
        cached_bytes: bytes(cached),
        swap_total_bytes: swap_total,
        swap_used_bytes: swap_used,
        swap_free_bytes: swap_free,
    })
}

/// What a figure without a letter stands for, and what a letter means.
#[derive(Clone, Copy)]
struct Unit {
    bytes: u64,
    letters: Letters,
    /// Whether an option said so.
    is_told: bool,
}

impl Unit {
    /// By the options that were typed; the variant's own command asks for bytes.
    fn asked_for(raw: &RawOutput<'_>) -> Self {
        let asked = |letter: char, name: &str| raw.typed_option(letter, name);
        // No option is this letter.
        let named = |name: &str| raw.typed_option('\0', name);
        let is_si = named("si");
        let (base, letters) = match is_si {
            true => (1000_u64, Letters::Decimal),
            false => (1024, Letters::Binary),
        };
        let power = |base: u64, exponent: u32| base.saturating_pow(exponent);
        let bytes = if raw.typed.is_empty() || asked('b', "bytes") || asked('h', "human") {
            1
        } else if asked('m', "mebi") {
            power(base, 2)
        } else if asked('g', "gibi") {
            power(base, 3)
        } else if named("tebi") {
            power(base, 4)
        } else if named("pebi") {
            power(base, 5)
        } else {
            let decimal = ["kilo", "mega", "giga", "tera", "peta"];
            match (1..).zip(decimal).find(|(_, name)| named(name)) {
                Some((exponent, _)) => power(1000, exponent),
                None => base,
            }
        };
        Self {
            bytes,
            letters,
            is_told: raw.typed.is_empty() || bytes != base,
        }
    }

    /// Reads `24683656`, `1.6Gi`, `1,6G`, `0B`.
    fn size(self, cell: &str) -> Option<Size> {
        if let Ok(count) = cell.parse::<u64>() {
            return Some(Size {
                bytes: count.checked_mul(self.bytes)?,
                step: self.bytes,
            });
        }
        let number = cell.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = cell.get(number.len()..)?;
        let decimals = number
            .split_once(['.', ','])
            .map_or(0, |(_, part)| part.len());
        let whole = units::bytes(&format!("1{unit}"), self.letters)?;
        Some(Size {
            bytes: units::bytes(cell, self.letters)?,
            step: whole.checked_div(10_u64.checked_pow(u32::try_from(decimals).ok()?)?)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_of(stdout: &str, typed: &[&str]) -> Option<MemoryUse> {
        let typed: Vec<String> = typed.iter().map(|word| (*word).to_owned()).collect();
        let raw = RawOutput {
            stdout: stdout.as_bytes(),
            exit_code: Some(0),
            typed: &typed,
            ..RawOutput::default()
        };
        parse(raw).ok().map(|parsed| parsed.value)
    }

    #[test]
    fn options_say_what_a_figure_is() {
        let table = |cells: &str| {
            format!("total used free shared buff/cache available\nMem: {cells}\nSwap: 1 0 1\n")
        };
        for (words, unit) in [
            (&["free"][..], 1024),
            (&["free", "-b"], 1),
            (&["free", "-wm"], 1 << 20),
            (&["free", "-m", "--si"], 1_000_000),
            (&["free", "--giga"], 1_000_000_000),
            (&["free", "--tebi"], 1 << 40),
            (&[], 1),
        ] {
            let value = read_of(&table("10 2 5 0 3 8"), words).unwrap();
            assert_eq!(value.total_bytes, 10 * unit, "{words:?}");
            assert_eq!(value.used_bytes, 2 * unit, "{words:?}");
            assert_eq!(value.swap_total_bytes, unit, "{words:?}");
        }
    }

    /// The rows that procps had before 3.3.10, and that busybox took from it.
    #[test]
    fn old_rows_have_a_line_without_the_cache() {
        let old = "total used free shared buffers cached\nMem: 100 90 10 0 5 40\n-/+ buffers/cache: 45 55\nSwap: 8 2 6\n";
        let value = read_of(old, &["free", "-k"]).unwrap();
        assert_eq!(value.available_bytes, 55 << 10);
        assert_eq!(value.used_bytes, 45 << 10);
        assert_eq!(value.cached_bytes, Some(40 << 10));
        assert_eq!(value.swap_used_bytes, 2 << 10);
    }

    #[test]
    fn columns_that_are_not_certain_are_none() {
        let strange = "a b c d e f\nMem: 10 2 5 0 3 8\nSwap: 1 0 1\n";
        assert_eq!(read_of(strange, &["free"]), None);
        let toybox = "\t\ttotal used free shared buffers\nMem: 10 2 5 0 3\nSwap: 1 0 1\n";
        assert_eq!(read_of(toybox, &["free"]), None);
        assert_eq!(
            read_of(toybox, &["free", "-m"]).unwrap().free_bytes,
            5 << 20
        );
        let no_swap = "total used free shared buff/cache available\nMem: 10 2 5 0 3 8\n";
        assert_eq!(read_of(no_swap, &["free"]), None);
    }
}
