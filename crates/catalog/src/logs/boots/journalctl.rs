//! `journalctl(1) --list-boots` as JSON: moments in microseconds since 1970. Versions before 252
//! take the option and print lines all the same.

use chrono::DateTime;
use serde::Deserialize;

use super::{JournalBoot, JournalBootList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, JournalBootList> = Variant {
    name: "journalctl",
    needs: Needs::under(Init::Systemd, &["journalctl"]),
    source: |_| {
        let words = ["--list-boots", "--output=json", "--no-pager"];
        Source::Command(Command::new("journalctl").words(&words))
    },
    reads: &["journalctl --list-boots"],
    parse,
};

#[derive(Deserialize)]
struct Row {
    index: i64,
    boot_id: String,
    first_entry: i64,
    last_entry: i64,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<JournalBootList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    if !raw.text().trim_start().starts_with('[') {
        return Err(if raw.typed.is_empty() {
            ParseError::Absent("this journalctl has no JSON of its boots".to_owned())
        } else {
            ParseError::shape("it is no JSON")
        });
    }
    let rows: Vec<Row> = raw.json()?;
    let boots = rows.into_iter().map(|row| JournalBoot {
        index: row.index,
        boot_id: row.boot_id,
        first: DateTime::from_timestamp_micros(row.first_entry),
        first_shown: None,
        last: DateTime::from_timestamp_micros(row.last_entry),
        last_shown: None,
    });
    Ok(Parsed::whole(JournalBootList {
        boots: boots.collect(),
    }))
}
