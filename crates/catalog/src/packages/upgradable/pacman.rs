//! `pacman(8)` from the databases it has: it ends with 1 where there is no update.

use super::{PackageUpdate, UpgradableList, understood};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, UpgradableList> = Variant {
    name: "pacman",
    needs: Needs::programs(&["pacman"]),
    source: |_| {
        let words = ["--query", "--upgrades", "--color", "never"];
        Source::Command(Command::new("pacman").words(&words))
    },
    reads: &[
        "pacman|yay|paru -Qu*",
        "pacman --query --upgrades",
        "checkupdates",
    ],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UpgradableList>, ParseError> {
    let complaints = raw.error_text();
    if let Some(missing) = complaints
        .lines()
        .find(|line| line.contains("does not exist"))
    {
        // A database that was never fetched; pacman goes on as if it were empty.
        return Err(ParseError::Unavailable(missing.to_owned()));
    }
    // 1 of pacman, 2 of checkupdates.
    let nothing = matches!(raw.exit_code, Some(1 | 2))
        && raw.stdout.is_empty()
        && !complaints.contains("error:")
        && !complaints.contains("ERROR");
    if !nothing {
        raw.expect_exit(&[0])?;
    }
    let parsed = raw.read_lines(UpgradableList::default(), |list, line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        // `[ignored]` may follow, for a package that is held back.
        let [name, installed, "->", candidate, rest @ ..] = words.as_slice() else {
            return None;
        };
        if rest.len() > 1 || !candidate.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        list.packages.push(PackageUpdate {
            name: (*name).to_owned(),
            installed_version: Some((*installed).to_owned()),
            candidate_version: (*candidate).to_owned(),
            architecture: None,
            security: None,
        });
        Some(())
    });
    understood(&raw, parsed)
}
