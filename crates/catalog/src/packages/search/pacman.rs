//! `pacman(8)` from the databases it has: `repository/name version (groups) [installed]`, and the
//! description in a line below it. It ends with 1 where nothing fits.

use super::{PackageMatch, PackageMatches, PackageSearch, told, understood};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

const WORDS: &[&str] = &["--sync", "--search", "--color", "never"];

pub(super) const VARIANT: Variant<PackageSearch, PackageMatches> = Variant {
    name: "pacman",
    needs: Needs::programs(&["pacman"]),
    source: |args| Source::Command(Command::new("pacman").words(WORDS).operand(&args.term)),
    reads: &[
        "pacman|yay|paru -Ss*|-Qs*",
        "pacman --sync|--query --search",
    ],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageMatches>, ParseError> {
    let complaint = raw.error_text();
    if let Some(missing) = complaint
        .lines()
        .find(|line| line.contains("does not exist"))
    {
        // A database that was never fetched; pacman goes on as if it were empty.
        return Err(ParseError::Unavailable(missing.to_owned()));
    }
    if !(raw.exit_code == Some(1) && raw.stdout.is_empty() && raw.stderr.is_empty()) {
        raw.expect_exit(&[0])?;
    }
    let parsed = raw.read_lines(PackageMatches::default(), |list, line| {
        if line.starts_with("    ") {
            let last = list.packages.last_mut()?;
            let room = last.description.get_or_insert_default();
            if !room.is_empty() {
                room.push(' ');
            }
            room.push_str(line.trim());
            return Some(());
        }
        let mut words = line.split_ascii_whitespace();
        let (repository, name) = words.next()?.split_once('/')?;
        let version = words.next()?;
        if name.is_empty() || !version.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // `[installed]`, `[installed: VERSION]`, in any language.
        let is_local = repository == "local";
        let is_installed = is_local || (line.ends_with(']') && line.contains(" ["));
        list.packages.push(PackageMatch {
            version: Some(version.to_owned()),
            repository: told(repository).filter(|_| !is_local),
            installed: Some(is_installed),
            ..PackageMatch::new(name)
        });
        Some(())
    });
    understood(&raw, parsed)
}
