//! `zypper search`, see `zypper(8)`: XML, and its tables in any language. It takes its lock while it
//! reads.

use super::{PackageMatch, PackageMatches, PackageSearch, told};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    packages::zypper::{self, Table},
    xml,
};

const WORDS: &[&str] = &[
    "--no-refresh",
    "--non-interactive",
    "--xmlout",
    "search",
    "--type",
    "package",
];

/// ZYPPER_EXIT_INF_CAP_NOT_FOUND: nothing fits.
const NOTHING_FOUND: i32 = 104;

pub(super) const VARIANT: Variant<PackageSearch, PackageMatches> = Variant {
    name: "zypper",
    needs: Needs::programs(&["zypper"]),
    source: |args| Source::Command(Command::new("zypper").words(WORDS).operand(&args.term)),
    reads: &["zypper se|search"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageMatches>, ParseError> {
    zypper::expect_unlocked(&raw)?;
    raw.expect_exit(&[0, NOTHING_FOUND])?;
    let text = raw.text();
    if text.trim_start().starts_with("<?xml") {
        return of_xml(&text);
    }
    let mut table = Table::default();
    let parsed = raw.read_lines(PackageMatches::default(), |list, line| {
        let Some(cells) = table.row(line)? else {
            return Some(());
        };
        list.packages.extend(of_cells(table.columns()?, &cells)?);
        Some(())
    });
    if table.columns().is_none() {
        if raw.exit_code == Some(NOTHING_FOUND) {
            return Ok(Parsed::whole(PackageMatches::default()));
        }
        let no_table = || ParseError::shape("zypper printed no table");
        return Err(raw.complaint().unwrap_or_else(no_table));
    }
    Ok(parsed)
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

fn of_xml(text: &str) -> Result<Parsed<PackageMatches>, ParseError> {
    if !text.contains("</stream>") {
        return Err(ParseError::shape("zypper printed no complete XML"));
    }
    let packages = xml::tags(text, "solvable").filter_map(|tag| {
        let is_package = tag.attribute("kind").is_none_or(|kind| kind == "package");
        let name = tag.attribute("name").filter(|_| is_package)?;
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
            ..PackageMatch::new(&name)
        })
    });
    Ok(Parsed::whole(PackageMatches {
        packages: packages.collect(),
    }))
}
