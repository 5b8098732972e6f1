//! `dnf(8)`, 4 and 5, and `yum(8)`: `dnf list`, for people's output and where `rpm` is not to be
//! had. As a user dnf would make a folder of its own, so it is asked as root alone.

use super::{InstalledList, InstalledPackage};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::dnf::{self, Item},
};

pub(super) const VARIANT: Variant<NoArgs, InstalledList> = Variant {
    name: "dnf",
    needs: Needs::programs(&["dnf"]).as_root(),
    source: |_| Source::Command(Command::new("dnf").words(&["-C", "list", "--installed"])),
    reads: &["dnf|yum|dnf5|microdnf list|ls"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<InstalledList>, ParseError> {
    if raw.exit_code == Some(1) && raw.error_text().contains("No matching Packages to list") {
        return Ok(Parsed::whole(InstalledList::default()));
    }
    raw.expect_exit(&[0])?;
    let asked = [
        "installed",
        "--installed",
        "userinstalled",
        "--userinstalled",
    ];
    let all = raw.typed.is_empty() || raw.typed.iter().any(|word| asked.contains(&word.as_str()));
    // dnf 4 marks what is installed; 5 has its headings alone.
    let mut marks = false;
    let mut under_installed = all;
    let parsed = dnf::read(&raw, InstalledList::default(), |list, item| {
        let row = match item {
            Item::Heading(heading) => {
                let is_other = heading.eq_ignore_ascii_case("available packages");
                under_installed =
                    (all && !is_other) || heading.eq_ignore_ascii_case("installed packages");
                return (all || marks || under_installed || is_other || list.packages.is_empty())
                    .then_some(());
            }
            Item::Row(row) => row,
        };
        let repository = match row.repository.strip_prefix('@') {
            Some(repository) => {
                marks = true;
                Some(repository)
            }
            None if under_installed && !marks => Some(row.repository),
            // Of another section: it could be installed.
            None if marks || !list.packages.is_empty() => return Some(()),
            None => return None,
        };
        list.packages.push(InstalledPackage {
            version: Some(row.version.to_owned()),
            architecture: Some(row.architecture.to_owned()),
            repository: repository
                .filter(|name| {
                    !matches!(*name, "System" | "installed" | "<unknown>" | "@commandline")
                })
                .map(str::to_owned),
            ..InstalledPackage::new(row.name)
        });
        Some(())
    });
    if parsed.value.packages.is_empty() {
        let no_row = || ParseError::shape("dnf listed no installed package");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}
