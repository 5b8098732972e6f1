//! A remote command: a fixed program, fixed words, and holes filled by validated values.
//!
//! Invariant: it can be built only in this crate, and no constructor takes text that is not
//! `&'static`. The login shell of the server sees one constant line ([`EXEC_LINE`]), whatever the
//! command; the words travel on standard input and are quoted for POSIX `sh` alone.

mod quote;
mod word;

use std::{borrow::Cow, fmt};

use crate::redact;

pub(crate) use quote::push_plain;
pub(crate) use quote::push_quoted;
pub(crate) use word::{NeverAnOption, Word};

/// What is asked of the server's `exec`, always: a line that sh, dash, ash, bash, zsh, fish and
/// tcsh all read alike. It replaces the login shell by `sh`, which takes its script from the first
/// line of standard input (`read` takes no byte more, by POSIX), so that what follows that line is
/// left to the command.
pub const EXEC_LINE: &str = r#"exec /bin/sh -c 'IFS= read -r c && eval "$c"'"#;

/// How a script for `sh` begins: messages in English, and a PATH with the sbin folders.
pub(crate) const ENVIRONMENT: &str = "export LC_ALL=C PATH=\"${PATH:-/usr/bin:/bin}:\
     /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"; unset LANGUAGE";
/// A line feed for words that hold one, since a script stays on one line.
const LINE_FEED: &str = r"n=$(printf '\n_'); n=${n%_}";

/// A command of the catalog, ready to be rendered for an exec channel or for people.
///
/// What is asked comes from the catalog, by its id and with arguments that were validated:
///
/// ```
/// let unit = serde_json::json!({ "unit": "ssh.service" });
/// let prepared = catalog::find("services.unit").unwrap().prepare(&unit).unwrap();
/// let Some(catalog::Source::Command(command)) = prepared.source(0) else { panic!() };
/// assert!(command.to_string().ends_with(" -- ssh.service"));
/// ```
///
/// There is no other way outside of this crate. Each of the following is the first of its pair with
/// one line changed, and does not compile:
///
/// ```
/// let command: catalog::Command = catalog::elevation::who();
/// ```
/// ```compile_fail,E0624
/// let command: catalog::Command = catalog::Command::new("id");
/// ```
/// ```compile_fail,E0624
/// let command: catalog::Command = catalog::Command::script("id -u");
/// ```
/// ```compile_fail,E0308
/// let command: catalog::Command = catalog::Command::from("id -u".to_owned());
/// ```
/// ```compile_fail,E0277
/// let command: catalog::Command = "id -u".parse().unwrap();
/// ```
/// ```compile_fail,E0277
/// let command: catalog::Command = serde_json::from_str("{}").unwrap();
/// ```
/// ```compile_fail,E0451
/// let command = catalog::Command { words: Vec::new(), ..catalog::elevation::who() };
/// ```
///
/// Nor can a word be added to one that there is, not even a constant or a validated one, or its words
/// be changed:
///
/// ```
/// let pid = catalog::arguments::Pid::try_from(4321).unwrap();
/// let command = catalog::process::end(pid);
/// ```
/// ```compile_fail,E0624
/// let pid = catalog::arguments::Pid::try_from(4321).unwrap();
/// let command = catalog::process::end(pid).value(&pid);
/// ```
/// ```compile_fail,E0624
/// let pid = catalog::arguments::Pid::try_from(4321).unwrap();
/// let command = catalog::process::end(pid).word("--help");
/// ```
/// ```compile_fail,E0616
/// let pid = catalog::arguments::Pid::try_from(4321).unwrap();
/// let command = catalog::process::end(pid).words.push("--help".into());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Command {
    words: Vec<Cow<'static, str>>,
    only_operands: bool,
}

impl Command {
    /// A program by its name, found on the server's PATH.
    pub(crate) fn new(program: &'static str) -> Self {
        Self {
            words: vec![Cow::Borrowed(program)],
            only_operands: false,
        }
    }

    /// A constant script for `sh`; the words added to it are `$1`, `$2` and so on.
    pub(crate) fn script(script: &'static str) -> Self {
        Self::new("sh").word("-c").word(script).word("sh")
    }

    /// Adds a fixed word.
    pub(crate) fn word(mut self, word: &'static str) -> Self {
        self.words.push(Cow::Borrowed(word));
        self
    }

    /// Adds fixed words.
    pub(crate) fn words(mut self, words: &[&'static str]) -> Self {
        self.words.extend(words.iter().copied().map(Cow::Borrowed));
        self
    }

    /// Adds a value whose type can never be read as an option (a number, an absolute path).
    pub(crate) fn value(mut self, value: &impl NeverAnOption) -> Self {
        self.words.push(Cow::Owned(value.text().into_owned()));
        self
    }

    /// Adds such a value where there is one, else an empty word.
    pub(crate) fn value_or_empty(self, value: Option<&impl NeverAnOption>) -> Self {
        match value {
            Some(value) => self.value(value),
            None => self.word(""),
        }
    }

    /// Adds an option and, as the next word, its value, whatever that begins with. Only for long
    /// options that must have a value and programs that read them by `getopt_long(3)`, which takes
    /// the next word for it unseen.
    pub(crate) fn option(self, option: &'static str, value: &impl Word) -> Self {
        let mut command = self.word(option);
        command.words.push(Cow::Owned(value.text().into_owned()));
        command
    }

    /// Adds a value as an operand, behind one `--` that ends the options.
    pub(crate) fn operand(mut self, value: &impl Word) -> Self {
        if !self.only_operands {
            self.words.push(Cow::Borrowed("--"));
            self.only_operands = true;
        }
        self.words.push(Cow::Owned(value.text().into_owned()));
        self
    }

    /// The program and its words, as the server's `execve` is to see them.
    #[must_use]
    pub fn argv(&self) -> &[Cow<'static, str>] {
        &self.words
    }

    /// For people, as `to_string` gives it, but without the secrets that its words hold. It is taken out of each
    /// word alone, so that what a shell would read are as many words as before.
    #[must_use]
    pub fn without_secrets(&self) -> String {
        let words = self.words.iter().map(|word| word.clone().into_owned());
        typed(redact::words(words.collect()).iter().map(String::as_str))
    }

    /// What goes to the exec channel's standard input: one line for `sh`, ended by a line feed.
    ///
    /// The script sets `LC_ALL=C` and a PATH with the sbin folders, prints the marker and its own
    /// process id on standard output (the marker alone on standard error), then becomes the
    /// command. All that a login shell printed before the marker is noise.
    #[must_use]
    pub fn script_line(&self, marker: &Marker) -> String {
        let marker = &marker.0;
        let begun = format!(
            "{ENVIRONMENT}; {LINE_FEED}; printf '\\n%s %s\\n' {marker} $$; \
             printf '\\n%s\\n' {marker} >&2; exec"
        );
        self.with_words(begun, "")
    }

    /// The same for a channel with a pseudo-terminal that nobody looks at: raw, so that bytes come as
    /// they are, and one stream. What the command says to standard error comes behind its output,
    /// and only where it failed. Of what follows the line, the command reads so many bytes.
    #[must_use]
    pub fn raw_terminal_line(&self, marker: &Marker, input_bytes: usize) -> String {
        let marker = &marker.0;
        let input = match input_bytes {
            0 => "</dev/null".to_owned(),
            count => format!("head -c {count} |"),
        };
        let begun = format!(
            "{ENVIRONMENT}; {LINE_FEED}; printf '\\n%s %s\\n' {marker} $$; {{ e=$( {{ {input}"
        );
        self.with_words(
            begun,
            " 2>&1 >&3 3>&-; } ); c=$?; } 3>&1; [ $c = 0 ] || printf '%s\\n' \"$e\"; exit $c",
        )
    }

    /// The same for a program that speaks a protocol on standard input and output, whatever carries
    /// it: nothing is printed there but by the program, and standard error is dropped.
    #[must_use]
    pub fn protocol_line(&self, marker: &Marker) -> String {
        let marker = &marker.0;
        let begun = format!(
            "{ENVIRONMENT}; {LINE_FEED}; printf '\\n%s %s\\n' {marker} $$; exec 2>/dev/null"
        );
        self.with_words(begun, "")
    }

    /// The same for a channel with a pseudo-terminal, where a person goes on: the environment stays
    /// as the login made it, and the marker alone comes once, since both streams are one. The line
    /// is for a terminal whose modes `icanon`, `isig`, `iexten`, `echo`, `icrnl` and `ixon` are off,
    /// so that it is neither shown nor acted on; it sets them before the marker.
    #[must_use]
    pub fn terminal_line(&self, marker: &Marker) -> String {
        let marker = &marker.0;
        let begun = format!(
            "stty icanon isig iexten echo icrnl ixon 2>/dev/null; {LINE_FEED}; \
             printf '\\n%s\\n' {marker}; exec"
        );
        self.with_words(begun, "")
    }

    /// The words between the beginning of a script and its end, on the same line.
    fn with_words(&self, mut line: String, end: &str) -> String {
        for word in &self.words {
            line.push(' ');
            push_quoted(&mut line, word);
        }
        line.push_str(end);
        line.push('\n');
        line
    }
}

/// For people: as it would be typed in `sh`, quoted only where it must be.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&typed(self.words.iter().map(AsRef::as_ref)))
    }
}

/// Words as they would be typed, on one line.
pub(crate) fn typed<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        push_plain(&mut line, word);
    }
    line
}

/// Marks where a command's own output begins; fresh random bits for every run, so that nothing a
/// login shell prints can be taken for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker(String);

impl Marker {
    /// A marker of 128 bits that the caller drew at random.
    #[must_use]
    pub fn from_bits(bits: u128) -> Self {
        Self(format!("headlessos-{bits:032x}"))
    }

    /// Its text, letters, digits and `-` only.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::UnitName;

    #[test]
    fn an_operand_comes_behind_one_end_of_options() {
        let name = UnitName::try_from("-.mount".to_owned()).unwrap();
        let command = Command::new("systemctl")
            .word("show")
            .operand(&name)
            .operand(&name);
        assert_eq!(
            command.argv(),
            ["systemctl", "show", "--", "-.mount", "-.mount"]
        );
        assert_eq!(command.to_string(), "systemctl show -- -.mount -.mount");
    }

    #[test]
    fn the_script_is_one_line_whatever_the_words() {
        let line = Command::script("echo 'a'\necho b").script_line(&Marker::from_bits(7));
        assert_eq!(line.matches('\n').count(), 1);
        assert!(line.ends_with('\n'));
    }

    /// Whatever is taken out of a word, a shell reads as many, and runs nothing.
    #[test]
    #[cfg(unix)]
    fn a_secret_that_was_taken_out_leaves_no_quote_open() {
        for path in [
            "/srv/ENV TOKEN=x\u{1b};touch pwned;#",
            "/srv/Cookie: a",
            "/srv/Authorization: Bearer abcdefgh'; touch pwned; '",
            "/srv/password: it's \u{200b} `touch pwned` $(touch pwned)\nsecret=1",
        ] {
            let path = crate::arguments::RemotePath::from_bytes(path.as_bytes()).unwrap();
            let command = Command::new("printf")
                .word("%s\n")
                .operand(&path)
                .word("end");
            let shown = command.without_secrets();
            assert!(shown.contains(redact::REMOVED), "{shown}");
            let as_root = crate::elevation::Elevation::Su.without_secrets(&command);
            for line in [shown, as_root.replacen("su -c", "/bin/sh -c", 1)] {
                // No program is found, so that one that is run is an error.
                let ran = std::process::Command::new("/bin/sh")
                    .args(["-c", &line])
                    .env("PATH", "/nonexistent")
                    .output()
                    .unwrap();
                assert!(
                    ran.status.success() && ran.stderr.is_empty(),
                    "{line}: {ran:?}"
                );
                let said = String::from_utf8_lossy(&ran.stdout).into_owned();
                assert!(
                    said.starts_with("--\n/srv/") && said.ends_with("\nend\n"),
                    "{line}: {said}"
                );
            }
        }
    }

    /// The line is constant and holds nothing that any of the shells reads in its own way.
    #[test]
    fn the_exec_line_is_plain_in_every_shell() {
        assert!(!EXEC_LINE.contains(['\\', '!', '\n', '`']));
    }
}
