//! `dpkg-query -S`, see `dpkg-query(1)`: `package, package:architecture: path`.

use super::{OwnedPath, PackageOwner, PackageOwners};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

pub(super) const VARIANT: Variant<OwnedPath, PackageOwners> = Variant {
    name: "dpkg",
    needs: Needs::programs(&["dpkg-query"]),
    source: |args| {
        let command = Command::new("dpkg-query").word("-S");
        Source::Command(command.operand(&args.path))
    },
    reads: &["dpkg|dpkg-query -S|--search"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageOwners>, ParseError> {
    let is_nobodys = raw.error_text().contains("no path found matching pattern");
    if is_nobodys && raw.stdout.is_empty() {
        return Ok(Parsed::whole(PackageOwners::default()));
    }
    // Of several paths one is nobody's.
    if !is_nobodys {
        raw.expect_exit(&[0])?;
    }
    let parsed = raw.read_lines(PackageOwners::default(), |list, line| {
        let halves = line.split_once(": /");
        let packages: Vec<&str> =
            halves.map_or_else(Vec::new, |(all, _)| all.split(", ").collect());
        let path = halves.map(|(_, path)| path).unwrap_or_default();
        if packages.is_empty() || !packages.iter().all(|package| is_package(package)) {
            // `diversion by dash from: /bin/sh`, in any language, before the row itself.
            let ends_with_path = line
                .rsplit(' ')
                .next()
                .is_some_and(|word| word.starts_with('/'));
            let is_diversion = ends_with_path && line.split(' ').count() >= 4;
            return is_diversion.then_some(());
        }
        for package in packages {
            let (name, architecture) = match package.split_once(':') {
                Some((name, architecture)) => (name, Some(architecture.to_owned())),
                None => (package, None),
            };
            list.owners.push(PackageOwner {
                package: name.to_owned(),
                architecture,
                version: None,
                path: Some(format!("/{path}")),
            });
        }
        Some(())
    });
    if parsed.value.owners.is_empty() {
        let no_row = || ParseError::shape("no package with its path");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}

fn is_package(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+-.:".contains(&b))
}
