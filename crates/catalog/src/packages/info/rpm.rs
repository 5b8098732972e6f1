//! `rpm -qi`, see `rpm(8)`: fields that no language changes, and the description below them, which
//! may look like fields: a record begins where `Version` or `Epoch` follows `Name`.

use super::{PackageDetails, PackageNamed, PackageRecord, told, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    packages::{
        fields::Block,
        rpm::{expect_usual_format, nevra},
    },
};

pub(super) const VARIANT: Variant<PackageNamed, PackageDetails> = Variant {
    name: "rpm",
    needs: Needs::programs(&["rpm"]),
    source: |args| Source::Command(Command::new("rpm").word("-qi").operand(&args.package)),
    reads: &["rpm -qi*|-qai|-qia|-qip", "rpm -q|--query -i|--info"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageDetails>, ParseError> {
    expect_usual_format(&raw)?;
    // 1: one of the packages is not installed.
    raw.expect_exit(&[0, 1])?;
    let mut block = Block::default();
    // A line that may begin a record.
    let mut begun: Option<String> = None;
    let mut in_description = false;
    let mut missing: usize = 0;
    let mut parsed = raw.read_lines(PackageDetails::default(), |details, line| {
        let field = line
            .split_once(':')
            .map(|(key, value)| (key.trim_end(), value.trim()))
            .filter(|(key, _)| KEYS.contains(key));
        if let Some(name) = begun.take() {
            match field {
                Some((key @ ("Version" | "Epoch"), value)) => {
                    details
                        .records
                        .extend(of_block(&std::mem::take(&mut block)));
                    block.push("Name", &name);
                    block.push(key, value);
                    in_description = false;
                    return Some(());
                }
                _ if in_description => block.append(&format!("Name        : {name}"))?,
                _ => return None,
            }
        }
        if line.starts_with("package ") && line.ends_with(" is not installed") {
            missing = missing.saturating_add(1);
            return Some(());
        }
        match field {
            // Of rpm before 4.10 a second column follows.
            Some(("Name", name)) if !name.is_empty() && !name.contains(' ') => {
                begun = Some(name.to_owned());
                Some(())
            }
            _ if in_description => block.append(line),
            Some(("Description", _)) if block.len() > 0 => {
                in_description = true;
                block.push("Description", "");
                Some(())
            }
            Some((key, value)) if block.len() > 0 => {
                block.push(key, value);
                Some(())
            }
            _ => None,
        }
    });
    if in_description && let Some(name) = begun {
        block.append(&format!("Name        : {name}"));
    }
    parsed.value.records.extend(of_block(&block));
    if parsed.value.records.is_empty() && missing > 0 && parsed.unread.is_empty() {
        return Ok(parsed);
    }
    understood(&raw, parsed)
}

const KEYS: &[&str] = &[
    "Name",
    "Epoch",
    "Version",
    "Release",
    "Architecture",
    "Install Date",
    "Group",
    "Size",
    "License",
    "Signature",
    "Source RPM",
    "Build Date",
    "Build Host",
    "Relocations",
    "Packager",
    "Vendor",
    "URL",
    "Bug URL",
    "VCS",
    "Summary",
    "Description",
];

fn of_block(block: &Block) -> Option<PackageRecord> {
    let name = block.get("Name").and_then(told)?;
    let get = |key: &str| block.get(key).and_then(told);
    let (version, release) = (block.get("Version")?, block.get("Release")?);
    let version = match block.get("Epoch") {
        Some(epoch) => format!("{epoch}:{version}-{release}"),
        None => format!("{version}-{release}"),
    };
    let source = get("Source RPM");
    let source = source
        .as_deref()
        .and_then(|file| file.strip_suffix(".src.rpm"))
        .and_then(nevra);
    Some(PackageRecord {
        name,
        version: Some(version),
        architecture: get("Architecture"),
        // Of a file this is not told: it has no date then.
        installed: match block.get("Install Date") {
            Some(date) if date != "(not installed)" => Some(true),
            _ => Some(false),
        },
        source: source.map(|source| source.name.to_owned()),
        repository: None,
        section: get("Group"),
        license: get("License"),
        homepage: get("URL"),
        maintainer: get("Packager").or_else(|| get("Vendor")),
        size_bytes: block.get("Size").and_then(|size| size.parse().ok()),
        download_bytes: None,
        depends: Vec::new(),
        summary: get("Summary"),
        description: get("Description"),
    })
}
