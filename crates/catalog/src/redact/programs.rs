//! Options of one letter that take a password, which mean so with some programs alone.
//!
//! Invariant: a program's options count until its command ends.

/// How a password follows its option.
#[derive(Clone, Copy)]
enum Value {
    /// As the next word, `-u ann:pw`.
    Next,
    /// In the same word, `-ppw`.
    Attached,
    /// Either way.
    Both,
}

/// The commands of Net-SNMP, which share their options: community, and the passphrases of version 3.
const SNMP: &[&str] = &[
    "snmpwalk",
    "snmpget",
    "snmpset",
    "snmpbulkwalk",
    "snmpgetnext",
    "snmptable",
    "snmptrap",
    "snmpstatus",
];

/// Programs, their option, and where its password is.
const OPTIONS: &[(&[&str], &str, Value)] = &[
    (
        &[
            "mysql",
            "mysqldump",
            "mysqladmin",
            "mysqlcheck",
            "mysqlimport",
            "mysqlshow",
            "mariadb",
            "mariadb-dump",
            "mariadb-admin",
            "xtrabackup",
            "mysqlpump",
        ],
        "-p",
        Value::Attached,
    ),
    (&["7z", "7za", "7zr", "rar", "unrar"], "-p", Value::Attached),
    (&["rar"], "-hp", Value::Attached),
    (
        &[
            "sshpass",
            "mongo",
            "mongosh",
            "mongodump",
            "mongorestore",
            "docker",
            "podman",
            "helm",
        ],
        "-p",
        Value::Both,
    ),
    (&["redis-cli", "keydb-cli", "valkey-cli"], "-a", Value::Next),
    (&["curl"], "-u", Value::Both),
    (&["curl"], "--user", Value::Next),
    (&["curl"], "-U", Value::Both),
    (&["curl"], "--proxy-user", Value::Next),
    (&["curl"], "-b", Value::Next),
    (&["curl"], "--cookie", Value::Next),
    (&["smbclient", "rpcclient", "net"], "-U", Value::Both),
    (
        &[
            "ldapsearch",
            "ldapadd",
            "ldapmodify",
            "ldapdelete",
            "ldappasswd",
            "ldapwhoami",
        ],
        "-w",
        Value::Both,
    ),
    (
        &[
            "mosquitto_pub",
            "mosquitto_sub",
            "ipmitool",
            "sqlcmd",
            "zip",
            "unzip",
        ],
        "-P",
        Value::Both,
    ),
    (SNMP, "-c", Value::Both),
    (SNMP, "-A", Value::Both),
    (SNMP, "-X", Value::Both),
    (&["openssl"], "-passin", Value::Next),
    (&["openssl"], "-passout", Value::Next),
    (&["openssl"], "-pass", Value::Next),
    (&["openssl"], "-k", Value::Next),
    (&["openssl"], "-K", Value::Next),
];

/// Of these programs `-p` is a port or a name but for one command of theirs.
const ONLY_AT_LOGIN: &[&str] = &["docker", "podman", "helm"];

/// What a word of a command is.
pub(super) enum Word {
    /// Nothing of the kind.
    Other,
    /// An option: the next word is the password.
    BeforeSecret,
    /// From this byte on the word is the password.
    SecretFrom(usize),
}

/// The program that is being read.
#[derive(Default)]
pub(super) struct Programs {
    name: Option<&'static str>,
    is_login: bool,
}

impl Programs {
    /// Takes the next word; if not `is_whole`, more of it follows than what names are made of.
    pub(super) fn take(&mut self, word: &str, is_whole: bool) -> Word {
        let base = word.rsplit('/').next().unwrap_or(word);
        if !word.starts_with('-') {
            let mut names = OPTIONS.iter().flat_map(|(names, _, _)| names.iter());
            if let Some(name) = names.find(|name| **name == base) {
                self.name = Some(name);
                self.is_login = false;
            }
            self.is_login |= word == "login";
            return Word::Other;
        }
        let Some(program) = self.name else {
            return Word::Other;
        };
        if ONLY_AT_LOGIN.contains(&program) && !self.is_login {
            return Word::Other;
        }
        for (names, option, value) in OPTIONS {
            if !names.contains(&program) {
                continue;
            }
            let found = match (word.strip_prefix(option), value) {
                (Some(""), Value::Next | Value::Both) if is_whole => Word::BeforeSecret,
                (None, Value::Next | Value::Both)
                    if is_whole && ends_cluster(word, option) && program != "openssl" =>
                {
                    Word::BeforeSecret
                }
                (Some(rest), Value::Attached | Value::Both) if !(is_whole && rest.is_empty()) => {
                    Word::SecretFrom(option.len())
                }
                _ => continue,
            };
            if program == "sshpass" {
                // What follows is another program's.
                self.end();
            }
            return found;
        }
        Word::Other
    }

    /// The command has ended.
    pub(super) fn end(&mut self) {
        *self = Self::default();
    }
}

/// Whether a word is some options of one letter in one, of which the last is this: `-su`.
fn ends_cluster(word: &str, option: &str) -> bool {
    const LONGEST: usize = 6;
    let letters = |word: &str| word.bytes().skip(1).all(|byte| byte.is_ascii_alphabetic());
    let (Some(letter), 2) = (option.strip_prefix('-'), option.len()) else {
        return false;
    };
    word.ends_with(letter) && word.len() <= LONGEST && letters(word)
}
