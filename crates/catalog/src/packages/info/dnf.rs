//! `dnf info`, 4 and 5, and `yum info`, see `dnf(8)`, from the cache they have. dnf 4 translates the
//! keys, so there they are told by their place around the architecture. As a user dnf would make a
//! folder of its own, so it is asked as root alone.

use super::{PackageDetails, PackageNamed, PackageRecord, told, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    packages::{
        dnf,
        fields::{self, Block},
        rpm::{is_architecture, nevra},
    },
    units::{Letters, bytes},
};

pub(super) const VARIANT: Variant<PackageNamed, PackageDetails> = Variant {
    name: "dnf",
    needs: Needs::programs(&["dnf"]).as_root(),
    source: |args| {
        let command = Command::new("dnf").words(&["-C", "info"]);
        Source::Command(command.operand(&args.package))
    },
    reads: &["dnf|yum|dnf5|microdnf info"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageDetails>, ParseError> {
    if raw.exit_code == Some(1)
        && raw
            .error_text()
            .to_lowercase()
            .contains("no matching packages")
    {
        return Ok(Parsed::whole(PackageDetails::default()));
    }
    raw.expect_exit(&[0])?;
    let mut block = Block::default();
    let mut first_key = String::new();
    let mut heading = String::new();
    let mut parsed = raw.read_lines(PackageDetails::default(), |details, line| {
        if let Some((key, value)) = fields::split(line) {
            if first_key.is_empty() {
                key.clone_into(&mut first_key);
            } else if key == first_key {
                let whole = std::mem::take(&mut block);
                details.records.extend(of_block(&whole, &heading));
            }
            block.push(key, value);
            return Some(());
        }
        let continued = line.trim_start().strip_prefix(':');
        if let Some(more) = continued.filter(|_| line.starts_with(' ') && block.len() > 0) {
            return block.append(more.strip_prefix(' ').unwrap_or(more).trim_end());
        }
        if dnf::is_noise(line) {
            return Some(());
        }
        let is_heading = line.split_whitespace().count() <= 5 && !line.contains([':', '=', '/']);
        if line.starts_with(char::is_whitespace) || !is_heading {
            return None;
        }
        let whole = std::mem::take(&mut block);
        details.records.extend(of_block(&whole, &heading));
        line.trim_end().clone_into(&mut heading);
        Some(())
    });
    parsed.value.records.extend(of_block(&block, &heading));
    understood(&raw, parsed)
}

fn of_block(block: &Block, heading: &str) -> Option<PackageRecord> {
    let name = block.at(0).and_then(told)?;
    // Name, Epoch where there is one, Version, Release, Architecture.
    let place = (3..=4).find(|place| block.at(*place).is_some_and(is_architecture))?;
    let at = |offset: usize| block.at(place.checked_add(offset)?);
    let before = |offset: usize| block.at(place.checked_sub(offset)?);
    let (version, release) = (before(2)?, before(1)?);
    let version = match (place, before(3)) {
        (4, Some(epoch)) if epoch != "0" => format!("{epoch}:{version}-{release}"),
        _ => format!("{version}-{release}"),
    };
    let is_english = block.get("Architecture").is_some() && block.get("Summary").is_some();
    let get = |key: &str| block.get(key).and_then(told);
    let repository = if is_english {
        block
            .get("From repository")
            .or_else(|| block.get("Repository"))
            .or_else(|| block.get("Repo"))
    } else {
        at(3)
    };
    let repository = repository.unwrap_or_default();
    let installed = if repository.starts_with('@')
        || block.get("From repository").is_some()
        || heading.eq_ignore_ascii_case("installed packages")
    {
        Some(true)
    } else if heading.eq_ignore_ascii_case("available packages") {
        Some(false)
    } else {
        None
    };
    let size = |text: Option<&str>| text.and_then(|text| bytes(text, Letters::Binary));
    // dnf 4 has one size: of what is installed, or of what is to be fetched.
    let one_size = size(if is_english { block.get("Size") } else { at(1) });
    let source = if is_english {
        block.get("Source")
    } else {
        at(2)
    };
    let source = source
        .and_then(|file| file.strip_suffix(".src.rpm"))
        .and_then(nevra);
    let last = |offset: usize| block.at(block.len().checked_sub(offset)?);
    let homepage = if is_english {
        get("URL")
    } else {
        last(3).and_then(told).filter(|url| url.contains("://"))
    };
    let summary = if is_english {
        get("Summary")
    } else {
        last(if homepage.is_some() { 4 } else { 3 }).and_then(told)
    };
    let (license, description) = if is_english {
        (get("License"), get("Description"))
    } else {
        (last(2).and_then(told), last(1).and_then(told))
    };
    Some(PackageRecord {
        name,
        version: Some(version),
        architecture: block.at(place).and_then(told),
        installed,
        source: source.map(|source| source.name.to_owned()),
        repository: told(repository.trim_start_matches('@')).filter(|name| name != "System"),
        section: None,
        license,
        homepage,
        maintainer: get("Vendor"),
        size_bytes: size(block.get("Installed size"))
            .or(one_size.filter(|_| installed == Some(true))),
        download_bytes: size(block.get("Download size"))
            .or(one_size.filter(|_| installed == Some(false))),
        depends: Vec::new(),
        summary,
        description,
    })
}
