//! A field of a crontab's times as a set of numbers, a bit each.

/// The numbers of a set; `None`: all there are.
pub(super) fn list(bits: u64, all: u64) -> Option<Vec<u8>> {
    (bits != all).then(|| numbers(bits).collect())
}

/// The numbers of a set.
pub(super) fn numbers(bits: u64) -> impl Iterator<Item = u8> {
    (0..64_u8).filter(move |number| bits & (1_u64 << number) != 0)
}

/// Reads a field: `*`, `3`, `1-5`, `*/2`, `0-20/5`, names, and lists of these with commas;
/// `Some(None)` where a part of it is chosen at random (`0~59`).
pub(super) fn set(field: &str, low: u8, high: u8, names: &[&str]) -> Option<Option<u64>> {
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.len() <= 3;
        if is_number && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text
                .parse::<u8>()
                .ok()
                .filter(|number| (low..=high).contains(number));
        }
        let at = names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(text))?;
        u8::try_from(at).ok()?.checked_add(low)
    };
    let mut bits: u64 = 0;
    let mut is_random = false;
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step.parse::<u8>().ok().filter(|n| *n > 0)?)),
            None => (part, None),
        };
        if let Some((first, last)) = range.split_once('~') {
            let is_bound = |bound: &str| bound.is_empty() || number(bound).is_some();
            (is_bound(first) && is_bound(last)).then_some(())?;
            is_random = true;
            continue;
        }
        let (first, last) = match range.split_once('-') {
            _ if range == "*" => (low, high),
            Some((first, last)) => (number(first)?, number(last)?),
            None if step.is_none() => (number(range)?, number(range)?),
            None => return None,
        };
        if first > last {
            return None;
        }
        for number in (first..=last).step_by(usize::from(step.unwrap_or(1))) {
            bits |= 1_u64 << number;
        }
    }
    Some((!is_random).then_some(bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(field: &str, low: u8, high: u8) -> Option<Vec<u8>> {
        let names = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
        set(field, low, high, names)
            .flatten()
            .map(|bits| numbers(bits).collect())
    }

    #[test]
    fn fields_are_sets() {
        assert_eq!(of("5-55/10", 0, 59), Some(vec![5, 15, 25, 35, 45, 55]));
        assert_eq!(of("*/20", 0, 59), Some(vec![0, 20, 40]));
        assert_eq!(of("1,3-4,Sat", 0, 7), Some(vec![1, 3, 4, 6]));
        assert_eq!(of("*/10", 1, 31), Some(vec![1, 11, 21, 31]));
        for field in [
            "", "60", "5/15", "5-2", "*/0", "1-", "-1", "*5", "mondays", "1,,2", "+1", "H", "*/-1",
        ] {
            assert_eq!(of(field, 0, 59), None, "{field:?}");
        }
        assert_eq!(set("0~30", 0, 59, &[]), Some(None));
    }
}
