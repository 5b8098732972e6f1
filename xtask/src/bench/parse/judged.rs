//! What a person said of the differences between ours and jc, by the raw text: `jc-judged.txt`.
//!
//! Invariant: the first line that fits counts; a line that is none of the known forms is an error.

use anyhow::{Context as _, Result, bail};

const JUDGED: &str = include_str!("jc-judged.txt");

/// Who reads an output right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Both do; they count what they read in other ways.
    Both,
    /// Ours alone.
    Ours,
    /// jc alone.
    Jc,
    /// None of them.
    Neither,
}

/// A line of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    parser: &'static str,
    fixture: &'static str,
    pub(super) verdict: Verdict,
    pub(super) reason: &'static str,
}

/// The whole file.
pub(super) struct Judged {
    pub(super) rules: Vec<Rule>,
    /// jc's parsers of what no administrator's command on a Linux server prints, and those of what we
    /// read though no fixture's command leads to them.
    pub(super) no_gap: Vec<&'static str>,
}

impl Judged {
    /// The file as it was built in.
    ///
    /// # Errors
    /// Names a line that was not understood.
    pub(super) fn read() -> Result<Self> {
        let mut judged = Self {
            rules: Vec::new(),
            no_gap: Vec::new(),
        };
        let lines = JUDGED.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let names = line.strip_prefix("elsewhere: ");
            match names.or_else(|| line.strip_prefix("here: ")) {
                Some(names) => judged.no_gap.extend(names.split(' ')),
                None => judged
                    .rules
                    .push(rule(line).with_context(|| format!("jc-judged.txt: {line}"))?),
            }
        }
        Ok(judged)
    }

    /// What is said of a fixture (`QUERY/NAME`) that this parser of jc read.
    pub(super) fn rule(&self, parser: &str, fixture: &str) -> Option<&Rule> {
        self.rules
            .iter()
            .find(|rule| fits(rule.parser, parser) && fits(rule.fixture, fixture))
    }
}

fn rule(line: &'static str) -> Result<Rule> {
    let (whose, reason) = line.split_once(": ").context("no reason")?;
    let words: Vec<&str> = whose.split(' ').collect();
    let [parser, fixture, verdict] = words.as_slice() else {
        bail!("not PARSER QUERY/FIXTURE VERDICT");
    };
    let verdict = match *verdict {
        "both" => Verdict::Both,
        "ours" => Verdict::Ours,
        "jc" => Verdict::Jc,
        "neither" => Verdict::Neither,
        other => bail!("no verdict: {other}"),
    };
    Ok(Rule {
        parser,
        fixture,
        verdict,
        reason,
    })
}

/// Whether a pattern, in which `*` stands for anything and `?` for one character, fits a text.
fn fits(pattern: &str, text: &str) -> bool {
    let mut characters = text.chars();
    match pattern.split_at_checked(1) {
        None => text.is_empty(),
        Some(("*", rest)) => {
            fits(rest, text) || (characters.next().is_some() && fits(pattern, characters.as_str()))
        }
        Some((wanted, rest)) => {
            let is_it = |c: char| wanted == "?" || wanted.starts_with(c);
            characters.next().is_some_and(is_it) && fits(rest, characters.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_with_anything_for_its_stars() {
        assert!(fits("a*c*", "abc") && fits("a*c*", "acxyz") && fits("*", ""));
        assert!(!fits("a*c", "abcd") && !fits("a", "ab") && !fits("a*c", "a"));
        assert!(fits("*-??", "a-de") && !fits("*-??", "a-d"));
    }

    #[test]
    fn the_file_is_understood() {
        assert!(!Judged::read().unwrap().rules.is_empty());
        assert_eq!(
            rule("last accounts.logins/* ours: it counts the last line").unwrap(),
            Rule {
                parser: "last",
                fixture: "accounts.logins/*",
                verdict: Verdict::Ours,
                reason: "it counts the last line",
            }
        );
        assert!(rule("last accounts.logins/* perhaps: x").is_err());
        assert!(rule("last both: x").is_err());
    }
}
