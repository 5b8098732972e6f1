//! `du(1)` of GNU and of busybox: a size, a tab and a path a line.

use super::{BiggestIn, FolderSize, FolderSizes};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    storage::is_own,
    units::{self, Letters},
};

pub(super) const VARIANT: Variant<BiggestIn, FolderSizes> = Variant {
    name: "du",
    needs: Needs::programs(&["du"]),
    source: |args| {
        let command = Command::new("du").words(&["-x", "-k", "-d", "1"]);
        Source::Command(command.operand(&args.path))
    },
    reads: &["du"],
    parse,
};

/// A folder that may not be read makes du end with 1; the others count all the same.
fn parse(raw: RawOutput<'_>) -> Result<Parsed<FolderSizes>, ParseError> {
    if raw.typed_option('\0', "inodes") || raw.typed_option('\0', "time") {
        return Err(ParseError::shape("these are no sizes alone"));
    }
    let block = block_bytes(&raw);
    let letters = if raw.typed_option('\0', "si") {
        Letters::Decimal
    } else {
        Letters::Binary
    };
    let mut parsed = raw.read_lines(Vec::new(), |entries, line| {
        let (size, path) = line.split_once('\t')?;
        let size_bytes = match (size.parse::<u64>(), block) {
            (Ok(0), _) => 0,
            (Ok(blocks), block) => blocks.checked_mul(block?)?,
            (Err(_), _) => units::bytes(size, letters)?,
        };
        (!path.is_empty()).then_some(())?;
        let path = path.to_owned();
        entries.push(FolderSize { path, size_bytes });
        Some(())
    });
    if parsed.value.is_empty() {
        let said = raw.error_text();
        if said.contains("No such file or directory") || said.contains("cannot access") {
            let refused = said.contains("Permission denied");
            let detail = said.lines().next().unwrap_or_default().to_owned();
            return Err(if refused {
                ParseError::Denied(detail)
            } else {
                ParseError::Unavailable(detail)
            });
        }
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no size with a path")));
    }
    let total = total(&raw, &mut parsed.value);
    parsed
        .value
        .sort_by_key(|entry| std::cmp::Reverse(entry.size_bytes));
    let (path, total_bytes) = match total {
        Some(FolderSize { path, size_bytes }) if path.is_empty() => (None, Some(size_bytes)),
        Some(FolderSize { path, size_bytes }) => (Some(path), Some(size_bytes)),
        None => (None, None),
    };
    let is_complete = raw.exit_code.map(|code| code == 0);
    Ok(Parsed {
        value: FolderSizes {
            path,
            total_bytes,
            entries: parsed.value,
            is_complete,
        },
        unread: parsed.unread,
    })
}

/// Takes the last row out where it is that of the folder that holds all the others, or of the sum
/// that was asked for (`-c`), whose name is left out.
fn total(raw: &RawOutput<'_>, entries: &mut Vec<FolderSize>) -> Option<FolderSize> {
    let (last, others) = entries.split_last()?;
    if others.is_empty() {
        return None;
    }
    let is_biggest = others
        .iter()
        .all(|entry| entry.size_bytes <= last.size_bytes);
    let folder = last.path.trim_end_matches('/');
    let is_below = |entry: &FolderSize| {
        let rest = entry.path.strip_prefix(folder);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    if others.iter().all(is_below) {
        return entries.pop();
    }
    let is_sum = raw.typed_option('c', "total") && is_biggest && !last.path.contains('/');
    let sum = if is_sum { entries.pop() } else { None }?;
    Some(FolderSize {
        path: String::new(),
        ..sum
    })
}

/// What a number without a letter counts, in bytes; `None`: not known.
fn block_bytes(raw: &RawOutput<'_>) -> Option<u64> {
    if is_own(raw) {
        return Some(1024);
    }
    let mut words = raw.typed.iter().skip(1);
    let mut chosen = None;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--block-size=") {
            Some(value) => Some(value.to_owned()),
            None if !word.starts_with("--") && word.starts_with('-') => {
                word.split_once('B').map(|(_, value)| match value {
                    "" => words.next().cloned().unwrap_or_default(),
                    value => value.to_owned(),
                })
            }
            None => None,
        };
        chosen = value.or(chosen);
    }
    if let Some(size) = chosen {
        let is_decimal = size.ends_with('B') && !size.ends_with("iB");
        let letters = if is_decimal {
            Letters::Decimal
        } else {
            Letters::Binary
        };
        return units::bytes(&size, letters);
    }
    if raw.typed_option('b', "bytes") {
        return Some(1);
    }
    if raw.typed_option('m', "") {
        return Some(1024 * 1024);
    }
    // With letters, what has none is whole bytes.
    let is_for_people = raw.typed_option('h', "human-readable") || raw.typed_option('\0', "si");
    Some(if is_for_people { 1 } else { 1024 })
}
