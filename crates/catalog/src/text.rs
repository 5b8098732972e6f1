//! Cleaning what a server printed: bytes to text without escape sequences and control characters,
//! and text to lines without what the way there put between them.
//!
//! Invariant: what comes out holds no control character but line feed and tab, and no more lines
//! than came in. All of it is linear in the input's length.

use std::borrow::Cow;

/// Bytes as clean text: a byte order mark, NULs and other control characters dropped, CRLF folded
/// to LF, of a line that was drawn over (`\r`, as progress is shown) the last drawing kept, what was
/// struck over (`x BS`) removed, ANSI and OSC sequences gone, invalid UTF-8 replaced by U+FFFD.
#[must_use]
pub fn clean(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // What is UTF-8, as nearly all is, is found to be so many times faster than it is replaced.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    };
    if is_clean(&text) {
        return text;
    }
    Cow::Owned(without_controls(&strip_ansi(text)))
}

/// Controls, and characters that turn the direction of a line or show nothing: all that are
/// `Default_Ignorable_Code_Point` in Unicode, the separators of lines, the marks of annotations, and the
/// empty Braille pattern.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a text holds no control character but line feed and tab.
#[must_use]
pub fn is_clean(text: &str) -> bool {
    let is_suspect = |byte: u8| (byte < 0x20 && byte != b'\n' && byte != b'\t') || byte == 0x7f;
    // The 8-bit controls are two bytes in UTF-8, the first of them C2. All bytes of a block are looked
    // at, so that the processor can look at many at once.
    let is_block_suspect = |block: &[u8]| {
        let look = |found, byte: &u8| found | is_suspect(*byte) | (*byte == 0xc2);
        block.iter().fold(false, look)
    };
    !text.as_bytes().chunks(64).any(is_block_suspect) || !text.chars().any(is_control)
}

/// A control character that is neither line feed nor tab.
fn is_control(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

fn without_controls(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut line_begin = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => {
                clean.push(c);
                line_begin = clean.len();
            }
            '\r' => {
                while chars.next_if_eq(&'\r').is_some() {}
                if chars.peek().is_some_and(|next| *next != '\n') {
                    clean.truncate(line_begin);
                }
            }
            '\u{8}' if clean.len() > line_begin => {
                clean.pop();
            }
            c if is_control(c) => {}
            c => clean.push(c),
        }
    }
    clean
}

/// A cell of a table, a field of a document: its control characters made visible as U+FFFD, for
/// JSON can spell them (`\u001b`) where no output holds them. Line feed and tab stay.
pub(crate) fn scrub(text: &mut String) {
    if !is_clean(text) {
        let stripped = strip_ansi(Cow::Borrowed(text.as_str()));
        let visible = |c: char| if is_control(c) { '\u{fffd}' } else { c };
        let scrubbed = stripped.chars().map(visible).collect();
        *text = scrubbed;
    }
}

/// The whole lines of a cleaned text with their numbers from 0; empty ones, and those that a shell,
/// `sudo` or a locale put there (see [`is_noise`]), left out. A last line without its line feed was
/// cut and is not among them: see [`cut_line`].
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n')
        .map_while(|line| line.strip_suffix('\n'))
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !is_noise(line))
}

/// The last line with its number from 0 where it has no line feed: output that was cut. `None`: it
/// is whole.
#[must_use]
pub fn cut_line(text: &str) -> Option<(usize, &str)> {
    let begin = text.rfind('\n').map_or(0, |at| at.saturating_add(1));
    let (before, line) = text.split_at_checked(begin)?;
    (!line.is_empty()).then(|| (before.matches('\n').count(), line))
}

/// A line that says nothing about what was asked: complaints about the locale, the host's own name
/// or the terminal that shells, perl and sudo print before they do what they were told.
#[must_use]
pub fn is_noise(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "sudo: unable to resolve host",
        "sudo: unable to send audit message",
        "sudo: setrlimit(",
        "[sudo] password for",
        "perl: warning:",
        "stdin: is not a tty",
        "mesg: ttyname failed",
        "tput: No value for $TERM",
        "tput: unknown terminal",
    ];
    // The rest of perl's complaint is set in from a tab.
    const PERL: &[&str] = &[
        "\tLANGUAGE =",
        "\tLC_",
        "\tLANG =",
        "    are supported and installed",
    ];
    let begins = |all: &[&str]| all.iter().any(|beginning| line.starts_with(beginning));
    begins(BEGINNINGS)
        || begins(PERL)
        || (line.contains("setlocale:") && line.contains("cannot change locale"))
        || line.ends_with("cannot set terminal process group: Inappropriate ioctl for device")
        || line.ends_with("no job control in this shell")
}

/// Removes the escape sequences of ECMA-48: CSI, OSC / DCS / SOS / PM / APC strings (ended by BEL
/// or ST), two-character escapes, and their 8-bit forms. All other characters stay. A sequence
/// cut off at the end goes too; a string that is not ended ends with its line.
fn strip_ansi(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(['\u{1b}', '\u{9b}', '\u{9d}', '\u{90}']) {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let introducer = match c {
            '\u{1b}' => chars.next(),
            '\u{9b}' => Some('['),
            '\u{9d}' | '\u{90}' => Some(']'),
            c => {
                clean.push(c);
                continue;
            }
        };
        match introducer {
            Some('[') => {
                let _final = chars.find(|c| ('\u{40}'..='\u{7e}').contains(c) || *c == '\n');
            }
            Some(']' | 'P' | 'X' | '^' | '_') => {
                while let Some(c) = chars.next_if(|c| *c != '\n') {
                    let string_terminator = c == '\u{1b}' && chars.next_if_eq(&'\\').is_some();
                    if c == '\u{7}' || c == '\u{9c}' || string_terminator {
                        break;
                    }
                }
            }
            // nF escapes hold intermediate bytes before the final one: ESC ( B.
            Some('\u{20}'..='\u{2f}') => {
                let _final = chars.find(|c| !('\u{20}'..='\u{2f}').contains(c));
            }
            _ => {}
        }
    }
    Cow::Owned(clean)
}

/// A number that a tool printed; `None` where it is not one, or not finite.
#[must_use]
pub fn figure(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        strip_ansi(Cow::Borrowed(text)).into_owned()
    }

    #[test]
    fn sequences_go_and_text_stays() {
        assert_eq!(stripped("\u{1b}[1;31mred\u{1b}[0m"), "red");
        assert_eq!(
            stripped("\u{1b}]0;title\u{7}a\u{1b}]8;;http://x\u{1b}\\b"),
            "ab"
        );
        assert_eq!(stripped("\u{1b}(Bplain\u{1b}7"), "plain");
        assert_eq!(stripped("\u{9b}32mgreen"), "green");
        assert_eq!(stripped("cut\u{1b}["), "cut");
        assert_eq!(stripped("naïve 東京 ✓"), "naïve 東京 ✓");
    }

    #[test]
    fn a_figure_is_finite() {
        assert_eq!(figure("-1.50"), Some(-1.5));
        for text in ["nan", "inf", "1e999", "", "1,5", " 1"] {
            assert_eq!(figure(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_the_way_there_did_is_undone() {
        assert_eq!(clean(b"\xef\xbb\xbfa\r\nb\xff\0\x01"), "a\nb\u{fffd}");
        assert_eq!(clean(b"10%\r50%\r100%\r\nnext\r"), "100%\nnext");
        assert_eq!(clean(b"N\x08NA\x08AME\n\x08x"), "NAME\nx");
        assert_eq!(clean("ünï\u{85}\u{9b}1mx".as_bytes()), "ünïx");
        assert!(matches!(clean("ü\t\n".as_bytes()), Cow::Borrowed(_)));
    }

    #[test]
    fn a_string_that_never_ends_takes_its_line_alone() {
        assert_eq!(stripped("a\u{1b}]0;title\nb"), "a\nb");
    }

    #[test]
    fn lines_are_whole_and_say_something() {
        let text = "sudo: unable to resolve host x\none\n\n  two \nthr";
        let found: Vec<_> = lines(text).collect();
        assert_eq!(found, [(1, "one"), (3, "  two ")]);
        assert_eq!(cut_line(text), Some((4, "thr")));
        assert_eq!((cut_line("one\n"), cut_line("")), (None, None));
    }

    #[test]
    fn a_cell_shows_what_it_must_not_do() {
        let mut cell = "a\u{1b}[31mb\u{7}\tc\nd".to_owned();
        scrub(&mut cell);
        assert_eq!(cell, "ab\u{fffd}\tc\nd");
    }
}
