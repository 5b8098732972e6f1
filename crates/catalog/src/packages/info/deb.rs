//! Debian's control fields, which no language changes: `dpkg-query -s`, `apt-cache show`, `apt show`.

use super::{PackageDetails, PackageNamed, PackageRecord, told, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    packages::fields::{Block, split_deb822},
    units::{Letters, bytes},
};

/// What is installed, then what could be; without the two cache files apt writes nothing.
const SCRIPT: &str = r#"show() { apt-cache show -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$1"; }
if dpkg-query -s "$1" 2>/dev/null; then echo; show "$1" 2>/dev/null; exit 0; fi
show "$1""#;

pub(super) const VARIANT: Variant<PackageNamed, PackageDetails> = Variant {
    name: "deb",
    needs: Needs::programs(&["dpkg-query", "apt-cache"]),
    source: |args| Source::Command(Command::script(SCRIPT).value(&args.package)),
    reads: &[
        "apt-cache|apt show|info",
        "dpkg|dpkg-query -s|--status|-p|--print-avail",
    ],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageDetails>, ParseError> {
    let complaint = raw.error_text();
    let is_unknown = [
        "No packages found",
        "is not installed and no information",
        "is not available",
    ]
    .iter()
    .any(|said| complaint.contains(said));
    if is_unknown && raw.stdout.is_empty() {
        return Ok(Parsed::whole(PackageDetails::default()));
    }
    // Of several packages one is not known.
    if !is_unknown {
        raw.expect_exit(&[0])?;
    }
    let mut block = Block::default();
    let mut has_begun = false;
    let mut parsed = raw.read_lines(PackageDetails::default(), |details, line| {
        if line.starts_with([' ', '\t']) {
            // A lone dot stands for an empty line.
            let line = line.strip_prefix(' ').unwrap_or(line);
            return block.append(if line == "." { "" } else { line });
        }
        let is_said = ["WARNING: apt does not", "N: "]
            .iter()
            .any(|it| line.starts_with(it));
        if is_said {
            return Some(());
        }
        let (key, value) = split_deb822(line)?;
        if key == "Package" {
            add(details, &std::mem::take(&mut block));
            has_begun = true;
        }
        has_begun.then(|| block.push(key, value))
    });
    add(&mut parsed.value, &block);
    understood(&raw, parsed)
}

/// Adds a record, or what it tells more to that of the same version.
fn add(details: &mut PackageDetails, block: &Block) {
    let Some(record) = of_block(block) else {
        return;
    };
    // What is not told, as in a record that was cut, tells no two apart.
    let is_same = |known: &&mut PackageRecord| {
        known.name == record.name
            && (record.version.is_none() || known.version == record.version)
            && (record.architecture.is_none() || known.architecture == record.architecture)
    };
    // They stand near each other.
    match details.records.iter_mut().rev().take(16).find(is_same) {
        Some(known) => {
            known.repository = known.repository.take().or(record.repository);
            known.download_bytes = known.download_bytes.or(record.download_bytes);
            known.installed = known.installed.or(record.installed);
        }
        None => details.records.push(record),
    }
}

fn of_block(block: &Block) -> Option<PackageRecord> {
    let name = block.get("Package").and_then(told)?;
    let get = |key: &str| block.get(key).and_then(told);
    let status = block
        .get("Status")
        .and_then(|status| status.rsplit(' ').next());
    // Where apt has it from nowhere but the server itself.
    let is_local = block.get("APT-Sources") == Some("/var/lib/dpkg/status");
    let is_kept = is_local || block.get("APT-Manual-Installed").is_some();
    let description = block
        .get("Description")
        .or_else(|| block.starting_with("Description-", "Description-md5"));
    let (summary, description) = match description.and_then(|text| text.split_once('\n')) {
        Some((summary, rest)) => (told(summary), told_at_length(rest)),
        None => (description.and_then(told), None),
    };
    let relations = ["Pre-Depends", "Depends"]
        .into_iter()
        .filter_map(|key| block.get(key))
        .flat_map(|value| value.split(','))
        .filter_map(told);
    Some(PackageRecord {
        name,
        version: get("Version"),
        architecture: get("Architecture"),
        installed: match status {
            Some("not-installed" | "config-files") => Some(false),
            Some(_) => Some(true),
            None => is_kept.then_some(true),
        },
        // A version in brackets may follow.
        source: get("Source").and_then(|source| source.split(' ').next().map(str::to_owned)),
        repository: get("APT-Sources").filter(|_| !is_local),
        section: get("Section"),
        license: None,
        homepage: get("Homepage"),
        maintainer: get("Maintainer"),
        // A bare number is of KiB; `apt show` writes a unit of 1000.
        size_bytes: block
            .get("Installed-Size")
            .and_then(|size| match size.parse::<u64>() {
                Ok(kibibytes) => kibibytes.checked_mul(1024),
                Err(_) => apt_size(size),
            }),
        download_bytes: block
            .get("Size")
            .or_else(|| block.get("Download-Size"))
            .and_then(apt_size),
        depends: relations.collect(),
        summary,
        description,
    })
}

/// A size as apt writes it: below 100 with one digit behind the point, from 1000 on with what the
/// language puts between thousands.
fn apt_size(text: &str) -> Option<u64> {
    let is_between = |c: char| matches!(c, '.' | ',' | '\'' | '\u{a0}' | '\u{202f}');
    let grouped = text
        .rsplit_once(is_between)
        .is_some_and(|(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count() == 3);
    if grouped {
        return bytes(&text.replace(is_between, ""), Letters::Decimal);
    }
    bytes(text, Letters::Decimal)
}

/// A text of lines; `None`: empty.
fn told_at_length(text: &str) -> Option<String> {
    let text = text.trim_end().trim_start_matches('\n');
    (!text.trim().is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_in_any_language() {
        for (text, expected) in [
            ("4334 kB", 4_334_000),
            ("4.334 kB", 4_334_000),
            ("4,334 kB", 4_334_000),
            ("4\u{202f}334 kB", 4_334_000),
            ("62.1 kB", 62_100),
            ("62,0 kB", 62_000),
            ("1373116", 1_373_116),
            ("512 B", 512),
        ] {
            assert_eq!(apt_size(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_record_that_was_cut_is_no_other_package() {
        // What is installed, and then the same version as apt has it.
        let whole = include_bytes!("fixtures/deb--debian-13.out");
        let ends = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        for (end, _) in ends {
            let raw = RawOutput {
                stdout: whole.get(..=end).unwrap(),
                exit_code: Some(0),
                ..RawOutput::default()
            };
            let records = parse(raw).unwrap().value.records;
            assert_eq!(records.len(), 1, "cut at {end}");
        }
    }
}
