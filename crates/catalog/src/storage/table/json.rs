//! The JSON form: one list of objects, each with its children in it.

use serde_json::{Map, Value};

use super::{Row, Table};
use crate::{ParseError, RawOutput};

pub(super) fn read(raw: &RawOutput<'_>) -> Result<Table, ParseError> {
    let document: Map<String, Value> = raw.json()?;
    let mut table = Table::default();
    let mut lists = document.into_iter().filter_map(|(_, value)| match value {
        Value::Array(list) => Some(list),
        _ => None,
    });
    let list = lists
        .next()
        .ok_or_else(|| ParseError::shape("the JSON holds no list"))?;
    add(&mut table, list, None, 0).ok_or_else(|| ParseError::shape("a list of other things"))?;
    Ok(table)
}

/// Adds objects and all that hangs from them. JSON is at most 128 levels deep.
fn add(table: &mut Table, list: Vec<Value>, parent: Option<usize>, depth: usize) -> Option<()> {
    for item in list {
        let Value::Object(fields) = item else {
            return None;
        };
        let mut cells = Vec::with_capacity(fields.len());
        let mut children = Vec::new();
        for (key, value) in fields {
            match value {
                Value::Array(list) if key == "children" => children = list,
                value => {
                    let at = table.column(&key)?;
                    if cells.len() <= at {
                        cells.resize(at.saturating_add(1), Value::Null);
                    }
                    *cells.get_mut(at)? = value;
                }
            }
        }
        table.rows.push(Row {
            cells,
            parent,
            depth,
        });
        let this = table.rows.len().checked_sub(1);
        add(table, children, this, depth.saturating_add(1))?;
    }
    Some(())
}
