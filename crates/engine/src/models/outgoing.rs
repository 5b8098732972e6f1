//! What of an output goes to a model: cleaned, without secrets, without the names and addresses
//! by which a server could be found, and not too much of it.
//!
//! Invariant: nothing else of a server leaves; what was replaced comes back in the reply's words.

use catalog::{Unread, redact, text};
use serde_json::Value;

use crate::cache::Raw;

/// The most that is sent, in bytes: about 16,000 tokens.
const MOST_BYTES: usize = 48 * 1024;

/// A text that may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outgoing {
    /// The text.
    pub(crate) text: String,
    /// How many secrets were removed.
    pub(crate) removed: usize,
    /// How many names and addresses stand for others.
    pub(crate) replaced: usize,
    /// What was not sent because it was too much.
    pub(crate) left_out: Option<Unread>,
    /// What stands in the text, and what it stands for.
    stand_ins: Vec<(String, String)>,
}

impl Outgoing {
    /// What may be sent of an output. `names`: the server's host name and what else it is called.
    pub(crate) fn of(raw: &Raw, names: &[&str]) -> Self {
        let mut whole = String::new();
        for (path, bytes) in &raw.files {
            whole.push_str(&format!("==> {path} <==\n"));
            whole.push_str(&text::clean(bytes));
        }
        whole.push_str(&text::clean(&raw.stdout));
        if whole.trim().is_empty() {
            whole.push_str(&text::clean(&raw.stderr));
        }
        let (kept, left_out) = cut(&whole);
        let redacted = redact::text(kept);
        let disguised = redact::disguise(&redacted.text, names);
        Self {
            text: disguised.text,
            removed: redacted.removed,
            replaced: disguised.stand_ins.len(),
            left_out,
            stand_ins: disguised.stand_ins,
        }
    }

    /// A reply with what the stand-ins stand for, in every word of it.
    pub(crate) fn restored(&self, reply: Value) -> Value {
        match reply {
            Value::String(word) => Value::String(self.restored_word(&word)),
            Value::Array(values) => values.into_iter().map(|each| self.restored(each)).collect(),
            Value::Object(fields) => fields
                .into_iter()
                .map(|(name, value)| (name, self.restored(value)))
                .collect(),
            other => other,
        }
    }

    fn restored_word(&self, word: &str) -> String {
        redact::undisguise(word, &self.stand_ins)
    }
}

/// At most so much of a text, to the end of a line, and what is left out.
fn cut(whole: &str) -> (&str, Option<Unread>) {
    if whole.len() <= MOST_BYTES {
        return (whole, None);
    }
    let mut end = MOST_BYTES;
    while !whole.is_char_boundary(end) {
        end -= 1;
    }
    let head = whole.get(..end).unwrap_or_default();
    let head = head
        .rfind('\n')
        .map_or(head, |at| head.get(..=at).unwrap_or(head));
    let sent = head.lines().count();
    let left = whole.lines().count().saturating_sub(sent);
    let unread = Unread {
        line: u32::try_from(sent + 1).unwrap_or(u32::MAX),
        text: format!("{left} more lines, which were not sent: it is too much for a model"),
    };
    (head, Some(unread))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn raw(stdout: &str) -> Raw {
        Raw {
            stdout: stdout.as_bytes().to_vec(),
            ..Raw::default()
        }
    }

    #[test]
    fn nothing_that_tells_the_server_or_a_secret_leaves() {
        let printed = "\u{1b}[1mweb1.example.com\u{1b}[0m 192.0.2.17 2001:db8:7::5 \
            52:54:00:12:34:56\nweb1 /srv\nDB_PASSWORD=hunter2\n";
        let sent = Outgoing::of(&raw(printed), &["web1.example.com", "web1"]);
        for planted in [
            "\u{1b}",
            "web1",
            "192.0.2.17",
            "2001:db8:7::5",
            "52:54:00:12:34:56",
            "hunter2",
        ] {
            assert!(!sent.text.contains(planted), "{planted} in {}", sent.text);
        }
        assert!(sent.text.contains("/srv"));
        assert_eq!(sent.removed, 1);
        let word = sent.text.split_whitespace().nth(1).unwrap();
        let back = sent.restored(json!({ "at": [word, format!("{word}/24")] }));
        assert_eq!(back, json!({ "at": ["192.0.2.17", "192.0.2.17/24"] }));
    }

    #[test]
    fn too_much_is_cut_at_a_line_and_said() {
        let long = "0123456789\n".repeat(10_000);
        let sent = Outgoing::of(&raw(&long), &[]);
        assert!(sent.text.len() <= MOST_BYTES && sent.text.ends_with("9\n"));
        let left_out = sent.left_out.unwrap();
        assert_eq!(left_out.line as usize, sent.text.lines().count() + 1);
        let one_line = "é".repeat(MOST_BYTES);
        assert!(Outgoing::of(&raw(&one_line), &[]).text.len() <= MOST_BYTES);
    }
}
