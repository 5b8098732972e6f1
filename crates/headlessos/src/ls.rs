//! `headlessos ls`: a folder of a server.

use std::{
    ffi::OsStr,
    io::{BufWriter, Write},
    process::ExitCode,
};

use anyhow::{Result, anyhow, bail};
use engine::{Entry, Kind, Link, ListLine, Named};

use crate::{
    arguments::{Common, Ls},
    assemble,
    place::{self, Place},
    reach::{become_administrator, by_command_line, connect, find_server, worded},
    show::Refused,
};

/// Lists it.
///
/// # Errors
/// The server cannot be reached, or the folder cannot be listed.
pub(crate) fn run(common: &Common, wanted: &Ls) -> Result<ExitCode> {
    let Place::There(server, path) = Place::parse(OsStr::new(&wanted.place)) else {
        bail!(Refused(format!("{:?} is not SERVER:PATH", wanted.place)));
    };
    by_command_line(async {
        let engine = assemble::engine(common)?;
        let id = find_server(&engine, &server)?.profile.id;
        let listing = async {
            connect(&engine, &id).await?;
            if wanted.administrator {
                become_administrator(&engine, &id).await?;
            }
            let files = engine
                .files(&id)
                .await
                .map_err(|error| worded(&error.body()))?;
            let home = files.home().await.map_err(|error| worded(&error.body()))?;
            let path = place::there(&path, &home).map_err(|error| Refused(error.to_string()))?;
            let mut lines = files
                .list(path)
                .await
                .map_err(|error| worded(&error.body()))?;
            let mut listed = Listed::default();
            while let Some(line) = lines.recv().await {
                match line {
                    ListLine::Entries { entries } => listed.entries.extend(entries),
                    ListLine::Links { links } => listed.links.extend(links),
                    ListLine::Names { users, groups } => {
                        (listed.users, listed.groups) = (users, groups)
                    }
                    ListLine::Error { error } => return Err(worded(&error)),
                    ListLine::Done { .. } => return Ok(listed),
                }
            }
            Err(anyhow!("the list broke off"))
        };
        let listed = tokio::select! {
            listed = listing => listed,
            _ = tokio::signal::ctrl_c() => Err(anyhow!("stopped")),
        };
        engine.disconnect_all().await;
        print(listed?, wanted)
    })
}

#[derive(Default)]
struct Listed {
    entries: Vec<Entry>,
    links: Vec<Link>,
    users: Vec<Named>,
    groups: Vec<Named>,
}

fn print(mut listed: Listed, wanted: &Ls) -> Result<ExitCode> {
    if !wanted.all {
        listed
            .entries
            .retain(|entry| !entry.name.as_bytes().starts_with(b"."));
    }
    listed
        .entries
        .sort_by(|one, other| one.name.cmp(&other.name));
    let mut out = BufWriter::new(std::io::stdout().lock());
    if wanted.json {
        serde_json::to_writer_pretty(&mut out, &listed.entries)?;
        writeln!(out)?;
    }
    for entry in &listed.entries {
        if wanted.json {
            break;
        }
        if wanted.null {
            out.write_all(entry.name.as_bytes())?;
            out.write_all(b"\0")?;
        } else if wanted.long {
            writeln!(out, "{}", long(entry, &listed))?;
        } else {
            writeln!(out, "{}", shown(&entry.name.to_string()))?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn long(entry: &Entry, listed: &Listed) -> String {
    let name = |id: Option<u32>, names: &[Named]| match id {
        None => "?".to_owned(),
        Some(id) => names
            .iter()
            .find(|named| named.id == id)
            .map_or_else(|| id.to_string(), |named| shown(&named.name)),
    };
    let size = entry
        .size_bytes
        .map_or_else(|| "?".to_owned(), |size| size.to_string());
    let time = entry
        .modified_at
        .and_then(|at| chrono::DateTime::from_timestamp(at.into(), 0))
        .map_or_else(
            || "?".to_owned(),
            |at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        );
    let target = listed
        .links
        .iter()
        .find(|link| link.name == entry.name)
        .and_then(|link| link.target.as_deref())
        .map_or_else(String::new, |target| format!(" -> {}", shown(target)));
    format!(
        "{}{} {:<8} {:<8} {size:>12} {time} {}{target}",
        kind(entry.kind),
        permissions(entry.mode),
        name(entry.uid, &listed.users),
        name(entry.gid, &listed.groups),
        shown(&entry.name.to_string()),
    )
}

fn kind(kind: Kind) -> char {
    match kind {
        Kind::File => '-',
        Kind::Folder => 'd',
        Kind::Link => 'l',
        Kind::Fifo => 'p',
        Kind::Socket => 's',
        Kind::CharacterDevice => 'c',
        Kind::BlockDevice => 'b',
        Kind::Unknown => '?',
    }
}

/// As `ls` writes the twelve bits.
fn permissions(mode: Option<u32>) -> String {
    let Some(mode) = mode else {
        return "?????????".to_owned();
    };
    let mut text = String::new();
    for (shift, special, sign) in [(6, 0o4000, 's'), (3, 0o2000, 's'), (0, 0o1000, 't')] {
        let bits = mode >> shift;
        text.push(if bits & 4 == 0 { '-' } else { 'r' });
        text.push(if bits & 2 == 0 { '-' } else { 'w' });
        text.push(match (mode & special != 0, bits & 1 != 0) {
            (false, false) => '-',
            (false, true) => 'x',
            (true, true) => sign,
            (true, false) => sign.to_ascii_uppercase(),
        });
    }
    text
}

/// A name for a terminal: nothing that it would act on, and bytes that are no text as `\xNN`.
pub(crate) fn shown(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        let code = u32::from(c);
        let turns = matches!(code, 0x200b..=0x200f | 0x2028..=0x202e | 0x2066..=0x2069 | 0xfeff);
        if (0x10_fe80..=0x10_feff).contains(&code) {
            text.push_str(&format!("\\x{:02x}", code & 0xff));
        } else if c.is_control() || turns {
            text.extend(c.escape_default());
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_look_as_they_do_in_ls() {
        assert_eq!(permissions(Some(0o644)), "rw-r--r--");
        assert_eq!(permissions(Some(0o4755)), "rwsr-xr-x");
        assert_eq!(permissions(Some(0o1777)), "rwxrwxrwt");
        assert_eq!(permissions(Some(0o2640)), "rw-r-S---");
    }

    #[test]
    fn a_name_moves_no_cursor() {
        assert_eq!(shown("a\u{1b}[2Jb\n\u{202e}ä"), "a\\u{1b}[2Jb\\n\\u{202e}ä");
        assert_eq!(shown("a\u{10feff}"), "a\\xff");
    }
}
