//! `rpm -ql`, see `rpm(8)`: paths in lines.

use super::{FilesOfPackage, PackageFiles};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    packages::rpm::expect_usual_format,
};

pub(super) const VARIANT: Variant<FilesOfPackage, PackageFiles> = Variant {
    name: "rpm",
    needs: Needs::programs(&["rpm"]),
    source: |args| Source::Command(Command::new("rpm").word("-ql").operand(&args.package)),
    reads: &["rpm -ql*|-qpl*", "rpm -q|--query -l|--list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageFiles>, ParseError> {
    expect_usual_format(&raw)?;
    // 1: a package is not installed.
    raw.expect_exit(&[0, 1])?;
    let (mut is_missing, mut is_empty) = (false, false);
    let mut parsed = raw.read_lines(PackageFiles::default(), |files, line| {
        if line.starts_with('/') {
            files.paths.push(line.to_owned());
            return Some(());
        }
        is_missing |= line.starts_with("package ") && line.ends_with(" is not installed");
        is_empty |= line == "(contains no files)";
        (is_missing || is_empty).then_some(())
    });
    if parsed.value.paths.is_empty() && !is_missing && !is_empty {
        let no_path = || ParseError::shape("no paths");
        return Err(raw.complaint().unwrap_or_else(no_path));
    }
    parsed.value.installed = !parsed.value.paths.is_empty() || is_empty;
    Ok(parsed)
}
