//! `zypper locks`, see `zypper(8)`: a table whose columns have fixed places.

use super::{HoldKind, PackageHold, PackageHolds};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::zypper::{self, Table},
};

const WORDS: &[&str] = &["--no-refresh", "--non-interactive", "locks"];

pub(super) const VARIANT: Variant<NoArgs, PackageHolds> = Variant {
    name: "zypper",
    needs: Needs::programs(&["zypper"]),
    source: |_| Source::Command(Command::new("zypper").words(WORDS)),
    reads: &["zypper ll|locks"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageHolds>, ParseError> {
    zypper::expect_unlocked(&raw)?;
    raw.expect_exit(&[0])?;
    let mut table = Table::default();
    let mut is_nothing = false;
    let parsed = raw.read_lines(PackageHolds::default(), |list, line| {
        is_nothing |= line.trim() == "There are no package locks defined.";
        if is_nothing {
            return Some(());
        }
        let Some(cells) = table.row(line)? else {
            return Some(());
        };
        // `#`, the name, how many fit where asked for, the kind, the repository.
        let (number, name, kind) = match cells.as_slice() {
            [number, name, kind, _] | [number, name, _, kind, _] => (number, name, kind),
            _ => return None,
        };
        number.parse::<u32>().ok()?;
        if zypper::is_package(kind) && !name.is_empty() {
            list.holds.push(PackageHold {
                kind: HoldKind::Held,
                ..PackageHold::held(name)
            });
            return Some(());
        }
        // A lock on a patch or pattern is none on a package.
        None
    });
    if table.columns().is_none() && !is_nothing {
        let no_table = || ParseError::shape("zypper printed no table of locks");
        return Err(raw.complaint().unwrap_or_else(no_table));
    }
    Ok(parsed)
}
