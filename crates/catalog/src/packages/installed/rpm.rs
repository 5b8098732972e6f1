//! `rpm(8)`: tabs of our own, and the plain list of `rpm -qa`, with `--last` too.

use chrono::DateTime;

use super::{InstalledList, InstalledPackage, told, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::rpm::{expect_usual_format, is_name, nevra},
};

const FORMAT: &str = r"%{NAME}\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\t%{ARCH}\t%{SOURCERPM}\t%{LONGSIZE}\t%{INSTALLTIME}\t%{SUMMARY}\n";

pub(super) const VARIANT: Variant<NoArgs, InstalledList> = Variant {
    name: "rpm",
    needs: Needs::programs(&["rpm"]),
    source: |_| Source::Command(Command::new("rpm").words(&["-qa", "--queryformat", FORMAT])),
    reads: &["rpm -qa*|-aq*", "rpm -q|--query"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<InstalledList>, ParseError> {
    expect_usual_format(&raw)?;
    let complaint = raw.error_text();
    let shut = ["cannot open Packages", "rpmdb open failed"];
    if raw.stdout.is_empty() && shut.iter().any(|said| complaint.contains(said)) {
        let unavailable = || ParseError::Unavailable(complaint.trim().to_owned());
        return Err(raw.complaint().unwrap_or_else(unavailable));
    }
    raw.expect_exit(&[0])?;
    let parsed = raw.read_lines(InstalledList::default(), |list, line| {
        let package = if line.contains('\t') {
            tabs(line)?
        } else {
            plain(line)?
        };
        list.packages.push(package);
        Some(())
    });
    if raw.typed.is_empty() && parsed.value.packages.is_empty() && parsed.unread.is_empty() {
        // Of another distribution, or of none.
        return Err(ParseError::Absent("rpm knows no package".to_owned()));
    }
    understood(&raw, parsed)
}

/// Reads our own seven columns.
fn tabs(line: &str) -> Option<InstalledPackage> {
    let mut columns = line.splitn(7, '\t');
    let mut column = || columns.next();
    let (name, version, architecture) = (column()?, column()?, column()?);
    let (source, size, time, summary) = (column()?, column()?, column()?, column()?);
    if !is_name(name) {
        return None;
    }
    let source = source
        .strip_suffix(".src.rpm")
        .or_else(|| source.strip_suffix(".nosrc.rpm"))
        .and_then(nevra);
    Some(InstalledPackage {
        version: told(version),
        architecture: told(architecture),
        source: source.map(|source| source.name.to_owned()),
        size_bytes: size.parse().ok(),
        installed_at: time
            .parse()
            .ok()
            .and_then(|time| DateTime::from_timestamp(time, 0)),
        description: told(summary),
        ..InstalledPackage::new(name)
    })
}

/// Reads `name-version-release.architecture`, behind which a moment in an unknown zone may stand.
fn plain(line: &str) -> Option<InstalledPackage> {
    let (package, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    if !rest.is_empty() && !rest.contains(':') {
        return None;
    }
    let found = nevra(package)?;
    Some(InstalledPackage {
        version: Some(found.version.to_owned()),
        architecture: found.architecture.map(str::to_owned),
        ..InstalledPackage::new(found.name)
    })
}
