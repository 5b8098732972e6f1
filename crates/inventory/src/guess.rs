//! Whose form a text has, by how it begins.

use crate::Format;

/// The form that a text seems to have; `None`: none that is known.
#[must_use]
pub fn guess(text: &str) -> Option<Format> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return Some(Format::Termius);
    }
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with(';'))
        .take(200);
    let first = lines.next()?;
    if first.starts_with("Windows Registry Editor")
        || first.starts_with("REGEDIT")
        || first.starts_with("[HKEY_")
        || first.starts_with("==> ")
    {
        return Some(Format::Putty);
    }
    // A list of JSON, or the first group of an inventory.
    if first.starts_with('[') {
        let json = text
            .get(1..)
            .is_some_and(|rest| rest.trim_start().starts_with(['{', ']']));
        return Some(if json {
            Format::Termius
        } else {
            Format::Ansible
        });
    }
    let word = first.split([' ', '\t', '=']).next().unwrap_or_default();
    let lower = word.to_ascii_lowercase();
    if ["host", "match", "include"].contains(&lower.as_str()) && word.len() < first.len() {
        return Some(Format::SshConfig);
    }
    let all = || std::iter::once(first).chain(lines.clone());
    if all().any(|line| line.starts_with("HostName=") || line.starts_with("PortNumber=")) {
        return Some(Format::Putty);
    }
    let cells = first.split([',', ';', '\t']);
    if cells.into_iter().any(|cell| {
        let cell = cell.trim().trim_matches('"').to_ascii_lowercase();
        ["host", "hostname", "address", "ip"].contains(&cell.as_str())
    }) && first.contains([',', ';', '\t'])
    {
        return Some(Format::Csv);
    }
    if all().any(|line| {
        line.split_whitespace()
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("Host"))
    }) {
        return Some(Format::SshConfig);
    }
    let yaml = first == "---" || first.ends_with(':');
    let ini = all().any(|line| line.starts_with('[') || line.contains("ansible_"));
    (yaml || ini).then_some(Format::Ansible)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_known_by_its_beginning() {
        for (text, format) in [
            ("name,host,port\n", Some(Format::Csv)),
            ("\"Label\";\"Hostname\"\n", Some(Format::Csv)),
            (
                "Windows Registry Editor Version 5.00\n",
                Some(Format::Putty),
            ),
            ("Present=1\nHostName=a\n", Some(Format::Putty)),
            ("  {\"hosts\": []}", Some(Format::Termius)),
            ("[{\"label\": 1}]", Some(Format::Termius)),
            ("# x\n\n[web]\na\n", Some(Format::Ansible)),
            ("---\nall:\n", Some(Format::Ansible)),
            ("mail ansible_host=1.2.3.4\n", Some(Format::Ansible)),
            ("Host web\n  HostName x\n", Some(Format::SshConfig)),
            ("ServerAliveInterval 5\nHost web\n", Some(Format::SshConfig)),
            ("hello", None),
            ("", None),
        ] {
            assert_eq!(guess(text), format, "{text:?}");
        }
    }
}
