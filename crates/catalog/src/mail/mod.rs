//! Mail that a server sends.

mod queue;

pub use queue::{MailQueue, Queue, QueuedMail, QueuedRecipient};
