//! The names of RPM packages: `name-version-release.architecture`, see `rpm(8)`.

use crate::{ParseError, RawOutput};

/// What stands behind the last dot of a package's name.
const ARCHITECTURES: &[&str] = &[
    "aarch64",
    "alpha",
    "amd64",
    "armv5tel",
    "armv6hl",
    "armv7hl",
    "armv7hnl",
    "athlon",
    "i386",
    "i486",
    "i586",
    "i686",
    "ia32e",
    "ia64",
    "loongarch64",
    "mips64el",
    "mipsel",
    "noarch",
    "nosrc",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparcv9",
    "src",
    "x86_64",
    "x86_64_v2",
];

/// A package's name taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nevra<'a> {
    /// The name alone.
    pub(super) name: &'a str,
    /// `version-release`, with `epoch:` before it where the tool writes it.
    pub(super) version: &'a str,
    /// The architecture; `None`: the name ends without one that is known.
    pub(super) architecture: Option<&'a str>,
}

/// Whether a word is an architecture of RPM's.
pub(super) fn is_architecture(word: &str) -> bool {
    ARCHITECTURES.binary_search(&word).is_ok()
}

/// Takes `name-version-release.architecture` apart, from its end. An epoch may stand before the
/// version (`name-2:1.0-1`) or, as `repoquery` of old writes, before the name.
pub(super) fn nevra(text: &str) -> Option<Nevra<'_>> {
    let (rest, architecture) = match text.rsplit_once('.') {
        Some((rest, last)) if is_architecture(last) => (rest, Some(last)),
        _ => (text, None),
    };
    let release_begin = rest.rfind('-')?;
    let version_begin = rest.get(..release_begin)?.rfind('-')?;
    let name = rest.get(..version_begin)?;
    let version = rest.get(version_begin.checked_add(1)?..)?;
    let is_plain = |word: &str| {
        word.bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"\"'`(){}[]<>|;,=".contains(&byte))
    };
    let has_digit = version.bytes().any(|byte| byte.is_ascii_digit());
    let is_name = is_name(name) && is_plain(version) && has_digit;
    is_name.then_some(Nevra {
        name,
        version,
        architecture,
    })
}

/// Whether a word can be a package's name.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.+-".contains(&byte))
}

/// Refuses what a person had rpm print in a form of their own, for it could be anything.
pub(super) fn expect_usual_format(raw: &RawOutput<'_>) -> Result<(), ParseError> {
    let has_format = ["qf", "queryformat"]
        .iter()
        .any(|name| raw.typed_option('\0', name));
    if has_format {
        return Err(ParseError::shape("a format of one's own"));
    }
    Ok(())
}

/// Takes `name.architecture` apart.
pub(super) fn name_architecture(text: &str) -> Option<(&str, &str)> {
    let (name, architecture) = text.rsplit_once('.')?;
    (is_name(name) && is_architecture(architecture)).then_some((name, architecture))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn architectures_are_sorted() {
        assert!(ARCHITECTURES.is_sorted());
    }

    #[test]
    fn a_name_is_taken_apart_from_its_end() {
        let parts = |text| nevra(text).map(|n| (n.name, n.version, n.architecture));
        assert_eq!(
            parts("lab-c++-devel-2:1.0-3.fc39.x86_64"),
            Some(("lab-c++-devel", "2:1.0-3.fc39", Some("x86_64")))
        );
        assert_eq!(
            parts("gpg-pubkey-fd431d51-4ae0493b"),
            Some(("gpg-pubkey", "fd431d51-4ae0493b", None))
        );
        assert_eq!(parts("bash-3.2-32.el5"), Some(("bash", "3.2-32.el5", None)));
        for text in ["", "a-b", "a-b-c", "-1-2", "error: can't-open 1-2"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
