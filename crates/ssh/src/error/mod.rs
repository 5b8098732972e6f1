//! What can fail between here and a server: while connecting, and on a connection that stands.

mod connect;
mod exec;
mod stream;

use catalog::text::is_unseen;

pub use connect::{ChangedHostKey, ConnectError, KnownHostKey, Phase};
pub use exec::ExecError;
pub use stream::StreamError;

/// Text of a server or a library made fit for a message: one line, nothing that acts on a terminal,
/// hides or turns text, at most 200 characters.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| if is_unseen(c) { ' ' } else { c })
        .take(200)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_act_on_nothing_and_turn_nothing() {
        assert_eq!(one_line(" a\n\u{1b}]\u{202e}\u{200b}b "), "a  ]  b");
        assert_eq!(one_line(&"x".repeat(300)).len(), 200);
    }
}
