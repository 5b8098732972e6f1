//! Which columns a table of `df` has, and a row's cells for them.

use super::Asked;
use crate::{ParseError, RawOutput, storage::is_own};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Source,
    Kind,
    Size,
    Used,
    Available,
    Share,
    Inodes,
    InodesUsed,
    InodesFree,
    File,
    Target,
}

const SIZES: &[Field] = &[Field::Size, Field::Used, Field::Available, Field::Share];
const INODES: &[Field] = &[
    Field::Inodes,
    Field::InodesUsed,
    Field::InodesFree,
    Field::Share,
];

/// The columns, by the options; an alias may have set these, so that the header's own words count
/// too where they are English.
pub(super) fn fields_of(
    raw: &RawOutput<'_>,
    lines: &[(usize, &str)],
    asked: Asked,
) -> Result<Vec<Field>, ParseError> {
    let header = lines
        .iter()
        .take(20)
        .map(|(_, line)| *line)
        .find(|line| line.starts_with("Filesystem "))
        .unwrap_or_default();
    let says = |word: &str| header.split(' ').any(|found| found == word);
    if let Some(fields) = chosen(raw) {
        let wanted = match asked {
            Asked::Sizes => [Field::Size, Field::Used, Field::Available],
            Asked::Inodes => [Field::Inodes, Field::InodesUsed, Field::InodesFree],
        };
        let has = |field: &Field| fields.contains(field);
        if !wanted.iter().any(has) || !has(&Field::Target) {
            return Err(ParseError::shape("these columns are not chosen"));
        }
        return Ok(fields);
    }
    let found = if is_own(raw) {
        asked
    } else if raw.typed_option('i', "inodes") || says("Inodes") {
        Asked::Inodes
    } else {
        Asked::Sizes
    };
    if found != asked {
        return Err(ParseError::shape("it is a table of other figures"));
    }
    let mut fields = vec![Field::Source];
    if is_own(raw) || raw.typed_option('T', "print-type") || says("Type") {
        fields.push(Field::Kind);
    }
    fields.extend(match asked {
        Asked::Sizes => SIZES,
        Asked::Inodes => INODES,
    });
    fields.push(Field::Target);
    Ok(fields)
}

/// The columns that `--output` chooses; without a list it is all of them. `None`: it does not.
fn chosen(raw: &RawOutput<'_>) -> Option<Vec<Field>> {
    const ALL: &str = "source,fstype,itotal,iused,iavail,ipcent,size,used,avail,pcent,file,target";
    let lists: Vec<&str> = raw
        .typed
        .iter()
        .filter_map(|word| word.strip_prefix("--output"))
        .map(|rest| rest.strip_prefix('=').unwrap_or(ALL))
        .collect();
    if lists.is_empty() {
        return None;
    }
    let field = |name: &str| {
        Some(match name {
            "source" => Field::Source,
            "fstype" => Field::Kind,
            "itotal" => Field::Inodes,
            "iused" => Field::InodesUsed,
            "iavail" => Field::InodesFree,
            "ipcent" | "pcent" => Field::Share,
            "size" => Field::Size,
            "used" => Field::Used,
            "avail" => Field::Available,
            "file" => Field::File,
            "target" => Field::Target,
            _ => return None,
        })
    };
    lists.join(",").split(',').map(field).collect()
}

/// The cells of a row; `None`: it is none, or could be read in two ways.
pub(super) fn row<'l>(line: &'l str, fields: &[Field]) -> Option<Vec<&'l str>> {
    cells(line, fields)
}

/// The cells of a row whose source stands on the line above.
pub(super) fn continuation<'l>(line: &'l str, fields: &[Field]) -> Option<Vec<&'l str>> {
    let (Field::Source, rest) = fields.split_first()? else {
        return None;
    };
    line.starts_with(' ').then(|| cells(line, rest))?
}

/// A cell's words: from the first to the one behind the last.
type Span = (usize, usize);

fn cells<'l>(line: &'l str, fields: &[Field]) -> Option<Vec<&'l str>> {
    /// More words than this are no row.
    const MOST_WORDS: usize = 60;
    let mut words: Vec<(usize, &str)> = Vec::with_capacity(fields.len());
    let mut begin: usize = 0;
    for piece in line.split(' ') {
        if !piece.is_empty() {
            words.push((begin, piece));
            (words.len() <= MOST_WORDS).then_some(())?;
        }
        begin = begin.saturating_add(piece.len()).saturating_add(1);
    }
    let extra = words.len().checked_sub(fields.len())?;
    let mut found = Vec::new();
    place(&words, fields, 0, extra, &mut Vec::new(), &mut found);
    let [spans] = found.as_slice() else {
        return None;
    };
    spans
        .iter()
        .map(|(from, to)| {
            let (begin, _) = words.get(*from)?;
            let (last, word) = words.get(to.checked_sub(1)?)?;
            line.get(*begin..last.checked_add(word.len())?)
        })
        .collect()
}

/// Finds how the words can be shared out among the fields, two ways at most.
fn place(
    words: &[(usize, &str)],
    fields: &[Field],
    at: usize,
    extra: usize,
    spans: &mut Vec<Span>,
    found: &mut Vec<Vec<Span>>,
) {
    let Some((field, rest)) = fields.split_first() else {
        if extra == 0 {
            found.push(spans.clone());
        }
        return;
    };
    let holds_blanks = matches!(field, Field::Source | Field::File | Field::Target);
    let Some((_, first)) = words.get(at) else {
        return;
    };
    // What stands for no file, and for the total's place, is one word.
    let is_sign = *first == "-" || (*field == Field::Target && !first.starts_with('/'));
    let most = if holds_blanks && !(is_sign && *field != Field::Source) {
        extra
    } else {
        0
    };
    if !fits(*field, first) {
        return;
    }
    // The last one takes all that is left.
    let least = if rest.is_empty() { most.min(extra) } else { 0 };
    for more in least..=most {
        if found.len() > 1 {
            return;
        }
        let to = at.saturating_add(more).saturating_add(1);
        spans.push((at, to));
        place(words, rest, to, extra.saturating_sub(more), spans, found);
        spans.pop();
    }
}

fn fits(field: Field, word: &str) -> bool {
    let is_number = |word: &str| {
        let word = word.strip_prefix('-').unwrap_or(word);
        word.is_empty()
            || (word.starts_with(|c: char| c.is_ascii_digit())
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b','))
    };
    match field {
        Field::Source | Field::Kind | Field::File => true,
        // `-` stands in the total's row, and its name where there is no source.
        Field::Target => word.starts_with('/') || word == "-" || !word.contains('/'),
        Field::Share => {
            let digits = word.strip_suffix('%').or_else(|| word.strip_prefix('%'));
            word == "-" || is_number(digits.unwrap_or(word))
        }
        _ => is_number(word),
    }
}
