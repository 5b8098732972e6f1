//! Whose turn it is to carry bytes: at most [`AT_ONCE`] jobs do at a time, so that the first of many
//! is there soon; the urgent come before the others, and otherwise whoever was asked for first.
//!
//! Invariant: a job whose turn is taken by a more urgent one finds that out between two pieces and
//! goes on when it is its turn again. A job that waits for a person or a connection has no turn.

use std::{collections::BTreeSet, sync::Arc};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// Jobs that carry bytes at once.
const AT_ONCE: usize = 3;

/// How urgent a job is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum Priority {
    /// Before the others, also those at work.
    High,
    /// In the order they were asked for.
    #[default]
    Normal,
    /// Behind the others.
    Low,
}

/// Who wants a turn, in order.
type Queue = BTreeSet<(Priority, u32)>;

/// The turns of all jobs.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<watch::Sender<Queue>>);

/// One job's place among them.
pub(super) struct Turn {
    turns: Turns,
    id: u32,
}

impl Turns {
    pub(super) fn of(&self, id: u32) -> Turn {
        Turn {
            turns: self.clone(),
            id,
        }
    }
}

impl Turn {
    /// Asks for it, if that was not done; says whether it has come.
    pub(super) fn take(&self, priority: Priority) -> bool {
        let place = (priority, self.id);
        self.turns.0.send_if_modified(|queue| {
            let is_there = queue.contains(&place);
            if !is_there {
                queue.retain(|(_, id)| *id != self.id);
                queue.insert(place);
            }
            !is_there
        });
        let queue = self.turns.0.borrow();
        queue.iter().take(AT_ONCE).any(|taken| *taken == place)
    }

    /// Changes its place, where it has one.
    pub(super) fn moves(&self, priority: Priority) {
        self.turns.0.send_if_modified(|queue| {
            let before = queue.len();
            queue.retain(|(_, id)| *id != self.id);
            queue.len() != before && queue.insert((priority, self.id))
        });
    }

    /// Leaves it to the others.
    pub(super) fn leave(&self) {
        self.turns.0.send_if_modified(|queue| {
            let before = queue.len();
            queue.retain(|(_, id)| *id != self.id);
            queue.len() != before
        });
    }

    /// To be told when something has changed.
    pub(super) fn changes(&self) -> watch::Receiver<Queue> {
        self.turns.0.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_urgent_come_first_and_then_the_older() {
        let turns = Turns::default();
        let jobs: Vec<Turn> = (1..=5).map(|id| turns.of(id)).collect();
        let take = |job: usize, priority| jobs.get(job - 1).unwrap().take(priority);
        assert!((1..=3).all(|job| take(job, Priority::Normal)));
        assert!(!take(4, Priority::Normal));
        assert!(take(5, Priority::High));
        assert!(!take(3, Priority::Normal));
        jobs.first().unwrap().leave();
        assert!(take(3, Priority::Normal));
        jobs.get(1).unwrap().moves(Priority::Low);
        assert!(!take(2, Priority::Low));
        assert!(take(4, Priority::Normal));
    }
}
