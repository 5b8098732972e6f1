//! Quoting for POSIX `sh`: every word becomes one word again, byte for byte, on one line.

use crate::arguments::exact;

/// Appends `word` in single quotes. A line feed becomes `"$n"`, which the script has set, since
/// the script itself must stay on one line; a character that stands for a byte becomes that byte.
pub(crate) fn push_quoted(line: &mut String, word: &str) {
    line.push('\'');
    for c in word.chars() {
        match c {
            '\'' => line.push_str(r"'\''"),
            '\n' => line.push_str("'\"$n\"'"),
            c => match exact::byte_of(c) {
                Some(byte) => line.push_str(&format!("'\"$(printf '\\{byte:o}')\"'")),
                None => line.push(c),
            },
        }
    }
    line.push('\'');
}

/// Appends `word` as a person would type it: bare where all its characters are harmless.
pub(crate) fn push_plain(line: &mut String, word: &str) {
    let harmless = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !word.is_empty() && word.chars().all(harmless) {
        line.push_str(word);
    } else {
        line.push('\'');
        line.push_str(&word.replace('\'', r"'\''"));
        line.push('\'');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    use proptest::prelude::*;

    fn quoted(word: &str) -> String {
        let mut line = String::new();
        push_quoted(&mut line, word);
        line
    }

    #[test]
    fn quotes_and_line_feeds() {
        assert_eq!(quoted("it's\n"), "'it'\\''s'\"$n\"''");
        assert_eq!(quoted(""), "''");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// A real `sh` gives every word back as it was.
        #[test]
        #[cfg(unix)]
        fn sh_reads_the_same_word_back(word in "[^\u{0}\u{10fe80}-\u{10feff}]{0,20}[\u{10fe80}-\u{10feff}]{0,3}[^\u{0}]{0,20}") {
            let script = format!("n='\n'; printf %s {}", quoted(&word));
            let out = Command::new("sh").args(["-c", &script]).output().unwrap();
            prop_assert_eq!(out.stdout, exact::bytes(&word));
        }
    }
}
