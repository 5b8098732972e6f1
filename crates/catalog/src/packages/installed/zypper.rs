//! `zypper(8)` of SUSE: XML, and the tables of `zypper search -i` and `zypper packages -i` in any
//! language. It takes its lock while it reads, so `rpm` is asked before it.

use super::{InstalledList, InstalledPackage, told};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    packages::zypper, xml::Tag,
};

const WORDS: &[&str] = &[
    "--no-refresh",
    "--non-interactive",
    "--xmlout",
    "search",
    "--installed-only",
    "--details",
    "--type",
    "package",
];

pub(super) const VARIANT: Variant<NoArgs, InstalledList> = Variant {
    name: "zypper",
    needs: Needs::programs(&["zypper"]),
    source: |_| Source::Command(Command::new("zypper").words(WORDS)),
    reads: &[
        "zypper se|search -i|-si|-is|--installed-only|--installed",
        "zypper packages|pa -i|--installed-only|--userinstalled|--autoinstalled",
    ],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<InstalledList>, ParseError> {
    let Parsed { value, unread } = zypper::found(&raw, of_tag, of_cells)?;
    let value = InstalledList { packages: value };
    Ok(Parsed { value, unread })
}

/// `Some(None)`: it is not installed, or no package.
fn of_cells(columns: usize, cells: &[&str]) -> Option<Option<InstalledPackage>> {
    let (state, name) = (cells.first()?, cells.get(1)?);
    let package = match (columns, cells) {
        // A summary may hold what separates the cells.
        (4, [_, name, summary @ .., kind]) => zypper::is_package(kind).then(|| InstalledPackage {
            description: told(&summary.join("|")),
            ..InstalledPackage::new(name)
        }),
        (5, [_, repository, name, version, architecture]) => Some(InstalledPackage {
            version: told(version),
            architecture: told(architecture),
            repository: repository_of(repository),
            ..InstalledPackage::new(name)
        }),
        (6, [_, name, kind, version, architecture, repository]) => {
            zypper::is_package(kind).then(|| InstalledPackage {
                version: told(version),
                architecture: told(architecture),
                repository: repository_of(repository),
                ..InstalledPackage::new(name)
            })
        }
        _ => return None,
    };
    if name.is_empty() {
        return None;
    }
    // `i+`: somebody asked for it. `v`: another version than the installed one.
    match *state {
        "i" | "il" | "i l" | "i L" | "iL" => Some(package.map(|package| InstalledPackage {
            automatic: Some(true),
            ..package
        })),
        state if state.starts_with("i+") => Some(package.map(|package| InstalledPackage {
            automatic: Some(false),
            ..package
        })),
        "" | "v" | "!" | "vl" | ".l" | "l" | "P" => Some(None),
        _ => None,
    }
}

/// What was installed from no repository that zypper knows stands in brackets, translated.
fn repository_of(name: &str) -> Option<String> {
    told(name).filter(|name| !name.starts_with('('))
}

fn of_tag(tag: &Tag<'_>) -> Option<InstalledPackage> {
    let is_installed = tag.attribute("status").as_deref() == Some("installed");
    let name = tag.attribute("name").filter(|_| is_installed)?;
    Some(InstalledPackage {
        version: tag.attribute("edition"),
        architecture: tag.attribute("arch"),
        repository: tag
            .attribute("repository")
            .and_then(|name| repository_of(&name)),
        description: tag.attribute("summary"),
        ..InstalledPackage::new(&name)
    })
}
