//! `df(1)` with inodes, of GNU and of busybox; counts for people (`df -ih`) are as exact as their
//! letters.

use super::{
    super::df_table::{self, Asked},
    InodeList, InodeUse,
};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    percent::share,
};

pub(super) const VARIANT: Variant<NoArgs, InodeList> = Variant {
    name: "df",
    needs: Needs::programs(&["df"]),
    source: |_| Source::Command(Command::new("df").words(&["-a", "-P", "-T", "-i"])),
    reads: &["df"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<InodeList>, ParseError> {
    let Parsed { value, unread } = df_table::read(&raw, Asked::Inodes)?;
    if value.is_empty() {
        if raw.error_text().contains("No such file or directory") {
            let detail = "no filesystem is known there";
            return Err(ParseError::Unavailable(detail.to_owned()));
        }
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no row with the inodes of a filesystem")));
    }
    let filesystems = value.into_iter().map(|row| InodeUse {
        used_percent: row
            .inodes_used
            .zip(row.inodes)
            .and_then(|(used, total)| share(used, total)),
        source: row.source,
        r#type: row.kind,
        mount_point: row.target,
        total: row.inodes,
        used: row.inodes_used,
        free: row.inodes_free,
    });
    Ok(Parsed {
        value: InodeList {
            filesystems: filesystems.collect(),
        },
        unread,
    })
}
