//! A configuration of the OpenSSH client as a list of servers.
//!
//! Only what names a server is read: `Host` with plain names, `HostName`, `Port`, `User`,
//! `IdentityFile`, `ProxyJump`. Patterns, `Match` and `Include` make no server; what they would add
//! is up to the connection, which reads the configuration as `ssh` does.

use std::collections::HashSet;

use crate::{Entry, Found};

pub(crate) fn read(text: &str) -> Found {
    let mut found = Found::default();
    // Entries of the block that is being read.
    let mut block: Vec<Entry> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let text = text.trim_start_matches('\u{feff}');
    for (line, row) in (1..).zip(text.lines()) {
        let words = match words(row) {
            Ok(words) => words,
            Err(mistake) => {
                found.wrong(line, mistake);
                continue;
            }
        };
        let Some((keyword, values)) = words.split_first() else {
            continue;
        };
        let value = values.first().map(String::as_str).unwrap_or_default();
        match keyword.to_ascii_lowercase().as_str() {
            "host" => {
                found.entries.append(&mut block);
                for name in values {
                    let plain = !name.is_empty() && !name.contains(['*', '?', '!']);
                    // The first block that names a host makes it.
                    if plain && block.len() < 1000 && seen.insert(name.clone()) {
                        block.push(Entry {
                            line,
                            name: name.clone(),
                            ..Entry::default()
                        });
                    }
                }
                if found.entries.len() + block.len() > crate::MOST_ENTRIES {
                    break;
                }
            }
            "match" => {
                found.entries.append(&mut block);
                found.wrong(line, "Match makes no server and was passed over");
            }
            "include" => found.wrong(line, "Include was not followed: import that file too"),
            "hostname" => each(&mut block, |entry| {
                if entry.host.is_empty() {
                    entry.host = value.replace("%h", &entry.name).replace("%%", "%");
                }
            }),
            "port" => each(&mut block, |entry| {
                if entry.port.is_none() {
                    entry.set_port(value);
                }
            }),
            "user" => each(&mut block, |entry| {
                if entry.user.is_empty() {
                    value.clone_into(&mut entry.user);
                }
            }),
            "identityfile" => each(&mut block, |entry| {
                if entry.key.is_none() && value != "none" {
                    entry.key = Some(value.replace("%%", "%"));
                }
            }),
            "proxyjump" => each(&mut block, |entry| {
                if entry.jump.is_empty() && value != "none" {
                    // `ssh` takes the rest of the line.
                    let hops = values.iter().flat_map(|value| value.split(','));
                    let hops = hops.filter(|hop| !hop.is_empty());
                    entry.jump = hops.take(100).map(str::to_owned).collect();
                }
            }),
            "proxycommand" if value != "none" => each(&mut block, |entry| {
                entry.leave_out("a ProxyCommand, which is never run");
            }),
            _ => {}
        }
    }
    found.entries.append(&mut block);
    for entry in &mut found.entries {
        if entry.host.is_empty() {
            entry.host.clone_from(&entry.name);
        }
    }
    if found.entries.is_empty() {
        found.wrong(0, "it names no host");
    }
    found
}

fn each(block: &mut [Entry], change: impl FnMut(&mut Entry)) {
    block.iter_mut().for_each(change);
}

/// The words of a line: the keyword, an optional `=`, and values that may be quoted.
fn words(row: &str) -> Result<Vec<String>, &'static str> {
    let row = row.trim();
    if row.is_empty() || row.starts_with('#') {
        return Ok(Vec::new());
    }
    let end = row.find([' ', '\t', '=', '"']).unwrap_or(row.len());
    let (keyword, rest) = row.split_at_checked(end).unwrap_or((row, ""));
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('=').unwrap_or(rest);
    let mut words = vec![keyword.to_owned()];
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\\', _) => match chars
                .next_if(|next| "\"'\\".contains(*next) || (quote.is_none() && *next == ' '))
            {
                Some(next) => word.get_or_insert_default().push(next),
                None => word.get_or_insert_default().push('\\'),
            },
            (c, Some(open)) if c == open => quote = None,
            (c, Some(_)) => word.get_or_insert_default().push(c),
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (' ' | '\t', None) => words.extend(word.take()),
            // A comment behind the values.
            ('#', None) if word.is_none() => break,
            (c, None) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err("a quotation mark is not closed");
    }
    words.extend(word);
    Ok(words)
}

pub(crate) fn write(entries: &[Entry]) -> String {
    let mut text =
        String::from("# Servers of HeadlessOS, for ~/.ssh/config. No secrets are here.\n");
    let mut seen = HashSet::new();
    for entry in entries {
        let stem = alias(entry);
        let mut name = stem.clone();
        let mut number = 2_u32;
        while !seen.insert(name.clone()) {
            name = format!("{stem}-{number}");
            number = number.saturating_add(1);
        }
        text.push('\n');
        if entry.name != name {
            comment(&mut text, "", &entry.name);
        }
        text.push_str(&format!("Host {name}\n"));
        let host = entry.host.replace('%', "%%");
        option(&mut text, "HostName", &host);
        if let Some(port) = entry.port {
            option(&mut text, "Port", &port.to_string());
        }
        option(&mut text, "User", &entry.user);
        if let Some(key) = &entry.key {
            let key = key.replace('%', "%%");
            option(&mut text, "IdentityFile", &key);
        }
        option(&mut text, "ProxyJump", &entry.jump.join(","));
        comment(&mut text, "Folder: ", &entry.folder);
        comment(&mut text, "Tags: ", &entry.tags.join(", "));
        for line in entry.notes.lines() {
            comment(&mut text, "", line);
        }
    }
    text
}

/// A name that stands for the server behind `ssh`: no blank, no pattern, no quotation mark.
fn alias(entry: &Entry) -> String {
    let source = if entry.name.is_empty() {
        &entry.host
    } else {
        &entry.name
    };
    let plain = |c: char| c.is_alphanumeric() || "._@:-".contains(c);
    let words = source.split(|c| !plain(c)).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-");
    let name = name.trim_matches('-');
    if name.is_empty() {
        "server".to_owned()
    } else {
        name.to_owned()
    }
}

/// A keyword with its value. What would be a variable of the environment, or no single line, is left
/// out and said to be.
fn option(text: &mut String, keyword: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    if value.contains("${") || value.contains(char::is_control) {
        comment(
            text,
            &format!("{keyword} is left out, since it cannot be written: "),
            value,
        );
        return;
    }
    let plain = value
        .chars()
        .all(|c| c.is_alphanumeric() || "._@:-/~%,+[]".contains(c));
    if plain {
        text.push_str(&format!("    {keyword} {value}\n"));
    } else {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        text.push_str(&format!("    {keyword} \"{value}\"\n"));
    }
}

fn comment(text: &mut String, title: &str, words: &str) {
    let words: String = words.chars().filter(|c| !c.is_control()).collect();
    if !words.is_empty() {
        text.push_str(&format!("    # {title}{words}\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_a_configuration_are_read() {
        let found = read(
            "Include extra\nUser nobody\nHost *.lan !x web1 web2 # two\n  HostName=%h.example\n\
             Port 2222\nUser \"ada l\"\n\tIdentityFile = ~/.ssh/a%%b\nIdentityFile ~/second\n\
             ProxyJump ops@b1:22, b2\n\nMatch all\n Port 9\nHost web1 db\nPort x\nProxyCommand nc\n\
             Host bad\nHostName \"open\n",
        );
        let [web1, web2, db, bad] = found.entries.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((web1.line, web1.host.as_str()), (3, "web1.example"));
        assert_eq!((web2.name.as_str(), web2.port), ("web2", Some(2222)));
        assert_eq!(web1.user, "ada l");
        assert_eq!(web1.key.as_deref(), Some("~/.ssh/a%b"));
        assert_eq!(web1.jump, ["ops@b1:22", "b2"]);
        assert_eq!(
            (db.host.as_str(), db.mistakes.len(), db.left_out.len()),
            ("db", 1, 1)
        );
        assert_eq!(bad.host, "bad");
        let lines: Vec<usize> = found.mistakes.iter().map(|mistake| mistake.line).collect();
        assert_eq!(lines, [1, 11, 17]);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let entry = |name: &str| Entry {
            name: name.to_owned(),
            host: "fe80::1%eth0".to_owned(),
            port: Some(2222),
            user: "ada \"l\" \\ x".to_owned(),
            key: Some("/home/ada/my keys/a%b".to_owned()),
            jump: vec!["ops@b1:22".to_owned(), "b2".to_owned()],
            folder: "a/b".to_owned(),
            notes: "one\ntwo".to_owned(),
            ..Entry::default()
        };
        let entries = [entry("web"), entry("web"), entry("my web *\n  Port 1")];
        let text = write(&entries);
        let found = read(&text);
        assert_eq!(found.mistakes, []);
        let names: Vec<_> = found
            .entries
            .iter()
            .map(|entry| entry.name.as_str())
            .collect();
        assert_eq!(names, ["web", "web-2", "my-web-Port-1"]);
        for read in &found.entries {
            let written = &entries[0];
            assert_eq!((&read.host, read.port), (&written.host, written.port));
            assert_eq!((&read.user, &read.key), (&written.user, &written.key));
            assert_eq!(read.jump, written.jump);
        }
    }
}
