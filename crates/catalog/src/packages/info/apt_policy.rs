//! `apt-cache policy`, see `apt-cache(8)`: the versions of a package and where each is, below
//! headings in any language. `***` marks the one that is installed.

use super::{PackageDetails, PackageNamed, PackageRecord, understood};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

/// Without the two cache files apt writes nothing, as root too.
const WORDS: &[&str] = &[
    "policy",
    "-o",
    "Dir::Cache::pkgcache=",
    "-o",
    "Dir::Cache::srcpkgcache=",
];

/// What dpkg knows is no repository.
const STATUS: &str = "/var/lib/dpkg/status";

pub(super) const VARIANT: Variant<PackageNamed, PackageDetails> = Variant {
    name: "apt_policy",
    needs: Needs::programs(&["apt-cache"]),
    source: |args| {
        Source::Command(
            Command::new("apt-cache")
                .words(WORDS)
                .operand(&args.package),
        )
    },
    reads: &["apt-cache|apt policy"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageDetails>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut name: Option<String> = None;
    let mut has_version = false;
    let parsed = raw.read_lines(PackageDetails::default(), |details, line| {
        let depth = line.len().saturating_sub(line.trim_start().len());
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        match (depth, words.as_slice()) {
            (0, [head]) => {
                let found = head.strip_suffix(':').filter(|name| is_name(name))?;
                (name, has_version) = (Some(found.to_owned()), false);
            }
            (1, ["***", version, _priority]) | (5, [version, _priority]) => {
                details.records.push(PackageRecord {
                    name: name.clone()?,
                    version: Some((*version).to_owned()),
                    installed: Some(depth == 1),
                    ..PackageRecord::default()
                });
                has_version = true;
            }
            // What is installed, the candidate, the pin and the heading of the table.
            (1 | 2, [_, ..]) if name.is_some() && !has_version => {}
            (6.., [priority, place @ ..]) if has_version => {
                priority.parse::<i32>().ok()?;
                let record = details.records.last_mut()?;
                let place = place.join(" ");
                if place != STATUS && record.repository.is_none() {
                    record.repository = Some(place);
                }
            }
            // apt 3 tells in how many steps an upgrade comes.
            (6.., ["(phased", ..]) if has_version => {}
            _ => {
                let said = ["WARNING: apt does not", "N: "];
                return said.iter().any(|it| line.starts_with(it)).then_some(());
            }
        }
        Some(())
    });
    // It is silent on a package that it does not know.
    if parsed.value.records.is_empty() && parsed.unread.is_empty() {
        return Ok(parsed);
    }
    understood(&raw, parsed)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.:".contains(&byte))
}
