//! `apt(8)`: `apt list`, in any language, for people's output and where `dpkg-query` is not to be
//! had. What stands in brackets is translated; that `now` is among the suites is not.

use super::{InstalledList, InstalledPackage, PackageState, understood};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Without the two cache files apt writes nothing, as root too.
const WORDS: &[&str] = &[
    "list",
    "--installed",
    "-o",
    "Dir::Cache::pkgcache=",
    "-o",
    "Dir::Cache::srcpkgcache=",
];

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

/// What the words for `automatic` and `auto-removable` have in them.
const AUTOMATIC: &[&str] = &[
    "automat",
    "automàt",
    "automát",
    "auto-",
    "autom.",
    "autodes",
    "autorrem",
    "автоматически",
    "自動",
    "自动",
    "otomatik",
    "αυτόματα",
    "tự động",
    "อัตโนมัติ",
];

pub(super) const VARIANT: Variant<NoArgs, InstalledList> = Variant {
    name: "apt",
    needs: Needs::programs(&["apt"]),
    source: |_| Source::Command(Command::new("apt").words(WORDS)),
    reads: &["apt list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<InstalledList>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut rows: usize = 0;
    let parsed = raw.read_lines(InstalledList::default(), |list, line| {
        if let Some(package) = row(line) {
            rows = rows.saturating_add(1);
            list.packages.extend(package);
            return Some(());
        }
        // `Listing... Done`, in any language, and what apt says beside its answer.
        let is_listing =
            rows == 0 && !line.contains('/') && (line.contains("...") || line.contains('…'));
        let is_said = ["WARNING: apt does not have", "N: ", "W: "]
            .iter()
            .any(|beginning| line.starts_with(beginning));
        (is_listing || is_said).then_some(())
    });
    if rows > 0 {
        return Ok(parsed);
    }
    understood(&raw, parsed)
}

/// Reads `name/suite,now version architecture [installed,automatic]`. `Some(None)`: it is not
/// installed.
fn row(line: &str) -> Option<Option<InstalledPackage>> {
    let (head, label) = match line.split_once('[') {
        Some((head, label)) => (head, Some(label.trim_end().strip_suffix(']')?)),
        None => (line, None),
    };
    let mut words = head.split_ascii_whitespace();
    let (name, suites) = words.next()?.split_once('/')?;
    let (listed, architecture) = (words.next()?, words.next()?);
    if words.next().is_some() || name.is_empty() || !listed.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let is_now = suites.split(',').any(|suite| suite == "now");
    let suites: Vec<&str> = suites.split(',').filter(|suite| *suite != "now").collect();
    let Some(label) = label else {
        // A version that could be installed.
        return (!is_now).then_some(None);
    };
    let label = label.trim();
    let is_residual = RESIDUAL.contains(&label);
    let pieces = label.split([',', '、', '，']).count();
    // `upgradable from: VERSION`: what is installed stands in the brackets.
    let version = if is_now { listed } else { version_in(label)? };
    Some(Some(InstalledPackage {
        version: Some(version.to_owned()),
        architecture: Some(architecture.to_owned()),
        state: if is_residual {
            PackageState::ConfigFiles
        } else {
            PackageState::Installed
        },
        automatic: match (is_residual || !is_now, pieces) {
            (true, _) => None,
            (false, 1) => Some(false),
            (false, _) => AUTOMATIC
                .iter()
                .any(|word| label.contains(word))
                .then_some(true),
        },
        repository: Some(suites.join(",")).filter(|suites| is_now && !suites.is_empty()),
        ..InstalledPackage::new(name)
    }))
}

/// The one word with a digit among a label's words.
pub(in crate::packages) fn version_in(label: &str) -> Option<&str> {
    let mut versions = label
        .split(|c: char| c.is_whitespace() || c == '：')
        .filter(|word| word.is_ascii() && word.bytes().any(|byte| byte.is_ascii_digit()));
    let version = versions.next()?;
    versions.next().is_none().then_some(version)
}
