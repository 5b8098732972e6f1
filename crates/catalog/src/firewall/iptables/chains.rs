//! The chains as they are read, found by table and name, and what a command line says of them.

use std::collections::HashMap;

use super::{IptablesChain, IptablesRule, IptablesRules};
use crate::RawOutput;

/// Chains of the table that is being read.
pub(super) struct Chains {
    family: &'static str,
    table: String,
    /// The chains of this table by name: their places in the answer.
    places: HashMap<String, usize>,
}

impl Chains {
    /// Begins with what the command line says: `ip6tables -t nat`.
    pub(super) fn new(raw: &RawOutput<'_>) -> Self {
        let program = raw.typed.first().map_or("", String::as_str);
        Self {
            family: if program.starts_with("ip6") {
                "ipv6"
            } else {
                "ipv4"
            },
            table: table(raw).unwrap_or("filter").to_owned(),
            places: HashMap::new(),
        }
    }

    /// Other tables follow.
    pub(super) fn set_family(&mut self, family: &'static str) {
        self.family = family;
        self.places.clear();
    }

    /// Another table follows.
    pub(super) fn set_table(&mut self, table: &str) {
        table.clone_into(&mut self.table);
        self.places.clear();
    }

    /// A chain of this table, made where it is not there yet.
    pub(super) fn chain<'a>(
        &mut self,
        rules: &'a mut IptablesRules,
        name: &str,
    ) -> Option<&'a mut IptablesChain> {
        let place = match self.places.get(name) {
            Some(place) => *place,
            None => {
                let place = rules.chains.len();
                self.places.insert(name.to_owned(), place);
                rules.chains.push(IptablesChain {
                    family: self.family.to_owned(),
                    table: self.table.clone(),
                    name: name.to_owned(),
                    policy: None,
                    packets: None,
                    bytes: None,
                    references: None,
                    rules: Vec::new(),
                });
                place
            }
        };
        rules.chains.get_mut(place)
    }
}

impl IptablesChain {
    /// Adds a rule behind the others; one without a number gets the next.
    pub(super) fn add(&mut self, mut rule: IptablesRule) {
        if rule.number == 0 {
            let last = self.rules.last().map_or(0, |rule| rule.number);
            rule.number = last.saturating_add(1);
        }
        self.rules.push(rule);
    }
}

/// The table that a person asked for.
fn table<'a>(raw: &RawOutput<'a>) -> Option<&'a str> {
    let mut words = raw.typed.iter().map(String::as_str);
    loop {
        let word = words.next()?;
        match word {
            "-t" | "--table" => return words.next(),
            word => {
                let value = word.strip_prefix("--table=").or_else(|| {
                    word.strip_prefix("-t")
                        .filter(|table| table.bytes().all(|byte| byte.is_ascii_lowercase()))
                });
                if value.is_some() {
                    return value;
                }
                // `-nt nat`, but not `-Lt`, which names a chain.
                let letters = word
                    .strip_prefix('-')
                    .and_then(|rest| rest.strip_suffix('t'));
                if letters.is_some_and(|rest| rest.bytes().all(|byte| b"nvxw".contains(&byte))) {
                    return words.next();
                }
            }
        }
    }
}

/// A protocol by the name that iptables gives it where it prints a number; `None`: any.
pub(super) fn protocol(printed: &str) -> Option<String> {
    let (not, name) = match printed.strip_prefix('!') {
        Some(name) => ("!", name),
        None => ("", printed),
    };
    let name = match name {
        "all" | "0" if not.is_empty() => return None,
        "1" => "icmp",
        "2" => "igmp",
        "6" => "tcp",
        "17" => "udp",
        "47" => "gre",
        "50" => "esp",
        "51" => "ah",
        "58" | "icmpv6" => "ipv6-icmp",
        "132" => "sctp",
        name => name,
    };
    Some(format!("{not}{name}"))
}
