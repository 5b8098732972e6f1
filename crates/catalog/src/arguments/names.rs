//! Names that servers give to their things, each with the rule of the tool that owns it.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BadArgument, check, check_no_option};
use crate::command::{NeverAnOption, Word};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $what:literal, $pattern:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String")]
        #[schemars(with = "String", extend("pattern" = $pattern))]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadArgument;

            fn try_from(text: String) -> Result<Self, BadArgument> {
                let check: fn(&'static str, &str) -> Result<(), BadArgument> = $check;
                check($what, &text)?;
                Ok(Self(text))
            }
        }


        impl Word for $name {
            fn text(&self) -> Cow<'_, str> {
                Cow::Borrowed(&self.0)
            }
        }
    };
}

name! {
    /// A systemd unit with its suffix, at most 255 bytes: `systemd.unit(5)`. May begin with `-`
    /// (`-.mount`), so it stands only behind `--`.
    UnitName, "unit name", r"^[A-Za-z0-9:_.\\@-]+\.[a-z]+$",
    |what, text| {
        const SUFFIXES: [&str; 11] = [
            "service", "socket", "device", "mount", "automount", "swap", "target", "path",
            "timer", "slice", "scope",
        ];
        check(what, text, 255, |c| c.is_ascii_alphanumeric() || ":_.\\@-".contains(c))?;
        match text.rsplit_once('.') {
            Some((stem, suffix)) if !stem.is_empty() && SUFFIXES.contains(&suffix) => Ok(()),
            _ => Err(BadArgument {
                what,
                reason: "it does not end in a unit type such as .service or .mount".to_owned(),
            }),
        }
    }
}

name! {
    /// A container's id or name: Docker's `[a-zA-Z0-9][a-zA-Z0-9_.-]+`, at most 255 bytes.
    ContainerId, "container id", "^[A-Za-z0-9][A-Za-z0-9_.-]*$",
    |what, text| {
        check(what, text, 255, |c| c.is_ascii_alphanumeric() || "_.-".contains(c))?;
        if text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            Ok(())
        } else {
            Err(BadArgument { what, reason: "it does not begin with a letter or digit".to_owned() })
        }
    }
}

name! {
    /// A container image: an id or a name with registry, tag and digest,
    /// `registry.example.org:5000/team/web:1.2@sha256:..`; at most 512 bytes.
    ImageName, "image name", "^[A-Za-z0-9][A-Za-z0-9_.:/@-]*$",
    |what, text| {
        check(what, text, 512, |c| c.is_ascii_alphanumeric() || "_.:/@-".contains(c))?;
        if text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            Ok(())
        } else {
            Err(BadArgument { what, reason: "it does not begin with a letter or digit".to_owned() })
        }
    }
}

name! {
    /// A user's or group's name as `useradd(8)` allows it, dots and capitals included, with a
    /// trailing `$` for machine accounts; at most 32 bytes.
    UserName, "user name", r"^[A-Za-z_][A-Za-z0-9_.-]*\$?$",
    |what, text| {
        let stem = text.strip_suffix('$').unwrap_or(text);
        check(what, stem, 32, |c| c.is_ascii_alphanumeric() || "_.-".contains(c))?;
        if stem.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            Ok(())
        } else {
            Err(BadArgument { what, reason: "it does not begin with a letter or '_'".to_owned() })
        }
    }
}

name! {
    /// A package, with an architecture where the tool wants one (`g++`, `python3.11:amd64`); at
    /// most 255 bytes, not beginning with `-`.
    PackageName, "package name", "^[A-Za-z0-9@_][A-Za-z0-9@_.+:~-]*$",
    |what, text| {
        check(what, text, 255, |c| c.is_ascii_alphanumeric() || "@_.+:~-".contains(c))?;
        if text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '@' || c == '_') {
            Ok(())
        } else {
            Err(BadArgument { what, reason: "it does not begin with a letter or digit".to_owned() })
        }
    }
}

name! {
    /// A word to look for among packages, 2 to 64 bytes of what their names are made of, not
    /// beginning with `-`.
    SearchTerm, "search term", "^[A-Za-z0-9@_][A-Za-z0-9@_.+:-]+$",
    |what, text| {
        check(what, text, 64, |c| c.is_ascii_alphanumeric() || "@_.+:-".contains(c))?;
        check_no_option(what, text)?;
        if text.len() >= 2 && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '@' || c == '_') {
            Ok(())
        } else {
            Err(BadArgument { what, reason: "it is one character, or does not begin with a letter or digit".to_owned() })
        }
    }
}

name! {
    /// A network interface: up to 15 bytes of letters, digits and `_.:@-`, a stricter form of what
    /// the kernel's `dev_valid_name` takes.
    InterfaceName, "interface name", "^[A-Za-z0-9_.:@][A-Za-z0-9_.:@-]{0,14}$",
    |what, text| {
        check(what, text, 15, |c| c.is_ascii_alphanumeric() || "_.:@-".contains(c))?;
        check_no_option(what, text)?;
        if text == "." || text == ".." {
            return Err(BadArgument { what, reason: "it is a folder's name".to_owned() });
        }
        Ok(())
    }
}

impl NeverAnOption for ContainerId {}
impl NeverAnOption for ImageName {}
impl NeverAnOption for UserName {}
impl NeverAnOption for PackageName {}
impl NeverAnOption for SearchTerm {}
impl NeverAnOption for InterfaceName {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ATTACKS: &[&str] = &[
        "",
        "a b",
        "a;reboot",
        "$(id)",
        "`id`",
        "a\nb",
        "a\0b",
        "a'b",
        "a\"b",
        "a|b",
        "a&b",
        "a>b",
        "--help",
        "-rf",
        "а.service",
        "a\u{202e}b",
        "a*",
        "a?",
        "{a,b}",
        "~",
        "a!b",
        "../x",
        "a/b",
    ];

    #[test]
    fn attacks_are_refused_by_every_type() {
        for attack in ATTACKS {
            let text = || (*attack).to_owned();
            assert!(UnitName::try_from(text()).is_err(), "unit {attack:?}");
            assert!(
                ContainerId::try_from(text()).is_err(),
                "container {attack:?}"
            );
            assert!(UserName::try_from(text()).is_err(), "user {attack:?}");
            assert!(PackageName::try_from(text()).is_err(), "package {attack:?}");
            assert!(SearchTerm::try_from(text()).is_err(), "term {attack:?}");
            assert!(
                InterfaceName::try_from(text()).is_err(),
                "interface {attack:?}"
            );
        }
    }

    #[test]
    fn an_image_may_have_a_slash_and_nothing_else_of_these() {
        for attack in ATTACKS.iter().filter(|attack| **attack != "a/b") {
            assert!(
                ImageName::try_from((*attack).to_owned()).is_err(),
                "{attack:?}"
            );
        }
        for image in [
            "a/b",
            "registry.example.org:5000/team/web:1.2",
            "lab@sha256:0f",
            "sha256:0f",
        ] {
            ImageName::try_from(image.to_owned()).unwrap();
        }
    }

    #[test]
    fn legitimate_odd_names_pass() {
        for unit in [
            "getty@tty1.service",
            "-.mount",
            r"system-systemd\x2dfsck.slice",
        ] {
            UnitName::try_from(unit.to_owned()).unwrap();
        }
        for package in ["g++", "python3.11-minimal:amd64", "lib32-glibc", "@core"] {
            PackageName::try_from(package.to_owned()).unwrap();
        }
        for term in ["c++", "python3.11", "nginx-core"] {
            SearchTerm::try_from(term.to_owned()).unwrap();
        }
        for user in ["_apt", "www-data", "PC01$", "jean.dupont"] {
            UserName::try_from(user.to_owned()).unwrap();
        }
        for interface in [
            "eth0",
            "enp3s0f1np1",
            "br-1a2b3c4d5e6f",
            "eth0.100",
            "veth1@if2",
        ] {
            InterfaceName::try_from(interface.to_owned()).unwrap();
        }
    }

    proptest! {
        /// What passes holds no byte that a shell reads, whatever the type.
        #[test]
        fn accepted_names_are_harmless(text in any::<String>()) {
            let harmless = |name: &str| name.bytes().all(|b| b.is_ascii_graphic() && !b" '\"`;|&<>(){}*?!#~/".contains(&b) || b == b'~');
            if let Ok(name) = UnitName::try_from(text.clone()) { prop_assert!(harmless(name.as_str())); }
            if let Ok(name) = PackageName::try_from(text.clone()) { prop_assert!(harmless(name.as_str())); }
            if let Ok(name) = SearchTerm::try_from(text.clone()) { prop_assert!(harmless(name.as_str())); }
            if let Ok(name) = UserName::try_from(text) { prop_assert!(harmless(name.as_str())); }
        }
    }
}
