//! Sessions of PuTTY: what `regedit` exports of its registry key, or its session files on Unix.
//!
//! The forms are those of PuTTY's own `windows/storage.c`, `unix/storage.c` and `settings.c`. On Unix
//! a session is a file of its own; several are told apart by the line `Present=1` that each begins
//! with, or by the `==> NAME <==` that `head` and `tail` print before each.

use crate::{Entry, Found, is_secret};

/// A key's path ends with this and the session's name.
const SESSIONS: &str = "\\simontatham\\putty\\sessions\\";
/// `ProxyMethod` where the way leads through another SSH server.
const BY_SSH: u32 = 6;

/// A session's settings that are of use.
#[derive(Default)]
struct Session {
    line: usize,
    name: String,
    host: String,
    port: String,
    user: String,
    protocol: String,
    key: String,
    proxy_method: String,
    proxy_host: String,
    proxy_port: String,
    proxy_user: String,
    secret: bool,
}

pub(crate) fn read(text: &str, name: Option<&str>) -> Found {
    let mut found = Found::default();
    let mut session: Option<Session> = None;
    let text = text.trim_start_matches('\u{feff}');
    // The name of the file that follows.
    let mut next_name = name.map(unescaped);
    for (line, row) in (1..).zip(text.lines()) {
        let row = row.trim_end_matches('\r');
        if let Some(path) = row
            .strip_prefix("==> ")
            .and_then(|r| r.strip_suffix(" <=="))
        {
            push(&mut found, session.take());
            let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
            next_name = Some(unescaped(file));
        } else if let Some(key) = row.strip_prefix('[').and_then(|r| r.strip_suffix(']')) {
            push(&mut found, session.take());
            session = registry_name(key).map(|name| Session {
                line,
                name,
                ..Session::default()
            });
            next_name = None;
        } else if let Some((key, value)) = setting(row) {
            // In the registry it stands under its key.
            let begins = key == "Present" && !row.starts_with('"');
            if begins
                && session
                    .as_ref()
                    .is_some_and(|session| !session.host.is_empty())
            {
                push(&mut found, session.take());
            }
            let session = session.get_or_insert_with(|| Session {
                line,
                name: next_name.take().unwrap_or_default(),
                ..Session::default()
            });
            session.set(key, value);
        }
    }
    push(&mut found, session);
    if found.entries.is_empty() && found.mistakes.is_empty() {
        found.wrong(0, "it holds no session of PuTTY that names a host");
    }
    found
}

/// The session's name of a registry key; `None`: it is another key.
fn registry_name(key: &str) -> Option<String> {
    let at = key.to_ascii_lowercase().find(SESSIONS)?;
    let name = key.get(at + SESSIONS.len()..)?;
    Some(unescaped(name))
}

/// `"Name"="text"`, `"Name"=dword:00000016` or, on Unix, `Name=text`.
fn setting(row: &str) -> Option<(&str, String)> {
    let Some(quoted) = row.strip_prefix('"') else {
        let (key, value) = row.split_once('=')?;
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric());
        return is_key.then(|| (key, value.to_owned()));
    };
    let (key, value) = quoted.split_once("\"=")?;
    if let Some(number) = value.strip_prefix("dword:") {
        let number = u32::from_str_radix(number.trim(), 16).ok()?;
        return Some((key, number.to_string()));
    }
    let value = value.strip_prefix('"')?.trim_end().strip_suffix('"')?;
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        text.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    Some((key, text))
}

impl Session {
    fn set(&mut self, key: &str, value: String) {
        match key {
            "HostName" => self.host = value,
            "PortNumber" => self.port = value,
            "UserName" => self.user = value,
            "Protocol" => self.protocol = value,
            "PublicKeyFile" => self.key = value,
            "ProxyMethod" => self.proxy_method = value,
            "ProxyHost" => self.proxy_host = value,
            "ProxyPort" => self.proxy_port = value,
            "ProxyUsername" => self.proxy_user = value,
            key if is_secret(key) && !value.is_empty() => self.secret = true,
            _ => {}
        }
    }
}

fn push(found: &mut Found, session: Option<Session>) {
    let Some(session) = session else { return };
    let host = session.host.trim();
    if host.is_empty() {
        // The settings for new sessions name none, nor does a session that only holds colours.
        if !session.name.is_empty() && session.name != "Default Settings" {
            let name: String = session.name.chars().take(60).collect();
            found.wrong(session.line, format!("the session {name:?} names no host"));
        }
        return;
    }
    // PuTTY takes `user@host` too.
    let (user, host) = match host.rsplit_once('@') {
        Some((user, host)) => (user, host),
        None => ("", host),
    };
    let mut entry = Entry {
        line: session.line,
        name: session.name.trim().to_owned(),
        host: host.to_owned(),
        user: if session.user.trim().is_empty() {
            user.to_owned()
        } else {
            session.user.trim().to_owned()
        },
        key: Some(session.key.trim().to_owned()).filter(|key| !key.is_empty()),
        ..Entry::default()
    };
    entry.set_port(&session.port);
    let protocol = session.protocol.trim();
    if !protocol.is_empty() && protocol != "ssh" {
        let shown: String = protocol.chars().take(20).collect();
        entry
            .mistakes
            .push(format!("it is a session of {shown:?}, not of SSH"));
    }
    match session.proxy_method.trim().parse::<u32>().unwrap_or(0) {
        0 => {}
        BY_SSH if !session.proxy_host.trim().is_empty() => {
            let host = session.proxy_host.trim();
            let at = if session.proxy_user.is_empty() {
                ""
            } else {
                "@"
            };
            let port = match session.proxy_port.trim() {
                "" | "22" => String::new(),
                port => format!(":{port}"),
            };
            let user = session.proxy_user.trim();
            entry.jump = vec![format!("{user}{at}{host}{port}")];
        }
        _ => entry.leave_out("a proxy that is no SSH server"),
    }
    if session.secret {
        entry.leave_out("a password");
    }
    found.entries.push(entry);
}

/// A session's name without PuTTY's `%20` for what a key or file name may not hold.
fn unescaped(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let code = after
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(code) if *byte == b'%' => {
                bytes.push(code);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    // As regedit of Windows 11 writes an export of PuTTY 0.83's key, cut to a few of the settings.
    const EXPORT: &str = "Windows Registry Editor Version 5.00\r\n\r\n\
        [HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions]\r\n\r\n\
        [HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\Default%20Settings]\r\n\
        \"Present\"=dword:00000001\r\n\"HostName\"=\"\"\r\n\"PortNumber\"=dword:00000016\r\n\r\n\
        [HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\Web%201%20%5bprod%5d]\r\n\
        \"Present\"=dword:00000001\r\n\"HostName\"=\"root@192.0.2.1\"\r\n\
        \"Protocol\"=\"ssh\"\r\n\"PortNumber\"=dword:000008ae\r\n\
        \"PublicKeyFile\"=\"C:\\\\Users\\\\Ada \\\"A\\\"\\\\web.ppk\"\r\n\
        \"ProxyMethod\"=dword:00000006\r\n\"ProxyHost\"=\"bastion\"\r\n\
        \"ProxyPort\"=dword:000008ae\r\n\"ProxyUsername\"=\"ops\"\r\n\"ProxyPassword\"=\"hunter2\"\r\n\r\n\
        [HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\switch]\r\n\
        \"HostName\"=\"192.0.2.9\"\r\n\"Protocol\"=\"telnet\"\r\n\"PortNumber\"=dword:00000017\r\n";

    #[test]
    fn a_registry_export_is_read() {
        let found = read(EXPORT, None);
        let [web, switch] = found.entries.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(web.name, "Web 1 [prod]");
        assert_eq!(
            (web.host.as_str(), web.user.as_str()),
            ("192.0.2.1", "root")
        );
        assert_eq!(web.port, Some(2222));
        assert_eq!(web.key.as_deref(), Some("C:\\Users\\Ada \"A\"\\web.ppk"));
        assert_eq!(web.jump, ["ops@bastion:2222"]);
        assert_eq!(web.left_out, ["a password"]);
        assert_eq!(web.mistakes.len(), 0);
        assert_eq!(switch.mistakes.len(), 1);
        assert_eq!(found.mistakes, []);
        assert!(!format!("{found:?}").contains("hunter2"));
        let wide: Vec<u8> = format!("\u{feff}{EXPORT}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&crate::decode(&wide), None), found);
    }

    #[test]
    fn session_files_of_unix_are_read_one_or_many() {
        let file = "Present=1\nHostName=192.0.2.1\nProtocol=ssh\nPortNumber=22\nUserName=ada\n\
            PublicKeyFile=/home/ada/web.ppk\n";
        let one = read(file, Some("Web%201")).entries;
        assert_eq!((one[0].name.as_str(), one[0].port), ("Web 1", Some(22)));
        assert_eq!(one[0].key.as_deref(), Some("/home/ada/web.ppk"));
        let two = read(&file.repeat(2), None).entries;
        assert_eq!(two.len(), 2);
        let printed = format!("==> /home/ada/.putty/sessions/a%2Fb <==\n{file}\n==> c <==\n{file}");
        let names: Vec<_> = read(&printed, Some("x"))
            .entries
            .into_iter()
            .map(|entry| (entry.line, entry.name))
            .collect();
        assert_eq!(names, [(2, "a/b".to_owned()), (10, "c".to_owned())]);
        assert_eq!(read("hello\n", None).mistakes.len(), 1);
    }
}
