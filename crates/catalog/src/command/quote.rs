//! Quoting for POSIX `sh`: every word becomes one word again, byte for byte, on one line.

use crate::{arguments::exact, text::is_unseen};

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

/// Appends `word` as a person would type it: bare where all its characters are harmless. What a
/// terminal acts on or a person cannot see stands as `printf` writes it, so that what is shown is
/// what it looks like, and does the same where it is pasted.
pub(crate) fn push_plain(line: &mut String, word: &str) {
    let harmless = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !word.is_empty() && word.chars().all(harmless) {
        line.push_str(word);
        return;
    }
    line.push('\'');
    for c in word.chars() {
        match c {
            '\'' => line.push_str(r"'\''"),
            '\n' | '\t' => line.push(c),
            c => match exact::byte_of(c) {
                Some(byte) => push_octal(line, &[byte]),
                None if is_unseen(c) => push_octal(line, c.encode_utf8(&mut [0; 4]).as_bytes()),
                None => line.push(c),
            },
        }
    }
    line.push('\'');
}

fn push_octal(line: &mut String, bytes: &[u8]) {
    line.push_str("'\"$(printf '");
    for byte in bytes {
        line.push_str(&format!("\\{byte:03o}"));
    }
    line.push_str("')\"'");
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

    /// Controls, `Default_Ignorable_Code_Point` of Unicode 16, and what else turns a line or shows nothing.
    const HIDDEN: [std::ops::RangeInclusive<u32>; 22] = [
        0x00..=0x1f,
        0x7f..=0x9f,
        0xad..=0xad,
        0x34f..=0x34f,
        0x61c..=0x61c,
        0x115f..=0x1160,
        0x17b4..=0x17b5,
        0x180b..=0x180f,
        0x200b..=0x200f,
        0x2028..=0x202e,
        0x2060..=0x206f,
        0x2800..=0x2800,
        0x3164..=0x3164,
        0xfe00..=0xfe0f,
        0xfeff..=0xfeff,
        0xffa0..=0xffa0,
        0xfff0..=0xfff8,
        0xfff9..=0xfffb,
        0x1bca0..=0x1bca3,
        0x1d173..=0x1d17a,
        0xe0000..=0xe0fff,
        0x10fe80..=0x10feff,
    ];

    #[test]
    fn nothing_that_hides_or_turns_is_shown_as_it_is() {
        let all = HIDDEN.into_iter().flatten().filter_map(char::from_u32);
        for c in all.filter(|c| !"\0\n\t".contains(*c)) {
            let mut shown = String::new();
            push_plain(&mut shown, &format!("a{c}b"));
            assert!(!shown.contains(c) && shown.is_ascii(), "{c:?}");
        }
        let mut lines = String::new();
        push_plain(&mut lines, "a\n\tb ä");
        assert_eq!(lines, "'a\n\tb ä'");
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

        /// So does what is shown to people, in which nothing is hidden.
        #[test]
        #[cfg(unix)]
        fn what_is_shown_is_the_same_word(word in "[^\u{0}]{0,12}[\u{1b}\u{9b}\r\u{202e}\u{200b}\u{10fe80}-\u{10feff}']{0,3}[^\u{0}]{0,12}\n?") {
            let mut shown = String::new();
            push_plain(&mut shown, &word);
            let hides = |c: char| !"\n\t".contains(c) && HIDDEN.iter().any(|some| some.contains(&u32::from(c)));
            prop_assert!(!shown.chars().any(hides), "{shown:?}");
            let script = format!("printf %s {shown}");
            let out = Command::new("sh").args(["-c", &script]).output().unwrap();
            prop_assert_eq!(out.stdout, exact::bytes(&word));
        }
    }
}
