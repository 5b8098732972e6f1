//! `headlessos ls`: a folder of a server.

use std::{
    ffi::OsStr,
    io::{BufWriter, Write},
    process::ExitCode,
};

use anyhow::{Result, anyhow, bail};
use catalog::text::is_unseen;
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
        let json = serde_json::to_string_pretty(&listed.entries)?;
        writeln!(out, "{}", in_json(json))?;
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

/// The same for a text of several lines, which stay such.
pub(crate) fn shown_lines(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

/// JSON for a terminal: the same values, with what it would act on escaped. Between values stand no such
/// characters but line feeds.
pub(crate) fn in_json(json: String) -> String {
    if json.bytes().all(|byte| byte < 0x7f) {
        return json;
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unseen(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(c);
        }
    }
    text
}

/// A name for a terminal: nothing that it would act on, and bytes that are no text as `\xNN`.
pub(crate) fn shown(name: &str) -> String {
    let mut text = String::new();
    let mut before = None;
    for c in name.chars() {
        let behind = before.replace(c);
        let code = u32::from(c);
        if (0x10_fe80..=0x10_feff).contains(&code) {
            text.push_str(&format!("\\x{:02x}", code & 0xff));
        } else if is_unseen(c) && !belongs(behind, c) {
            text.extend(c.escape_default());
        } else {
            text.push(c);
        }
    }
    text
}

/// Whether a character chooses the look of the sign before it, or joins that letter or sign to the next:
/// names of files have faces and Persian words.
fn belongs(behind: Option<char>, c: char) -> bool {
    let is_sign = |c| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    let is_joining = |c| matches!(c, '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{dff}');
    behind.is_some_and(|behind| match c {
        '\u{fe0f}' => is_sign(behind) && !is_unseen(behind),
        '\u{200d}' => is_sign(behind) || is_joining(behind) || behind == '\u{fe0f}',
        '\u{200c}' => is_joining(behind),
        _ => false,
    })
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
        assert_eq!(shown("a\u{e0041}"), "a\\u{e0041}");
        assert_eq!(shown("a\u{10feff}"), "a\\xff");
        for name in [
            "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
            "\u{645}\u{6cc}\u{200c}\u{62e}",
        ] {
            assert_eq!(shown(name), name);
        }
        assert_eq!(shown("a\u{fe0f}\u{200c}"), "a\\u{fe0f}\\u{200c}");
        assert_eq!(shown_lines("a\u{1b}\nb\r"), "a\\u{1b}\nb\\r");
    }

    #[test]
    fn json_moves_no_cursor_and_says_the_same() {
        let name = "a\u{1b}\u{9b}2J\u{7f}\u{202e}\u{10feff}ä\n";
        let json = in_json(serde_json::to_string_pretty(&[name]).unwrap());
        assert!(!json.chars().any(|c| is_unseen(c) && c != '\n'), "{json:?}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&json).unwrap(), [name]);
    }
}
