//! Server lists of other programs: CSV, PuTTY, Termius, Ansible, OpenSSH.
//!
//! Invariants: pure, text in and entries out; whatever the text, no panic, and time and memory grow
//! with its length alone. A secret is never taken over, only named as left out.

mod ansible;
mod csv;
mod decode;
mod guess;
mod putty;
mod ssh_config;
mod termius;

pub use decode::decode;
pub use guess::guess;

/// The longest text that is read, in bytes.
pub const MOST_BYTES: usize = 1 << 20;
/// Entries that are taken of one text; more are a mistake.
pub const MOST_ENTRIES: usize = 5000;

/// Whose form a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values with a header row: name, host, port, user, folder, tags, notes, key, jump.
    Csv,
    /// Sessions of PuTTY: an export of its registry key, or its files on Unix.
    Putty,
    /// JSON of Termius and its like: hosts with labels, addresses and groups.
    Termius,
    /// An Ansible inventory, INI or YAML.
    Ansible,
    /// A configuration of the OpenSSH client.
    SshConfig,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 5] = [
        Format::Csv,
        Format::Putty,
        Format::Termius,
        Format::Ansible,
        Format::SshConfig,
    ];
}

/// A server as a list has it. What the list does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The line it begins in, from 1; in JSON its number, from 1.
    pub line: usize,
    /// For people; empty: the list has none.
    pub name: String,
    /// Name or address, as it was written.
    pub host: String,
    /// TCP port.
    pub port: Option<u16>,
    /// The user to log in as.
    pub user: String,
    /// Folder names with `/` between them.
    pub folder: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Plain text.
    pub notes: String,
    /// The private key file, as it was written.
    pub key: Option<String>,
    /// The hosts to go through, each `[user@]host[:port]`.
    pub jump: Vec<String>,
    /// What is wrong with it, in words.
    pub mistakes: Vec<String>,
    /// What the list says and an entry cannot hold, in words, for example `a password`.
    pub left_out: Vec<String>,
}

/// What is wrong with a text, beside its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1; 0: the text as a whole.
    pub line: usize,
    /// In words.
    pub message: String,
}

/// What a text holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order of the text.
    pub entries: Vec<Entry>,
    /// What could not be read.
    pub mistakes: Vec<Mistake>,
}

/// Reads a text. `name`: what the file is called, where that is known; it names a server where the
/// text does not.
#[must_use]
pub fn read(format: Format, text: &str, name: Option<&str>) -> Found {
    if text.len() > MOST_BYTES {
        let mut found = Found::default();
        found.wrong(0, format!("it is longer than {MOST_BYTES} bytes"));
        return found;
    }
    let mut found = match format {
        Format::Csv => csv::read(text),
        Format::Putty => putty::read(text, name),
        Format::Termius => termius::read(text),
        Format::Ansible => ansible::read(text),
        Format::SshConfig => ssh_config::read(text),
    };
    if found.entries.len() > MOST_ENTRIES {
        found.entries.truncate(MOST_ENTRIES);
        found.wrong(
            0,
            format!("only the first {MOST_ENTRIES} servers were taken"),
        );
    }
    found.entries.iter_mut().for_each(Entry::settle);
    found
}

/// The servers as comma-separated values, such as [`read`] takes. A cell is written as it is, also
/// where a spreadsheet would take it for a formula.
#[must_use]
pub fn to_csv(entries: &[Entry]) -> String {
    csv::write(entries)
}

/// The servers as a configuration of the OpenSSH client. What that cannot hold is in comments.
#[must_use]
pub fn to_ssh_config(entries: &[Entry]) -> String {
    ssh_config::write(entries)
}

impl Found {
    fn wrong(&mut self, line: usize, message: impl Into<String>) {
        // As many as anybody reads.
        if self.mistakes.len() < 100 {
            let message = message.into();
            self.mistakes.push(Mistake { line, message });
        }
    }
}

impl Entry {
    /// Takes the space off the ends of what stands in one cell, which quotation marks let in, and says
    /// where no host is left.
    fn settle(&mut self) {
        let cells = [
            &mut self.name,
            &mut self.host,
            &mut self.user,
            &mut self.folder,
            &mut self.notes,
        ];
        for cell in cells.into_iter().chain(&mut self.key) {
            let trimmed = cell.trim();
            if trimmed.len() < cell.len() {
                *cell = trimmed.to_owned();
            }
        }
        self.key.take_if(|key| key.is_empty());
        if self.host.is_empty() {
            self.mistakes.push("it has no host".to_owned());
        }
    }

    /// Takes a port as it was written; empty: none.
    fn set_port(&mut self, text: &str) {
        let text = text.trim();
        match text.parse::<u16>() {
            Ok(port) if port > 0 => self.port = Some(port),
            _ if text.is_empty() => {}
            _ => {
                let shown: String = text.chars().take(40).collect();
                self.mistakes.push(format!("{shown:?} is no port"));
            }
        }
    }

    /// Notes what is not taken over, once.
    fn leave_out(&mut self, what: &str) {
        if !self.left_out.iter().any(|left| left == what) {
            self.left_out.push(what.to_owned());
        }
    }
}

/// Whether a field's name says that it holds a secret.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words = ["password", "passwd", "passphrase", "secret", "token"];
    words.iter().any(|word| name.contains(word))
        || ["pass", "pwd", "_pass"]
            .iter()
            .any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces that the forms are made of, so that chance goes deep.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => prop::sample::select(vec![
                "[web]", "[a:children]", "[a:vars]", "host", "ansible_host=", "web[01:99]", "[z:a]",
                "all:", "  hosts:", "    x:", "children:", "  ", "- ", "&a", "*a", "{", "}", "[", "]",
                "\"", "'", ",", ":", "=", "\n", "\r\n", "\t", "Host ", "HostName ", "ProxyJump ",
                "name,host\n", "[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\a]",
                "\"HostName\"=", "\"PortNumber\"=dword:", "HostName=", "{\"hosts\":[", "{\"address\":",
                "# ", "\\", "%", "\u{feff}", "[00000000:99999999]", "!!", "|\n", ">-\n",
            ])
            .prop_map(str::to_owned),
            1 => ".{0,12}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn nothing_makes_a_reader_panic(pieces in prop::collection::vec(piece(), 0..40)) {
            let text = pieces.concat();
            let _guessed = guess(&text);
            for format in Format::ALL {
                let found = read(format, &text, Some("session"));
                prop_assert!(found.entries.len() <= MOST_ENTRIES);
                let _csv = to_csv(&found.entries);
                let _config = to_ssh_config(&found.entries);
            }
        }

        #[test]
        fn any_bytes_become_text(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let text = decode(&bytes);
            for format in Format::ALL {
                let _found = read(format, &text, None);
            }
        }

        #[test]
        fn csv_comes_back_as_it_was_written(
            cells in prop::collection::vec("[a-z,\"\n =;é-]{0,8}", 4),
            port in proptest::option::of(1_u16..),
        ) {
            let [name, user, notes, key] = <[String; 4]>::try_from(cells).unwrap();
            let entry = Entry {
                line: 2,
                name: name.trim().to_owned(),
                host: "h.example".to_owned(),
                port,
                user: user.trim().to_owned(),
                folder: "a/b".to_owned(),
                tags: vec!["x".to_owned(), "y z".to_owned()],
                notes: notes.trim().to_owned(),
                key: Some(key.trim().to_owned()).filter(|key| !key.is_empty()),
                jump: vec!["u@j:1".to_owned(), "k".to_owned()],
                ..Entry::default()
            };
            let found = read(Format::Csv, &to_csv(std::slice::from_ref(&entry)), None);
            prop_assert_eq!(found.entries, vec![entry]);
        }
    }

    #[test]
    fn a_host_of_space_is_none_in_every_form() {
        for (format, text) in [
            (Format::Csv, "host\n\" \"\n,\n\u{a0},x\n"),
            (Format::Putty, "HostName=ada@\n"),
            (Format::Termius, "[{\"address\": \" \"}, 7]"),
            (
                Format::Ansible,
                "all:\n  hosts:\n    x:\n      ansible_host: \" \"\n",
            ),
            (Format::SshConfig, "Host \" \"\nHost a\nHostName \"\t\"\n"),
        ] {
            let found = read(format, text, Some("session"));
            assert!(!found.entries.is_empty(), "{format:?}");
            for entry in found.entries {
                let said = entry.mistakes.iter().any(|it| it == "it has no host");
                assert!(said, "{format:?}: {entry:?}");
            }
        }
    }

    #[test]
    fn what_is_too_long_is_refused_and_too_many_are_cut() {
        let found = read(Format::Csv, &"x".repeat(MOST_BYTES + 1), None);
        assert!(found.entries.is_empty() && found.mistakes.len() == 1);
        let found = read(Format::Ansible, "[a]\nw[0000:9999]\n", None);
        assert_eq!(found.entries.len(), MOST_ENTRIES);
        assert_eq!(found.mistakes.len(), 1);
    }

    #[test]
    fn a_megabyte_is_read_in_a_moment() {
        // Were one of the readers quadratic, this would take minutes.
        for (format, text) in [
            (Format::Csv, "\"".repeat(MOST_BYTES)),
            (
                Format::Csv,
                format!("host\n{}", ",".repeat(MOST_BYTES - 10)),
            ),
            (Format::Putty, "Present=1\n".repeat(90_000)),
            (Format::Termius, "[".repeat(MOST_BYTES)),
            (Format::Ansible, "a[0:9]".repeat(170_000)),
            (Format::Ansible, format!("all: {}", "{a: ".repeat(200_000))),
            (Format::Ansible, "- ".repeat(500_000)),
            (
                Format::Ansible,
                "[a:children]\nb\n[b:children]\na\n".repeat(30_000),
            ),
            (Format::SshConfig, "Host a b c d\n".repeat(80_000)),
        ] {
            let _found = read(format, &text, None);
        }
    }
}
