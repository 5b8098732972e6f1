//! `exim -bp`, which is `mailq` where Exim sends the mail, see chapter 5 of its specification.

use chrono::{DateTime, Utc};

use super::{MailQueue, QueuedMail, QueuedRecipient};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    units::{Letters, bytes},
};

pub(super) const VARIANT: Variant<NoArgs, MailQueue> = Variant {
    name: "exim",
    needs: Needs::programs(&["exim"]),
    source: |_| Source::Command(Command::new("exim").word("-bp")),
    reads: &["exim|exim4 -bp", "mailq", "sendmail -bp"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<MailQueue>, ParseError> {
    raw.expect_exit(&[0])?;
    // Where no mail waits Exim prints nothing.
    let answer = MailQueue {
        messages: Vec::new(),
    };
    let parsed = raw.read_lines(answer, |answer, line| {
        if let Some(message) = message(line) {
            answer.messages.push(message);
            return Some(());
        }
        let message = answer.messages.last_mut()?;
        let mut words = line.strip_prefix("        ")?.split_ascii_whitespace();
        let recipient = match (words.next()?, words.next(), words.next()) {
            // It has been delivered there.
            ("D" | "+D", Some(_), None) => return Some(()),
            (address, None, None) => address,
            _ => return None,
        };
        message.recipients.push(QueuedRecipient {
            address: recipient.to_owned(),
            reason: None,
        });
        Some(())
    });
    if parsed.value.messages.is_empty() && !parsed.unread.is_empty() {
        let unknown = || ParseError::shape("no queue as Exim prints it");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}

/// Reads `25m  2.9K 1xXTl9-0002b9-2Z <alice@example.org> *** frozen ***`; another name may stand in
/// parentheses before the sender.
fn message(line: &str) -> Option<QueuedMail> {
    let mut words = line.split_ascii_whitespace();
    let age = words.next()?;
    let (number, unit) = age.split_at_checked(age.len().checked_sub(1)?)?;
    number.parse::<u32>().ok()?;
    matches!(unit, "m" | "h" | "d").then_some(())?;
    let size_bytes = bytes(words.next()?, Letters::Binary)?;
    let id = words.next()?;
    let arrived_at = time_of(id)?;
    let (_, rest) = line.split_once(id)?;
    let (_, rest) = rest.split_once('<')?;
    let (sender, after) = rest.split_once('>')?;
    let queue = match after.trim() {
        "" => None,
        "*** frozen ***" => Some("hold"),
        _ => return None,
    };
    let sender = if sender.is_empty() {
        "MAILER-DAEMON"
    } else {
        sender
    };
    Some(QueuedMail {
        id: id.to_owned(),
        queue: queue.map(str::to_owned),
        arrived_at: Some(arrived_at),
        size_bytes,
        sender: sender.to_owned(),
        recipients: Vec::new(),
    })
}

/// The six characters that an id begins with are the seconds since 1970, in base 62.
fn time_of(id: &str) -> Option<DateTime<Utc>> {
    let mut parts = id.split('-');
    let (time, _, _) = (parts.next()?, parts.next()?, parts.next()?);
    (time.len() == 6 && parts.next().is_none()).then_some(())?;
    let mut seconds: i64 = 0;
    for c in time.chars() {
        let digit = match c {
            '0'..='9' => i64::from(u32::from(c).checked_sub(u32::from('0'))?),
            'A'..='Z' => i64::from(u32::from(c).checked_sub(u32::from('A'))?).checked_add(10)?,
            'a'..='z' => i64::from(u32::from(c).checked_sub(u32::from('a'))?).checked_add(36)?,
            _ => return None,
        };
        seconds = seconds.checked_mul(62)?.checked_add(digit)?;
    }
    DateTime::from_timestamp(seconds, 0)
}
