//! `dpkg-query -L`, see `dpkg-query(1)`: paths in lines, and words on those that are diverted.

use super::{FilesOfPackage, PackageFiles};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

pub(super) const VARIANT: Variant<FilesOfPackage, PackageFiles> = Variant {
    name: "dpkg",
    needs: Needs::programs(&["dpkg-query"]),
    source: |args| {
        let command = Command::new("dpkg-query").word("-L");
        Source::Command(command.operand(&args.package))
    },
    reads: &["dpkg|dpkg-query -L|--listfiles"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageFiles>, ParseError> {
    let is_missing = raw.error_text().contains("is not installed");
    if is_missing && raw.stdout.is_empty() {
        return Ok(Parsed::whole(PackageFiles::default()));
    }
    // Of several packages one is missing.
    if !is_missing {
        raw.expect_exit(&[0])?;
    }
    let answer = PackageFiles {
        installed: true,
        ..PackageFiles::default()
    };
    let parsed = raw.read_lines(answer, |files, line| {
        if line.starts_with('/') {
            // The root itself is `/.`.
            let path = if line == "/." { "/" } else { line };
            files.paths.push(path.to_owned());
            return Some(());
        }
        // `diverted by dash to: /bin/sh.distrib`, `Package 'x' does not contain any files (!)`, in
        // any language.
        let is_diversion = line.rsplit_once(": /").is_some();
        let is_empty = line.starts_with("Package '") && line.contains("does not contain any files");
        (is_diversion || is_empty).then_some(())
    });
    if parsed.value.paths.is_empty() && !parsed.unread.is_empty() {
        let no_path = || ParseError::shape("no paths");
        return Err(raw.complaint().unwrap_or_else(no_path));
    }
    Ok(parsed)
}
