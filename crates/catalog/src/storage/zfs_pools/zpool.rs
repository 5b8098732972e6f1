//! `zpool list`: without headings in the columns that are asked for, and with headings as people run it.
//! The devices that `-v` shows below a pool are another question.

use super::{ZfsPool, ZfsPoolList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    text::figure,
    units::{Letters, bytes},
};

const COLUMNS: &str = "name,size,allocated,free,fragmentation,capacity,dedupratio,health";

/// What the columns above are called in headings.
const HEADINGS: &[&str] = &[
    "NAME", "SIZE", "ALLOC", "FREE", "FRAG", "CAP", "DEDUP", "HEALTH",
];

pub(super) const VARIANT: Variant<NoArgs, ZfsPoolList> = Variant {
    name: "zpool",
    needs: Needs::programs(&["zpool"]),
    source: |_| Source::Command(Command::new("zpool").words(&["list", "-Hp", "-o", COLUMNS])),
    reads: &["zpool list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ZfsPoolList>, ParseError> {
    raw.expect_exit(&[0])?;
    let own = || HEADINGS.iter().map(|heading| (*heading).to_owned());
    let mut headings: Option<Vec<String>> = raw.typed.is_empty().then(|| own().collect());
    let mut is_none = false;
    let parsed = raw.read_lines(ZfsPoolList::default(), |list, line| {
        if line.trim_end() == "no pools available" {
            is_none = true;
            return Some(());
        }
        if line.starts_with("NAME ") && !raw.typed.is_empty() {
            headings = Some(line.split_ascii_whitespace().map(str::to_owned).collect());
            return Some(());
        }
        if line.starts_with([' ', '\t']) && !list.pools.is_empty() {
            return Some(());
        }
        list.pools.push(pool(line, headings.as_deref()?)?);
        Some(())
    });
    if parsed.value.pools.is_empty() && !is_none && !raw.typed.is_empty() && headings.is_none() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no headings of `zpool list`")));
    }
    Ok(parsed)
}

fn pool(line: &str, headings: &[String]) -> Option<ZfsPool> {
    let cells: Vec<&str> = line.split_ascii_whitespace().collect();
    (cells.len() == headings.len()).then_some(())?;
    let mut pool = ZfsPool::default();
    for (heading, cell) in headings.iter().zip(cells) {
        if cell == "-" {
            continue;
        }
        let size = || bytes(cell, Letters::Binary);
        let percent = || figure(cell.trim_end_matches('%'));
        match heading.as_str() {
            "NAME" => cell.clone_into(&mut pool.name),
            "SIZE" => pool.size_bytes = Some(size()?),
            "ALLOC" => pool.allocated_bytes = Some(size()?),
            "FREE" => pool.free_bytes = Some(size()?),
            "FRAG" => pool.fragmented_percent = Some(percent()?),
            "CAP" => pool.used_percent = Some(percent()?),
            "DEDUP" => pool.deduplication_ratio = Some(figure(cell.trim_end_matches('x'))?),
            "HEALTH" => pool.health = Some(cell.to_owned()),
            _ => {}
        }
    }
    (!pool.name.is_empty()).then_some(pool)
}
