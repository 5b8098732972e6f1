//! What a person typed for a server, checked and trimmed.
//!
//! Invariant: a profile holds nothing that did not pass here.

use catalog::Capability;

use crate::Error;

/// Characters of a folder's whole path.
const FOLDER: usize = 200;
/// Folders in folders.
const DEPTH: usize = 8;
const TAGS: usize = 20;
const TAG: usize = 40;
/// Bytes of the notes.
const NOTES: usize = 20 * 1024;
const JUMPS: usize = 8;
/// A day.
const MINUTES: u32 = 24 * 60;

/// One line that is not empty.
///
/// # Errors
/// [`Error::Invalid`] says which field and why, as do all below.
pub(crate) fn line(what: &str, text: &str, most: usize) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::Invalid(format!("the {what} is empty")));
    }
    if text.chars().count() > most {
        return Err(Error::Invalid(format!(
            "the {what} is longer than {most} characters"
        )));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::Invalid(format!(
            "the {what} holds control characters"
        )));
    }
    Ok(text.to_owned())
}

/// The name for people.
pub(crate) fn name(text: &str) -> Result<String, Error> {
    line("name", text, 60)
}

/// What is granted, each once, in the order they are shown.
pub(crate) fn capabilities(chosen: Vec<Capability>) -> Vec<Capability> {
    let all = Capability::ALL.iter().copied();
    all.filter(|capability| chosen.contains(capability))
        .collect()
}

/// The user to log in as; empty: none is named.
pub(crate) fn user(text: &str) -> Result<String, Error> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    line("user", text, 64)
}

/// A host name or address: what a resolver can be asked for, never something else.
pub(crate) fn host(text: &str) -> Result<String, Error> {
    let host = line("host", text, 253)?;
    let host = host
        .strip_prefix('[')
        .and_then(|h| h.strip_suffix(']'))
        .unwrap_or(&host)
        .to_owned();
    let address = host.split('%').next().unwrap_or_default();
    if host.contains(':') && address.parse::<std::net::Ipv6Addr>().is_err() {
        return Err(Error::Invalid(
            "the host holds ':', but is no IPv6 address; the port has a field of its own"
                .to_owned(),
        ));
    }
    let allowed = |c: char| c.is_alphanumeric() || ".-_:%".contains(c);
    match host.chars().find(|c| !allowed(*c)) {
        Some(c) => Err(Error::Invalid(format!(
            "the host holds {c:?}, which no host name does"
        ))),
        None if host.starts_with('-') => Err(Error::Invalid("the host begins with '-'".to_owned())),
        None => Ok(host),
    }
}

/// A TCP port, or none.
pub(crate) fn port(port: Option<u16>) -> Result<Option<u16>, Error> {
    match port {
        Some(0) => Err(Error::Invalid("port 0 is none".to_owned())),
        port => Ok(port),
    }
}

/// Folder names with `/` between them, each trimmed; empty: none.
pub(crate) fn folder(text: &str) -> Result<String, Error> {
    let parts: Vec<&str> = text
        .split('/')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        return Ok(String::new());
    }
    if parts.len() > DEPTH {
        return Err(Error::Invalid(format!(
            "the folder is in more than {} others",
            DEPTH - 1
        )));
    }
    line("folder", &parts.join("/"), FOLDER)
}

/// Tags, each once, however it is written.
pub(crate) fn tags(tags: &[String]) -> Result<Vec<String>, Error> {
    let mut kept: Vec<String> = Vec::new();
    for tag in tags.iter().filter(|tag| !tag.trim().is_empty()) {
        let tag = line("tag", tag, TAG)?;
        let lower = tag.to_lowercase();
        if !kept.iter().any(|kept| kept.to_lowercase() == lower) {
            kept.push(tag);
        }
        if kept.len() > TAGS {
            return Err(Error::Invalid(format!("there are more than {TAGS} tags")));
        }
    }
    Ok(kept)
}

/// Plain text of any number of lines.
pub(crate) fn notes(text: &str) -> Result<String, Error> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim_end();
    if text.len() > NOTES {
        return Err(Error::Invalid(format!(
            "the notes are longer than {} KB",
            NOTES / 1024
        )));
    }
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(Error::Invalid(
            "the notes hold control characters".to_owned(),
        ));
    }
    Ok(text.to_owned())
}

/// Hosts to go through, each `[user@]host[:port]`, as `ssh -J` takes them.
pub(crate) fn jump(hosts: &[String]) -> Result<Vec<String>, Error> {
    if hosts.len() > JUMPS {
        return Err(Error::Invalid(format!(
            "there are more than {JUMPS} jump hosts"
        )));
    }
    hosts.iter().map(|host| hop(host)).collect()
}

fn hop(text: &str) -> Result<String, Error> {
    let wrong = |why: Error| Error::Invalid(format!("the jump host {text:?} is not right: {why}"));
    let text = text.trim();
    let (name, address) = match text.rsplit_once('@') {
        Some((name, address)) => {
            let name = line("user", name, 64).map_err(wrong)?;
            (format!("{name}@"), address)
        }
        None => (String::new(), text),
    };
    let (host_part, port_part) = split_port(address);
    let host = host(host_part).map_err(wrong)?;
    let brackets = host.contains(':');
    let host = if brackets { format!("[{host}]") } else { host };
    let Some(number) = port_part else {
        return Ok(format!("{name}{host}"));
    };
    match number.parse::<u16>() {
        Ok(number) if number > 0 => Ok(format!("{name}{host}:{number}")),
        _ => Err(wrong(Error::Invalid(format!("{number:?} is no port")))),
    }
}

/// `host`, `host:port`, `[v6]`, `[v6]:port` or a bare IPv6 address.
fn split_port(address: &str) -> (&str, Option<&str>) {
    if let Some((host, rest)) = address.strip_prefix('[').and_then(|a| a.split_once(']')) {
        return (
            host,
            rest.strip_prefix(':')
                .or(Some(rest).filter(|rest| !rest.is_empty())),
        );
    }
    match address.split_once(':') {
        Some((host, port)) if !port.contains(':') => (host, Some(port)),
        _ => (address, None),
    }
}

/// For how long administrator rights last.
pub(crate) fn elevation_minutes(minutes: Option<u32>) -> Result<Option<u32>, Error> {
    match minutes {
        Some(minutes) if minutes > MINUTES => Err(Error::Invalid(format!(
            "administrator rights last {MINUTES} minutes at most"
        ))),
        minutes => Ok(minutes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_cleaned_and_not_too_deep() {
        assert_eq!(folder(" Shop / Berlin//web/ ").unwrap(), "Shop/Berlin/web");
        assert_eq!(folder("//").unwrap(), "");
        assert!(folder("1/2/3/4/5/6/7/8/9").is_err());
        assert!(folder("a\u{1b}[31m").is_err());
    }

    #[test]
    fn a_tag_stands_once() {
        let given = ["web", " Web ", "", "eu"].map(str::to_owned);
        assert_eq!(tags(&given).unwrap(), ["web", "eu"]);
        let many: Vec<String> = (0..21).map(|n| n.to_string()).collect();
        assert!(tags(&many).is_err());
    }

    #[test]
    fn jump_hosts_are_what_ssh_takes() {
        let given = ["ops@bastion:2222", "[2001:db8::1]:22", "::1", "a@b@inner"];
        let kept = jump(&given.map(str::to_owned)).unwrap();
        assert_eq!(
            kept,
            ["ops@bastion:2222", "[2001:db8::1]:22", "[::1]", "a@b@inner"]
        );
        for wrong in [
            "",
            "host:port",
            "host:0",
            "-oProxyCommand=x",
            "a b",
            "[::1]x",
            "@host",
            "h:70000",
        ] {
            assert!(jump(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn notes_may_have_lines_but_no_escape_sequences() {
        assert_eq!(notes("a\r\n\tb\n\n").unwrap(), "a\n\tb");
        assert!(notes("\u{1b}]0;x\u{7}").is_err());
        assert!(notes(&"x".repeat(NOTES + 1)).is_err());
    }
}
