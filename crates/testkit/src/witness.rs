//! A witness for tests: agrees to everything and remembers it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::BoxFuture;
use ssh::{Begun, Ending, Starting, Unwritten, Witness};

/// Remembers what was started, and how it ended.
#[derive(Clone, Default)]
pub struct Remembers(Arc<Mutex<Memory>>);

/// What was started, and how it ended; `None`: it has not, or was given up.
type Memory = Vec<(Starting, Option<Ending>)>;

/// A witness whose memory nobody asks for.
#[must_use]
pub fn anyone() -> Arc<dyn Witness> {
    Arc::new(Remembers::default())
}

struct Remembered(Remembers, usize);

impl Remembers {
    /// Everything so far, in order.
    #[must_use]
    pub fn all(&self) -> Vec<(Starting, Option<Ending>)> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Witness for Remembers {
    fn begins(&self, starting: Starting) -> BoxFuture<'static, Result<Box<dyn Begun>, Unwritten>> {
        let mut all = self.lock();
        all.push((starting, None));
        let begun = Remembered(self.clone(), all.len() - 1);
        Box::pin(async move { Ok(Box::new(begun) as Box<dyn Begun>) })
    }
}

impl Begun for Remembered {
    fn ended(self: Box<Self>, ending: Ending) {
        self.0.lock()[self.1].1 = Some(ending);
    }
}
