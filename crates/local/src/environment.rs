//! The variables that a client may add to a shell's environment: its language, as on Debian.
//!
//! Invariant: a bounded number of `LANG` and `LC_*`, with short printable values.

/// Debian's sshd sets no bound of its own; there are fourteen names that mean something.
const MOST_VARIABLES: usize = 32;

const LONGEST_NAME_BYTES: usize = 64;
const LONGEST_VALUE_BYTES: usize = 256;

/// What the client has added so far.
#[derive(Default)]
pub(crate) struct Environment(Vec<(String, String)>);

impl Environment {
    /// Sets a variable, and says whether it may be set.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> bool {
        if !is_allowed(name) || !is_harmless(value) {
            return false;
        }
        self.0.retain(|(other, _)| other != name);
        if self.0.len() >= MOST_VARIABLES {
            return false;
        }
        self.0.push((name.to_owned(), value.to_owned()));
        true
    }

    /// The names and their values.
    #[cfg_attr(not(unix), expect(dead_code, reason = "nothing is started there"))]
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }
}

fn is_allowed(name: &str) -> bool {
    let of_a_category = |rest: &str| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        !rest.is_empty() && rest.len() <= LONGEST_NAME_BYTES && rest.bytes().all(is_part)
    };
    name == "LANG" || name.strip_prefix("LC_").is_some_and(of_a_category)
}

fn is_harmless(value: &str) -> bool {
    value.len() <= LONGEST_VALUE_BYTES && value.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_language_may_be_set() {
        let mut environment = Environment::default();
        assert!(environment.set("LANG", "C"));
        assert!(environment.set("LC_TIME", "de_DE.UTF-8@euro"));
        assert!(environment.set("LANG", "C.UTF-8"));
        for name in [
            "",
            "PATH",
            "LD_PRELOAD",
            "LANGUAGE",
            "LC_",
            "LC_A=B",
            "LC_\0",
            "lang",
        ] {
            assert!(!environment.set(name, "x"), "{name:?}");
        }
        for value in ["a b", "a\nb", "\0", "\u{1b}[m", "ü", &"x".repeat(257)] {
            assert!(!environment.set("LC_ALL", value), "{value:?}");
        }
        let variables: Vec<_> = environment.variables().collect();
        assert_eq!(
            variables,
            [("LC_TIME", "de_DE.UTF-8@euro"), ("LANG", "C.UTF-8")]
        );
    }

    #[test]
    fn their_number_is_bounded() {
        let mut environment = Environment::default();
        let set = (0..100).filter(|n| environment.set(&format!("LC_{n}"), "x"));
        assert_eq!(set.count(), MOST_VARIABLES);
    }
}
