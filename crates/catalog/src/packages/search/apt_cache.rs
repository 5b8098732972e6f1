//! `apt-cache(8)` and `aptitude(8)`: `name - description`.

use super::{PackageMatch, PackageMatches, PackageSearch, told, understood};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

/// Without the two cache files apt writes nothing, as root too.
const WORDS: &[&str] = &[
    "search",
    "-o",
    "Dir::Cache::pkgcache=",
    "-o",
    "Dir::Cache::srcpkgcache=",
];

pub(super) const VARIANT: Variant<PackageSearch, PackageMatches> = Variant {
    name: "apt_cache",
    needs: Needs::programs(&["apt-cache"]),
    source: |args| Source::Command(Command::new("apt-cache").words(WORDS).operand(&args.term)),
    reads: &["apt-cache search", "aptitude search"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageMatches>, ParseError> {
    // aptitude ends with 1 and without a word where nothing fits.
    let nothing = raw.exit_code == Some(1) && raw.stdout.is_empty() && raw.stderr.is_empty();
    if !nothing {
        raw.expect_exit(&[0])?;
    }
    let parsed = raw.read_lines(PackageMatches::default(), |list, line| {
        let (head, description) = line.split_once(" - ")?;
        let (flags, name) = head
            .trim_end()
            .rsplit_once(' ')
            .unwrap_or(("", head.trim_end()));
        let is_name = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+-.:".contains(&b));
        let flags = flags.trim_end();
        // aptitude's: the state, what is to be done, and whether it came by itself.
        let installed = match flags.chars().next() {
            None => None,
            Some('i') => Some(true),
            Some('p' | 'c' | 'u') => Some(false),
            // A name that others provide is no package.
            Some('v') => return is_name.then_some(()),
            Some(_) => return None,
        };
        if !is_name || flags.len() > 4 {
            return None;
        }
        let (name, architecture) = match name.split_once(':') {
            Some((name, architecture)) => (name, told(architecture)),
            None => (name, None),
        };
        list.packages.push(PackageMatch {
            architecture,
            installed,
            description: told(description),
            ..PackageMatch::new(name)
        });
        Some(())
    });
    understood(&raw, parsed)
}
