//! Patterns that name several hosts: `web[01:10]`, `db-[a:c]`, `n[0:8:2].lan:2222`.

/// Bytes of a pattern.
const LONGEST: usize = 500;

/// The names that a pattern stands for, `most` at most, and the port behind it.
///
/// # Errors
/// A range is none, in words.
pub(super) fn expand(pattern: &str, most: usize) -> Result<(Vec<String>, Option<String>), String> {
    if pattern.len() > LONGEST {
        return Err("this is longer than any name of a host".to_owned());
    }
    let (pattern, port) = split_port(pattern);
    let mut names = vec![String::new()];
    let mut rest = pattern;
    while let Some((before, inside, after)) = next_range(rest) {
        let values = values(inside, most)?;
        let mut longer = Vec::new();
        for name in &names {
            for value in &values {
                if longer.len() >= most {
                    break;
                }
                longer.push(format!("{name}{before}{value}"));
            }
        }
        names = longer;
        rest = after;
    }
    for name in &mut names {
        name.push_str(rest);
    }
    Ok((names, port.map(str::to_owned)))
}

/// Takes off the `:port`. An address with colons has its own brackets where a port follows.
fn split_port(pattern: &str) -> (&str, Option<&str>) {
    if let Some((inside, after)) = pattern.strip_prefix('[').and_then(|p| p.split_once(']'))
        && inside.parse::<std::net::Ipv6Addr>().is_ok()
    {
        return (inside, after.strip_prefix(':'));
    }
    match pattern.rsplit_once(':') {
        Some((host, port))
            if !port.is_empty()
                && port.bytes().all(|byte| byte.is_ascii_digit())
                && host.parse::<std::net::Ipv6Addr>().is_err()
                && pattern.parse::<std::net::Ipv6Addr>().is_err() =>
        {
            (host, Some(port))
        }
        _ => (pattern, None),
    }
}

/// What stands before, in and behind the next brackets with a colon.
fn next_range(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('[')?;
    let (inside, after) = rest.split_once(']')?;
    inside.contains(':').then_some((before, inside, after))
}

fn values(range: &str, most: usize) -> Result<Vec<String>, String> {
    let shown: String = range.chars().take(40).collect();
    let wrong = || format!("[{shown}] is no range");
    let mut parts = range.split(':');
    let (first, last) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let step = match parts.next() {
        None | Some("") => 1,
        Some(step) => step
            .parse::<usize>()
            .ok()
            .filter(|step| *step > 0)
            .ok_or_else(wrong)?,
    };
    if parts.next().is_some() || last.is_empty() {
        return Err(wrong());
    }
    let first = if first.is_empty() { "0" } else { first };
    // A first number with zeros before it says how wide all are.
    let width = if first.starts_with('0') && first.len() > 1 {
        first.len()
    } else {
        0
    };
    if width > 0 && width != last.len() {
        return Err(format!("[{shown}] must have as many digits at both ends"));
    }
    if let (Ok(from), Ok(to)) = (first.parse::<u64>(), last.parse::<u64>()) {
        if from > to || width > 20 {
            return Err(wrong());
        }
        let numbers = (from..=to).step_by(step).take(most);
        return Ok(numbers.map(|number| format!("{number:0width$}")).collect());
    }
    let letter = |text: &str| {
        let mut chars = text.chars();
        let c = chars.next().filter(char::is_ascii_alphabetic)?;
        chars.next().is_none().then_some(c)
    };
    match (letter(first), letter(last)) {
        (Some(from), Some(to)) if from <= to => Ok((from..=to)
            .filter(char::is_ascii_alphabetic)
            .step_by(step)
            .map(String::from)
            .collect()),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(pattern: &str) -> String {
        expand(pattern, 100).unwrap().0.join(" ")
    }

    #[test]
    fn ranges_are_expanded_as_ansible_does() {
        assert_eq!(names("web[01:03].lan"), "web01.lan web02.lan web03.lan");
        assert_eq!(names("db-[a:c]"), "db-a db-b db-c");
        assert_eq!(names("n[0:4:2]"), "n0 n2 n4");
        assert_eq!(names("r[1:2]s[a:b]"), "r1sa r1sb r2sa r2sb");
        assert_eq!(names("n[:1]"), "n0 n1");
        assert_eq!(names("plain"), "plain");
        assert_eq!(names("2001:db8::1"), "2001:db8::1");
        let (hosts, port) = expand("web[1:2]:2222", 9).unwrap();
        assert_eq!((hosts.len(), port.as_deref()), (2, Some("2222")));
        let (hosts, port) = expand("[2001:db8::1]:22", 9).unwrap();
        assert_eq!(
            (hosts[0].as_str(), port.as_deref()),
            ("2001:db8::1", Some("22"))
        );
        assert_eq!(expand("w[1:999999999999]", 9).unwrap().0.len(), 9);
        assert_eq!(expand("w[1:9][1:9][1:9]", 9).unwrap().0.len(), 9);
        for wrong in [
            "a[3:1]",
            "a[x:1]",
            "a[1:]",
            "a[1:2:0]",
            "a[01:100]",
            "a[1:2:3:4]",
        ] {
            assert!(expand(wrong, 9).is_err(), "{wrong}");
        }
    }
}
