//! The file of the versionlock plugin of `dnf(8)` 4 and of `yum(8)`: patterns for
//! `name-epoch:version-release.architecture` in lines, an exclusion behind `!`.

use super::{HoldKind, PackageHold, PackageHolds};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    packages::rpm::nevra,
};

const FILES: &[FixedPath] = &[
    FixedPath::new("/etc/dnf/plugins/versionlock.list"),
    FixedPath::new("/etc/yum/pluginconf.d/versionlock.list"),
];

pub(super) const VARIANT: Variant<NoArgs, PackageHolds> = Variant {
    name: "versionlock",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageHolds>, ParseError> {
    if raw.files.is_empty() {
        return Err(ParseError::Absent(
            "there is no file of the versionlock plugin".to_owned(),
        ));
    }
    let mut parsed = Parsed::whole(PackageHolds::default());
    for file in raw.files {
        let text = crate::text::clean(file.bytes);
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match lock(line) {
                Some(hold) => parsed.value.holds.push(hold),
                None => parsed.leave_unread(index, line),
            }
        }
    }
    Ok(parsed)
}

/// Reads a lock of the list.
pub(super) fn lock(line: &str) -> Option<PackageHold> {
    let (kind, pattern) = match line.strip_prefix('!') {
        Some(pattern) => (HoldKind::Excluded, pattern),
        None => (HoldKind::Held, line),
    };
    if pattern.is_empty() || pattern.contains(char::is_whitespace) {
        return None;
    }
    // yum writes the epoch before the name.
    let (epoch, rest) = match pattern.split_once(':') {
        Some((epoch, rest)) if epoch.bytes().all(|byte| byte.is_ascii_digit()) => {
            (Some(epoch), rest)
        }
        _ => (None, pattern),
    };
    let (body, architecture) = match rest.strip_suffix(".*") {
        Some(body) => (body, None),
        None => (rest, nevra(rest).and_then(|found| found.architecture)),
    };
    let found = nevra(body).filter(|found| !found.version.contains('*'));
    let Some(found) = found else {
        // A pattern of another form.
        let is_pattern = pattern
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.+-:*?[]~^".contains(&byte));
        return is_pattern.then(|| PackageHold {
            kind,
            ..PackageHold::held(pattern)
        });
    };
    let version = match epoch {
        Some(epoch) => format!("{epoch}:{}", found.version),
        None => found.version.to_owned(),
    };
    Some(PackageHold {
        version: Some(version),
        architecture: architecture.map(str::to_owned),
        kind,
        ..PackageHold::held(found.name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_of_dnf_and_of_yum() {
        let parts = |line| lock(line).map(|it| (it.package, it.version, it.architecture));
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            parts("lab-hello-0:1.0-1.fc39.*"),
            Some(("lab-hello".to_owned(), text("0:1.0-1.fc39"), None))
        );
        assert_eq!(
            parts("2:vim-8.0-1.el7.x86_64"),
            Some(("vim".to_owned(), text("2:8.0-1.el7"), text("x86_64")))
        );
        assert_eq!(parts("kernel*"), Some(("kernel*".to_owned(), None, None)));
        assert_eq!(parts("two words"), None);
    }
}
