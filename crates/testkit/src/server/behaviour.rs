//! How a test server behaves: whom it lets in, what it offers, and what it does wrong.

use std::{collections::BTreeMap, sync::Arc};

use russh::{MethodKind, MethodSet, keys::PublicKey};

use super::{Answer, Asked, Shell};

type Commands = Arc<dyn Fn(&Asked) -> Answer + Send + Sync>;
type SftpAnswers = Arc<dyn Fn(&sftp::Request) -> Option<Vec<sftp::Answer>> + Send + Sync>;

/// How a server behaves. The default lets nobody in, runs nothing and has no files.
#[derive(Clone)]
pub struct Behaviour {
    /// The password that is right for every user; `None`: the method is not offered.
    pub password: Option<String>,
    /// Keyboard-interactive: prompts with their right answers, all in one round; empty: not offered.
    pub prompts: Vec<(&'static str, &'static str)>,
    /// The public keys that are right for every user.
    pub keys: Vec<PublicKey>,
    /// Nobody needs a proof.
    pub open: bool,
    /// Refusals until it hangs up; sshd's default is 6.
    pub most_attempts: usize,
    /// Channels open at once; more are refused. sshd's default is 10.
    pub most_channels: usize,
    /// The `exec` request is answered "failure".
    pub refuses_exec: bool,
    /// Files by their path; `None`: there is no `sftp` subsystem.
    pub files: Option<BTreeMap<String, Vec<u8>>>,
    /// Never answers a request for `sftp`.
    pub sftp_hangs: bool,
    /// A command that is to kill a process never ends, and kills nothing.
    pub kill_hangs: bool,
    /// Says yes to `sftp` and closes the channel, as dropbear does without a server program.
    pub sftp_ends_at_once: bool,
    /// Says yes to `sftp` and sends these bytes, whatever it is asked; `None`: it serves `files`.
    pub sftp_sends: Option<Vec<u8>>,
    /// Answers SFTP in place of `files`: one answer, several, or never any. What it answers with
    /// `None`, and all of it where there is none, is answered from `files`.
    pub sftp_answers: Option<SftpAnswers>,
    /// What SFTP offers beyond the draft. The honest answers to all of it are "unsupported".
    pub sftp_extensions: sftp::Extensions,
    /// What commands answer.
    pub commands: Commands,
    /// What stands at the other end of a terminal: it runs for each request for a shell, and for
    /// each exec with a pseudo-terminal. `None`: neither is to be had.
    pub shell: Option<Shell>,
    /// The request for a pseudo-terminal is answered "failure".
    pub refuses_pty: bool,
    /// Connects to other hosts for its clients; else it says that it may not.
    pub forwards: bool,
    /// Never answers a request for a shell, or for an exec with a pseudo-terminal.
    pub shell_hangs: bool,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            password: None,
            prompts: Vec::new(),
            keys: Vec::new(),
            open: false,
            most_attempts: 6,
            most_channels: 10,
            refuses_exec: false,
            files: None,
            sftp_hangs: false,
            kill_hangs: false,
            sftp_ends_at_once: false,
            sftp_sends: None,
            sftp_answers: None,
            sftp_extensions: sftp::Extensions::default(),
            commands: Arc::new(|_| Answer::exit(127).with_stderr("not found\n")),
            shell: None,
            refuses_pty: false,
            forwards: false,
            shell_hangs: false,
        }
    }
}

impl Behaviour {
    /// One that lets in by this password.
    #[must_use]
    pub fn with_password(password: &str) -> Self {
        Self {
            password: Some(password.to_owned()),
            ..Self::default()
        }
    }

    /// One whose commands answer so.
    #[must_use]
    pub fn answering(self, commands: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        Self {
            commands: Arc::new(commands),
            ..self
        }
    }

    /// One that serves these files by SFTP.
    #[must_use]
    pub fn serving(self, files: &[(&str, &[u8])]) -> Self {
        let files = files
            .iter()
            .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()))
            .collect();
        Self {
            files: Some(files),
            ..self
        }
    }

    /// One that answers SFTP so; see `sftp_answers`.
    #[must_use]
    pub fn answering_sftp(
        self,
        answers: impl Fn(&sftp::Request) -> Option<Vec<sftp::Answer>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            sftp_answers: Some(Arc::new(answers)),
            ..self
        }
    }

    /// One whose terminals lead to this shell.
    #[must_use]
    pub fn with_shell(self, shell: Shell) -> Self {
        Self {
            shell: Some(shell),
            ..self
        }
    }

    pub(super) fn methods(&self) -> MethodSet {
        let mut methods = MethodSet::empty();
        if !self.keys.is_empty() {
            methods.push(MethodKind::PublicKey);
        }
        if self.password.is_some() {
            methods.push(MethodKind::Password);
        }
        if !self.prompts.is_empty() {
            methods.push(MethodKind::KeyboardInteractive);
        }
        methods
    }
}
