//! The ways in which a user's commands become root's: sudo, doas, su.
//!
//! Invariant: what is asked of the server is constant but for the marker; a password is no part of
//! it. It is given on standard input, and only in answer to a prompt.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Command, Marker, RawOutput,
    command::{ENVIRONMENT, push_plain, push_quoted},
};

/// How a command becomes root's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Elevation {
    /// `sudo(8)`, or sudo-rs.
    Sudo,
    /// The same where sudoers wants a terminal (`requiretty`).
    SudoOnTerminal,
    /// `doas(1)`.
    Doas,
    /// `su(1)`, with root's password.
    Su,
}

/// What root's `sh` does at first: it says that it is there, then takes its script from the next
/// line. Root's login shell may be any, so that this is as plain as [`crate::EXEC_LINE`].
const READY: &str = r#"echo "$1+" >&2; IFS= read -r c && eval "$c""#;
/// The same on a terminal, which carries bytes as they are from then on.
const READY_ON_TERMINAL: &str =
    r#"stty raw -echo 2>/dev/null; echo "$1+"; IFS= read -r c && eval "$c""#;

impl Elevation {
    /// The program.
    #[must_use]
    pub fn program(self) -> &'static str {
        match self {
            Self::Sudo | Self::SudoOnTerminal => "sudo",
            Self::Doas => "doas",
            Self::Su => "su",
        }
    }

    /// Whether it has to run on a pseudo-terminal: doas and su read a password from nowhere else.
    #[must_use]
    pub fn wants_terminal(self, has_password: bool) -> bool {
        match self {
            Self::Sudo => false,
            Self::Doas => has_password,
            Self::SudoOnTerminal | Self::Su => true,
        }
    }

    /// The line for `sh` that becomes root's `sh`. That says `marker+` as soon as it reads the line
    /// with its script; a password that is needed before is asked for as [`Self::prompts`] tells.
    /// On standard error, but on a terminal, where there is one stream only. Without a password
    /// nothing is asked for, and nothing is read before the script.
    #[must_use]
    pub fn line(self, marker: &Marker, has_password: bool) -> String {
        let ready = if self.wants_terminal(has_password) {
            READY_ON_TERMINAL
        } else {
            READY
        };
        let mark = marker.as_str();
        let prompt = format!("{mark}?");
        let words: &[&str] = match (self, has_password) {
            // `-p`: so that a prompt is known from all else that may be printed.
            (Self::Sudo, true) => &["sudo", "-H", "-S", "-p", &prompt, "--"],
            (Self::SudoOnTerminal, true) => &["sudo", "-H", "-p", &prompt, "--"],
            (Self::Sudo | Self::SudoOnTerminal, false) => &["sudo", "-H", "-n", "--"],
            (Self::Doas, true) => &["doas", "--"],
            (Self::Doas, false) => &["doas", "-n", "--"],
            (Self::Su, _) => &["su", "root", "-c"],
        };
        let mut line = format!("{ENVIRONMENT}; exec");
        for word in words {
            line.push(' ');
            push_quoted(&mut line, word);
        }
        if self == Self::Su {
            line.push(' ');
            push_quoted(&mut line, &format!("exec /bin/sh -c '{ready}' sh {mark}"));
        } else {
            line.push_str(" /bin/sh -c ");
            push_quoted(&mut line, ready);
            line.push_str(&format!(" sh {mark}"));
        }
        line.push('\n');
        line
    }

    /// Whether these words, which came since the line was sent, end in a prompt for a password.
    #[must_use]
    pub fn prompts(self, marker: &Marker, heard: &str) -> bool {
        match self {
            Self::Sudo | Self::SudoOnTerminal => heard.contains(&format!("{}?", marker.as_str())),
            Self::Doas | Self::Su => {
                let lower = heard.to_ascii_lowercase();
                lower.contains("password") && lower.trim_end().ends_with(':')
            }
        }
    }

    /// For people: the command as it would be typed.
    #[must_use]
    pub fn shown(self, command: &Command) -> String {
        self.before(&command.to_string())
    }

    /// The same without the secrets in its words: [`Command::without_secrets`].
    #[must_use]
    pub fn without_secrets(self, command: &Command) -> String {
        self.before(&command.without_secrets())
    }

    fn before(self, typed: &str) -> String {
        match self {
            Self::Sudo | Self::SudoOnTerminal => format!("sudo {typed}"),
            Self::Doas => format!("doas {typed}"),
            Self::Su => {
                let mut line = "su -c ".to_owned();
                push_plain(&mut line, typed);
                line
            }
        }
    }
}

/// Why somebody did not become root, as far as the words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A password is wanted, and none was given.
    NeedsPassword,
    /// Not with this password.
    WrongPassword,
    /// This user may not.
    NotAllowed,
    /// Not without a terminal.
    NeedsTerminal,
    /// The program is not there.
    Absent,
    /// Something else.
    Other,
}

impl Refusal {
    /// What was said instead of becoming root.
    #[must_use]
    pub fn of(said: &str) -> Self {
        let lower = said.to_lowercase();
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
        if says(&[
            "not in the sudoers",
            "is not allowed to",
            "may not run",
            "i'm sorry",
            "account validation failure",
            "operation not permitted",
            "permission denied",
        ]) {
            Self::NotAllowed
        } else if says(&[
            "must have a tty",
            "terminal is required",
            "tty is required",
            "run from a terminal",
        ]) {
            Self::NeedsTerminal
        } else if says(&[
            "incorrect password",
            "incorrect authentication",
            "try again",
            "authentication fail",
            "authorization failed",
        ]) {
            Self::WrongPassword
        } else if says(&[
            "password is required",
            "authentication is required",
            "authentication required",
            "authorization required",
        ]) {
            Self::NeedsPassword
        } else if says(&["not found", "no such file"]) {
            Self::Absent
        } else {
            Self::Other
        }
    }
}

const WAYS: &str = r#"for way in sudo doas su; do
  if command -v "$way" >/dev/null 2>&1; then echo "$way"; fi
done"#;

/// Which of the programs there are, a name a line.
#[must_use]
pub fn ways() -> Command {
    Command::script(WAYS)
}

/// Reads what [`ways`] printed, best first.
#[must_use]
pub fn ways_of(stdout: &[u8]) -> Vec<Elevation> {
    let raw = RawOutput {
        stdout,
        ..RawOutput::default()
    };
    let text = raw.text();
    [Elevation::Sudo, Elevation::Doas, Elevation::Su]
        .into_iter()
        .filter(|way| text.lines().any(|line| line == way.program()))
        .collect()
}

/// Prints the number of the user who runs it, which is to be 0.
#[must_use]
pub fn who() -> Command {
    Command::new("id").word("-u")
}

/// Makes sudo forget that this connection gave a password. Run by the user, not by root.
#[must_use]
pub fn forget() -> Command {
    Command::new("sudo").word("-k")
}

/// Where distributions have OpenSSH's SFTP server.
const SFTP_SERVER: &str = r#"cd; for server in "$@" "$(command -v sftp-server)"; do
  if [ -x "$server" ]; then exec "$server"; fi
done
exit 127"#;

/// The server's own SFTP server, on standard input and output, in the user's home folder; exit code
/// 127: there is none.
#[must_use]
pub fn sftp_server() -> Command {
    Command::script(SFTP_SERVER).words(&[
        "/usr/lib/openssh/sftp-server",
        "/usr/libexec/openssh/sftp-server",
        "/usr/lib/ssh/sftp-server",
        "/usr/libexec/sftp-server",
        "/usr/lib/sftp-server",
        "/usr/libexec/ssh/sftp-server",
        "/usr/lib64/ssh/sftp-server",
        "/usr/lib64/misc/sftp-server",
        "/usr/local/libexec/sftp-server",
        "/run/current-system/sw/libexec/sftp-server",
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Elevation; 4] = [
        Elevation::Sudo,
        Elevation::SudoOnTerminal,
        Elevation::Doas,
        Elevation::Su,
    ];

    #[test]
    fn the_line_is_one_line_and_constant_but_for_the_marker() {
        for way in ALL {
            for has_password in [false, true] {
                let line = |bits| way.line(&Marker::from_bits(bits), has_password);
                assert_eq!(line(7).matches('\n').count(), 1, "{way:?}");
                let again =
                    line(8).replace(Marker::from_bits(8).as_str(), Marker::from_bits(7).as_str());
                assert_eq!(again, line(7), "{way:?}");
            }
        }
    }

    /// Root's login shell may be any: nothing that one of them reads in its own way.
    #[test]
    fn what_roots_shell_reads_is_plain_in_every_shell() {
        for ready in [READY, READY_ON_TERMINAL] {
            assert!(!ready.contains(['\\', '!', '\n', '`', '\'']));
        }
    }

    #[test]
    fn no_password_is_waited_for_where_none_is_given() {
        for way in [Elevation::Sudo, Elevation::SudoOnTerminal, Elevation::Doas] {
            let line = way.line(&Marker::from_bits(7), false);
            assert!(line.contains(" '-n' "), "{line}");
        }
    }

    #[test]
    fn a_prompt_is_told_from_a_lecture() {
        let marker = Marker::from_bits(7);
        let lecture = "#3) With great power comes great responsibility.\nPassword:\n";
        assert!(!Elevation::Sudo.prompts(&marker, lecture));
        assert!(Elevation::Sudo.prompts(&marker, &format!("{lecture}{}?", marker.as_str())));
        assert!(Elevation::Su.prompts(&marker, "Password: "));
        assert!(Elevation::Doas.prompts(&marker, "\rdoas (admin@box) password: "));
        assert!(!Elevation::Su.prompts(&marker, "su: "));
    }

    #[test]
    fn words_of_real_programs_are_told_apart() {
        let said = [
            ("sudo: a password is required\n", Refusal::NeedsPassword),
            (
                "sudo: interactive authentication is required",
                Refusal::NeedsPassword,
            ),
            ("doas: Authentication required", Refusal::NeedsPassword),
            (
                "Sorry, try again.\nsudo: no password was provided\nsudo: 1 incorrect password attempt\n",
                Refusal::WrongPassword,
            ),
            ("su: Authentication failure\n", Refusal::WrongPassword),
            ("su: incorrect password", Refusal::WrongPassword),
            ("doas: Authentication failed", Refusal::WrongPassword),
            (
                "plain is not in the sudoers file.\nThis incident has been reported to the administrator.\n",
                Refusal::NotAllowed,
            ),
            (
                "Sorry, user plain may not run sudo on deb13.",
                Refusal::NotAllowed,
            ),
            ("doas: Operation not permitted", Refusal::NotAllowed),
            (
                "sudo: sorry, you must have a tty to run sudo",
                Refusal::NeedsTerminal,
            ),
            ("su: must be run from a terminal", Refusal::NeedsTerminal),
            ("/bin/sh: 1: exec: doas: not found", Refusal::Absent),
            (
                "sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set",
                Refusal::Other,
            ),
        ];
        for (said, refusal) in said {
            assert_eq!(Refusal::of(said), refusal, "{said}");
        }
    }

    #[test]
    fn ways_come_best_first() {
        assert_eq!(
            ways_of(b"Welcome\nsu\nsudo\n"),
            [Elevation::Sudo, Elevation::Su]
        );
        assert!(ways_of(b"").is_empty());
    }

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let command = Command::new("cat").word("it's");
        assert_eq!(Elevation::Sudo.shown(&command), r"sudo cat 'it'\''s'");
        assert!(Elevation::Su.shown(&who()).ends_with("'id -u'"));
    }
}
