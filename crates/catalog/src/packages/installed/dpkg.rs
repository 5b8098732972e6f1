//! `dpkg-query(1)`: tabs of our own, the table of `dpkg -l` in any language, and the plain list of
//! `dpkg-query -W`.

use super::dpkg_format::Format;
use super::{InstalledList, InstalledPackage, PackageState, told, understood};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// All of it is known since dpkg 1.16.2; the size is in KiB.
const FORMAT: &str = r"-f=${Status}\t${Package}\t${Version}\t${Architecture}\t${source:Package}\t${Installed-Size}\t${binary:Summary}\n";

pub(super) const VARIANT: Variant<NoArgs, InstalledList> = Variant {
    name: "dpkg",
    needs: Needs::programs(&["dpkg-query"]),
    source: |_| Source::Command(Command::new("dpkg-query").words(&["-W", FORMAT])),
    reads: &["dpkg-query", "dpkg -l*|--list|--no-pager"],
    parse,
};

/// What was read of the table's head.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    None,
    Legend,
    /// The line of `=`, and whether it has a column of architectures (dpkg 1.16 and later).
    Done(bool),
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<InstalledList>, ParseError> {
    if raw.exit_code == Some(1) && raw.stdout.is_empty() {
        let complaint = raw.error_text();
        if complaint.contains("no packages found matching") {
            return Ok(Parsed::whole(InstalledList::default()));
        }
    }
    // 1: a pattern of several found nothing.
    if raw.exit_code != Some(1) || raw.stdout.is_empty() {
        raw.expect_exit(&[0])?;
    }
    let format = Format::typed(raw.typed)?;
    let mut head = Head::None;
    let mut rows: usize = 0;
    let parsed = raw.read_lines(InstalledList::default(), |list, line| {
        if line.starts_with("+++-") {
            head = Head::Done(line.matches("-=").count() >= 4);
            return Some(());
        }
        let is_legend = line.contains('=') && line.matches('/').count() >= 3;
        if head == Head::Legend || (head == Head::None && is_legend && !line.contains('\t')) {
            head = Head::Legend;
            return Some(());
        }
        let package = if let Some(format) = &format {
            format.read(line)?
        } else if line.contains('\t') {
            tabs(line)?
        } else {
            table(line, head)?
        };
        rows = rows.saturating_add(1);
        list.packages.extend(package);
        Some(())
    });
    if rows == 0 && head == Head::Legend {
        return Err(ParseError::shape("the table of dpkg ends in its head"));
    }
    if rows == 0 && raw.typed.is_empty() && parsed.unread.is_empty() {
        // Of another distribution, or of none.
        return Err(ParseError::Absent("dpkg knows no package".to_owned()));
    }
    if rows > 0 || head != Head::None {
        return Ok(parsed);
    }
    understood(&raw, parsed)
}

/// The state in dpkg's word for it. `Some(None)`: it is not installed.
pub(super) fn state_of(word: &str) -> Option<Option<PackageState>> {
    Some(Some(match word {
        "not-installed" => return Some(None),
        "installed" => PackageState::Installed,
        "config-files" => PackageState::ConfigFiles,
        "half-installed" => PackageState::HalfInstalled,
        "unpacked" => PackageState::Unpacked,
        "half-configured" => PackageState::HalfConfigured,
        "triggers-awaited" => PackageState::TriggersAwaited,
        "triggers-pending" => PackageState::TriggersPending,
        _ => return None,
    }))
}

/// Reads our own seven columns, or the two of `dpkg-query -W`. `Some(None)`: it is not installed.
fn tabs(line: &str) -> Option<Option<InstalledPackage>> {
    let columns: Vec<&str> = line.splitn(7, '\t').collect();
    match columns.as_slice() {
        [
            status,
            name,
            version,
            architecture,
            source,
            size,
            description,
        ] => {
            let mut words = status.split(' ');
            let (want, _error, state) = (words.next()?, words.next()?, words.next()?);
            let Some(state) = state_of(state)? else {
                return Some(None);
            };
            Some(Some(InstalledPackage {
                version: told(version),
                architecture: told(architecture),
                state,
                held: Some(want == "hold"),
                source: told(source),
                size_bytes: size
                    .parse::<u64>()
                    .ok()
                    .and_then(|kib| kib.checked_mul(1024)),
                description: told(description),
                ..InstalledPackage::new(name)
            }))
        }
        // A package that is not installed has no version.
        [name, version] if is_name(name) => Some(told(version).map(|version| {
            let (name, architecture) = split_name(name);
            InstalledPackage {
                version: Some(version),
                architecture: architecture.map(str::to_owned),
                ..InstalledPackage::new(name)
            }
        })),
        _ => None,
    }
}

/// Reads `ii  name:architecture version architecture description`, with the head or, where `grep`
/// took it away, without. `Some(None)`: it is not installed.
fn table(line: &str, head: Head) -> Option<Option<InstalledPackage>> {
    let flags = line.get(..3)?;
    let mut letters = flags.chars();
    let (want, status, error) = (letters.next()?, letters.next()?, letters.next()?);
    if !"uirph".contains(want) || !(error == ' ' || error == 'R') {
        return None;
    }
    let state = match status {
        'n' => None,
        'i' => Some(PackageState::Installed),
        'c' => Some(PackageState::ConfigFiles),
        'H' => Some(PackageState::HalfInstalled),
        'U' => Some(PackageState::Unpacked),
        'F' => Some(PackageState::HalfConfigured),
        'W' => Some(PackageState::TriggersAwaited),
        't' => Some(PackageState::TriggersPending),
        _ => return None,
    };
    let mut rest = line.get(3..)?;
    let mut word = || {
        let (word, after) = rest
            .trim_start()
            .split_once(' ')
            .unwrap_or((rest.trim_start(), ""));
        rest = after;
        Some(word).filter(|word| !word.is_empty())
    };
    let name = word().filter(|name| is_name(name))?;
    let Some(state) = state else {
        return Some(None);
    };
    let version = word()?;
    let architecture = match head {
        Head::Done(false) => None,
        Head::Done(true) => Some(word()?),
        // A row alone must look like one in all its columns.
        _ => Some(word().filter(|word| is_architecture(word))?),
    };
    if !version.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (name, of_name) = split_name(name);
    Some(Some(InstalledPackage {
        version: Some(version.to_owned()),
        architecture: architecture.or(of_name).map(str::to_owned),
        state,
        held: Some(want == 'h'),
        description: told(rest),
        ..InstalledPackage::new(name)
    }))
}

/// Takes the architecture from the name of a package that may be there for several.
pub(super) fn split_name(name: &str) -> (&str, Option<&str>) {
    match name.split_once(':') {
        Some((name, architecture)) => (name, Some(architecture)),
        None => (name, None),
    }
}

pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+-.:".contains(&b))
}

/// The architectures of Debian and its ports, and `all`.
fn is_architecture(word: &str) -> bool {
    const KNOWN: &[&str] = &[
        "all",
        "alpha",
        "amd64",
        "arm64",
        "armel",
        "armhf",
        "hppa",
        "hurd-i386",
        "i386",
        "ia64",
        "loong64",
        "m68k",
        "mips",
        "mips64el",
        "mipsel",
        "powerpc",
        "ppc64",
        "ppc64el",
        "riscv64",
        "s390x",
        "sh4",
        "sparc",
        "sparc64",
        "x32",
    ];
    KNOWN.contains(&word)
}
