//! Several requests at once to a thread that may block, and their answers back from it: going there
//! for each costs more than most of them take.
//!
//! Invariant: the order stays. What may take long goes alone, so no answer waits for it that could
//! be sent before, and the answers of a batch have a bound.

use sftp::{Answer, Extension, Malformed, Request, code};
use tokio::sync::mpsc::UnboundedReceiver;

use super::{
    Asked,
    files::{Files, MAX_READ_BYTES},
};

/// What the requests of a batch may weigh together: four of the longest reads or writes.
const BATCH_BYTES: usize = 4 * MAX_READ_BYTES;

/// What most requests weigh: their answers are short.
const SHORT_BYTES: usize = 4 * 1024;

/// Cuts what is queued into batches.
pub(super) struct Batches {
    queued: UnboundedReceiver<Asked>,
    /// Did not fit any more.
    held: Option<Asked>,
}

impl Batches {
    pub(super) fn new(queued: UnboundedReceiver<Asked>) -> Self {
        Self { queued, held: None }
    }

    /// What is queued by now, as far as it fits, or the first that comes. `None`: no more will come.
    pub(super) async fn next(&mut self) -> Option<Vec<Asked>> {
        let first = match self.held.take() {
            Some(held) => held,
            None => self.queued.recv().await?,
        };
        let mut room_bytes = BATCH_BYTES.saturating_sub(weight(&first));
        let mut batch = vec![first];
        while let Ok(asked) = self.queued.try_recv() {
            let weight = weight(&asked);
            if weight > room_bytes {
                self.held = Some(asked);
                break;
            }
            room_bytes -= weight;
            batch.push(asked);
        }
        Some(batch)
    }
}

/// How much is answered, or written, at most; what may take long fills a batch.
fn weight(asked: &Asked) -> usize {
    match &asked.request {
        Ok(Request::Read { len, .. }) => MAX_READ_BYTES.min(*len as usize),
        Ok(Request::Write { data, .. }) => data.len(),
        Ok(Request::ReadDir { .. }) => BATCH_BYTES / 8,
        Ok(Request::Extended(
            Extension::Fsync { .. } | Extension::CopyData { .. } | Extension::UsersGroupsById(_),
        )) => BATCH_BYTES,
        _ => SHORT_BYTES,
    }
}

/// Answers a batch. Blocks. What takes long looks now and then whether anybody still waits.
pub(super) fn answer(
    files: &mut Files,
    batch: Vec<Asked>,
    is_gone: &dyn Fn() -> bool,
) -> Vec<(u32, Answer)> {
    let answers = batch.into_iter().map(|asked| {
        let answer = match asked.request {
            Ok(request) => files.answer(request, is_gone),
            Err(Malformed::Kind(_)) => Answer::status(code::OP_UNSUPPORTED),
            Err(_) => Answer::status(code::BAD_MESSAGE),
        };
        (asked.id, answer)
    });
    answers.collect()
}
