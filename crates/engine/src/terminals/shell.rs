//! What goes between a terminal and the shell behind it: output this way, orders that way.
//!
//! Invariant: output is taken at once, whatever becomes of the orders.

use std::sync::Arc;

use bytes::Bytes;
use ssh::{ShellEvent, ShellInput, ShellOutput, Window};
use terminal::Size;
use tokio::{
    sync::mpsc,
    time::{Duration, Instant, timeout},
};

use super::{LiveTerminal, TerminalState};
use crate::{ErrorBody, gate::Granted, session::Session};

/// Output is taken together up to this many bytes before anybody sees it.
pub(super) const BATCH_BYTES: usize = 128 * 1024;
/// Output changes what is told of a terminal at most this often.
const TELL_EVERY: Duration = Duration::from_secs(1);

/// For the shell.
pub(super) enum Order {
    Input(Bytes),
    Resize(Size),
}

/// Gives orders to the shell, as fast as it takes them.
pub(super) async fn carry(input: ShellInput, mut orders: mpsc::Receiver<Order>) {
    while let Some(order) = orders.recv().await {
        let carried = match order {
            Order::Input(bytes) => input.write(bytes).await,
            Order::Resize(size) => {
                let window = Window {
                    columns: size.columns(),
                    rows: size.rows(),
                };
                input.resize(window).await
            }
        };
        if carried.is_err() {
            return;
        }
    }
}

/// Takes a shell's output until there is no more, a person disconnects, or terminals are not granted any
/// more.
pub(super) async fn take(
    terminal: Arc<LiveTerminal>,
    (session, granted): (Arc<Session>, Granted),
    mut output: ShellOutput,
) {
    tokio::select! {
        biased;
        error = session.withdrawn(granted) => terminal.withdraw(error.body()).await,
        () = take_all(&terminal, &mut output) => {}
        () = session.left() => terminal.lost(gone("you disconnected")),
    }
}

fn gone(why: &str) -> ErrorBody {
    ErrorBody {
        code: "lost".to_owned(),
        message: format!("The connection is gone: {why}."),
        hint: Some("Reconnect, and a new shell begins below the text.".to_owned()),
        server: None,
        command: None,
        request_id: None,
    }
}

async fn take_all(terminal: &LiveTerminal, output: &mut ShellOutput) {
    let mut batch = Vec::new();
    let mut told = Instant::now();
    let mut is_untold = false;
    loop {
        let next = if is_untold {
            match timeout(TELL_EVERY, output.next()).await {
                Ok(event) => event,
                Err(_) => {
                    is_untold = false;
                    terminal.tell();
                    continue;
                }
            }
        } else {
            output.next().await
        };
        let mut end = None;
        match next {
            ShellEvent::Output(bytes) => {
                batch.extend_from_slice(&bytes);
                while end.is_none() && batch.len() < BATCH_BYTES {
                    match output.next_at_hand() {
                        None => break,
                        Some(ShellEvent::Output(bytes)) => batch.extend_from_slice(&bytes),
                        Some(event) => end = Some(event),
                    }
                }
            }
            event => end = Some(event),
        }
        if !batch.is_empty() {
            let is_news = terminal.push(&batch);
            let is_large = batch.len() >= BATCH_BYTES;
            batch.clear();
            is_untold = true;
            if is_news || told.elapsed() > TELL_EVERY {
                told = Instant::now();
                is_untold = false;
                terminal.tell();
            }
            if is_large {
                // A flood leaves room for everything else.
                tokio::task::yield_now().await;
            }
        }
        match end {
            None => {}
            Some(ShellEvent::Lost(closed)) => {
                return terminal.lost(gone(&closed.to_string()));
            }
            Some(ShellEvent::Ended { exit_code, signal }) => {
                return terminal.end(TerminalState::Ended { exit_code, signal });
            }
            Some(ShellEvent::Output(_)) => {}
        }
    }
}
