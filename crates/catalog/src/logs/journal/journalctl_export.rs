//! `journalctl(1) -o export`: `KEY=value` lines, an empty line behind each entry; a value that is no
//! plain text has its length before it, in eight bytes.

use super::{
    JournalEntries, JournalOf, Remarks, journalctl,
    record::{Record, is_name},
};
use crate::{Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant};

const WORDS: &[&str] = &["--output=export", "--no-pager"];

pub(super) const VARIANT: Variant<JournalOf, JournalEntries> = Variant {
    name: "journalctl_export",
    needs: Needs::under(Init::Systemd, &["journalctl"]),
    source: |args| Source::Command(args.on(Command::new("journalctl").words(WORDS))),
    reads: &["journalctl"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<JournalEntries>, ParseError> {
    let mut parsed = Parsed::whole(JournalEntries {
        entries: Vec::new(),
        others_hidden: false,
    });
    let mut rest = raw.stdout;
    let mut record = Record::default();
    let mut line_number: usize = 0;
    let mut is_begun = false;
    while let Some((line, after)) = line(rest) {
        rest = after;
        line_number = line_number.saturating_add(1);
        if line.is_empty() {
            if let Some(entry) = std::mem::take(&mut record).entry() {
                parsed.value.entries.push(entry);
            }
            is_begun = false;
            continue;
        }
        let text = String::from_utf8_lossy(line);
        match text.split_once('=') {
            Some((name, value)) if is_name(name) => record.set(name, value),
            None if is_name(&text) && !is_begun => parsed.leave_unread(line_number, &text),
            None if is_name(&text) => {
                let Some((value, after)) = binary(rest) else {
                    break;
                };
                rest = after;
                record.set(&text, &String::from_utf8_lossy(value));
            }
            _ => parsed.leave_unread(line_number.saturating_sub(1), &text),
        }
        is_begun = true;
    }
    if is_begun {
        let said = "the last entry is cut";
        parsed.leave_unread(line_number, said);
    }
    Remarks::default().expect(&raw, parsed.value.entries.len())?;
    parsed.value.others_hidden = journalctl::says_hint(&raw);
    Ok(parsed)
}

/// The next line, without its end, and what follows.
fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end)?;
    Some((line, rest.get(1..)?))
}

/// A value with its length before it and a line feed behind.
fn binary(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (value, rest) = rest.split_at_checked(length)?;
    Some((value, rest.strip_prefix(b"\n")?))
}
