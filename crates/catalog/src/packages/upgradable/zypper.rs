//! `zypper(8)` of SUSE, as XML, from the cache it has. It takes its lock while it reads.

use super::{PackageUpdate, UpgradableList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, xml,
};

const WORDS: &[&str] = &[
    "--no-refresh",
    "--non-interactive",
    "--xmlout",
    "list-updates",
];

pub(super) const VARIANT: Variant<NoArgs, UpgradableList> = Variant {
    name: "zypper",
    needs: Needs::programs(&["zypper"]),
    source: |_| Source::Command(Command::new("zypper").words(WORDS)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UpgradableList>, ParseError> {
    // ZYPPER_EXIT_ZYPP_LOCKED: another zypper or the update applet is at work.
    if raw.exit_code == Some(7) {
        let detail = "zypper is locked by another program".to_owned();
        return Err(ParseError::Unavailable(detail));
    }
    raw.expect_exit(&[0])?;
    let text = raw.text();
    if !text.contains("</stream>") {
        return Err(ParseError::shape("zypper printed no complete XML"));
    }
    let packages = xml::tags(&text, "update").filter_map(|tag| {
        Some(PackageUpdate {
            name: tag.attribute("name")?,
            installed_version: tag.attribute("edition-old"),
            candidate_version: tag.attribute("edition")?,
            architecture: tag.attribute("arch"),
            security: None,
        })
    });
    Ok(Parsed::whole(UpgradableList {
        packages: packages.collect(),
    }))
}
