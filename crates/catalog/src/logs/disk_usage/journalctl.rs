//! `journalctl(1) --disk-usage`: one sentence, the same in every locale, its size a power of 1024.

use super::JournalDiskUsage;
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    units::{self, Letters},
};

pub(super) const VARIANT: Variant<NoArgs, JournalDiskUsage> = Variant {
    name: "journalctl",
    needs: Needs::under(Init::Systemd, &["journalctl"]),
    source: |_| Source::Command(Command::new("journalctl").word("--disk-usage")),
    reads: &["journalctl --disk-usage"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<JournalDiskUsage>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let parsed = raw.read_lines(None, |size: &mut Option<u64>, line| {
        let (_, behind) = line.split_once(" take up ")?;
        let (amount, _) = behind.split_once(' ')?;
        let amount = amount.strip_suffix('.').unwrap_or(amount);
        *size = Some(units::bytes(amount, Letters::Binary)?);
        Some(())
    });
    let unknown = || ParseError::shape("it tells no size");
    let size_bytes = parsed
        .value
        .ok_or_else(|| raw.complaint().unwrap_or_else(unknown))?;
    Ok(Parsed {
        value: JournalDiskUsage { size_bytes },
        unread: parsed.unread,
    })
}
