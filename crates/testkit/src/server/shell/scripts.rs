//! Shells that many tests want.

use bytes::Bytes;

use super::{Shell, ShellEnd, shell};

/// Bytes printed at a time where much is printed.
const CHUNK_BYTES: usize = 32 * 1024;

/// Prints what is typed, and exits with 0 at Ctrl+D or EOF.
#[must_use]
pub fn echo() -> Shell {
    shell(|mut terminal| async move {
        while let Some(input) = terminal.input().await {
            let typed = input.iter().position(|byte| *byte == 4);
            terminal
                .print(input.slice(..typed.unwrap_or(input.len())))
                .await;
            if typed.is_some() {
                break;
            }
        }
        ShellEnd::Exit(0)
    })
}

/// Prints the numbers from 1 to `count`, each on a line that ends in CR LF, and exits with 0.
#[must_use]
pub fn lines(count: usize) -> Shell {
    shell(move |terminal| async move {
        let mut chunk = Vec::with_capacity(CHUNK_BYTES);
        for number in 1..=count {
            chunk.extend_from_slice(format!("{number}\r\n").as_bytes());
            if chunk.len() >= CHUNK_BYTES - 32 {
                terminal.print(std::mem::take(&mut chunk)).await;
            }
        }
        terminal.print(chunk).await;
        ShellEnd::Exit(0)
    })
}

/// Prints lines of `y` for ever, as `yes` does; Ctrl+C ends it with status 130.
#[must_use]
pub fn flood() -> Shell {
    let chunk = Bytes::from("y\r\n".repeat(CHUNK_BYTES / 3));
    shell(move |mut terminal| {
        let (output, chunk) = (terminal.output(), chunk.clone());
        async move {
            let printing = async {
                loop {
                    output.print(chunk.clone()).await;
                }
            };
            tokio::select! {
                biased;
                () = terminal.until_typed(3) => ShellEnd::Exit(130),
                end = printing => end,
            }
        }
    })
}

/// Exits with this status at once.
#[must_use]
pub fn exits(status: u32) -> Shell {
    shell(move |_| async move { ShellEnd::Exit(status) })
}

/// Closes the channel at once, without a status.
#[must_use]
pub fn closes() -> Shell {
    shell(|_| async { ShellEnd::Close })
}

/// Prints nothing and never ends by itself.
#[must_use]
pub fn silent() -> Shell {
    shell(|_terminal| std::future::pending())
}
