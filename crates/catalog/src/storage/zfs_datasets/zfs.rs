//! `zfs list`: between tabs in the columns that are asked for, and with headings as people run it, where a
//! path may hold spaces and stands last.

use super::{ZfsDataset, ZfsDatasetList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::zfs_columns::asked_columns,
    units::{Letters, bytes},
};

const COLUMNS: &str = "name,type,used,available,referenced,mountpoint";

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
    let mut columns = asked_columns(&raw, COLUMNS);
    let mut is_none = raw.error_text().contains("no datasets available");
    let parsed = raw.read_lines(ZfsDatasetList::default(), |list, line| {
        if line.trim_end() == "no datasets available" {
            is_none = true;
            return Some(());
        }
        if line.starts_with("NAME ") && !raw.typed.is_empty() {
            let headings = line.split_ascii_whitespace();
            columns = Some(headings.map(str::to_lowercase).collect());
            return Some(());
        }
        let columns = columns.as_deref()?;
        let cells: Vec<&str> = if line.contains('\t') {
            line.split('\t').collect()
        } else {
            words(line, columns.len())
        };
        list.datasets.push(dataset(&cells, columns)?);
        Some(())
    });
    if parsed.value.datasets.is_empty() && !is_none && columns.is_none() {
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

fn dataset(cells: &[&str], columns: &[String]) -> Option<ZfsDataset> {
    (cells.len() == columns.len()).then_some(())?;
    let mut dataset = ZfsDataset::default();
    for (column, cell) in columns.iter().zip(cells) {
        if *cell == "-" {
            continue;
        }
        let size = || bytes(cell, Letters::Binary);
        match column.as_str() {
            "name" => (*cell).clone_into(&mut dataset.name),
            "type" => dataset.kind = Some((*cell).to_owned()),
            "used" => dataset.used_bytes = Some(size()?),
            "avail" | "available" => dataset.available_bytes = Some(size()?),
            "refer" | "referenced" => dataset.referenced_bytes = Some(size()?),
            "mountpoint" => dataset.mountpoint = Some((*cell).to_owned()),
            _ => {}
        }
    }
    (!dataset.name.is_empty()).then_some(dataset)
}
