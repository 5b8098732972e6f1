//! `zypper(8)` of SUSE: XML, and the tables of `zypper search -i` and `zypper packages -i` in any
//! language. It takes its lock while it reads, so `rpm` is asked before it.

use super::{InstalledList, InstalledPackage, told};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::zypper::{self, Table},
    xml,
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

/// ZYPPER_EXIT_INF_CAP_NOT_FOUND: there is none of that name.
const NOTHING_FOUND: i32 = 104;

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
    zypper::expect_unlocked(&raw)?;
    raw.expect_exit(&[0, NOTHING_FOUND])?;
    let text = raw.text();
    if text.trim_start().starts_with("<?xml") {
        return of_xml(&text);
    }
    let mut table = Table::default();
    let parsed = raw.read_lines(InstalledList::default(), |list, line| {
        let Some(cells) = table.row(line)? else {
            return Some(());
        };
        list.packages.extend(of_cells(table.columns()?, &cells)?);
        Some(())
    });
    if table.columns().is_none() {
        if raw.exit_code == Some(NOTHING_FOUND) {
            return Ok(Parsed::whole(InstalledList::default()));
        }
        let no_table = || ParseError::shape("zypper printed no table");
        return Err(raw.complaint().unwrap_or_else(no_table));
    }
    Ok(parsed)
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

fn of_xml(text: &str) -> Result<Parsed<InstalledList>, ParseError> {
    if !text.contains("</stream>") {
        return Err(ParseError::shape("zypper printed no complete XML"));
    }
    let packages = xml::tags(text, "solvable").filter_map(|tag| {
        let is_installed = tag.attribute("status").as_deref() == Some("installed");
        let is_package = tag.attribute("kind").is_none_or(|kind| kind == "package");
        let name = tag
            .attribute("name")
            .filter(|_| is_installed && is_package)?;
        Some(InstalledPackage {
            version: tag.attribute("edition"),
            architecture: tag.attribute("arch"),
            repository: tag
                .attribute("repository")
                .and_then(|name| repository_of(&name)),
            description: tag.attribute("summary"),
            ..InstalledPackage::new(&name)
        })
    });
    Ok(Parsed::whole(InstalledList {
        packages: packages.collect(),
    }))
}
