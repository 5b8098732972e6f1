//! `pacman(8)`: the blocks of `--query --info`, whose fields stand in one order in every language,
//! and the plain list of `--query`.

use chrono::NaiveDateTime;

use super::{InstalledList, InstalledPackage, told, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::fields::{self, Block},
    units::{Letters, bytes},
};

const WORDS: &[&str] = &["TZ=UTC0", "pacman", "--query", "--info", "--color", "never"];

/// The places of a block's fields, the same since pacman 4.
const VERSION: usize = 1;
const DESCRIPTION: usize = 2;
const ARCHITECTURE: usize = 3;
const SIZE: usize = 14;
const LEAST_FIELDS: usize = 15;

pub(super) const VARIANT: Variant<NoArgs, InstalledList> = Variant {
    name: "pacman",
    needs: Needs::programs(&["pacman"]),
    source: |_| Source::Command(Command::new("env").words(WORDS)),
    reads: &["pacman|yay|paru -Q|-Qe*|-Qd*|-Qm*|-Qn*|-Qt*|--query"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<InstalledList>, ParseError> {
    // 1: of several names one is not installed.
    if raw.exit_code != Some(1) || raw.stdout.is_empty() {
        raw.expect_exit(&[0])?;
    }
    let mut block = Block::default();
    // The key with which every block begins, in the language of the output.
    let mut first_key = String::new();
    let is_own = raw.typed.is_empty();
    let mut parsed = raw.read_lines(InstalledList::default(), |list, line| {
        if let Some((key, value)) = fields::split(line) {
            if first_key.is_empty() {
                key.clone_into(&mut first_key);
            } else if key == first_key {
                let whole = std::mem::take(&mut block);
                list.packages.extend(of_block(&whole, is_own));
            }
            block.push(key, value);
            return Some(());
        }
        if line.starts_with("    ") {
            return block.append(line.trim());
        }
        let mut words = line.split_ascii_whitespace();
        let (name, version) = (words.next()?, words.next()?);
        let is_version = version.bytes().any(|byte| byte.is_ascii_digit()) && version.contains('-');
        if words.next().is_some() || !is_version || !is_name(name) {
            return None;
        }
        list.packages.push(InstalledPackage {
            version: Some(version.to_owned()),
            ..InstalledPackage::new(name)
        });
        Some(())
    });
    match of_block(&block, is_own) {
        Some(package) => parsed.value.packages.push(package),
        None if block.len() > 0 => parsed.leave_unread(0, block.at(0).unwrap_or_default()),
        None => {}
    }
    understood(&raw, parsed)
}

fn of_block(block: &Block, is_own: bool) -> Option<InstalledPackage> {
    let name = block.at(0).filter(|name| is_name(name))?;
    if block.len() < LEAST_FIELDS {
        return None;
    }
    let installed = block.get("Install Date").filter(|_| is_own);
    let installed_at = installed.and_then(|date| {
        let moment = NaiveDateTime::parse_from_str(date, "%a %b %e %H:%M:%S %Y").ok()?;
        Some(moment.and_utc())
    });
    Some(InstalledPackage {
        version: block.at(VERSION).and_then(told),
        architecture: block.at(ARCHITECTURE).and_then(told),
        automatic: match block.get("Install Reason") {
            Some("Explicitly installed") => Some(false),
            Some("Installed as a dependency for another package") => Some(true),
            _ => None,
        },
        size_bytes: block.at(SIZE).and_then(|size| bytes(size, Letters::Binary)),
        installed_at,
        description: block.at(DESCRIPTION).and_then(told),
        ..InstalledPackage::new(name)
    })
}

/// Whether a word can be a package's name: `PKGBUILD(5)`.
fn is_name(name: &str) -> bool {
    !name.starts_with(['-', '.'])
        && !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"@._+-".contains(&byte))
}
