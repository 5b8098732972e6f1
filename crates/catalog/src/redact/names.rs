//! Names of settings, options and headers, and whether what they name is secret.
//!
//! Invariant: a name is judged by its words, so `KEYMAP`, `PASS_MAX_DAYS` and `tokens` are none.

/// A word with one of these in it makes a name secret.
const PARTS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "passwort",
    "kennwort",
    "secret",
    "credential",
    "apikey",
    "privatekey",
    "presharedkey",
    "sessid",
];

/// A word that is one of these, or ends in one, does too.
const ENDS: &[&str] = &[
    "token",
    "authkey",
    "accesskey",
    "accountkey",
    "secretkey",
    "sharedkey",
    "encryptionkey",
    "masterkey",
    "passcode",
];

/// A word that is one of these does too.
const WORDS: &[&str] = &["pwd", "psk", "cred", "creds", "pw", "passin", "passout"];

/// `key` is secret behind one of these.
const KINDS_OF_KEY: &[&str] = &[
    "access",
    "account",
    "api",
    "app",
    "auth",
    "client",
    "consumer",
    "crypto",
    "deploy",
    "encrypt",
    "encryption",
    "hmac",
    "jwt",
    "license",
    "master",
    "preshared",
    "priv",
    "private",
    "service",
    "session",
    "shared",
    "signing",
    "storage",
    "wep",
    "wpa",
];

/// In the name of a setting or an option these are secret too.
const WORDS_OF_SETTINGS: &[&str] = &[
    "pass",
    "auth",
    "salt",
    "cookie",
    "session",
    "dsn",
    "signature",
    "sig",
    "license",
    "webhook",
    "private",
    "cert",
    "community",
    "pin",
];

/// `key` in the name of a setting is not secret behind these, nor alone.
const PUBLIC_KEYS: &[&str] = &[
    "public",
    "pub",
    "foreign",
    "primary",
    "sort",
    "partition",
    "host",
];

/// What a last word says that is no secret itself.
const HARMLESS_ENDS: &[&str] = &[
    "access",
    "address",
    "age",
    "algorithm",
    "algorithms",
    "authentication",
    "change",
    "changed",
    "class",
    "count",
    "days",
    "dir",
    "directory",
    "disabled",
    "driver",
    "enabled",
    "expired",
    "expires",
    "expiry",
    "file",
    "files",
    "format",
    "host",
    "id",
    "ids",
    "length",
    "len",
    "max",
    "method",
    "methods",
    "min",
    "mode",
    "name",
    "names",
    "path",
    "policy",
    "port",
    "provider",
    "size",
    "sock",
    "socket",
    "state",
    "status",
    "store",
    "timeout",
    "ttl",
    "type",
    "types",
    "uri",
    "url",
    "usage",
    "user",
    "username",
    "version",
];

/// Names that only look like one.
const ORDINARY: &[&str] = &["nopasswd", "desktop_session", "login_session", "gpg_key"];

/// The folders of a shell; in small letters `pwd` is a password.
const FOLDERS: &[&str] = &["PWD", "OLDPWD"];

/// The longest name that is looked at whole; of a longer one its end.
const LONGEST: usize = 100;

/// Whether a name says so in any text.
pub(super) fn anywhere(name: &str) -> bool {
    judge(name, |words, index, word| {
        let behind = index.checked_sub(1).and_then(|index| words.get(index));
        word == "key" && behind.is_some_and(|kind| KINDS_OF_KEY.contains(&kind.as_str()))
    })
}

/// Whether the name of a setting (of a variable, an option, a label) says so: there a shorter hint
/// is enough.
pub(super) fn of_setting(name: &str) -> bool {
    judge(name, |words, index, word| {
        let behind = index.checked_sub(1).and_then(|index| words.get(index));
        match word {
            "key" => behind.is_some_and(|kind| !PUBLIC_KEYS.contains(&kind.as_str())),
            word => WORDS_OF_SETTINGS.contains(&word) || is_some_pass(word),
        }
    })
}

/// Whether a name says so in any text, or ends in the short word for a password: `smtp_pass`.
pub(super) fn of_pass(name: &str) -> bool {
    judge(name, |words, index, word| {
        index.saturating_add(1) == words.len() && (word == "pass" || is_some_pass(word))
    }) || anywhere(name)
}

/// Whether a name says so in any text, or is a variable's name: `STRIPE_KEY`.
pub(super) fn of_variable(name: &str) -> bool {
    let is_variable = name.contains('_') && !name.bytes().any(|byte| byte.is_ascii_lowercase());
    anywhere(name) || (is_variable && of_setting(name))
}

/// `dbpass`, and not `bypass`.
fn is_some_pass(word: &str) -> bool {
    word.strip_suffix("pass").is_some_and(|kind| {
        matches!(
            kind,
            "db" | "user"
                | "ssh"
                | "mysql"
                | "pg"
                | "my"
                | "admin"
                | "root"
                | "http"
                | "ftp"
                | "smtp"
                | "mail"
                | "ldap"
                | "bind"
        )
    })
}

fn judge(name: &str, more: impl Fn(&[String], usize, &str) -> bool) -> bool {
    let name = name.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let from = name.len().saturating_sub(LONGEST);
    let name = name.get(from..).unwrap_or(name);
    if name.len() < 2
        || FOLDERS.contains(&name)
        || ORDINARY.contains(&name.to_ascii_lowercase().as_str())
    {
        return false;
    }
    let words = words(name);
    let is_harmless = words
        .last()
        .is_some_and(|word| HARMLESS_ENDS.contains(&word.as_str()));
    !is_harmless
        && words.iter().enumerate().any(|(index, word)| {
            PARTS.iter().any(|part| word.contains(part))
                || ENDS.iter().any(|end| word.ends_with(end))
                || WORDS.contains(&word.as_str())
                || more(&words, index, word)
        })
}

/// The words of a name, small: `DB_PASSWORD`, `apiKey`, `X-Auth-Token2`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut was_small = false;
    for c in name.chars() {
        let ends = !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && was_small);
        if ends && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
        was_small = c.is_ascii_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_by_their_words() {
        for name in [
            "DB_PASSWORD",
            "PGPASSWORD",
            "dbPassword",
            "password2",
            "passwd_hash",
            "apiKey",
            "AWS_SECRET_ACCESS_KEY",
            "PrivateKey",
            "X-Auth-Token",
            "access_token",
            "client-secret",
            "SECRET_KEY_BASE",
            "wpa_passphrase",
            "wep_key0",
            "pwd",
            "Passwd",
        ] {
            assert!(anywhere(name) && of_setting(name), "{name}");
        }
        for name in [
            "DB_PASS",
            "DBPASS",
            "STRIPE_KEY",
            "NEXTAUTH_SALT",
            "SENTRY_DSN",
        ] {
            assert!(!anywhere(name) && of_setting(name), "{name}");
        }
        for name in [
            "PATH",
            "PWD",
            "OLDPWD",
            "KEYMAP",
            "XKBKEYMAP",
            "PASS_MAX_DAYS",
            "PasswordAuthentication",
            "tokens",
            "Key",
            "key",
            "PUBLIC_KEY",
            "PublicKey",
            "TOKEN_FILE",
            "SSH_AUTH_SOCK",
            "XDG_SESSION_ID",
            "MONKEY",
            "bypass",
            "COMPASS",
            "AWS_ACCESS_KEY_ID",
            "org.opencontainers.image.licenses",
        ] {
            assert!(!anywhere(name) && !of_setting(name), "{name}");
        }
    }
}
