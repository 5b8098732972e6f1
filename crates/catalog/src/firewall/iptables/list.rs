//! `iptables -L`, with or without `-n`, `-v`, `-x` and `--line-numbers`: a table for people.
//!
//! As the variant's own source it tells the table `filter` of IPv4 alone, where there is no
//! `iptables-save`.

use super::{
    IptablesChain, IptablesRule, IptablesRules,
    chains::{Chains, protocol},
};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    units::{Letters, bytes},
};

pub(super) const VARIANT: Variant<NoArgs, IptablesRules> = Variant {
    name: "list",
    needs: Needs::programs(&["iptables"]),
    source: |_| {
        let words = ["-L", "-n", "-v", "-x", "--line-numbers"];
        Source::Command(Command::new("iptables").words(&words))
    },
    reads: &[
        "iptables|iptables-nft|iptables-legacy",
        "ip6tables|ip6tables-nft|ip6tables-legacy",
    ],
    parse,
};

/// Which columns there are, as the heading below a chain's name says.
#[derive(Clone, Copy, Default)]
struct Columns {
    number: bool,
    counters: bool,
    interfaces: bool,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<IptablesRules>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut chains = Chains::new(&raw);
    let mut name = String::new();
    let mut columns: Option<Columns> = None;
    let rules = IptablesRules { chains: Vec::new() };
    let parsed = raw.read_lines(rules, |rules, line| {
        if let Some(head) = line.strip_prefix("Chain ") {
            columns = None;
            name.clear();
            let (read, about) = head.trim_end().split_once(" (")?;
            let chain = chains.chain(rules, read)?;
            fill(chain, about.strip_suffix(')')?)?;
            read.clone_into(&mut name);
            return Some(());
        }
        if name.is_empty() {
            return None;
        }
        let Some(columns) = columns else {
            columns = Some(heading(line)?);
            return Some(());
        };
        let rule = rule(line, columns)?;
        chains.chain(rules, &name)?.add(rule);
        Some(())
    });
    if parsed.value.chains.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no chain as iptables -L prints it")));
    }
    Ok(parsed)
}

/// `policy DROP 12 packets, 3456 bytes`, `policy DROP`, `2 references`.
fn fill(chain: &mut IptablesChain, about: &str) -> Option<()> {
    let words: Vec<&str> = about
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    match *words.as_slice() {
        ["policy", policy] => chain.policy = Some(policy.to_owned()),
        ["policy", policy, packets, "packets", length, "bytes"] => {
            let (packets, length) = (count(packets)?, count(length)?);
            chain.policy = Some(policy.to_owned());
            (chain.packets, chain.bytes) = (Some(packets), Some(length));
        }
        [references, "references"] => chain.references = Some(references.parse().ok()?),
        _ => return None,
    }
    Some(())
}

/// Counters as they are printed without `-x`: `1234`, `12K`, `34M`, in thousands.
fn count(text: &str) -> Option<u64> {
    bytes(text, Letters::Decimal)
}

fn heading(line: &str) -> Option<Columns> {
    let mut columns = Columns::default();
    let mut words = line.split_ascii_whitespace().peekable();
    columns.number = words.next_if_eq(&"num").is_some();
    if words.next_if_eq(&"pkts").is_some() {
        columns.counters = true;
        words.next_if_eq(&"bytes")?;
    }
    for name in ["target", "prot", "opt"] {
        words.next_if_eq(&name)?;
    }
    if words.next_if_eq(&"in").is_some() {
        columns.interfaces = true;
        words.next_if_eq(&"out")?;
    }
    (words.next()? == "source" && words.next()? == "destination").then_some(columns)
}

/// The words of a row, one after the other, and what follows them.
struct Words<'a>(&'a str);

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let text = self.0.trim_start_matches(' ');
        let (word, rest) = text.split_at_checked(text.find(' ').unwrap_or(text.len()))?;
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }

    fn peek(&self, count: usize) -> Option<&'a str> {
        self.0.split(' ').filter(|word| !word.is_empty()).nth(count)
    }
}

fn rule(line: &str, columns: Columns) -> Option<IptablesRule> {
    let mut rule = IptablesRule::default();
    let mut words = Words(line);
    if columns.number {
        rule.number = words.next()?.parse().ok()?;
    }
    if columns.counters {
        rule.packets = Some(count(words.next()?)?);
        rule.bytes = Some(count(words.next()?)?);
    }
    rule.rule = words.0.trim().to_owned();
    let is_option = |word: Option<&str>| matches!(word, Some("--" | "-f" | "!f"));
    // A rule may have no target; older ip6tables leaves the column of options empty.
    let has_options = is_option(words.peek(1)) || is_option(words.peek(2));
    let has_target = match has_options {
        true => !is_option(words.peek(1)),
        false => !is_protocol(words.peek(0)?) || is_protocol(words.peek(1)?),
    };
    if has_target {
        rule.target = Some(words.next()?.to_owned());
    }
    let printed = words.next()?;
    is_protocol(printed).then_some(())?;
    rule.protocol = protocol(printed);
    let fragments = match has_options {
        true => words.next().filter(|option| *option != "--"),
        false => None,
    };
    let mut value = |any: &[&str]| {
        let word = words.next()?;
        Some(Some(word.to_owned()).filter(|word| !any.contains(&word.as_str())))
    };
    if columns.interfaces {
        rule.in_interface = value(&["*", "any"])?;
        rule.out_interface = value(&["*", "any"])?;
    }
    rule.source = value(&["anywhere", "0.0.0.0/0", "::/0"])?;
    rule.destination = value(&["anywhere", "0.0.0.0/0", "::/0"])?;
    conditions(&mut rule, words.0, fragments);
    Some(rule)
}

/// A name in small letters, or a number; `!` before it says "all but".
fn is_protocol(word: &str) -> bool {
    let word = word.strip_prefix('!').unwrap_or(word);
    const NAMES: &[&str] = &[
        "all",
        "tcp",
        "udp",
        "udplite",
        "icmp",
        "icmpv6",
        "ipv6-icmp",
        "esp",
        "ah",
        "sctp",
        "mh",
        "ipv6-mh",
        "igmp",
        "gre",
        "ipip",
        "ipencap",
        "ipv6",
        "ospf",
        "vrrp",
        "pim",
        "dccp",
        "l2tp",
    ];
    NAMES.contains(&word) || word.parse::<u16>().is_ok()
}

/// What stands behind the columns.
fn conditions(rule: &mut IptablesRule, text: &str, fragments: Option<&str>) {
    let mut text = text.trim().to_owned();
    if let Some((before, after)) = text.split_once("/* ")
        && let Some((comment, after)) = after.rsplit_once(" */")
    {
        rule.comment = Some(comment.to_owned());
        text = format!("{} {}", before.trim_end(), after.trim_start());
    }
    let mut matches: Vec<&str> = fragments.into_iter().collect();
    let mut words = text.split(' ').filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let ports = |prefixes: &[&str]| {
            let mut prefixes = prefixes.iter();
            prefixes
                .find_map(|prefix| word.strip_prefix(prefix))
                .map(str::to_owned)
        };
        let mut following = |rule: &mut Option<String>| {
            *rule = words.next().map(str::to_owned);
        };
        if word == "[goto]" {
            rule.is_goto = true;
        } else if let (None, Some(ports)) = (&rule.source_ports, ports(&["spt:", "spts:"])) {
            rule.source_ports = Some(ports);
        } else if let (None, Some(ports)) = (&rule.destination_ports, ports(&["dpt:", "dpts:"])) {
            rule.destination_ports = Some(ports);
        } else if matches!(word, "ctstate" | "state") && rule.states.is_none() {
            following(&mut rule.states);
        } else if word == "sports" && matches.last() == Some(&"multiport") {
            matches.pop();
            following(&mut rule.source_ports);
        } else if word == "dports" && matches.last() == Some(&"multiport") {
            matches.pop();
            following(&mut rule.destination_ports);
        } else if Some(word) != rule.protocol.as_deref()
            || words.peek().is_none_or(|next| !is_port(next))
        {
            matches.push(word);
        }
    }
    rule.matches = Some(matches.join(" ")).filter(|text| !text.is_empty());
}

/// What the names `tcp` and `udp` stand before.
fn is_port(word: &str) -> bool {
    ["spt:", "spts:", "dpt:", "dpts:"]
        .iter()
        .any(|prefix| word.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_may_have_no_target_and_no_options() {
        let columns = Columns::default();
        let row = |line: &str| {
            let rule = rule(line, columns)?;
            Some((rule.target, rule.protocol, rule.source, rule.destination))
        };
        let text = |text: &str| Some(text.to_owned());
        let expected = Some((text("ACCEPT"), text("ipv6-icmp"), None, text("fe80::/10")));
        assert_eq!(row("ACCEPT     icmpv6    ::/0       fe80::/10"), expected);
        assert_eq!(
            row("           tcp       ::/0       ::/0"),
            Some((None, text("tcp"), None, None))
        );
        assert_eq!(
            row("           tcp  --  anywhere   !10.0.0.1"),
            Some((None, text("tcp"), None, text("!10.0.0.1")))
        );
        assert_eq!(row("ACCEPT     tcp  --  anywhere"), None);
        assert_eq!(row("Zeroing chain"), None);
    }
}
