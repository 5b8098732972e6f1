//! The words of a rule of nftables, and what they say about a packet.

use super::NftRule;

/// What ends a rule, or hands the packet on.
pub(super) const VERDICTS: &[&str] = &[
    "accept",
    "drop",
    "reject",
    "return",
    "continue",
    "jump",
    "goto",
    "queue",
    "masquerade",
    "snat",
    "dnat",
    "redirect",
    "tproxy",
];

/// How many braces a line opens, less those it closes; those in quotes do not count.
pub(super) fn braces(line: &str) -> i64 {
    let mut open: i64 = 0;
    let mut quoted = false;
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'{' if !quoted => open = open.saturating_add(1),
            b'}' if !quoted => open = open.saturating_sub(1),
            _ => {}
        }
    }
    open
}

/// The parts of a text between commas that stand in no braces, brackets or quotes.
pub(super) fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut depth: usize = 0;
    let mut quoted = false;
    let mut begin = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth = depth.saturating_add(1),
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            b',' if !quoted && depth == 0 => {
                parts.extend(text.get(begin..at));
                begin = at.saturating_add(1);
            }
            _ => {}
        }
    }
    parts.extend(text.get(begin..));
    let parts = parts.into_iter().map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `text # handle 12`: the text and the number.
pub(super) fn without_handle(line: &str) -> (&str, Option<u64>) {
    match line.rsplit_once("# handle ") {
        Some((text, handle)) => match handle.trim_end().parse() {
            Ok(handle) => (text.trim_end(), Some(handle)),
            Err(_) => (line, None),
        },
        None => (line, None),
    }
}

/// The text in a pair of quotes.
pub(super) fn quoted(text: &str) -> Option<&str> {
    text.trim().strip_prefix('"')?.strip_suffix('"')
}

/// A rule in nft's own words.
pub(super) fn rule(line: &str) -> NftRule {
    let (text, handle) = without_handle(line);
    let comment = text
        .strip_suffix('"')
        .and_then(|text| text.rsplit_once('"'))
        .and_then(|(before, comment)| Some((before.trim_end().strip_suffix("comment")?, comment)))
        .filter(|(before, _)| before.is_empty() || before.ends_with(' '));
    let (expression, comment) = match comment {
        Some((before, comment)) => (before.trim_end(), Some(comment.to_owned())),
        None => (text, None),
    };
    let mut rule = NftRule {
        handle,
        expression: expression.to_owned(),
        comment,
        ..NftRule::default()
    };
    let words = plain_words(expression);
    // A rule has one at most; looking for it once keeps a long line linear.
    let mut has_target = false;
    for (at, word) in words.iter().copied().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at).copied());
        let following = |count: usize| words.get(at.saturating_add(count)).copied();
        // `ct status dnat` and `icmp type redirect` only ask.
        let asks = matches!(before, Some("status" | "type" | "!=" | "=="));
        if VERDICTS.contains(&word) && !asks {
            rule.verdict = Some(word.to_owned());
            rule.target = following(1)
                .filter(|_| matches!(word, "jump" | "goto"))
                .map(str::to_owned);
        }
        if !has_target && (word, following(1)) == ("xt", Some("target")) {
            has_target = true;
            rule.verdict = expression
                .split_once("xt target ")
                .and_then(|(_, name)| name.split(' ').next())
                .and_then(of_target);
        }
        if let ("counter", Some("packets"), Some(packets), Some("bytes"), Some(bytes)) =
            (word, following(1), following(2), following(3), following(4))
        {
            (rule.packets, rule.bytes) = (packets.parse().ok(), bytes.parse().ok());
        }
    }
    rule
}

/// What a target of iptables does that nft knows by its name alone.
pub(super) fn of_target(name: &str) -> Option<String> {
    let name = name.trim_matches('"').to_lowercase();
    VERDICTS.contains(&name.as_str()).then_some(name)
}

/// The words that stand in no braces and no quotes; a pair of braces counts as one, `{}`.
fn plain_words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut depth: usize = 0;
    let mut quoted = false;
    let mut begin: Option<usize> = None;
    for (at, byte) in text.bytes().chain([b' ']).enumerate() {
        let was_plain = !quoted && depth == 0;
        match byte {
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth = depth.saturating_add(1),
            b'}' if !quoted => {
                depth = depth.saturating_sub(1);
                words.extend((depth == 0).then_some("{}"));
            }
            b' ' => {}
            _ if was_plain => {
                begin = begin.or(Some(at));
                continue;
            }
            _ => {}
        }
        words.extend(begin.take().and_then(|begin| text.get(begin..at)));
    }
    words
}

/// A chain's priority as a number: `filter`, `mangle + 10`, `dstnat - 5`, `-500`.
pub(super) fn priority(family: &str, text: &str) -> Option<i64> {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let first = words.next()?;
    let is_bridge = family == "bridge";
    let base: i64 = match first {
        "raw" => -300,
        "mangle" => -150,
        "dstnat" if is_bridge => -300,
        "dstnat" => -100,
        "filter" if is_bridge => -200,
        "filter" => 0,
        "security" => 50,
        "out" if is_bridge => 100,
        "srcnat" if is_bridge => 300,
        "srcnat" => 100,
        number => number.parse().ok()?,
    };
    let Some(sign) = words.next() else {
        return Some(base);
    };
    let offset: i64 = words.next()?.parse().ok()?;
    match sign {
        "+" => base.checked_add(offset),
        "-" => base.checked_sub(offset),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_none_that_is_asked_for() {
        let verdict = |text| rule(text).verdict;
        assert_eq!(verdict("ct status dnat counter packets 1 bytes 2"), None);
        assert_eq!(verdict("icmp type redirect drop").as_deref(), Some("drop"));
        assert_eq!(
            verdict("icmpv6 type { a, b } accept").as_deref(),
            Some("accept")
        );
        assert_eq!(verdict("ct state vmap { new : accept }"), None);
        assert_eq!(verdict("log prefix \"drop it\" # handle 4"), None);
        assert_eq!(
            verdict("counter xt target \"DNAT\"").as_deref(),
            Some("dnat")
        );
        assert_eq!(verdict("xt match \"addrtype\" xt target \"LOG\""), None);
        let jump = rule("iifname \"lo\" jump web comment \"a # handle 3\" # handle 12");
        assert_eq!(
            (jump.handle, jump.target.as_deref()),
            (Some(12), Some("web"))
        );
        assert_eq!(jump.comment.as_deref(), Some("a # handle 3"));
        assert_eq!(jump.expression, "iifname \"lo\" jump web");
    }

    #[test]
    fn priorities_have_names() {
        assert_eq!(priority("inet", "mangle + 10"), Some(-140));
        assert_eq!(priority("bridge", "filter"), Some(-200));
        assert_eq!(priority("ip", "dstnat - 5"), Some(-105));
        assert_eq!(priority("ip", "-500"), Some(-500));
        assert_eq!(priority("ip", "soon"), None);
    }
}
