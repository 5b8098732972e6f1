//! What the rows of `apt(8)` have in common: what stands in brackets is translated, the rest is not.

/// The one word with a digit among a label's words: `upgradable from: 1.0`, in any language.
pub(super) fn version_in(label: &str) -> Option<&str> {
    let mut versions = label
        .split(|c: char| c.is_whitespace() || c == '：')
        .filter(|word| word.is_ascii() && word.bytes().any(|byte| byte.is_ascii_digit()));
    let version = versions.next()?;
    versions.next().is_none().then_some(version)
}

/// `residual-config` in the languages of apt.
const RESIDUAL: &[&str] = &[
    "residual-config",
    "Konfiguration-verbleibend",
    "artık-yapılandırma",
    "configuració-residual",
    "configuración-residual",
    "configuration restante",
    "configurazione residua",
    "configuração-residual",
    "configurație reziduală",
    "kvarvarande-inställning",
    "megmaradt konfig",
    "overgebleven configuratie",
    "residual-konfig",
    "resztkowa konfiguracja",
    "zbytkové-konfigurační-coubory",
    "υπολοιπόμενο-config",
    "остались файлы настроек",
    "ค่าตั้งตกค้าง",
    "設定が残存",
    "配置文件残留",
];

/// `name/suite,now version architecture [installed,automatic]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row<'a> {
    pub(super) name: &'a str,
    /// The suites that have this version, without `now`.
    pub(super) suites: Vec<&'a str>,
    /// Whether this very version is on the server, or its configuration.
    pub(super) is_now: bool,
    pub(super) version: &'a str,
    pub(super) architecture: &'a str,
    /// What stands in brackets.
    pub(super) label: Option<&'a str>,
    /// Whether its configuration alone is left.
    pub(super) is_residual: bool,
}

/// Reads a row of `apt list` or `apt search`.
pub(super) fn row(line: &str) -> Option<Row<'_>> {
    let (head, label) = match line.split_once('[') {
        Some((head, label)) => (head, Some(label.trim_end().strip_suffix(']')?.trim())),
        None => (line, None),
    };
    let mut words = head.split_ascii_whitespace();
    let (name, suites) = words.next()?.split_once('/')?;
    let (version, architecture) = (words.next()?, words.next()?);
    let has_digit = version.bytes().any(|byte| byte.is_ascii_digit());
    let is_name = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if words.next().is_some() || !is_name || !has_digit {
        return None;
    }
    Some(Row {
        name,
        suites: suites.split(',').filter(|suite| *suite != "now").collect(),
        is_now: suites.split(',').any(|suite| suite == "now"),
        version,
        architecture,
        label,
        is_residual: label.is_some_and(|label| RESIDUAL.contains(&label)),
    })
}

/// `Listing... Done`, in any language, before the first row, and what apt says beside its answer.
pub(super) fn is_said(line: &str) -> bool {
    let is_progress = !line.contains('/') && (line.contains("...") || line.contains('…'));
    let beginnings = ["WARNING: apt does not have", "N: ", "W: "];
    is_progress
        || beginnings
            .iter()
            .any(|beginning| line.starts_with(beginning))
}
