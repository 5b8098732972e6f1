//! `update-alternatives(1)` of dpkg: a row for each name (`--get-selections`), or the fields of one
//! (`--query NAME`).

use super::{AlternativeChoice, AlternativeList, AlternativeName};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, AlternativeList> = Variant {
    name: "selections",
    needs: Needs::programs(&["update-alternatives"]),
    source: |_| {
        let command = Command::new("update-alternatives").word("--get-selections");
        Source::Command(command)
    },
    reads: &["update-alternatives --get-selections|--query"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<AlternativeList>, ParseError> {
    let said = raw.error_text();
    if let Some(line) = said
        .lines()
        .find(|line| line.contains("no alternatives for "))
    {
        return Err(ParseError::Unavailable(line.chars().take(400).collect()));
    }
    raw.expect_exit(&[0])?;
    let mut in_fields = false;
    let parsed = raw.read_lines(AlternativeList::default(), |list, line| {
        if let Some(name) = line.strip_prefix("Name: ") {
            in_fields = true;
            list.alternatives.push(AlternativeName {
                name: name.to_owned(),
                ..AlternativeName::default()
            });
            return Some(());
        }
        if in_fields {
            return field(list.alternatives.last_mut()?, line);
        }
        list.alternatives.push(row(line)?);
        Some(())
    });
    Ok(parsed)
}

fn is_automatic(word: &str) -> Option<bool> {
    match word {
        "auto" => Some(true),
        "manual" => Some(false),
        _ => None,
    }
}

/// Reads `editor                         auto     /bin/nano`.
fn row(line: &str) -> Option<AlternativeName> {
    let mut words = line.split_ascii_whitespace();
    let name = words.next()?.to_owned();
    let is_automatic = is_automatic(words.next()?)?;
    // A path may hold spaces.
    let path = words.collect::<Vec<_>>().join(" ");
    Some(AlternativeName {
        name,
        is_automatic,
        path: path.starts_with('/').then_some(path),
        ..AlternativeName::default()
    })
}

/// Reads a field of a name, or of one of its choices.
fn field(name: &mut AlternativeName, line: &str) -> Option<()> {
    // What goes with the program, its manual for example, is set in.
    if line.starts_with(' ') {
        return Some(());
    }
    let (key, text) = line.split_once(':')?;
    let text = text.trim();
    match key {
        "Link" => name.link = Some(text.to_owned()),
        "Status" => name.is_automatic = is_automatic(text)?,
        "Value" => name.path = text.starts_with('/').then(|| text.to_owned()),
        "Alternative" => name.choices.push(AlternativeChoice {
            path: text.to_owned(),
            priority: None,
        }),
        "Priority" => name.choices.last_mut()?.priority = Some(text.parse().ok()?),
        "Best" | "Slaves" => {}
        _ => return None,
    }
    Some(())
}
