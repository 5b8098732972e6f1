//! `apt-mark showhold`, see `apt-mark(8)`, and `dpkg --get-selections`: names in lines.

use super::{PackageHold, PackageHolds};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Without the two cache files apt writes nothing, as root too.
const WORDS: &[&str] = &[
    "showhold",
    "-o",
    "Dir::Cache::pkgcache=",
    "-o",
    "Dir::Cache::srcpkgcache=",
];

pub(super) const VARIANT: Variant<NoArgs, PackageHolds> = Variant {
    name: "apt_mark",
    needs: Needs::programs(&["apt-mark"]),
    source: |_| Source::Command(Command::new("apt-mark").words(WORDS)),
    reads: &[
        "apt-mark showhold|showholds|showheld",
        "dpkg --get-selections",
    ],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageHolds>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut rows: usize = 0;
    let parsed = raw.read_lines(PackageHolds::default(), |list, line| {
        let mut words = line.split_ascii_whitespace();
        let (name, selection) = (words.next()?, words.next());
        let is_name = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+-.:".contains(&b));
        let is_held = match selection {
            None | Some("hold") => true,
            Some("install" | "deinstall" | "purge" | "unknown") => false,
            Some(_) => return None,
        };
        if !is_name || words.next().is_some() {
            return None;
        }
        rows = rows.saturating_add(1);
        if is_held {
            let (name, architecture) = match name.split_once(':') {
                Some((name, architecture)) => (name, Some(architecture.to_owned())),
                None => (name, None),
            };
            list.holds.push(PackageHold {
                architecture,
                ..PackageHold::held(name)
            });
        }
        Some(())
    });
    if rows == 0 && !parsed.unread.is_empty() {
        let no_row = || ParseError::shape("no names of packages");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}
