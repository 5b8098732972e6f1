//! `pacman(8)` from the databases it has: it ends with 1 where there is no update.

use super::{PackageUpdate, UpgradableList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, UpgradableList> = Variant {
    name: "pacman",
    needs: Needs::programs(&["pacman"]),
    source: |_| {
        let words = ["--query", "--upgrades", "--color", "never"];
        Source::Command(Command::new("pacman").words(&words))
    },
    reads: &[],
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
    let nothing = raw.exit_code == Some(1) && !complaints.contains("error:");
    if !nothing {
        raw.expect_exit(&[0])?;
    }
    let text = raw.text();
    let mut parsed = Parsed::whole(UpgradableList {
        packages: Vec::new(),
    });
    for (index, line) in text.lines().enumerate() {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        // `[ignored]` may follow, for a package that is held back.
        if let [name, installed, "->", candidate, ..] = words.as_slice() {
            parsed.value.packages.push(PackageUpdate {
                name: (*name).to_owned(),
                installed_version: Some((*installed).to_owned()),
                candidate_version: (*candidate).to_owned(),
                architecture: None,
                security: None,
            });
        } else if !words.is_empty() {
            parsed.leave_unread(index, line);
        }
    }
    Ok(parsed)
}
