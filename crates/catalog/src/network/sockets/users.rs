//! Which programs hold a socket: `users:(("sshd",pid=70,fd=6),("sshd",pid=71,fd=6))` of `ss`, before
//! iproute2 3.12 `users:(("sshd",70,6))`. A name may hold anything.

use super::SocketProcess;

/// Reads them at the beginning of a text; what follows comes beside them. `None`: there are none.
pub(super) fn users(text: &str) -> Option<(Vec<SocketProcess>, &str)> {
    let mut rest = text.strip_prefix("users:(")?;
    let mut processes = Vec::new();
    while let Some(behind) = rest.strip_prefix("(\"") {
        let (name, behind) = behind.split_once("\",")?;
        let (fields, behind) = behind.split_once(')')?;
        let mut numbers = fields.split(',').filter_map(|field| {
            let is_named = field.starts_with("pid=") || field.starts_with("fd=");
            let value = field.split_once('=').filter(|_| is_named);
            value.map_or(field, |(_, value)| value).parse::<u32>().ok()
        });
        processes.push(SocketProcess {
            name: name.to_owned(),
            pid: numbers.next()?,
            fd: numbers.next(),
        });
        rest = behind.strip_prefix(',').unwrap_or(behind);
    }
    Some((processes, rest.strip_prefix(')')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<Vec<(String, u32, Option<u32>)>> {
        let (processes, _) = users(text)?;
        let all = processes.into_iter();
        Some(
            all.map(|process| (process.name, process.pid, process.fd))
                .collect(),
        )
    }

    #[test]
    fn names_hold_anything_and_old_ones_have_no_keys() {
        let odd = named(r#"users:(("a b",pid=7,fd=3),("(sd-pam)",pid=8,proc_ctx=x,fd=4)) ino:1"#);
        let expected = [
            ("a b".to_owned(), 7, Some(3)),
            ("(sd-pam)".to_owned(), 8, Some(4)),
        ];
        assert_eq!(odd.as_deref(), Some(expected.as_slice()));
        let old = named(r#"users:(("sshd",70,6))"#);
        assert_eq!(old, Some(vec![("sshd".to_owned(), 70, Some(6))]));
        assert_eq!(named(r#"users:(("sshd",pid=x))"#), None);
    }
}
