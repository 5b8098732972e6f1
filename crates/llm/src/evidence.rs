//! Whether a text bears out an answer: every word occurs in it, every number can be had from one of
//! its numbers, and no list is longer than it has words.
//!
//! Invariant: what cannot be found is not believed. Time is linear in the text for each value.

use std::collections::HashSet;

use serde_json::Value;

/// What a number of the text may have been multiplied by: decimal and binary prefixes, blocks of
/// 512 bytes, percent, minutes, hours, days, thousandths.
const FACTORS: [f64; 21] = [
    1.0,
    1e3,
    1e6,
    1e9,
    1e12,
    1e15,
    1_024.0,
    1_048_576.0,
    1_073_741_824.0,
    1_099_511_627_776.0,
    1_125_899_906_842_624.0,
    512.0,
    100.0,
    0.01,
    60.0,
    3_600.0,
    86_400.0,
    604_800.0,
    1e-3,
    1e-6,
    1e-9,
];
/// A word shorter than this must stand by itself in the text: within others it may be chance.
const SHORT: usize = 4;

/// What a text gives.
pub(crate) struct Evidence<'a> {
    text: &'a str,
    /// The text with every run of white space as one blank: a wrapped word is one.
    flat: String,
    /// Ascending.
    numbers: Vec<f64>,
    words: usize,
}

impl<'a> Evidence<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut numbers = numbers(text);
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        Self {
            text,
            flat: words.join(" "),
            numbers,
            words: words.len(),
        }
    }

    /// What of the answer the text does not bear out, at most so many sentences. `allowed`: words
    /// of the schema itself.
    pub(crate) fn missing(
        &self,
        answer: &Value,
        allowed: &HashSet<String>,
        most: usize,
    ) -> Vec<String> {
        let mut lengths = Vec::new();
        lists(answer, &mut lengths);
        let mut missing = Vec::new();
        self.look(answer, allowed, &lengths, most, "", &mut missing);
        missing
    }

    fn look(
        &self,
        value: &Value,
        allowed: &HashSet<String>,
        lengths: &[usize],
        most: usize,
        place: &str,
        missing: &mut Vec<String>,
    ) {
        if missing.len() >= most {
            return;
        }
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::String(word) => {
                if !allowed.contains(word) && !self.has_word(word) && !self.has_time(word) {
                    let shown: String = word.chars().take(80).collect();
                    missing.push(format!("{place}: {shown:?} does not occur in the text"));
                }
            }
            Value::Number(number) => {
                let is_count = number
                    .as_u64()
                    .is_some_and(|number| lengths.iter().any(|length| *length as u64 == number));
                let is_there = number
                    .as_f64()
                    .is_some_and(|number| self.has_number(number));
                if !is_count && !is_there {
                    missing.push(format!("{place}: no number of the text gives {number}"));
                }
            }
            Value::Array(values) => {
                if values.len() > self.words {
                    missing.push(format!("{place}: more entries than the text has words"));
                    return;
                }
                for (index, value) in values.iter().enumerate() {
                    let place = format!("{place}/{index}");
                    self.look(value, allowed, lengths, most, &place, missing);
                }
            }
            Value::Object(fields) => {
                for (name, value) in fields {
                    let place = format!("{place}/{name}");
                    self.look(value, allowed, lengths, most, &place, missing);
                }
            }
        }
    }

    fn has_word(&self, word: &str) -> bool {
        let word = word.trim();
        if word.is_empty() {
            return true;
        }
        if word.chars().count() >= SHORT {
            return self.text.contains(word) || self.flat.contains(word);
        }
        let bounded = |(at, found): (usize, &str)| {
            let before = self
                .text
                .get(..at)
                .and_then(|text| text.chars().next_back());
            let after = self.text.get(at + found.len()..);
            let after = after.and_then(|text| text.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        };
        self.text.match_indices(word).any(bounded)
    }

    /// Whether it is a time as RFC 3339 writes it, whose year, day and time the text gives.
    fn has_time(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let is_at = |index: usize, byte: u8| bytes.get(index) == Some(&byte);
        if !(bytes.len() >= 10 && is_at(4, b'-') && is_at(7, b'-')) || bytes.len() > 40 {
            return false;
        }
        let parts = word.split(|c: char| !c.is_ascii_digit());
        let parts: Vec<f64> = parts.filter_map(|part| part.parse().ok()).collect();
        // The month may be a name, the zone and fractions may be what was left out.
        let told = parts.iter().enumerate().filter(|(index, _)| *index != 1);
        parts.len() >= 3
            && told
                .take(5)
                .all(|(_, part)| *part == 0.0 || self.holds(*part))
    }

    fn has_number(&self, number: f64) -> bool {
        // What was multiplied may have been rounded to a whole number.
        let rounded = |factor: f64| if factor > 1.0 { 1.0 / factor } else { 0.0 };
        FACTORS
            .iter()
            .any(|factor| self.holds_within(number.abs() / factor, rounded(*factor)))
    }

    fn holds(&self, number: f64) -> bool {
        self.holds_within(number, 0.0)
    }

    /// Whether the text has this number, or one so near.
    fn holds_within(&self, number: f64, slack: f64) -> bool {
        let slack = slack.max(number.abs() * 1e-9);
        let first = self.numbers.partition_point(|each| *each < number - slack);
        let nearest = self.numbers.get(first);
        nearest.is_some_and(|nearest| *nearest <= number + slack)
    }
}

/// The lengths of all lists in a value.
fn lists(value: &Value, lengths: &mut Vec<usize>) {
    match value {
        Value::Array(values) => {
            lengths.push(values.len());
            values.iter().for_each(|value| lists(value, lengths));
        }
        Value::Object(fields) => fields.values().for_each(|value| lists(value, lengths)),
        _ => {}
    }
}

/// Every number of a text: `1`, `1.5`, `1,5` (also as 15: the comma may group), `007`.
fn numbers(text: &str) -> Vec<f64> {
    let mut found = Vec::new();
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    for run in text.split(|c: char| !is_part(c)) {
        let whole = run.trim_matches(['.', ',']);
        found.extend(
            whole
                .split(['.', ','])
                .filter_map(|part| part.parse::<f64>().ok()),
        );
        found.extend(whole.replace(',', ".").parse::<f64>());
        found.extend(whole.replace(',', "").parse::<f64>());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn missing(text: &str, answer: &Value) -> Vec<String> {
        Evidence::of(text).missing(answer, &HashSet::from(["ok".to_owned()]), 10)
    }

    #[test]
    fn what_the_text_gives_is_believed() {
        let text = "sda  1.5G 42% /srv/long\n  name\nat Nov 29 06:07:08 2026 1,234 KiB\n";
        for answer in [
            json!("sda"),
            json!("ok"),
            json!(""),
            json!("/srv/long name"),
            json!(1_610_612_736_u64),
            json!(1_500_000_000_u64),
            json!(42),
            json!(0.42),
            json!(1_263_616),
            json!("2026-11-29T06:07:08Z"),
            json!([true, null, 1.5, 42]),
            json!({ "names": ["sda", "ok", "name"], "count": 3 }),
        ] {
            assert_eq!(missing(text, &answer), Vec::<String>::new(), "{answer}");
        }
    }

    #[test]
    fn what_the_text_does_not_give_is_not() {
        let text = "sda1  1.5G 42% /srv\nat Nov 29 06:07:08 2026\n";
        for answer in [
            json!("sdb1"),
            json!("sda"),
            json!("SDA1"),
            json!(43),
            json!(1_610_612_000_u64),
            json!("2025-11-29T06:07:08Z"),
            json!("2026-11-30"),
            json!(vec!["sda1"; 50]),
            json!({ "deep": [{ "name": "/srv/other" }] }),
        ] {
            assert!(!missing(text, &answer).is_empty(), "{answer}");
        }
    }
}
