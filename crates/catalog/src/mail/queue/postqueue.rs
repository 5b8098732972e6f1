//! `postqueue -p` and `mailq(1)` of Postfix: a table of English words alone. It says neither the year
//! nor the zone.

use super::{MailQueue, QueuedMail, QueuedRecipient};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, MailQueue> = Variant {
    name: "postqueue",
    needs: Needs::programs(&["postqueue"]),
    source: |_| Source::Command(Command::new("postqueue").word("-p")),
    reads: &["postqueue", "mailq", "sendmail -bp"],
    parse,
};

/// How many characters of a reason are kept: it is told with each recipient that it holds for.
const MOST_REASON: usize = 400;

fn parse(raw: RawOutput<'_>) -> Result<Parsed<MailQueue>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut understood = false;
    let mut reason: Option<String> = None;
    let answer = MailQueue {
        messages: Vec::new(),
    };
    let parsed = raw.read_lines(answer, |answer, line| {
        if line == "Mail queue is empty" || line.starts_with("-Queue ID-") {
            understood = true;
            return Some(());
        }
        if !understood {
            return None;
        }
        // `-- 12 Kbytes in 3 Requests.`
        if line.starts_with("-- ") && line.contains(" Request") {
            return Some(());
        }
        if !line.starts_with(' ') {
            answer.messages.push(message(line)?);
            reason = None;
            return Some(());
        }
        let message = answer.messages.last_mut()?;
        let text = line.trim();
        // It holds for all those that follow.
        if let Some(words) = text
            .strip_prefix('(')
            .and_then(|text| text.strip_suffix(')'))
        {
            reason = Some(words.chars().take(MOST_REASON).collect());
            return Some(());
        }
        message.recipients.push(QueuedRecipient {
            address: text.to_owned(),
            reason: reason.clone(),
        });
        Some(())
    });
    if !understood {
        let unknown = || ParseError::shape("no queue as postqueue prints it");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}

/// Reads `60C94D896F!  268 Sun Nov 29 01:29:00  alice@example.org`.
fn message(line: &str) -> Option<QueuedMail> {
    let mut words = line.split_ascii_whitespace();
    let marked = words.next()?;
    let id = marked.trim_end_matches(['*', '!', '#']);
    let queue = match marked.get(id.len()..)? {
        mark if mark.contains('*') => Some("active"),
        mark if mark.contains('!') => Some("hold"),
        _ => None,
    };
    let size_bytes = words.next()?.parse().ok()?;
    // Weekday, month, day and time.
    let time = words.nth(3)?;
    crate::time::of_day(time)?;
    let sender = words.next()?;
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_id && words.next().is_none()).then(|| QueuedMail {
        id: id.to_owned(),
        queue: queue.map(str::to_owned),
        arrived_at: None,
        size_bytes,
        sender: sender.to_owned(),
        recipients: Vec::new(),
    })
}
