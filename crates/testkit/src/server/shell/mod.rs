//! Shells of a test server: a script given by the test stands at the other end of the terminal.

mod scripts;
#[cfg(test)]
pub(super) mod tests;

use std::{future::Future, sync::Arc};

use bytes::Bytes;
use futures::future::BoxFuture;
use russh::{
    Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf, Sig,
    server::{Handle, Msg},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub use scripts::{closes, echo, exits, flood, lines, silent};

use super::Seen;

/// What runs for each shell, and for each exec with a pseudo-terminal; see [`shell`] and
/// [`super::Behaviour::with_shell`].
pub type Shell = Arc<dyn Fn(Terminal) -> BoxFuture<'static, ShellEnd> + Send + Sync>;

/// A shell from an async closure.
pub fn shell<F>(script: impl Fn(Terminal) -> F + Send + Sync + 'static) -> Shell
where
    F: Future<Output = ShellEnd> + Send + 'static,
{
    Arc::new(move |terminal| Box::pin(script(terminal)))
}

/// How a shell ends. It is also over, without any of these, when the client closes its channel:
/// the script is then dropped where it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShellEnd {
    /// With this exit status.
    Exit(u32),
    /// By this signal; the name without `SIG`.
    Signal(&'static str),
    /// The channel is closed without a status and without EOF.
    Close,
}

/// A terminal's size as SSH has it; what is not known is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Characters in a row.
    pub columns: u32,
    /// Rows of characters.
    pub rows: u32,
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
}

/// What a server has seen of one shell; taken down when it starts, and kept up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenShell {
    /// The terminal's type; `None`: no pseudo-terminal was asked for.
    pub term: Option<String>,
    /// The size asked for with the terminal.
    pub window: Window,
    /// The terminal's modes, by their numbers in RFC 4254, section 8 (53 is ECHO).
    pub modes: Vec<(u8, u32)>,
    /// The environment that was sent, in order. All of it is accepted.
    pub env: Vec<(String, String)>,
    /// The line of an exec with a pseudo-terminal; `None`: a login shell was asked for.
    pub line: Option<String>,
    /// The changes of the window's size, in order.
    pub window_changes: Vec<Window>,
    /// All input.
    pub input: Vec<u8>,
    /// The shell is over, however it ended.
    pub over: bool,
    /// It is over because the client closed the channel, or is gone.
    pub hung_up: bool,
}

/// What comes from the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Bytes typed.
    Input(Bytes),
    /// The window has another size now.
    Resized(Window),
    /// No more input will come.
    Eof,
}

/// The shell's end of one terminal.
pub struct Terminal {
    asked: SeenShell,
    events: UnboundedReceiver<Event>,
    output: Output,
}

impl Terminal {
    /// What was asked for before the shell started: type, size, modes, environment, line.
    #[must_use]
    pub fn asked(&self) -> &SeenShell {
        &self.asked
    }

    /// The next thing that comes from the client. What is not awaited waits without bound.
    pub async fn event(&mut self) -> Event {
        match self.events.recv().await {
            Some(event) => event,
            // The client is gone, and with it goes this script.
            None => std::future::pending().await,
        }
    }

    /// The next bytes typed; `None` when the client has sent EOF.
    pub async fn input(&mut self) -> Option<Bytes> {
        loop {
            match self.event().await {
                Event::Input(bytes) => return Some(bytes),
                Event::Resized(_) => {}
                Event::Eof => return None,
            }
        }
    }

    /// Waits until this byte is typed (3 is Ctrl+C, 4 is Ctrl+D), or EOF comes.
    pub async fn until_typed(&mut self, byte: u8) {
        while let Some(input) = self.input().await {
            if input.contains(&byte) {
                return;
            }
        }
    }

    /// Prints, as soon as the client's window allows.
    pub async fn print(&self, bytes: impl Into<Bytes>) {
        self.output.print(bytes).await;
    }

    /// Another hold of the printing side, to print while input is awaited.
    #[must_use]
    pub fn output(&self) -> Output {
        self.output.clone()
    }
}

/// The printing side of a [`Terminal`].
#[derive(Clone)]
pub struct Output(Arc<ChannelWriteHalf<Msg>>);

impl Output {
    /// Prints, as soon as the client's window allows.
    pub async fn print(&self, bytes: impl Into<Bytes>) {
        if self.0.data_bytes(bytes).await.is_err() {
            // The client is gone, and with it goes this script.
            std::future::pending().await
        }
    }
}

/// Runs one shell to its end.
pub(super) async fn run(
    shell: Shell,
    seen: Arc<Seen>,
    asked: SeenShell,
    channel: Channel<Msg>,
    connection: Handle,
) {
    let number = seen.shell(asked.clone());
    let (read, write) = channel.split();
    let write = Arc::new(write);
    let (queue, events) = unbounded_channel();
    let output = Output(Arc::clone(&write));
    let script = shell(Terminal {
        asked,
        events,
        output,
    });
    let end = tokio::select! {
        biased;
        () = receive(read, queue, &seen, number) => None,
        end = script => Some(end),
    };
    seen.update_shell(number, |shell| {
        shell.over = true;
        shell.hung_up = end.is_none();
    });
    // Errors mean that the client has gone.
    match end {
        Some(ShellEnd::Exit(status)) => {
            let _ = write.exit_status(status).await;
            let _ = write.eof().await;
        }
        Some(ShellEnd::Signal(name)) => {
            let (text, lang) = (String::new(), String::new());
            let name = Sig::Custom(name.to_owned());
            let _ = connection
                .exit_signal_request(write.id(), name, false, text, lang)
                .await;
            let _ = write.eof().await;
        }
        Some(ShellEnd::Close) | None => {}
    }
    let _ = write.close().await;
}

/// Reads all that the client sends, at once, until it closes the channel or is gone.
async fn receive(
    mut read: ChannelReadHalf,
    queue: UnboundedSender<Event>,
    seen: &Seen,
    number: usize,
) {
    while let Some(message) = read.wait().await {
        let event = match message {
            ChannelMsg::Data { data } => {
                seen.update_shell(number, |shell| shell.input.extend_from_slice(&data));
                Event::Input(data)
            }
            ChannelMsg::WindowChange {
                col_width,
                row_height,
                pix_width,
                pix_height,
            } => {
                let window = Window {
                    columns: col_width,
                    rows: row_height,
                    width_px: pix_width,
                    height_px: pix_height,
                };
                seen.update_shell(number, |shell| shell.window_changes.push(window));
                Event::Resized(window)
            }
            ChannelMsg::Eof => Event::Eof,
            ChannelMsg::Close => return,
            _ => continue,
        };
        // It fails where the script takes no more input.
        let _ = queue.send(event);
    }
}
