//! Inventories as Ansible itself understands them: each file's `.json` is what
//! `ansible-inventory -i FILE --list` of ansible-core 2.x printed for it.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::{collections::BTreeSet, fs, path::Path};

use inventory::{Entry, Format, guess, read};
use serde_json::Value;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ansible")
}

fn entries(file: &str) -> Vec<Entry> {
    let text = fs::read_to_string(folder().join(file)).unwrap();
    assert_eq!(guess(&text), Some(Format::Ansible));
    let found = read(Format::Ansible, &text, None);
    assert_eq!(found.mistakes, []);
    assert!(!format!("{found:?}").contains("hunter2"));
    found.entries
}

fn text(vars: &Value, name: &str) -> String {
    match vars.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => String::new(),
    }
}

/// All groups that a host is in, by Ansible, without the two that every inventory has.
fn groups_of(list: &Value, host: &str) -> BTreeSet<String> {
    let holds = |group: &Value, kind: &str, name: &str| {
        let members = group.get(kind).and_then(Value::as_array);
        members.is_some_and(|members| members.iter().any(|member| member == name))
    };
    let groups = list.as_object().unwrap();
    let holding = |kind: &str, name: &str| {
        let groups = groups.iter().filter(|(_, group)| holds(group, kind, name));
        groups.map(|(group, _)| group.clone()).collect::<Vec<_>>()
    };
    let mut all: BTreeSet<String> = BTreeSet::new();
    let mut next = holding("hosts", host);
    while let Some(group) = next.pop() {
        if all.insert(group.clone()) {
            next.extend(holding("children", &group));
        }
    }
    all.remove("all");
    all.remove("ungrouped");
    all
}

#[test]
fn hosts_groups_and_variables_are_those_that_ansible_sees() {
    for file in ["groups.ini", "nested.yaml"] {
        let list = Path::new(file).with_extension("json");
        let list = fs::read_to_string(folder().join(list)).unwrap();
        let list: Value = serde_json::from_str(&list).unwrap();
        let vars = list
            .pointer("/_meta/hostvars")
            .unwrap()
            .as_object()
            .unwrap();
        let entries = entries(file);
        let ours: BTreeSet<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        let theirs: BTreeSet<&str> = vars.keys().map(String::as_str).collect();
        assert_eq!(ours, theirs, "{file}");
        assert_eq!(entries.len(), theirs.len(), "{file}");
        for entry in &entries {
            let name = entry.name.as_str();
            let vars = &vars[name];
            let host = match text(vars, "ansible_host") {
                host if host.is_empty() => name.to_owned(),
                host => host,
            };
            assert_eq!(entry.host, host, "{file} {name}");
            let port = entry.port.map(|port| port.to_string()).unwrap_or_default();
            assert_eq!(port, text(vars, "ansible_port"), "{file} {name}");
            assert_eq!(entry.user, text(vars, "ansible_user"), "{file} {name}");
            let key = entry.key.clone().unwrap_or_default();
            let theirs = text(vars, "ansible_ssh_private_key_file");
            assert_eq!(key, theirs, "{file} {name}");
            let folders = entry.folder.split('/').filter(|part| !part.is_empty());
            let tags = entry.tags.iter().map(String::as_str);
            let groups: BTreeSet<String> = folders.chain(tags).map(str::to_owned).collect();
            assert_eq!(groups, groups_of(&list, name), "{file} {name}");
        }
    }
}

#[test]
fn folders_are_paths_and_secrets_and_ways_are_named() {
    let entries = entries("groups.ini");
    let entry = |name: &str| entries.iter().find(|entry| entry.name == name).unwrap();
    assert_eq!(
        entry("web01.example.com").folder,
        "europe/berlin/webservers"
    );
    assert_eq!(entry("web01.example.com").tags, ["dbservers"]);
    assert_eq!(entry("mail.example.com").folder, "");
    assert_eq!(entry("db1").left_out, ["a password"]);
    assert_eq!(entry("db2").jump, ["ops@bastion:2222", "inner"]);
    assert_eq!((entry("db1").line, entry("web-a").line), (14, 8));
}

#[test]
fn what_ansible_does_not_reach_by_ssh_or_by_a_plain_address_is_a_mistake() {
    let found = read(
        Format::Ansible,
        "win ansible_connection=winrm\ntpl ansible_host=\"{{ ip }}\" ansible_user='{{ u }}'\n\
         [x:odd]\na\n[y]\nb[3:1]\nc loose\n",
        None,
    );
    let mistakes: Vec<_> = found
        .entries
        .iter()
        .map(|entry| entry.mistakes.len())
        .collect();
    assert_eq!(mistakes, [1, 1, 0]);
    assert_eq!(found.entries[1].left_out, ["a user that is a template"]);
    let lines: Vec<_> = found.mistakes.iter().map(|mistake| mistake.line).collect();
    assert_eq!(lines, [3, 6, 7]);
}

#[test]
fn yaml_that_would_grow_or_go_deep_is_passed_over() {
    let bomb =
        "a: &a {hosts: {x: }}\nb: &b {children: {c: *a, d: *a}}\nc: {children: {e: *b, f: *b}}\n";
    let found = read(Format::Ansible, bomb, None);
    assert_eq!(found.entries.len(), 1);
    assert_eq!(found.mistakes.len(), 1, "{:?}", found.mistakes);
    let deep = format!("all: {}", "{children: {x: ".repeat(100));
    let found = read(Format::Ansible, &deep, None);
    assert_eq!((found.entries.len(), found.mistakes.len()), (0, 1));
    let vault =
        "all:\n  hosts:\n    a:\n      ansible_password: !vault |\n        $ANSIBLE_VAULT\n";
    let found = read(Format::Ansible, vault, None);
    assert_eq!(found.entries[0].left_out, ["a password"]);
}
