//! `os-release(5)`.

use super::DistributionIdentity;
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    system::release_values,
};

const FILES: &[FixedPath] = &[
    FixedPath::new("/etc/os-release"),
    FixedPath::new("/usr/lib/os-release"),
];

pub(super) const VARIANT: Variant<NoArgs, DistributionIdentity> = Variant {
    name: "files",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DistributionIdentity>, ParseError> {
    let content = raw
        .file("/etc/os-release")
        .or_else(|| raw.file("/usr/lib/os-release"))
        .ok_or_else(|| ParseError::Absent("there is no os-release".to_owned()))?;
    let value = release_values(&content);
    let answer = DistributionIdentity {
        name: value("PRETTY_NAME").or_else(|| value("NAME")),
        id: value("ID"),
        id_like: value("ID_LIKE")
            .unwrap_or_default()
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect(),
        version: value("VERSION_ID"),
        codename: value("VERSION_CODENAME").or_else(|| value("UBUNTU_CODENAME")),
        variant: value("VARIANT_ID").or_else(|| value("VARIANT")),
        support_end: value("SUPPORT_END"),
    };
    if answer.name.is_none() && answer.id.is_none() {
        return Err(ParseError::shape("os-release names no distribution"));
    }
    Ok(Parsed::whole(answer))
}
