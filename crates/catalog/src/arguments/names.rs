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
    /// `registry.example.org:5000/team/web:1.2@sha256:..`; at most 520 bytes, a name of 255, a tag of
    /// 128 and the longest digest.
    ImageName, "image name", "^[A-Za-z0-9][A-Za-z0-9_.:/@-]*$",
    |what, text| {
        check(what, text, 520, |c| c.is_ascii_alphanumeric() || "_.:/@-".contains(c))?;
        if text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            Ok(())
        } else {
            Err(BadArgument { what, reason: "it does not begin with a letter or digit".to_owned() })
        }
    }
}

name! {
    /// A user's or group's name as `useradd(8)` allows it, dots, capitals and digits in front included,
    /// with a trailing `$` for machine accounts; and as directories give it, `ann@example.org` and
    /// `EXAMPLE\ann`. At most 255 bytes (`LOGIN_NAME_MAX`). Digits alone are a number, not a name.
    UserName, "user name", r"^[A-Za-z0-9_.][A-Za-z0-9_.@+\\-]*\$?$",
    |what, text| {
        let refuse = |reason: &str| Err(BadArgument { what, reason: reason.to_owned() });
        let stem = text.strip_suffix('$').unwrap_or(text);
        check(what, stem, 254, |c| c.is_ascii_alphanumeric() || "_.@+\\-".contains(c))?;
        if !stem.starts_with(|c: char| c.is_ascii_alphanumeric() || "_.".contains(c)) {
            return refuse("it does not begin with a letter, a digit, '_' or '.'");
        }
        if stem.bytes().all(|byte| byte.is_ascii_digit()) {
            return refuse("it is a number");
        }
        if stem.bytes().all(|byte| byte == b'.') {
            return refuse("it is a folder's name");
        }
        Ok(())
    }
}

name! {
    /// A package, with an architecture where the tool wants one (`g++`, `python3.11:amd64`); at
    /// most 255 bytes, not beginning with `-`. apk's virtual packages begin with a dot (`.build-deps`).
    PackageName, "package name", "^[A-Za-z0-9@_.][A-Za-z0-9@_.+:~-]*$",
    |what, text| {
        let refuse = |reason: &str| Err(BadArgument { what, reason: reason.to_owned() });
        check(what, text, 255, |c| c.is_ascii_alphanumeric() || "@_.+:~-".contains(c))?;
        if !text.starts_with(|c: char| c.is_ascii_alphanumeric() || "@_.".contains(c)) {
            return refuse("it does not begin with a letter, a digit, '@', '_' or '.'");
        }
        if text.bytes().all(|byte| byte == b'.') {
            return refuse("it is a folder's name");
        }
        Ok(())
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
