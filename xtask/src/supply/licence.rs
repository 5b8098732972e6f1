//! Whether an SPDX expression is met by the licences that are allowed.
//!
//! Invariant: what is not understood is not allowed.

use super::Part;

/// A sentence for each part whose licence is not allowed.
pub(super) fn faults(parts: &[Part], allowed: &[String]) -> Vec<String> {
    parts
        .iter()
        .filter(|part| !is_allowed(&part.licence, allowed))
        .map(|part| {
            let licence = match part.licence.as_str() {
                "" => "no licence",
                licence => licence,
            };
            format!("{}: {licence} is not allowed by deny.toml", part.words())
        })
        .collect()
}

/// The expression as SPDX writes it now: `MIT/Apache-2.0` is an old form.
pub(super) fn normal(expression: &str) -> String {
    expression.trim().replace('/', " OR ")
}

fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let mut reader = Reader {
        words: spaced.split_whitespace().collect(),
        at: 0,
        allowed,
    };
    reader.any() == Some(true) && reader.at == reader.words.len()
}

/// Reads an expression; `None`: not understood.
struct Reader<'a> {
    words: Vec<&'a str>,
    at: usize,
    allowed: &'a [String],
}

impl Reader<'_> {
    fn any(&mut self) -> Option<bool> {
        let mut met = self.all()?;
        while self.take("OR") {
            met |= self.all()?;
        }
        Some(met)
    }

    fn all(&mut self) -> Option<bool> {
        let mut met = self.one()?;
        while self.take("AND") {
            met &= self.one()?;
        }
        Some(met)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let met = self.any()?;
            return self.take(")").then_some(met);
        }
        let mut licence = self.word()?.to_owned();
        if self.take("WITH") {
            licence = format!("{licence} WITH {}", self.word()?);
        }
        Some(self.allowed.contains(&licence))
    }

    fn word(&mut self) -> Option<&str> {
        let word = self.words.get(self.at).copied()?;
        self.at += 1;
        (!matches!(word, "OR" | "AND" | "WITH" | "(" | ")")).then_some(word)
    }

    fn take(&mut self, wanted: &str) -> bool {
        let is_next = self.words.get(self.at) == Some(&wanted);
        self.at += usize::from(is_next);
        is_next
    }
}

#[cfg(test)]
mod tests {
    use super::{faults, is_allowed, normal};
    use crate::supply::{Origin, Part};

    const ALLOWED: [&str; 3] = ["MIT", "Apache-2.0", "Unicode-3.0"];

    fn met(expression: &str) -> bool {
        is_allowed(&normal(expression), &ALLOWED.map(str::to_owned))
    }

    #[test]
    fn one_of_several_is_enough_and_all_of_several_are_needed() {
        for good in [
            "MIT",
            "MIT OR GPL-3.0-only",
            "GPL-3.0-only/MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR MIT",
            "GPL-3.0-only AND Zlib OR MIT",
        ] {
            assert!(met(good), "{good}");
        }
        for bad in [
            "",
            "GPL-3.0-only",
            "MIT AND GPL-3.0-only",
            "(MIT OR Apache-2.0) AND GPL-3.0-only",
            "Apache-2.0 WITH LLVM-exception",
            "mit",
        ] {
            assert!(!met(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_not_understood_is_not_allowed() {
        for bad in [
            "MIT OR",
            "(MIT",
            "MIT)",
            "MIT MIT",
            "OR MIT",
            "MIT WITH",
            "()",
            "SEE LICENSE IN MIT",
        ] {
            assert!(!met(bad), "{bad}");
        }
    }

    #[test]
    fn a_fault_names_the_part() {
        let part = Part {
            name: "evil".to_owned(),
            version: "1.0.0".to_owned(),
            origin: Origin::Npm,
            licence: "AGPL-3.0-only".to_owned(),
            digest: None,
        };
        assert_eq!(
            faults(&[part], &ALLOWED.map(str::to_owned)),
            ["npm package evil 1.0.0: AGPL-3.0-only is not allowed by deny.toml"]
        );
    }
}
