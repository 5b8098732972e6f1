//! `zpool list`: without headings in the columns that are asked for, and with headings as people run it.
//! The devices that `-v` shows below a pool are another question.

use super::{ZfsPool, ZfsPoolList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::zfs_columns::asked_columns,
    text::figure,
    units::{Letters, bytes},
};

const COLUMNS: &str = "name,size,allocated,free,fragmentation,capacity,dedupratio,health";

pub(super) const VARIANT: Variant<NoArgs, ZfsPoolList> = Variant {
    name: "zpool",
    needs: Needs::programs(&["zpool"]),
    source: |_| Source::Command(Command::new("zpool").words(&["list", "-Hp", "-o", COLUMNS])),
    reads: &["zpool list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ZfsPoolList>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut columns = asked_columns(&raw, COLUMNS);
    let mut is_none = false;
    let parsed = raw.read_lines(ZfsPoolList::default(), |list, line| {
        if line.trim_end() == "no pools available" {
            is_none = true;
            return Some(());
        }
        let cells: Vec<&str> = line.split_ascii_whitespace().collect();
        if cells.first() == Some(&"NAME") && !raw.typed.is_empty() {
            columns = Some(cells.into_iter().map(str::to_lowercase).collect());
            return Some(());
        }
        // Of `-v`: a device, and a title above spares.
        let is_title = cells.len() > 2 && cells.iter().skip(1).all(|cell| *cell == "-");
        if !list.pools.is_empty() && (line.starts_with([' ', '\t']) || is_title) {
            return Some(());
        }
        list.pools.push(pool(&cells, columns.as_deref()?)?);
        Some(())
    });
    if parsed.value.pools.is_empty() && !is_none && columns.is_none() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no headings of `zpool list`")));
    }
    Ok(parsed)
}

fn pool(cells: &[&str], columns: &[String]) -> Option<ZfsPool> {
    (cells.len() == columns.len()).then_some(())?;
    let mut pool = ZfsPool::default();
    for (column, cell) in columns.iter().zip(cells) {
        if *cell == "-" {
            continue;
        }
        let size = || bytes(cell, Letters::Binary);
        let percent = || figure(cell.trim_end_matches('%'));
        match column.as_str() {
            "name" => (*cell).clone_into(&mut pool.name),
            "size" => pool.size_bytes = Some(size()?),
            "alloc" | "allocated" => pool.allocated_bytes = Some(size()?),
            "free" => pool.free_bytes = Some(size()?),
            "frag" | "fragmentation" => pool.fragmented_percent = Some(percent()?),
            "cap" | "capacity" => pool.used_percent = Some(percent()?),
            "dedup" | "dedupratio" => {
                pool.deduplication_ratio = Some(figure(cell.trim_end_matches('x'))?);
            }
            "health" => pool.health = Some((*cell).to_owned()),
            _ => {}
        }
    }
    (!pool.name.is_empty()).then_some(pool)
}
