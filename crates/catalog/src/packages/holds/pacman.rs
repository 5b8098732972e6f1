//! `IgnorePkg` and `IgnoreGroup` of `/etc/pacman.conf`, see `pacman.conf(5)`; what it includes is not
//! looked at.

use super::{HoldKind, PackageHold, PackageHolds};
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const FILE: &str = "/etc/pacman.conf";
const FILES: &[FixedPath] = &[FixedPath::new(FILE)];

pub(super) const VARIANT: Variant<NoArgs, PackageHolds> = Variant {
    name: "pacman",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageHolds>, ParseError> {
    let text = raw.required_file(FILE)?;
    if !text.lines().any(|line| line.trim() == "[options]") {
        return Err(ParseError::shape("no section [options] of pacman.conf"));
    }
    let mut holds = Vec::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        let kind = match key.trim() {
            "IgnorePkg" => HoldKind::Held,
            "IgnoreGroup" => HoldKind::Group,
            _ => continue,
        };
        holds.extend(value.split_ascii_whitespace().map(|name| PackageHold {
            kind,
            ..PackageHold::held(name)
        }));
    }
    Ok(Parsed::whole(PackageHolds { holds }))
}
