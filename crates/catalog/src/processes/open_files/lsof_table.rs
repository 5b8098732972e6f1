//! The table of `lsof(8)`. Its columns are as wide as they must be, so a word belongs to the heading
//! it stands under; some cells are blank.

use super::{OpenFile, OpenFileList, access, lsof};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, processes::ProcessWithPid,
};

pub(super) const VARIANT: Variant<ProcessWithPid, OpenFileList> = Variant {
    name: "lsof_table",
    needs: Needs::programs(&["lsof"]),
    source: |args| {
        Source::Command(
            Command::new("lsof")
                .words(&["-n", "-P", "-w", "-p"])
                .value(&args.pid),
        )
    },
    reads: &["lsof"],
    parse,
};

/// A heading and the characters it covers.
type Heading = (String, usize, usize);

fn parse(raw: RawOutput<'_>) -> Result<Parsed<OpenFileList>, ParseError> {
    let mut headings: Option<Vec<Heading>> = None;
    let parsed = raw.read_lines(OpenFileList::default(), |list, line| {
        let Some(headings) = &headings else {
            let words = words(line);
            let is_header = words.first()?.0 == "COMMAND" && words.last()?.0 == "NAME";
            headings = is_header.then_some(words);
            return is_header.then_some(());
        };
        list.files.push(file(headings, line)?);
        Some(())
    });
    if headings.is_none() {
        return Err(lsof::nothing(&raw, "lsof printed no table with headings"));
    }
    Ok(parsed)
}

/// The words of a line with the characters they cover.
fn words(line: &str) -> Vec<Heading> {
    let mut words = Vec::new();
    let mut begin: usize = 0;
    for piece in line.split(' ') {
        let end = begin.saturating_add(piece.chars().count());
        if !piece.is_empty() {
            words.push((piece.to_owned(), begin, end));
        }
        begin = end.saturating_add(1);
    }
    words
}

fn file(headings: &[Heading], line: &str) -> Option<OpenFile> {
    let (_, name_begin, _) = headings.last()?;
    let at = line.char_indices().nth(*name_begin)?.0;
    let (cells, name) = line.split_at_checked(at)?;
    cells.ends_with(' ').then_some(())?;
    let mut file = OpenFile::default();
    let mut left = headings.get(..headings.len().checked_sub(1)?)?;
    for (cell, begin, end) in words(cells) {
        let under = |(_, from, to): &Heading| begin < *to && *from < end;
        let place = left.iter().position(under)?;
        let (heading, ..) = left.get(place)?;
        fill(&mut file, heading, &cell)?;
        left = left.get(place.checked_add(1)?..)?;
    }
    let name = name.trim_end();
    let is_socket = file.protocol.is_some() || file.r#type.as_deref() == Some("unix");
    let is_state = |state: &&str| {
        state
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || b"_0123456789".contains(&byte))
    };
    match name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once(" ("))
    {
        Some((name, state)) if is_socket && is_state(&state) => {
            file.state = Some(state.to_owned());
            file.name = name.to_owned();
        }
        _ => file.name = name.to_owned(),
    }
    (file.pid.is_some() && (file.descriptor.is_some() || file.usage.is_some())).then_some(file)
}

fn fill(file: &mut OpenFile, heading: &str, cell: &str) -> Option<()> {
    let text = || Some(cell.to_owned());
    match heading {
        "COMMAND" => file.command = Some(cell.replace("\\x20", " ")),
        "PID" => file.pid = Some(cell.parse().ok()?),
        "USER" => file.user = text(),
        "FD" => {
            let number = cell.trim_end_matches(|c: char| !c.is_ascii_digit());
            match number.parse() {
                Ok(descriptor) => {
                    file.descriptor = Some(descriptor);
                    file.access = cell.get(number.len()..)?.chars().next().and_then(access);
                }
                Err(_) => file.usage = text(),
            }
        }
        "TYPE" => file.r#type = text(),
        "DEVICE" => file.device = text(),
        "SIZE/OFF" | "SIZE" | "OFFSET" => match lsof::offset(cell) {
            Some(offset) => file.offset_bytes = Some(offset),
            None => file.size_bytes = Some(cell.parse().ok()?),
        },
        "NODE" => match cell.parse() {
            Ok(inode) => file.inode = Some(inode),
            Err(_) => file.protocol = text(),
        },
        // Threads, parents, groups, links, flags.
        "TID" | "TASKCMD" | "PPID" | "PGID" | "NLINK" | "FILE-FLAG" | "ZONE" => {}
        _ => return None,
    }
    Some(())
}
