//! What is left out of an answer: values whose name or form says that they are secret.

/// What the name of a secret holds, in capitals.
const NAMES: &[&str] = &[
    "PASS",
    "PWD",
    "SECRET",
    "TOKEN",
    "KEY",
    "CRED",
    "AUTH",
    "PRIVATE",
    "SALT",
    "COOKIE",
    "SESSION",
    "DSN",
    "SIGNATURE",
    "CERT",
    "LICENSE",
    "WEBHOOK",
];

/// How the hashes of passwords, and some tokens, begin.
const BEGINNINGS: &[&str] = &[
    "$1$",
    "$2a$",
    "$2b$",
    "$2y$",
    "$5$",
    "$6$",
    "$y$",
    "$apr1$",
    "$argon2",
    "{SHA}",
    "{SSHA}",
    "-----BEGIN",
    "ghp_",
    "glpat-",
    "xoxb-",
    "eyJ",
];

/// What stands in place of a secret in a text.
const HIDDEN: &str = "***";

/// Whether the name of a variable, an option or a label says that its value is secret.
pub(super) fn names_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let is_folder = matches!(name.as_str(), "PWD" | "OLDPWD");
    !is_folder && NAMES.iter().any(|part| name.contains(part))
}

/// Whether a value is secret by its name or by its form: a hash, a key, an address with a password.
pub(super) fn is_secret(name: &str, value: &str) -> bool {
    names_secret(name) || has_secret(value)
}

fn has_secret(value: &str) -> bool {
    if BEGINNINGS.iter().any(|beginning| value.contains(beginning)) {
        return true;
    }
    // `scheme://user:password@host`
    value.split("://").skip(1).any(|rest| {
        let authority = rest.split(['/', '?', '#', ' ']).next().unwrap_or_default();
        let user = authority.rsplit_once('@').map(|(user, _)| user);
        user.is_some_and(|user| user.contains(':'))
    })
}

/// The words of a command without the secrets among them: `--password=x`, `--password x`, `KEY=x`.
pub(super) fn of_command(words: Vec<String>) -> Vec<String> {
    let mut is_value_of_secret = false;
    let hide = |word: String| {
        let is_value = std::mem::take(&mut is_value_of_secret);
        match word.split_once('=') {
            Some((name, _)) if names_secret(name) => format!("{name}={HIDDEN}"),
            _ if is_value || has_secret(&word) => HIDDEN.to_owned(),
            _ => {
                is_value_of_secret = word.starts_with('-') && names_secret(&word);
                word
            }
        }
    };
    words.into_iter().map(hide).collect()
}

/// A line of text without the secrets in it: from `NAME=` of a secret on all is hidden until the
/// next `NAME=` of something else, for the value may hold spaces.
pub(super) fn of_line(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut is_hidden = false;
    for word in line.split_inclusive(' ') {
        let name = word.split_once('=').map(|(name, _)| name);
        let name = name.map(|name| name.trim_start_matches(|c: char| !c.is_alphanumeric()));
        let is_name = |name: &&str| {
            let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
            !name.is_empty() && name.chars().all(is_part)
        };
        match name.filter(is_name) {
            Some(name) if names_secret(name) || has_secret(word) => {
                is_hidden = true;
                let before = word.split_once('=').map_or("", |(before, _)| before);
                shown.extend([before, "=", HIDDEN, " "]);
            }
            Some(_) => {
                is_hidden = false;
                shown.push_str(word);
            }
            None if is_hidden => {}
            None if has_secret(word) => shown.extend([HIDDEN, " "]),
            None => shown.push_str(word),
        }
    }
    shown.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_name_and_by_form() {
        for (name, value) in [
            ("DB_PASSWORD", "x"),
            ("apiKey", "x"),
            ("URL", "postgres://ann:pw@db/x"),
            ("users", "ann:$apr1$abc$def"),
        ] {
            assert!(is_secret(name, value), "{name}");
        }
        for (name, value) in [("PATH", "/bin"), ("PWD", "/"), ("URL", "http://a/b@c:d")] {
            assert!(!is_secret(name, value), "{name}");
        }
    }

    #[test]
    fn secrets_are_hidden_in_commands() {
        let words = ["run", "--token", "abc", "--password=x", "A=b", "-v"].map(str::to_owned);
        let shown = of_command(words.to_vec());
        assert_eq!(
            shown,
            ["run", "--token", "***", "--password=***", "A=b", "-v"]
        );
        let line = "ENV A=b c DB_PASSWORD=hunter2 and more B=d";
        assert_eq!(of_line(line), "ENV A=b c DB_PASSWORD=*** B=d");
        assert_eq!(of_line("a  b = c"), "a  b = c");
    }
}
