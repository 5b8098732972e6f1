//! Splitting a row of a process table into its cells.
//!
//! A cell is one word but for commands, moments and busybox' states. A command that stands last is
//! all that remains; one in the middle is what the words around it leave, or, where another text
//! follows, ends where its column does.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::table::Column;

/// How a cell is found in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One word, at the right edge of its column.
    Right,
    /// One word, at the left edge.
    Left,
    /// A state: one word, but busybox leaves a gap in `S N`.
    State,
    /// A moment of one, two or five words: `10:22`, `Nov 29`, `Sun Nov 29 00:45:24 2026`.
    Moment,
    /// Any words.
    Text,
}

/// The cells of a row, one for each column; `None`: they do not fit.
pub(super) fn split<'l>(columns: &[Column], line: &'l str) -> Option<Vec<&'l str>> {
    let mut cells = Vec::with_capacity(columns.len());
    let mut rest = line.trim_end();
    let mut left = columns;
    let mut after_right = false;
    while let Some((column, others)) = left.split_first() {
        // The indentation of a tree begins behind one blank.
        rest = match (column.shape, others) {
            (Shape::Text, []) if after_right => rest.strip_prefix(' ').unwrap_or(rest),
            _ => rest.trim_start(),
        };
        after_right = column.shape == Shape::Right;
        let end = match column.shape {
            Shape::Right | Shape::Left => word_end(rest),
            Shape::State => state_end(rest),
            Shape::Moment => moment_end(rest)?,
            Shape::Text if others.is_empty() => rest.len(),
            Shape::Text if others.iter().all(|other| other.shape != Shape::Text) => {
                from_the_right(others, rest)?
            }
            Shape::Text => within_column(column, others.first()?, line, rest)?,
        };
        let (cell, after) = rest.split_at_checked(end)?;
        let cell = cell.trim_end();
        (!cell.trim_start().is_empty()).then_some(())?;
        cells.push(cell);
        rest = after;
        left = others;
    }
    rest.trim().is_empty().then_some(cells)
}

fn word_end(text: &str) -> usize {
    text.find(' ').unwrap_or(text.len())
}

fn state_end(text: &str) -> usize {
    let end = word_end(text);
    let gap = |mark: &str| {
        let rest = text.get(end..).unwrap_or_default();
        let rest = rest
            .strip_prefix(' ')
            .and_then(|rest| rest.strip_prefix(mark));
        rest.is_some_and(|rest| rest.starts_with(' '))
    };
    if end == 1 && (gap("N") || gap("<")) {
        3
    } else {
        end
    }
}

/// The end of a moment's words, by what the first of them is.
fn moment_end(text: &str) -> Option<usize> {
    let nth_end = |count: usize| {
        let mut at: usize = 0;
        for _ in 0..count {
            let rest = text.get(at..)?;
            let word = rest.trim_start();
            let gap = rest.len().checked_sub(word.len())?;
            at = at.checked_add(gap)?.checked_add(word_end(word))?;
        }
        Some(at)
    };
    let mut words = text.split_ascii_whitespace();
    let first = words.next()?;
    if first == "-" || first.ends_with(|c: char| c.is_ascii_digit()) {
        return nth_end(1);
    }
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    match (words.next(), words.next(), words.next(), words.next()) {
        (Some(_), Some(day), Some(time), Some(year))
            if is_number(day) && is_number(year) && time.contains(':') =>
        {
            nth_end(5)
        }
        (Some(day), ..) if is_number(day) => nth_end(2),
        _ => None,
    }
}

/// The end of a text before columns that hold none.
fn from_the_right(others: &[Column], text: &str) -> Option<usize> {
    let mut end = text.trim_end().len();
    for other in others.iter().rev() {
        let words = match other.shape {
            Shape::Right | Shape::Left => 1,
            Shape::Moment => moment_words(text.get(..end)?)?,
            Shape::State | Shape::Text => return None,
        };
        for _ in 0..words {
            let before = text.get(..end)?;
            end = before.get(..before.rfind(' ')?)?.trim_end().len();
        }
    }
    Some(end)
}

/// How many words the moment has that a text ends with.
fn moment_words(text: &str) -> Option<usize> {
    let mut words = text.split_ascii_whitespace().rev();
    let last = words.next()?;
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit());
    match last.len() {
        1 | 2 if is_number => Some(2),
        4 if is_number && words.next()?.contains(':') => Some(5),
        _ => Some(1),
    }
}

/// The end of a text that another follows: where the next column begins, or before the word that
/// ends where the next column ends. What the columns before have grown may have moved it: procps
/// makes up for that as soon as there is room, busybox does not, and counts bytes.
fn within_column(column: &Column, next: &Column, line: &str, rest: &str) -> Option<usize> {
    let before = line.get(..line.len().checked_sub(rest.len())?)?;
    let begin = before.chars().count();
    let grown = begin.saturating_sub(column.begin);
    let by_chars = |place: usize| {
        let mut places = rest.char_indices().map(|(at, _)| at);
        places.nth(place.checked_sub(begin)?)
    };
    let by_bytes = |place: usize| place.checked_sub(begin);
    let end = |place: usize| match next.shape {
        Shape::Left | Shape::Text | Shape::State => {
            let (cell, after) = rest.split_at_checked(place)?;
            (cell.ends_with(' ') && !after.starts_with(' ')).then_some(place)
        }
        Shape::Right => {
            let (cell, after) = rest.split_at_checked(place)?;
            let is_end = after.starts_with(' ') && !cell.ends_with(' ');
            is_end.then(|| cell.rfind(' ')).flatten()
        }
        Shape::Moment => None,
    };
    let place = match next.shape {
        Shape::Right => next.end,
        _ => next.begin,
    };
    let moved = place.saturating_add(grown);
    [by_chars(place), by_chars(moved), by_bytes(moved)]
        .into_iter()
        .flatten()
        .find_map(end)
}

/// What `ps -o lstart` prints, in UTC.
pub(super) fn moment(cell: &str) -> Option<DateTime<Utc>> {
    let moment = NaiveDateTime::parse_from_str(cell, "%a %b %e %H:%M:%S %Y").ok()?;
    Some(moment.and_utc())
}
