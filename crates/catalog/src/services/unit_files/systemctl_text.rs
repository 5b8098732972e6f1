//! `systemctl(1) list-unit-files` as a table: two columns in old versions, three since 245.

use super::{UnitFile, UnitFileList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    services::listing::{self, Seen},
};

const WORDS: &[&str] = &["list-unit-files", "--full", "--no-pager"];

pub(super) const VARIANT: Variant<NoArgs, UnitFileList> = Variant {
    name: "systemctl_text",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| Source::Command(Command::new("systemctl").words(WORDS)),
    reads: &["systemctl list-unit-files"],
    parse,
};

const STATES: &[&str] = &[
    "enabled",
    "enabled-runtime",
    "linked",
    "linked-runtime",
    "alias",
    "masked",
    "masked-runtime",
    "static",
    "disabled",
    "indirect",
    "generated",
    "transient",
    "bad",
    "invalid",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UnitFileList>, ParseError> {
    // Some versions end with 1 where there is not one.
    raw.expect_exit(&[0, 1])?;
    let mut seen = Seen::default();
    let empty = UnitFileList {
        unit_files: Vec::new(),
    };
    let parsed = raw.read_lines(empty, |list, line| {
        if line.starts_with("UNIT FILE ") {
            seen.header = true;
        } else if let Some(unit_file) = unit_file(line) {
            list.unit_files.push(unit_file);
        } else if listing::is_count(line, "unit files") {
            seen.counted = true;
        } else if !listing::is_legend(line) {
            return None;
        }
        Some(())
    });
    listing::expect_list(&raw, &parsed, parsed.value.unit_files.len(), &seen)?;
    Ok(parsed)
}

/// Reads `name state [preset]`.
fn unit_file(line: &str) -> Option<UnitFile> {
    let mut words = line.split_ascii_whitespace();
    let (name, state, preset) = (words.next()?, words.next()?, words.next());
    if words.next().is_some() || !STATES.contains(&state) {
        return None;
    }
    let preset = match preset {
        None | Some("-") => None,
        Some(preset @ ("enabled" | "disabled" | "ignored")) => Some(preset.to_owned()),
        Some(_) => return None,
    };
    Some(UnitFile {
        name: name.to_owned(),
        state: state.to_owned(),
        preset,
    })
}
