//! `pacman -Qi` and `pacman -Si`, see `pacman(8)`: fields in one order in every language.

use super::{PackageDetails, PackageNamed, PackageRecord, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    packages::fields::{self, Blanks, Block},
    units::{Letters, bytes},
};

/// What is installed, then what could be.
const SCRIPT: &str = r#"if pacman --query --info --color never -- "$1" 2>/dev/null; then
  pacman --sync --info --color never -- "$1" 2>/dev/null; exit 0
fi
exec pacman --sync --info --color never -- "$1""#;

/// `None` in the languages of pacman.
const NONE: &[&str] = &[
    "None",
    "--",
    "Bat ere ez",
    "Brak",
    "Cap",
    "Dengún",
    "Ei ole",
    "Geen",
    "Heç biri",
    "Hini ebet",
    "Hiçbiri",
    "Ingen",
    "Nada",
    "Nenhum",
    "Neniu",
    "Nessuno",
    "Nichts",
    "Niciunul",
    "Nieko",
    "Nihil",
    "Nincs",
    "Nič",
    "Ništa",
    "Žádné",
    "Ουδέν",
    "Немає",
    "Нет",
    "Нищо",
    "بلا",
    "कोई नहीं",
    "–",
    "なし",
    "无",
    "無",
    "없음",
];

pub(super) const VARIANT: Variant<PackageNamed, PackageDetails> = Variant {
    name: "pacman",
    needs: Needs::programs(&["pacman"]),
    source: |args| Source::Command(Command::script(SCRIPT).value(&args.package)),
    reads: &["pacman|yay|paru -Qi*|-Si*", "pacman --query|--sync --info"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageDetails>, ParseError> {
    let complaint = raw.error_text();
    let is_unknown = complaint.contains("' was not found");
    if is_unknown && raw.exit_code == Some(1) && raw.stdout.is_empty() {
        return Ok(Parsed::whole(PackageDetails::default()));
    }
    if !is_unknown {
        raw.expect_exit(&[0])?;
    }
    let mut block = Block::default();
    // The keys of the block that is read, with which a next one of the same kind begins.
    let mut first_key = String::new();
    let mut blanks = Blanks::of(&raw);
    let mut parsed = raw.read_lines(PackageDetails::default(), |details, line| {
        let begins = blanks.before_next();
        if let Some((key, value)) = fields::split(line) {
            if first_key.is_empty() {
                key.clone_into(&mut first_key);
            } else if key == first_key || begins {
                details
                    .records
                    .extend(of_block(&std::mem::take(&mut block)));
                key.clone_into(&mut first_key);
            }
            block.push(key, value);
            return Some(());
        }
        line.starts_with("    ")
            .then(|| block.append(line.trim()))?
    });
    parsed.value.records.extend(of_block(&block));
    understood(&raw, parsed)
}

fn of_block(block: &Block) -> Option<PackageRecord> {
    let has_digit =
        |text: Option<&str>| text.is_some_and(|text| text.bytes().any(|b| b.is_ascii_digit()));
    // Of the repositories' blocks the first field is the repository. A version has a `-`.
    let is_version = |place: usize| {
        has_digit(block.at(place))
            && block
                .at(place)
                .is_some_and(|text| text.contains('-') && !text.contains(' '))
    };
    let (first, is_local) = match (is_version(1), is_version(2)) {
        (true, _) if block.len() >= 19 => (0, true),
        (_, true) if block.len() >= 16 => (1, false),
        _ => return None,
    };
    let at = |offset: usize| {
        let value = block.at(offset.checked_add(first)?)?;
        (!NONE.contains(&value)).then(|| value.to_owned())
    };
    let size = |offset: usize| at(offset).and_then(|size| bytes(&size, Letters::Binary));
    let depends = at(8).unwrap_or_default();
    Some(PackageRecord {
        name: at(0)?,
        version: at(1),
        architecture: at(3),
        installed: is_local.then_some(true),
        source: None,
        repository: block.at(0).filter(|_| !is_local).map(str::to_owned),
        section: at(6),
        license: at(5),
        homepage: at(4),
        maintainer: at(if is_local { 15 } else { 14 }),
        size_bytes: size(if is_local { 14 } else { 13 }),
        download_bytes: size(12).filter(|_| !is_local),
        depends: depends
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect(),
        summary: at(2),
        description: None,
    })
}
