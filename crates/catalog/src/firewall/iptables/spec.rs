//! A rule in the words that `iptables -A` takes, as `iptables-save` and `iptables -S` print them.

use super::{IptablesRule, chains::protocol};

/// A word as it stands in the line, and what it says.
type Word<'a> = (&'a str, String);

/// `[12:3456]`: packets and bytes.
pub(super) fn counters(text: &str) -> Option<(u64, u64)> {
    let (packets, bytes) = text.strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
    Some((packets.parse().ok()?, bytes.parse().ok()?))
}

/// Reads `[0:0] -A CHAIN -s .. -j TARGET ..`: the chain, and the rule without a number.
pub(super) fn rule(line: &str) -> Option<(String, IptablesRule)> {
    let mut rule = IptablesRule::default();
    let text = match line.strip_prefix('[') {
        Some(_) => {
            let (counts, text) = line.split_once(' ')?;
            let (packets, bytes) = counters(counts)?;
            (rule.packets, rule.bytes) = (Some(packets), Some(bytes));
            text
        }
        None => line,
    };
    let mut words = words(text.trim_end().strip_prefix("-A ")?)?.into_iter();
    let (_, chain) = words.next()?;
    // What was not counted apart stays as it was printed.
    let mut shown = format!("-A {chain}");
    let mut matches = Vec::new();
    let mut target_options: Vec<&str> = Vec::new();
    let mut module: Option<&str> = None;
    let mut not = "";
    while let Some((raw, option)) = words.next() {
        if option == "!" {
            not = "!";
            push(&mut shown, raw);
            continue;
        }
        if option == "-c" && rule.packets.is_none() {
            rule.packets = Some(words.next()?.1.parse().ok()?);
            rule.bytes = Some(words.next()?.1.parse().ok()?);
            continue;
        }
        push(&mut shown, raw);
        if !target_options.is_empty() || (rule.target.is_some() && option.starts_with("--")) {
            target_options.push(raw);
            continue;
        }
        let field = match option.as_str() {
            "-s" => &mut rule.source,
            "-d" => &mut rule.destination,
            "-i" => &mut rule.in_interface,
            "-o" => &mut rule.out_interface,
            "-p" => &mut rule.protocol,
            "-j" | "-g" => &mut rule.target,
            "--sport" | "--sports" => &mut rule.source_ports,
            "--dport" | "--dports" => &mut rule.destination_ports,
            "--ctstate" | "--state" => &mut rule.states,
            "--comment" => &mut rule.comment,
            "-m" => {
                let (name, _) = words.next()?;
                push(&mut shown, name);
                // It is told only where one of its options is.
                module = Some(name);
                continue;
            }
            _ => {
                if let Some(module) = module.take() {
                    matches.extend(["-m", module]);
                }
                if !not.is_empty() {
                    matches.push(std::mem::take(&mut not));
                }
                matches.push(raw);
                continue;
            }
        };
        let (mut raw, mut value) = words.next()?;
        if value == "!" {
            // iptables before 1.4.3: `--dport ! 25`.
            not = "!";
            push(&mut shown, raw);
            (raw, value) = words.next()?;
        }
        push(&mut shown, raw);
        rule.is_goto = rule.is_goto || option == "-g";
        if option == "-p" {
            *field = protocol(&format!("{}{value}", std::mem::take(&mut not)));
        } else if field.is_some() {
            // Said a second time, by another module.
            matches.extend(module.take().into_iter().flat_map(|module| ["-m", module]));
            matches.extend(Some(std::mem::take(&mut not)).filter(|not| !not.is_empty()));
            matches.extend([option_of(&option)?, raw]);
        } else {
            *field = Some(format!("{}{value}", std::mem::take(&mut not)));
        }
    }
    let joined = |words: Vec<&str>| Some(words.join(" ")).filter(|text| !text.is_empty());
    rule.matches = joined(matches);
    rule.target_options = joined(target_options);
    rule.rule = shown;
    Some((chain, rule))
}

/// The options that may be said twice, as constants.
fn option_of(option: &str) -> Option<&'static str> {
    const TWICE: &[&str] = &[
        "--sport",
        "--sports",
        "--dport",
        "--dports",
        "--ctstate",
        "--state",
        "--comment",
    ];
    TWICE.iter().copied().find(|known| *known == option)
}

fn push(shown: &mut String, word: &str) {
    shown.push(' ');
    shown.push_str(word);
}

/// The words of a line. Quoted ones are in `"`, in which `\` stands before a quote; `None`: a quote is
/// not closed.
fn words(text: &str) -> Option<Vec<Word<'_>>> {
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches(' ');
    while !rest.is_empty() {
        let (raw, said) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let mut said = String::new();
                let mut chars = quoted.char_indices();
                let end = loop {
                    match chars.next()? {
                        (at, '"') => break at,
                        (_, '\\') => said.push(chars.next()?.1),
                        (_, c) => said.push(c),
                    }
                };
                (rest.get(..end.checked_add(2)?)?, said)
            }
            None => {
                let word = rest.split(' ').next()?;
                (word, word.to_owned())
            }
        };
        rest = rest.get(raw.len()..)?.trim_start_matches(' ');
        words.push((raw, said));
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_negation_and_repeated_options_are_kept() {
        let (chain, old) = rule("-A INPUT -p tcp -m tcp --dport ! 25 -j DROP").unwrap();
        assert_eq!(
            (chain.as_str(), old.destination_ports.as_deref()),
            ("INPUT", Some("!25"))
        );
        let (_, twice) = rule(
            "-A X -m state --state NEW -m conntrack ! --ctstate INVALID --ctorigdst 10.0.0.1 -j Y",
        )
        .unwrap();
        assert_eq!(twice.states.as_deref(), Some("NEW"));
        assert_eq!(
            twice.matches.as_deref(),
            Some("-m conntrack ! --ctstate INVALID --ctorigdst 10.0.0.1")
        );
        assert_eq!(rule("-A X -m comment --comment \"cut"), None);
    }
}
