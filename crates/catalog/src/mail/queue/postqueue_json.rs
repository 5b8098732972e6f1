//! `postqueue -j` of Postfix 3.1 and later, see `postqueue(1)`: a JSON object a line.

use chrono::DateTime;
use serde::Deserialize;

use super::{MailQueue, QueuedMail, QueuedRecipient};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, MailQueue> = Variant {
    name: "postqueue_json",
    needs: Needs::programs(&["postqueue"]),
    source: |_| Source::Command(Command::new("postqueue").word("-j")),
    reads: &["postqueue -j"],
    parse,
};

#[derive(Deserialize)]
struct Message {
    queue_name: String,
    queue_id: String,
    arrival_time: i64,
    message_size: u64,
    sender: String,
    recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
struct Recipient {
    address: String,
    #[serde(default)]
    delay_reason: Option<String>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<MailQueue>, ParseError> {
    raw.expect_exit(&[0])?;
    let answer = MailQueue {
        messages: Vec::new(),
    };
    let parsed = raw.read_lines(answer, |answer, line| {
        let message: Message = serde_json::from_str(line).ok()?;
        let recipients = message
            .recipients
            .into_iter()
            .map(|recipient| QueuedRecipient {
                address: recipient.address,
                reason: recipient.delay_reason,
            });
        answer.messages.push(QueuedMail {
            id: message.queue_id,
            queue: Some(message.queue_name),
            arrived_at: DateTime::from_timestamp(message.arrival_time, 0),
            size_bytes: message.message_size,
            sender: message.sender,
            recipients: recipients.collect(),
        });
        Some(())
    });
    if parsed.value.messages.is_empty() && !parsed.unread.is_empty() {
        let unknown = || ParseError::shape("no JSON as postqueue prints it");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}
