//! `zypper search`, see `zypper(8)`: XML, and its tables in any language. It takes its lock while it
//! reads.

use super::{PackageMatch, PackageMatches, PackageSearch, told};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, packages::zypper, xml::Tag,
};

const WORDS: &[&str] = &[
    "--no-refresh",
    "--non-interactive",
    "--xmlout",
    "search",
    "--type",
    "package",
];

pub(super) const VARIANT: Variant<PackageSearch, PackageMatches> = Variant {
    name: "zypper",
    needs: Needs::programs(&["zypper"]),
    source: |args| Source::Command(Command::new("zypper").words(WORDS).operand(&args.term)),
    reads: &["zypper se|search"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageMatches>, ParseError> {
    let Parsed { value, unread } = zypper::found(&raw, of_tag, of_cells)?;
    let value = PackageMatches { packages: value };
    Ok(Parsed { value, unread })
}

/// `Some(None)`: it is no package.
fn of_cells(columns: usize, cells: &[&str]) -> Option<Option<PackageMatch>> {
    // `v`: it is there in another version.
    let installed = match *cells.first()? {
        state if state.starts_with('i') => Some(true),
        "v" | "vl" => Some(true),
        "" | ".l" | "l" | "!" => Some(false),
        _ => return None,
    };
    match (columns, cells) {
        // A summary may hold what separates the cells.
        (4, [_, name, summary @ .., kind]) if !name.is_empty() => {
            Some(zypper::is_package(kind).then(|| PackageMatch {
                installed,
                description: told(&summary.join("|")),
                ..PackageMatch::new(name)
            }))
        }
        (6, [_, name, kind, version, architecture, repository]) if !name.is_empty() => {
            Some(zypper::is_package(kind).then(|| PackageMatch {
                version: told(version),
                architecture: told(architecture),
                repository: told(repository).filter(|name| !name.starts_with('(')),
                installed,
                ..PackageMatch::new(name)
            }))
        }
        _ => None,
    }
}

fn of_tag(tag: &Tag<'_>) -> Option<PackageMatch> {
    Some(PackageMatch {
        version: tag.attribute("edition"),
        architecture: tag.attribute("arch"),
        repository: tag
            .attribute("repository")
            .filter(|name| !name.starts_with('(')),
        installed: match tag.attribute("status")?.as_str() {
            "installed" | "other-version" => Some(true),
            "not-installed" => Some(false),
            _ => None,
        },
        description: tag.attribute("summary"),
        ..PackageMatch::new(&tag.attribute("name")?)
    })
}
