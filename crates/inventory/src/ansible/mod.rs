//! An Ansible inventory, INI or YAML: hosts, the groups they are in, the variables that say how each
//! is reached.
//!
//! As Ansible has it, a host's own variables come before those of its groups, those of a group
//! before those of the groups it is in. The first group that names a host is its folder, below the
//! group which that is in; the others are tags. Variables that files beside the inventory hold, and
//! templates, are not known here.

mod ini;
mod range;
mod yaml;

use std::collections::HashMap;

use crate::{Entry, Found, MOST_ENTRIES};

/// Groups that are kept.
const MOST_GROUPS: usize = 1000;
/// Times that a host is in a group, or a group in another.
const MOST_MEMBERS: usize = 20_000;
/// How deep groups lie in groups.
const DEPTH: usize = 32;

pub(crate) fn read(text: &str) -> Found {
    let text = text.trim_start_matches('\u{feff}');
    let mut inventory = Inventory::default();
    if is_yaml(text) {
        yaml::read(text, &mut inventory);
    } else {
        ini::read(text, &mut inventory);
    }
    inventory.finish()
}

/// A section or a host of an INI file begins its first line; of YAML it is `---`, or a key.
fn is_yaml(text: &str) -> bool {
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with(['#', ';']));
    let first = lines.next().unwrap_or_default();
    let word = first.split(" #").next().unwrap_or_default().trim_end();
    let key = word.strip_suffix(':').unwrap_or_default();
    first.starts_with("---")
        || first.trim_start().starts_with('{')
        || (!key.is_empty() && !key.contains(['[', '=', ' ']))
        || (word.contains(": ") && !word.contains('='))
}

/// The variables that say how a host is reached.
#[derive(Clone, Debug, Default)]
struct Vars {
    host: Option<String>,
    port: Option<String>,
    user: Option<String>,
    key: Option<String>,
    connection: Option<String>,
    /// Options of `ssh`.
    ssh_args: Option<String>,
    secret: bool,
}

impl Vars {
    /// Takes a variable; those that say nothing of the way are left aside.
    fn set(&mut self, name: &str, value: &str) {
        let place = match name {
            "ansible_host" | "ansible_ssh_host" => &mut self.host,
            "ansible_port" | "ansible_ssh_port" => &mut self.port,
            "ansible_user" | "ansible_ssh_user" => &mut self.user,
            "ansible_ssh_private_key_file" | "ansible_private_key_file" => &mut self.key,
            "ansible_connection" => &mut self.connection,
            "ansible_ssh_common_args" | "ansible_ssh_extra_args" => &mut self.ssh_args,
            name => {
                self.secret |= name.starts_with("ansible_") && crate::is_secret(name);
                return;
            }
        };
        *place = Some(value.to_owned());
    }

    /// What is set here, over what was there.
    fn over(&self, below: &mut Vars) {
        let places = [
            (&self.host, &mut below.host),
            (&self.port, &mut below.port),
            (&self.user, &mut below.user),
            (&self.key, &mut below.key),
            (&self.connection, &mut below.connection),
            (&self.ssh_args, &mut below.ssh_args),
        ];
        for (mine, theirs) in places {
            if mine.is_some() {
                theirs.clone_from(mine);
            }
        }
        below.secret |= self.secret;
    }
}

#[derive(Default)]
struct Group {
    name: String,
    parents: Vec<usize>,
    vars: Vars,
    depth: usize,
}

#[derive(Default)]
struct Host {
    line: usize,
    name: String,
    /// Behind the name, `host:port`.
    port: Option<String>,
    groups: Vec<usize>,
    vars: Vars,
}

/// What an inventory says.
#[derive(Default)]
struct Inventory {
    hosts: Vec<Host>,
    host_ids: HashMap<String, usize>,
    groups: Vec<Group>,
    group_ids: HashMap<String, usize>,
    members: usize,
    found: Found,
    too_many: bool,
}

impl Inventory {
    /// The group of this name, which is made if it is not there; `None`: there are too many.
    fn group(&mut self, name: &str) -> Option<usize> {
        if let Some(id) = self.group_ids.get(name) {
            return Some(*id);
        }
        if self.groups.len() >= MOST_GROUPS {
            self.overflow();
            return None;
        }
        let id = self.groups.len();
        self.group_ids.insert(name.to_owned(), id);
        self.groups.push(Group {
            name: name.to_owned(),
            ..Group::default()
        });
        Some(id)
    }

    /// Puts a group into another.
    fn nest(&mut self, parent: usize, child: usize) {
        let Some(group) = self.groups.get_mut(child) else {
            return;
        };
        if parent != child && !group.parents.contains(&parent) {
            self.members += 1;
            if self.members > MOST_MEMBERS || group.parents.len() >= 100 {
                self.overflow();
            } else {
                group.parents.push(parent);
            }
        }
    }

    /// The hosts that a pattern names, each made if it is not there and put into the group.
    fn named(&mut self, line: usize, pattern: &str, group: Option<usize>) -> Vec<usize> {
        let left = MOST_MEMBERS.saturating_sub(self.members) + 1;
        if left == 1 {
            self.overflow();
            return Vec::new();
        }
        let (names, port) = match range::expand(pattern, left.min(MOST_ENTRIES + 1)) {
            Ok(expanded) => expanded,
            Err(mistake) => {
                self.found.wrong(line, mistake);
                return Vec::new();
            }
        };
        let mut ids = Vec::new();
        for name in names {
            self.members += 1;
            if self.members > MOST_MEMBERS {
                self.overflow();
                break;
            }
            let id = match self.host_ids.get(&name) {
                Some(id) => *id,
                None if self.hosts.len() > MOST_ENTRIES => break,
                None => {
                    let id = self.hosts.len();
                    self.host_ids.insert(name.clone(), id);
                    self.hosts.push(Host {
                        line,
                        name,
                        ..Host::default()
                    });
                    id
                }
            };
            if let Some(host) = self.hosts.get_mut(id) {
                if port.is_some() {
                    host.port.clone_from(&port);
                }
                host.groups
                    .extend(group.filter(|group| !host.groups.contains(group)));
            }
            ids.push(id);
        }
        ids
    }

    fn set_host(&mut self, id: usize, name: &str, value: &str) {
        if let Some(host) = self.hosts.get_mut(id) {
            host.vars.set(name, value);
        }
    }

    fn set_group(&mut self, id: usize, name: &str, value: &str) {
        if let Some(group) = self.groups.get_mut(id) {
            group.vars.set(name, value);
        }
    }

    fn overflow(&mut self) {
        if !self.too_many {
            self.too_many = true;
            let message = "it has more groups, or more hosts in groups, than are read";
            self.found.wrong(0, message);
        }
    }

    fn finish(mut self) -> Found {
        self.measure();
        let mut found = std::mem::take(&mut self.found);
        found.entries = self.hosts.iter().map(|host| self.entry(host)).collect();
        if found.entries.is_empty() && found.mistakes.is_empty() {
            found.wrong(0, "it names no host");
        }
        found
    }

    /// How deep each group lies; groups that hold each other lie at the bottom.
    fn measure(&mut self) {
        for _ in 0..DEPTH {
            let mut deeper = false;
            for id in 0..self.groups.len() {
                let Some(group) = self.groups.get(id) else {
                    continue;
                };
                let parents = group.parents.iter().filter_map(|id| self.groups.get(*id));
                let depth = parents.map(|parent| parent.depth + 1).max().unwrap_or(0);
                let depth = depth.min(DEPTH);
                if let Some(group) = self.groups.get_mut(id)
                    && depth > group.depth
                {
                    group.depth = depth;
                    deeper = true;
                }
            }
            if !deeper {
                return;
            }
        }
    }

    /// All groups that a host is in, those that hold others first; `all` holds every host.
    fn groups_of(&self, host: &Host) -> Vec<usize> {
        let mut all: Vec<usize> = host.groups.clone();
        let mut seen: std::collections::HashSet<usize> = all.iter().copied().collect();
        let mut next = 0;
        while let Some(id) = all.get(next).copied() {
            next += 1;
            let parents = self.groups.get(id).map(|group| group.parents.as_slice());
            for parent in parents.unwrap_or_default() {
                if seen.insert(*parent) {
                    all.push(*parent);
                }
            }
        }
        all.extend(self.group_ids.get("all").filter(|id| seen.insert(**id)));
        let rank = |id: &usize| {
            let group = self.groups.get(*id);
            group.map(|group| (group.name != "all", group.depth, group.name.as_str()))
        };
        all.sort_by(|a, b| rank(a).cmp(&rank(b)));
        all
    }

    fn entry(&self, host: &Host) -> Entry {
        let groups = self.groups_of(host);
        let mut vars = Vars::default();
        for id in &groups {
            if let Some(group) = self.groups.get(*id) {
                group.vars.over(&mut vars);
            }
        }
        if host.port.is_some() {
            vars.port.clone_from(&host.port);
        }
        host.vars.over(&mut vars);
        let folder = self.folder(host);
        let tags = groups
            .iter()
            .filter_map(|id| self.groups.get(*id))
            .map(|group| group.name.as_str())
            .filter(|name| !["all", "ungrouped"].contains(name))
            .filter(|name| !folder.split('/').any(|part| part == *name))
            .map(str::to_owned)
            .collect();
        let mut entry = Entry {
            line: host.line,
            name: host.name.clone(),
            host: host.name.clone(),
            folder,
            tags,
            ..Entry::default()
        };
        vars.fill(&mut entry);
        entry
    }

    /// The first group that names the host, below those it is in.
    fn folder(&self, host: &Host) -> String {
        let mut path: Vec<&str> = Vec::new();
        let named = |id: &&usize| {
            let group = self.groups.get(**id);
            group.is_some_and(|group| !["all", "ungrouped"].contains(&group.name.as_str()))
        };
        let mut next = host.groups.iter().find(named);
        while let Some(group) = next.and_then(|id| self.groups.get(*id)) {
            // Groups that hold each other.
            if path.contains(&group.name.as_str()) || path.len() >= DEPTH {
                break;
            }
            path.push(&group.name);
            next = group.parents.iter().find(named);
        }
        path.reverse();
        path.join("/")
    }
}

impl Vars {
    fn fill(&self, entry: &mut Entry) {
        let is_template = |value: &&String| value.contains("{{") || value.contains("{%");
        for (value, what) in [
            (&self.port, "a port that is a template"),
            (&self.user, "a user that is a template"),
            (&self.key, "a key file that is a template"),
            (&self.ssh_args, "options of ssh that are a template"),
        ] {
            if value.as_ref().filter(is_template).is_some() {
                entry.leave_out(what);
            }
        }
        let plain = |value: &Option<String>| value.clone().filter(|value| !is_template(&value));
        match &self.host {
            Some(host) if is_template(&host) => {
                entry.mistakes.push("its address is a template".to_owned());
            }
            Some(host) if !host.is_empty() => entry.host.clone_from(host),
            _ => {}
        }
        entry.set_port(&plain(&self.port).unwrap_or_default());
        entry.user = plain(&self.user).unwrap_or_default();
        entry.key = plain(&self.key).filter(|key| !key.is_empty());
        if let Some(args) = plain(&self.ssh_args) {
            jump(&args, entry);
        }
        let ssh = [
            "ssh",
            "smart",
            "paramiko",
            "paramiko_ssh",
            "ansible.builtin.ssh",
        ];
        match &self.connection {
            Some(by) if !ssh.contains(&by.as_str()) => {
                let by: String = by.chars().take(40).collect();
                entry
                    .mistakes
                    .push(format!("Ansible reaches it by {by:?}, not by SSH"));
            }
            _ => {}
        }
        if self.secret {
            entry.leave_out("a password");
        }
    }
}

/// Jump hosts among the options of `ssh`: `-J HOSTS`, `-o ProxyJump=HOSTS`.
fn jump(args: &str, entry: &mut Entry) {
    let args = args.replace(['"', '\''], " ");
    let mut words = args.split_whitespace();
    let mut hops = None;
    while let Some(word) = words.next() {
        let option = match word.strip_prefix("-o") {
            Some("") => words.next().unwrap_or_default(),
            Some(option) => option,
            None => {
                match word.strip_prefix("-J") {
                    Some("") => hops = words.next(),
                    Some(hosts) => hops = Some(hosts),
                    None => {}
                }
                continue;
            }
        };
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        if name.eq_ignore_ascii_case("ProxyJump") {
            hops = Some(value);
        } else if name.eq_ignore_ascii_case("ProxyCommand") {
            entry.leave_out("a ProxyCommand, which is never run");
        }
    }
    let hops = hops.unwrap_or_default().split(',').map(str::trim);
    entry.jump = hops
        .filter(|hop| !hop.is_empty() && *hop != "none")
        .take(100)
        .map(str::to_owned)
        .collect();
}
