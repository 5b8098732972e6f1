//! How a channel ends: what its client is told of the process that ran on it.
//!
//! Invariant: every channel that is not closed by its client is closed here, behind all output.

use bytes::Bytes;
use russh::{
    ChannelWriteHalf, Sig,
    server::{Handle, Msg},
};

use crate::platform::Exit;

/// The extended data type of standard error (RFC 4254, 5.2).
pub(crate) const STDERR: u32 = 1;

/// The exit status where no shell could be started.
const NOT_STARTED: u32 = 127;

/// Why a command did not end by itself.
pub(crate) enum Left {
    /// It was never started.
    NotStarted(std::io::Error),
    /// The client closed the channel, or is gone.
    Closed,
    /// More input waited for the process than may.
    TooMuchInput,
    /// The process could not be waited for.
    Lost(std::io::Error),
}

/// Says how the process ended, or why it has none, and closes the channel. What is said in words
/// is said on the stream that has this number, or on the one of the output.
pub(crate) async fn finish(
    outcome: Result<Exit, Left>,
    outgoing: &ChannelWriteHalf<Msg>,
    connection: &Handle,
    words: Option<u32>,
) {
    // All of this fails only when the connection is gone, and then nobody is left to tell.
    match outcome {
        Ok(exit) => report(exit, outgoing, connection).await,
        Err(Left::Closed) => return,
        Err(Left::NotStarted(problem)) => {
            say(outgoing, words, &problem.to_string()).await;
            let _ = outgoing.exit_status(NOT_STARTED).await;
        }
        Err(Left::TooMuchInput) => say(outgoing, words, "the command did not read its input").await,
        Err(Left::Lost(error)) => say(outgoing, words, &error.to_string()).await,
    }
    let _ = outgoing.eof().await;
    let _ = outgoing.close().await;
}

async fn report(exit: Exit, outgoing: &ChannelWriteHalf<Msg>, connection: &Handle) {
    match exit {
        Exit::Code(code) => {
            let _ = outgoing.exit_status(code).await;
        }
        Exit::Signal { name, core_dumped } => {
            let none = String::new;
            let _ = connection
                .exit_signal_request(
                    outgoing.id(),
                    Sig::Custom(name),
                    core_dumped,
                    none(),
                    none(),
                )
                .await;
        }
    }
}

async fn say(outgoing: &ChannelWriteHalf<Msg>, stream: Option<u32>, message: &str) {
    let _ = match stream {
        Some(stream) => {
            let message = Bytes::from(format!("headlessos: {message}\n"));
            outgoing.extended_data_bytes(stream, message).await
        }
        None => {
            let message = Bytes::from(format!("\r\nheadlessos: {message}\r\n"));
            outgoing.data_bytes(message).await
        }
    };
}
