//! `journalctl(1) -o verbose`: a moment and a cursor, and then all fields, set in. Under `TZ=UTC0`
//! its moments are in UTC.

use super::{
    JournalEntries, JournalOf, Remarks, journalctl,
    record::{Record, is_name},
};
use crate::{Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, logs, time};

const WORDS: &[&str] = &["TZ=UTC0", "journalctl", "--output=verbose", "--no-pager"];

pub(super) const VARIANT: Variant<JournalOf, JournalEntries> = Variant {
    name: "journalctl_verbose",
    needs: Needs::under(Init::Systemd, &["journalctl"]),
    source: |args| Source::Command(args.on(Command::new("env").words(WORDS))),
    reads: &["journalctl"],
    parse,
};

/// How far a field is set in.
const FIELD: &str = "    ";

fn parse(raw: RawOutput<'_>) -> Result<Parsed<JournalEntries>, ParseError> {
    let mut remarks = Remarks::default();
    let mut record: Option<Record> = None;
    let mut field = String::new();
    // How far the further lines of the field are set in.
    let mut width: usize = 0;
    let empty = JournalEntries {
        entries: Vec::new(),
        others_hidden: false,
    };
    let mut parsed = raw.read_lines(empty, |list, line| {
        if let Some(begun) = heading(line) {
            list.entries
                .extend(record.replace(begun).and_then(Record::entry));
            field.clear();
            return Some(());
        }
        if remarks.read(line).is_some() {
            return Some(());
        }
        let (record, set_in) = (record.as_mut()?, line.strip_prefix(FIELD)?);
        match set_in.split_once('=') {
            Some((name, value)) if is_name(name) => {
                name.clone_into(&mut field);
                width = FIELD.len().saturating_add(name.len()).saturating_add(1);
                record.set(name, value);
            }
            _ => record.go_on(&field, logs::continued(line, width)?),
        }
        Some(())
    });
    // Of one that is cut, what is whole counts.
    let last = record.and_then(Record::entry);
    parsed.value.entries.extend(last);
    remarks.expect(&raw, parsed.value.entries.len())?;
    parsed.value.others_hidden = remarks.others_hidden || journalctl::says_hint(&raw);
    Ok(parsed)
}

/// Reads `Sun 2026-11-29 00:53:20.000000 UTC [s=..;i=3;..]`.
fn heading(line: &str) -> Option<Record> {
    let (shown, cursor) = line.strip_suffix(']')?.split_once(" [")?;
    let (plain, _zone) = shown.rsplit_once(' ')?;
    // It is a moment whatever the zone, or it is none.
    time::of_systemd(&format!("{plain} UTC"))?;
    let mut record = Record::default();
    record.shown(shown, time::of_systemd(shown));
    record.set("__CURSOR", cursor);
    Some(record)
}
