//! What is said on an exec channel, piece by piece: the script, or first the way to root.
//!
//! Invariant: the script goes only to the shell that is to run it; a password only to the program
//! that asks for it.

use std::sync::Arc;

use bytes::Bytes;
use catalog::{Command, EXEC_LINE, Marker};
use russh::{ChannelMsg, ChannelWriteHalf, Pty, client::Msg};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::mpsc;
use zeroize::Zeroizing;

use crate::elevation::{Ascent, Elevated, Step};

/// The extended data type of standard error (RFC 4254, 5.2).
const STDERR: u32 = 1;
/// Bytes pass as they are, in both directions, and none is shown or acted on.
const RAW: &[(Pty, u32)] = &[
    (Pty::ECHO, 0),
    (Pty::ICANON, 0),
    (Pty::ISIG, 0),
    (Pty::IEXTEN, 0),
    (Pty::ICRNL, 0),
    (Pty::IXON, 0),
    (Pty::OPOST, 0),
    (Pty::ONLCR, 0),
];

/// What goes to the remote standard input, wiped from memory after use.
struct Input(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Input {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Joined so that no copy is left behind.
fn joined(line: String, input: Option<&SecretString>) -> Bytes {
    let input = input.map_or("", |secret| secret.expose_secret());
    let mut bytes = Zeroizing::new(Vec::with_capacity(line.len() + input.len()));
    bytes.extend_from_slice(line.as_bytes());
    bytes.extend_from_slice(input.as_bytes());
    Bytes::from_owner(Input(bytes))
}

/// What is to be said for one command.
pub(super) struct Speech {
    script: Option<Bytes>,
    /// `None`: the command is the user's.
    ascent: Option<Ascent>,
    /// Whether standard input stays open.
    goes_on: bool,
}

impl Speech {
    /// A command, with what it reads.
    pub(super) fn of(
        command: &Command,
        input: Option<&SecretString>,
        marker: &Marker,
        elevated: Option<&Arc<Elevated>>,
    ) -> Self {
        let on_terminal = elevated.is_some_and(|elevated| elevated.wants_terminal());
        let line = if on_terminal {
            let count = input.map_or(0, |input| input.expose_secret().len());
            command.raw_terminal_line(marker, count)
        } else {
            command.script_line(marker)
        };
        Self {
            script: Some(joined(line, input)),
            ascent: elevated.map(|elevated| Ascent::new(Arc::clone(elevated), marker.clone())),
            goes_on: false,
        }
    }

    /// A program that speaks a protocol as root.
    pub(super) fn of_protocol(
        command: &Command,
        marker: &Marker,
        elevated: &Arc<Elevated>,
    ) -> Self {
        Self {
            script: Some(joined(command.protocol_line(marker), None)),
            ascent: Some(Ascent::new(Arc::clone(elevated), marker.clone())),
            goes_on: true,
        }
    }

    /// Whether standard input stays open when all is said.
    pub(super) fn goes_on(&self) -> bool {
        self.goes_on
    }

    /// Why the user did not become root; `None`: it did, or was not to.
    pub(super) fn failure(&self) -> Option<crate::ExecError> {
        self.ascent.as_ref().and_then(Ascent::failure)
    }

    fn on_terminal(&self) -> bool {
        let ascent = self.ascent.as_ref();
        ascent.is_some_and(|ascent| ascent.elevated.wants_terminal())
    }

    /// The first words, and the way to say more.
    pub(super) fn begin(&mut self) -> (Saying, Queue) {
        let (say, queued) = mpsc::unbounded_channel();
        let queue = Queue {
            queued,
            on_terminal: self.on_terminal(),
            goes_on: self.goes_on,
        };
        let mut saying = Saying(Some(say));
        match &self.ascent {
            Some(ascent) => {
                saying.say(Piece::Words(Bytes::from(ascent.line())));
                // Nothing is read before the script where no password is asked for.
                if !ascent.may_ask() {
                    saying.say_last(self.script.take());
                }
            }
            None => saying.say_last(self.script.take()),
        }
        (saying, queue)
    }

    /// Takes a message on the way to root, and says what comes next; `false`: it leads nowhere.
    pub(super) fn hear(&mut self, message: &ChannelMsg, saying: &mut Saying) -> bool {
        let on_terminal = self.on_terminal();
        let Some(ascent) = &mut self.ascent else {
            return true;
        };
        let said = match message {
            ChannelMsg::Data { data } if on_terminal => data,
            ChannelMsg::ExtendedData { data, ext: STDERR } if !on_terminal => data,
            _ => return true,
        };
        match ascent.hear(said) {
            Step::Wait => {}
            Step::Password => saying.say(Piece::Password(Arc::clone(&ascent.elevated))),
            Step::Begin => saying.say_last(self.script.take()),
            Step::GiveUp => {
                // Noted before the next run has its turn to give the password.
                let _ = ascent.failure();
                return false;
            }
        }
        true
    }
}

/// What is sent, in order.
pub(super) enum Piece {
    Words(Bytes),
    Password(Arc<Elevated>),
}

/// The way to say more; dropped, nothing more is said.
pub(super) struct Saying(Option<mpsc::UnboundedSender<Piece>>);

impl Saying {
    fn say(&mut self, piece: Piece) {
        if let Some(say) = &self.0 {
            // A failure means that the connection is gone, which is seen elsewhere.
            let _ = say.send(piece);
        }
    }

    fn say_last(&mut self, words: Option<Bytes>) {
        if let Some(words) = words {
            self.say(Piece::Words(words));
        }
        self.0 = None;
    }
}

/// What is to be sent.
pub(super) struct Queue {
    queued: mpsc::UnboundedReceiver<Piece>,
    on_terminal: bool,
    goes_on: bool,
}

impl Queue {
    /// Asks for the shell and sends everything, as fast as the server takes it.
    ///
    /// # Errors
    /// The connection is gone, or the command reads nothing.
    pub(super) async fn send(mut self, write: &ChannelWriteHalf<Msg>) -> Result<(), russh::Error> {
        if self.on_terminal {
            write.request_pty(false, "dumb", 200, 50, 0, 0, RAW).await?;
        }
        write.exec(true, EXEC_LINE).await?;
        let mut giving = None;
        while let Some(piece) = self.queued.recv().await {
            match piece {
                Piece::Words(words) => {
                    // Root's shell is there: the password was right, and the next may give it.
                    drop(giving.take());
                    write.data_bytes(words).await?;
                }
                Piece::Password(elevated) => {
                    giving = Some(elevated.turn().await);
                    let Some(password) = elevated.password() else {
                        break;
                    };
                    write.data_bytes(password).await?;
                }
            }
        }
        // A terminal has no end of input, and a protocol none that is known yet.
        if self.on_terminal || self.goes_on {
            return Ok(());
        }
        write.eof().await
    }
}
