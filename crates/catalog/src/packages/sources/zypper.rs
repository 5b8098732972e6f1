//! `zypper repos`, see `zypper(8)`: XML, and the table in any language, whose first columns have
//! fixed places.

use super::{PackageSource, PackageSources, without_secret};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::zypper::{self, Table},
    xml,
};

const WORDS: &[&str] = &["--no-refresh", "--non-interactive", "--xmlout", "repos"];

/// `Yes` in the languages of zypper.
const YES: &[&str] = &[
    "&Da",
    "&Yebo",
    "Ano",
    "Da",
    "Erê",
    "Evet",
    "Ewe",
    "Ie",
    "Igen",
    "Ja",
    "Jah",
    "Kyllä",
    "Oui",
    "Oyi",
    "Si",
    "Sim",
    "Sì",
    "Sí",
    "Taip",
    "Tak",
    "Ya",
    "Yes",
    "Áno",
    "Ναι",
    "Да",
    "Так",
    "כן",
    "نعم",
    "हाँ",
    "होय",
    "হ্যাঁ",
    "ਹਾਂ",
    "હા",
    "ஆம்",
    "ใช่",
    "დიახ",
    "បាទ/ចាស",
    "はい (y)",
    "是",
    "예",
];

/// `No`, likewise.
const NO: &[&str] = &[
    "&Cha",
    "&Ne",
    "Ei",
    "Hayi",
    "Hayır",
    "Na",
    "Nage",
    "Ne",
    "Nee",
    "Nei",
    "Nein",
    "Nej",
    "Nem",
    "Nie",
    "No",
    "Non",
    "Nonna",
    "Nu",
    "Não",
    "Tidak",
    "Όχι",
    "Не",
    "Нет",
    "Ні",
    "לא",
    "لا",
    "नहीं",
    "नाही",
    "না",
    "ਨਹੀਂ",
    "ના",
    "இல்லை",
    "ไม่ใช่",
    "არა",
    "ទេ",
    "いいえ (n)",
    "否",
    "아니요",
];

pub(super) const VARIANT: Variant<NoArgs, PackageSources> = Variant {
    name: "zypper",
    needs: Needs::programs(&["zypper"]),
    source: |_| Source::Command(Command::new("zypper").words(WORDS)),
    reads: &["zypper lr|repos"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageSources>, ParseError> {
    zypper::expect_unlocked(&raw)?;
    // ZYPPER_EXIT_NO_REPOS
    if raw.exit_code == Some(6) {
        return Ok(Parsed::whole(PackageSources::default()));
    }
    raw.expect_exit(&[0])?;
    let text = raw.text();
    if zypper::is_xml(&text)? {
        return Ok(of_xml(&text));
    }
    let mut table = Table::default();
    let mut has_head = false;
    let parsed = raw.read_lines(PackageSources::default(), |list, line| {
        if !has_head && !line.contains('|') {
            // A note on priorities.
            has_head = table.columns().is_some();
            return table.row(line).map(|_| ()).or(Some(()));
        }
        let Some(cells) = table.row(line)? else {
            return Some(());
        };
        let [number, alias, name, enabled, rest @ ..] = cells.as_slice() else {
            return None;
        };
        number.parse::<u32>().ok()?;
        if !YES.contains(enabled) && !NO.contains(enabled) {
            return None;
        }
        let url = rest.last().filter(|last| last.contains(":/"));
        list.sources.push(PackageSource {
            id: Some((*alias).to_owned()),
            name: Some((*name).to_owned()),
            kind: "rpm".to_owned(),
            url: url.map(|url| without_secret(url)),
            enabled: YES.contains(enabled),
            ..PackageSource::default()
        });
        Some(())
    });
    if table.columns().is_none() {
        let no_table = || ParseError::shape("zypper printed no table");
        return Err(raw.complaint().unwrap_or_else(no_table));
    }
    Ok(parsed)
}

fn of_xml(text: &str) -> Parsed<PackageSources> {
    // The place stands in an element of its own.
    let mut urls = text.split("</repo>").map(|repository| {
        let (_, rest) = repository.split_once("<url>")?;
        let (url, _) = rest.split_once("</url>")?;
        Some(url.replace("&amp;", "&"))
    });
    let sources = xml::tags(text, "repo").map(|tag| {
        let is = |name: &str| tag.attribute(name).map(|value| value == "1");
        PackageSource {
            id: tag.attribute("alias"),
            name: tag.attribute("name"),
            kind: "rpm".to_owned(),
            url: urls.next().flatten().map(|url| without_secret(&url)),
            enabled: is("enabled").unwrap_or(false),
            checked: is("gpgcheck"),
            priority: tag.attribute("priority").and_then(|it| it.parse().ok()),
            ..PackageSource::default()
        }
    });
    Parsed::whole(PackageSources {
        sources: sources.collect(),
    })
}
