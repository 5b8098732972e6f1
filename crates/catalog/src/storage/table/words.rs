//! The forms in which a blank or a quote ends a cell: raw (`-r`) and pairs (`-P`).

use serde_json::Value;

use super::{Row, Table};

/// Reads `KEY="value" KEY="value"`.
pub(super) fn read_pairs(table: &mut Table, line: &str) -> Option<()> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once("=\"")?;
        let is_key = !key.is_empty() && !key.contains([' ', '"']);
        let (value, after) = after.split_once('"').filter(|_| is_key)?;
        found.push((key, value));
        rest = after.trim_start();
    }
    let mut cells = Vec::new();
    for (key, value) in found {
        let key = match key {
            "MAJ_MIN" => "MAJ:MIN",
            "FSUSE_PCT" => "FSUSE%",
            "USE_PCT" => "USE%",
            key => key,
        };
        let at = table.column(key)?;
        if cells.len() <= at {
            cells.resize(at.saturating_add(1), Value::Null);
        }
        *cells.get_mut(at)? = Value::String(whole(value));
    }
    table.rows.push(Row {
        cells,
        parent: None,
        depth: 0,
    });
    Some(())
}

/// Reads cells with one blank between them; an empty cell leaves two. Trailing empty ones may be
/// missing.
pub(super) fn read_raw(table: &mut Table, line: &str) -> Option<()> {
    let cells: Vec<Value> = line
        .split(' ')
        .map(|cell| Value::String(whole(cell)))
        .collect();
    if cells.len() > table.columns.len() {
        // Some versions end each line with a blank.
        let extra = cells.get(table.columns.len()..)?;
        let is_empty = |cell: &Value| cell.as_str().is_some_and(str::is_empty);
        extra.iter().all(is_empty).then_some(())?;
    }
    table.rows.push(Row {
        cells,
        parent: None,
        depth: 0,
    });
    Some(())
}

/// A text with its `\xHH` made whole.
pub(super) fn whole(text: &str) -> String {
    if !text.contains("\\x") {
        return text.to_owned();
    }
    let mut bytes: Vec<u8> = Vec::with_capacity(text.len());
    let mut pieces = text.split("\\x");
    bytes.extend(pieces.next().unwrap_or_default().bytes());
    for piece in pieces {
        let code = piece
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (code, piece.get(2..)) {
            (Some(code), Some(rest)) => {
                bytes.push(code);
                bytes.extend(rest.bytes());
            }
            _ => {
                bytes.extend(b"\\x");
                bytes.extend(piece.bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_made_whole() {
        assert_eq!(whole(r"\xc3\xbcn\x20x"), "ün x");
        assert_eq!(whole(r"a\x5cx20"), r"a\x20");
        assert_eq!(whole(r"a\xzz\x4"), r"a\xzz\x4");
    }
}
