//! The sections of `/etc/pacman.conf`, see `pacman.conf(5)`; what it includes is not looked at.

use super::{PackageSource, PackageSources, without_secret};
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const FILE: &str = "/etc/pacman.conf";
const FILES: &[FixedPath] = &[FixedPath::new(FILE)];

pub(super) const VARIANT: Variant<NoArgs, PackageSources> = Variant {
    name: "pacman",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageSources>, ParseError> {
    let text = raw.required_file(FILE)?;
    let mut parsed = Parsed::whole(PackageSources::default());
    let mut has_section = false;
    let mut in_options = false;
    let mut checked = None;
    for (index, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        if let Some(id) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            has_section = true;
            in_options = id == "options";
            if !in_options {
                parsed.value.sources.push(PackageSource {
                    id: Some(id.to_owned()),
                    kind: "pacman".to_owned(),
                    enabled: true,
                    checked,
                    file: Some(FILE.to_owned()),
                    ..PackageSource::default()
                });
            }
            continue;
        }
        let (key, value) = match line.split_once('=') {
            Some((key, value)) => (key.trim(), value.trim()),
            None => (line, ""),
        };
        let level = || {
            value
                .split_ascii_whitespace()
                .next()
                .map(|level| level != "Never")
        };
        match (key, parsed.value.sources.last_mut()) {
            ("SigLevel", _) if in_options => checked = level(),
            ("SigLevel", Some(source)) => source.checked = level(),
            ("Server", Some(source)) if source.url.is_none() && !in_options => {
                source.url = Some(without_secret(value));
            }
            _ if has_section => {}
            _ => parsed.leave_unread(index, line),
        }
    }
    if !has_section {
        return Err(ParseError::shape("no section of pacman.conf"));
    }
    Ok(parsed)
}
