//! `pacman -Ql`, see `pacman(8)`: a name and a path in each line, with `-q` the path alone.

use super::{FilesOfPackage, PackageFiles};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

const WORDS: &[&str] = &["--query", "--list", "--color", "never"];

pub(super) const VARIANT: Variant<FilesOfPackage, PackageFiles> = Variant {
    name: "pacman",
    needs: Needs::programs(&["pacman"]),
    source: |args| Source::Command(Command::new("pacman").words(WORDS).operand(&args.package)),
    reads: &["pacman|yay|paru -Ql*", "pacman --query --list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageFiles>, ParseError> {
    let is_missing = raw.error_text().contains("' was not found");
    if is_missing && raw.stdout.is_empty() {
        return Ok(Parsed::whole(PackageFiles::default()));
    }
    if !is_missing {
        raw.expect_exit(&[0])?;
    }
    let answer = PackageFiles {
        installed: true,
        ..PackageFiles::default()
    };
    let parsed = raw.read_lines(answer, |files, line| {
        let path = match line.split_once(' ') {
            _ if line.starts_with('/') => line,
            Some((_, path)) => path,
            None => return None,
        };
        // A folder ends with a slash.
        let path = match path.strip_suffix('/') {
            Some("") | None => path,
            Some(folder) => folder,
        };
        path.starts_with('/')
            .then(|| files.paths.push(path.to_owned()))
    });
    if parsed.value.paths.is_empty() && !parsed.unread.is_empty() {
        let no_path = || ParseError::shape("no paths");
        return Err(raw.complaint().unwrap_or_else(no_path));
    }
    Ok(parsed)
}
