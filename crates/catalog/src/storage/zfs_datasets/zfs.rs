//! `zfs list`: between tabs in the columns that are asked for, and with headings as people run it, where a
//! path may hold spaces and stands last.

use super::{ZfsDataset, ZfsDatasetList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    units::{Letters, bytes},
};

const COLUMNS: &str = "name,type,used,available,referenced,mountpoint";

/// What the columns above are called in headings.
const HEADINGS: &[&str] = &["NAME", "TYPE", "USED", "AVAIL", "REFER", "MOUNTPOINT"];

pub(super) const VARIANT: Variant<NoArgs, ZfsDatasetList> = Variant {
    name: "zfs",
    needs: Needs::programs(&["zfs"]),
    source: |_| {
        let words = ["list", "-Hp", "-t", "all", "-o", COLUMNS];
        Source::Command(Command::new("zfs").words(&words))
    },
    reads: &["zfs list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ZfsDatasetList>, ParseError> {
    raw.expect_exit(&[0])?;
    let own = || HEADINGS.iter().map(|heading| (*heading).to_owned());
    let is_own = raw.typed.is_empty();
    let mut headings: Option<Vec<String>> = is_own.then(|| own().collect());
    let mut is_none = raw.error_text().contains("no datasets available");
    let parsed = raw.read_lines(ZfsDatasetList::default(), |list, line| {
        if line.trim_end() == "no datasets available" {
            is_none = true;
            return Some(());
        }
        if !is_own && line.starts_with("NAME ") {
            headings = Some(line.split_ascii_whitespace().map(str::to_owned).collect());
            return Some(());
        }
        let headings = headings.as_deref()?;
        let cells: Vec<&str> = if is_own {
            line.split('\t').collect()
        } else {
            words(line, headings.len())
        };
        list.datasets.push(dataset(&cells, headings)?);
        Some(())
    });
    if parsed.value.datasets.is_empty() && !is_none && headings.is_none() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no headings of `zfs list`")));
    }
    Ok(parsed)
}

/// The words of a line, the last of them whole with its spaces.
fn words(line: &str, count: usize) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut rest = line.trim();
    while cells.len().saturating_add(1) < count {
        let Some((word, behind)) = rest.split_once(' ') else {
            break;
        };
        cells.push(word);
        rest = behind.trim_start();
    }
    cells.push(rest);
    cells
}

fn dataset(cells: &[&str], headings: &[String]) -> Option<ZfsDataset> {
    (cells.len() == headings.len()).then_some(())?;
    let mut dataset = ZfsDataset::default();
    for (heading, cell) in headings.iter().zip(cells) {
        if *cell == "-" {
            continue;
        }
        let size = || bytes(cell, Letters::Binary);
        match heading.as_str() {
            "NAME" => (*cell).clone_into(&mut dataset.name),
            "TYPE" => dataset.kind = Some((*cell).to_owned()),
            "USED" => dataset.used_bytes = Some(size()?),
            "AVAIL" => dataset.available_bytes = Some(size()?),
            "REFER" => dataset.referenced_bytes = Some(size()?),
            "MOUNTPOINT" => dataset.mountpoint = Some((*cell).to_owned()),
            _ => {}
        }
    }
    (!dataset.name.is_empty()).then_some(dataset)
}
