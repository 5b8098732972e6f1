//! `zypper info`, see `zypper(8)`: fields whose keys are translated and whose first ones have fixed
//! places. It takes its lock while it reads.

use super::{PackageDetails, PackageNamed, PackageRecord, told, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    packages::{
        fields::{self, Block},
        rpm::nevra,
        zypper,
    },
    units::{Letters, bytes},
};

const WORDS: &[&str] = &["--no-refresh", "--non-interactive", "info"];

pub(super) const VARIANT: Variant<PackageNamed, PackageDetails> = Variant {
    name: "zypper",
    needs: Needs::programs(&["zypper"]),
    source: |args| Source::Command(Command::new("zypper").words(WORDS).operand(&args.package)),
    reads: &["zypper info|if"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageDetails>, ParseError> {
    zypper::expect_unlocked(&raw)?;
    // ZYPPER_EXIT_INF_CAP_NOT_FOUND
    raw.expect_exit(&[0, 104])?;
    let mut block = Block::default();
    let mut in_description = false;
    let mut has_title = false;
    let mut is_unknown = false;
    let mut parsed = raw.read_lines(PackageDetails::default(), |details, line| {
        let is_rule = line.len() > 3 && line.bytes().all(|byte| byte == b'-');
        if is_rule {
            details
                .records
                .extend(of_block(&std::mem::take(&mut block)));
            (has_title, in_description) = (true, false);
            return Some(());
        }
        if in_description && line.starts_with("    ") {
            return block.append(line.trim());
        }
        if has_title && let Some((key, value)) = fields::split(line) {
            block.push(key, value);
            in_description = value.is_empty();
            return Some(());
        }
        is_unknown |= line.starts_with("package '") && line.ends_with("' not found.");
        // The title, `Information for package NAME:`.
        let is_title = line.ends_with([':', '：']) && line.contains(' ');
        (zypper::is_progress(line) || is_title || is_unknown).then_some(())
    });
    parsed.value.records.extend(of_block(&block));
    if parsed.value.records.is_empty() && is_unknown {
        return Ok(parsed);
    }
    understood(&raw, parsed)
}

fn of_block(block: &Block) -> Option<PackageRecord> {
    // Repository, Name, Version, Arch, Vendor.
    let name = block.at(1).and_then(told)?;
    let version = block
        .at(2)
        .filter(|version| version.bytes().any(|b| b.is_ascii_digit()))?;
    let get = |key: &str| block.get(key).and_then(told);
    let last = |offset: usize| block.at(block.len().checked_sub(offset)?).and_then(told);
    let is_english = block.get("Arch").is_some() && block.get("Installed").is_some();
    let source = get("Source package").or_else(|| get("Source Package"));
    let source = source
        .as_deref()
        .and_then(|file| file.strip_suffix(".src"))
        .and_then(nevra);
    Some(PackageRecord {
        name,
        version: told(version),
        architecture: block.at(3).and_then(told),
        installed: match block.get("Installed") {
            Some(text) if text.starts_with("Yes") && is_english => Some(true),
            Some(text) if text.starts_with("No") && is_english => Some(false),
            _ => None,
        },
        source: source.map(|source| source.name.to_owned()),
        repository: block
            .at(0)
            .and_then(told)
            .filter(|name| !name.starts_with('(')),
        section: None,
        license: None,
        homepage: get("Upstream URL"),
        maintainer: block.at(4).and_then(told),
        size_bytes: block
            .get("Installed Size")
            .and_then(|size| bytes(size, Letters::Binary)),
        download_bytes: None,
        depends: Vec::new(),
        summary: last(2),
        description: last(1),
    })
}
