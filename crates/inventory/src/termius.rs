//! JSON as Termius and other clients have it: hosts with labels, addresses, ports and groups.
//!
//! There is no one form, so all usual names of a field are taken: a flat list of hosts, or an object
//! with `hosts` and `groups`, where groups may lie in groups or name their parent by id.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{Entry, Found, is_secret};

/// Groups in groups that are followed.
const DEPTH: usize = 16;

pub(crate) fn read(text: &str) -> Found {
    let mut found = Found::default();
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            found.wrong(error.line(), format!("it is no JSON: {error}"));
            return found;
        }
    };
    let mut reader = Reader::default();
    match &value {
        Value::Array(hosts) => reader.hosts(hosts, ""),
        Value::Object(object) => {
            for name in ["groups", "folders"] {
                reader.learn(object.get(name), 0);
            }
            reader.object(object, "", 0);
        }
        _ => {}
    }
    found.entries = reader.entries;
    if found.entries.is_empty() {
        found.wrong(0, "it holds no hosts");
    }
    found
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    /// By a group's id: its name and its parent's id.
    groups: HashMap<String, (String, Option<String>)>,
}

impl Reader {
    /// Takes note of groups that name their parents by id.
    fn learn(&mut self, groups: Option<&Value>, depth: usize) {
        let Some(Value::Array(groups)) = groups else {
            return;
        };
        for group in groups.iter().filter_map(Value::as_object) {
            let name = text(group, &["label", "name", "title"]);
            if let Some(id) = id(group.get("id").or_else(|| group.get("uuid"))) {
                let parent = [
                    "parent_group",
                    "parentGroup",
                    "parent",
                    "parent_id",
                    "parentId",
                ];
                let parent = parent.iter().find_map(|key| id_of(group.get(*key)));
                self.groups.insert(id, (name, parent));
            }
            if depth < DEPTH {
                self.learn(group.get("groups"), depth + 1);
            }
        }
    }

    /// An object with hosts, and with groups that hold hosts.
    fn object(&mut self, object: &Map<String, Value>, folder: &str, depth: usize) {
        for name in [
            "hosts",
            "servers",
            "connections",
            "items",
            "children",
            "sessions",
        ] {
            if let Some(Value::Array(hosts)) = object.get(name) {
                self.hosts(hosts, folder);
            }
        }
        for name in ["groups", "folders"] {
            let Some(Value::Array(groups)) = object.get(name) else {
                continue;
            };
            for group in groups.iter().filter_map(Value::as_object) {
                let name = text(group, &["label", "name", "title"]);
                let folder = match (folder, name.as_str()) {
                    ("", name) => name.to_owned(),
                    (folder, "") => folder.to_owned(),
                    (folder, name) => format!("{folder}/{name}"),
                };
                if depth < DEPTH {
                    self.object(group, &folder, depth + 1);
                }
            }
        }
    }

    fn hosts(&mut self, hosts: &[Value], folder: &str) {
        for host in hosts {
            if self.entries.len() > crate::MOST_ENTRIES {
                return;
            }
            let line = self.entries.len() + 1;
            let entry = match host {
                Value::Object(host) => self.entry(line, host, folder),
                // A list of names alone.
                Value::String(host) => Entry {
                    line,
                    host: host.clone(),
                    folder: folder.to_owned(),
                    ..Entry::default()
                },
                _ => Entry {
                    line,
                    ..Entry::default()
                },
            };
            self.entries.push(entry);
        }
    }

    fn entry(&self, line: usize, host: &Map<String, Value>, folder: &str) -> Entry {
        // Termius keeps the login below `ssh_config`, others below `credentials` or `identity`.
        let inner: Vec<&Map<String, Value>> = [
            "ssh_config",
            "sshConfig",
            "ssh",
            "identity",
            "credentials",
            "ssh_identity",
        ]
        .iter()
        .filter_map(|name| host.get(*name)?.as_object())
        .collect();
        let deeper = inner.iter().filter_map(|object| {
            let identity = object
                .get("identity")
                .or_else(|| object.get("ssh_identity"));
            identity?.as_object()
        });
        let places: Vec<&Map<String, Value>> = std::iter::once(host)
            .chain(inner.iter().copied())
            .chain(deeper)
            .collect();
        let any = |names: &[&str]| {
            let texts = places.iter().map(|place| text(place, names));
            texts
                .into_iter()
                .find(|text| !text.is_empty())
                .unwrap_or_default()
        };
        let mut entry = Entry {
            line,
            name: any(&["label", "name", "title", "alias"]),
            host: any(&["address", "hostname", "hostName", "host", "ip"]),
            user: any(&["username", "userName", "user", "login"]),
            notes: any(&["notes", "note", "description", "comment"]),
            folder: self.folder(host, folder),
            tags: tags(host),
            key: Some(any(&[
                "identityFile",
                "identity_file",
                "keyPath",
                "key_path",
                "privateKeyPath",
            ]))
            .filter(|key| !key.is_empty()),
            jump: jump(host),
            ..Entry::default()
        };
        entry.set_port(&any(&["port", "sshPort", "ssh_port"]));
        for place in &places {
            for (name, value) in *place {
                let holds = !matches!(value, Value::Null | Value::Bool(_)) && *value != "";
                if holds && is_secret(name) {
                    entry.leave_out("a password");
                }
                let key = name.to_ascii_lowercase().replace('_', "");
                if holds && (key == "privatekey" || key == "sshkey") {
                    entry.leave_out("a private key");
                }
            }
        }
        entry
    }

    /// The folder that a host names, by path, name, id or as a whole object, else the one it lies in.
    fn folder(&self, host: &Map<String, Value>, folder: &str) -> String {
        let named = [
            "group",
            "groupName",
            "group_id",
            "groupId",
            "folder",
            "parent",
        ];
        let Some(named) = named.iter().find_map(|key| host.get(*key)) else {
            return folder.to_owned();
        };
        if let Some(group) = named.as_object() {
            let name = text(group, &["label", "name", "title"]);
            if !name.is_empty() {
                return name;
            }
        }
        let Some(id) = id_of(Some(named)) else {
            return folder.to_owned();
        };
        let mut path = Vec::new();
        let mut next = Some(&id);
        while let Some((name, parent)) = next.and_then(|id| self.groups.get(id)) {
            path.push(name.as_str());
            next = parent.as_ref();
            if path.len() > DEPTH {
                break;
            }
        }
        path.reverse();
        match (path.is_empty(), named) {
            (false, _) => path.join("/"),
            // A name that no group has is the folder.
            (true, Value::String(name)) => name.clone(),
            (true, _) => folder.to_owned(),
        }
    }
}

/// The first of these fields that holds a text or a number.
fn text(object: &Map<String, Value>, names: &[&str]) -> String {
    let values = names.iter().filter_map(|name| match object.get(*name)? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    values
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

fn id(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An id, or that of the object which is named.
fn id_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Object(object) => id(object.get("id").or_else(|| object.get("uuid"))),
        value => id(Some(value)),
    }
}

fn tags(host: &Map<String, Value>) -> Vec<String> {
    match host.get("tags").or_else(|| host.get("labels")) {
        Some(Value::String(text)) => text
            .split([',', ';'])
            .map(|tag| tag.trim().to_owned())
            .filter(|tag| !tag.is_empty())
            .collect(),
        Some(Value::Array(tags)) => tags
            .iter()
            .map(|tag| match tag {
                Value::Object(tag) => text(tag, &["label", "name", "title"]),
                Value::String(tag) => tag.trim().to_owned(),
                _ => String::new(),
            })
            .filter(|tag| !tag.is_empty())
            .collect(),
        _ => Vec::new(),
    }
}

fn jump(host: &Map<String, Value>) -> Vec<String> {
    let names = ["jump", "proxyJump", "proxy_jump", "jumpHost", "jump_host"];
    match names.iter().find_map(|name| host.get(*name)) {
        Some(Value::String(text)) => text
            .split(',')
            .map(|hop| hop.trim().to_owned())
            .filter(|hop| !hop.is_empty())
            .collect(),
        Some(Value::Array(hops)) => hops
            .iter()
            .filter_map(|hop| Some(hop.as_str()?.to_owned()))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;

    // Termius has no export of its own in JSON; these are the forms its users' tools write.
    #[test]
    fn a_flat_list_is_read() {
        let found = crate::read(
            Format::Termius,
            r#"[{"label": "Web 1", "address": "192.0.2.1", "port": 2222, "username": "root",
                 "password": "hunter2", "tags": ["web", {"label": "eu"}], "group": "Shop/Berlin"},
                {"hostname": "db", "port": "x", "privateKey": "-----BEGIN"}, "plain", 7]"#,
            None,
        );
        let [web, db, plain, odd] = found.entries.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((web.name.as_str(), web.port), ("Web 1", Some(2222)));
        assert_eq!(
            (web.user.as_str(), web.folder.as_str()),
            ("root", "Shop/Berlin")
        );
        assert_eq!(web.tags, ["web", "eu"]);
        assert_eq!(web.left_out, ["a password"]);
        assert_eq!((db.mistakes.len(), db.left_out.len()), (1, 1));
        assert_eq!((plain.host.as_str(), plain.mistakes.len()), ("plain", 0));
        assert_eq!((odd.line, odd.mistakes.len()), (4, 1));
        assert!(!format!("{found:?}").contains("hunter2"));
    }

    #[test]
    fn groups_are_found_by_id_and_by_where_hosts_lie() {
        let found = read(
            r#"{"groups": [{"id": 1, "label": "Shop"}, {"id": 2, "label": "Berlin", "parent_group": 1},
                {"label": "Lab", "hosts": [{"address": "c"}], "groups": [{"name": "old", "hosts": ["d"]}]}],
               "hosts": [{"address": "a", "group": 2}, {"address": "b", "group": {"id": 1}},
                {"address": "e", "ssh_config": {"port": 23, "identity": {"username": "u", "password": "p"}}}]}"#,
        );
        let mut folders: Vec<_> = found
            .entries
            .iter()
            .map(|entry| (entry.host.as_str(), entry.folder.as_str()))
            .collect();
        folders.sort_unstable();
        assert_eq!(
            folders,
            [
                ("a", "Shop/Berlin"),
                ("b", "Shop"),
                ("c", "Lab"),
                ("d", "Lab/old"),
                ("e", "")
            ]
        );
        let deep = found
            .entries
            .iter()
            .find(|entry| entry.host == "e")
            .unwrap();
        assert_eq!((deep.port, deep.user.as_str()), (Some(23), "u"));
        assert_eq!(deep.left_out, ["a password"]);
    }

    #[test]
    fn groups_that_name_each_other_as_parents_end() {
        let found = read(
            r#"{"groups": [{"id": 1, "label": "a", "parent": 2}, {"id": 2, "label": "b", "parent": 1}],
               "hosts": [{"address": "h", "group": 1}]}"#,
        );
        assert!(
            found.entries[0].folder.starts_with("a") || found.entries[0].folder.starts_with("b")
        );
        assert_eq!(read("{").mistakes.len(), 1);
        assert_eq!(read("{}").mistakes.len(), 1);
    }
}
