//! Notices that this computer has slept, when every line may be dead and every wait is late, and has
//! the sessions look at once.
//!
//! Invariant: what is told is decided by two clocks alone, which are given; it opens no socket.

use std::{
    sync::Weak,
    time::{Duration, Instant, SystemTime},
};

use crate::lines::Lines;

/// How often the clocks are looked at. The timer stands still in a sleep, so this is also how long
/// after it that is noticed.
const EVERY: Duration = Duration::from_secs(2);
/// A sleep shorter than this harms no line, and a clock is set right by less.
const SLEPT: Duration = Duration::from_secs(5);

/// The two clocks as they were last.
struct Clocks {
    /// Goes on in a sleep.
    wall: SystemTime,
    /// Stands still in a sleep.
    steady: Instant,
}

impl Clocks {
    /// Whether there was a sleep since the last look. A clock that was set forward looks like one,
    /// which does no harm; one that was set back does not.
    fn slept(&mut self, wall: SystemTime, steady: Instant) -> bool {
        let before = std::mem::replace(self, Self { wall, steady });
        let by_wall = wall.duration_since(before.wall).unwrap_or_default();
        let awake = steady.saturating_duration_since(before.steady);
        by_wall.saturating_sub(awake) > SLEPT
    }
}

/// Watches for as long as there are lines.
pub(crate) async fn watch(lines: Weak<Lines>) {
    let mut clocks = Clocks {
        wall: SystemTime::now(),
        steady: Instant::now(),
    };
    loop {
        tokio::time::sleep(EVERY).await;
        let Some(lines) = lines.upgrade() else { return };
        if clocks.slept(SystemTime::now(), Instant::now()) {
            tracing::info!("this computer has slept; all connections are looked at");
            lines.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_is_what_only_the_wall_clock_saw() {
        let second = Duration::from_secs(1);
        let (wall, steady) = (SystemTime::UNIX_EPOCH + 1000 * second, Instant::now());
        let slept = |by_wall: u32, awake: u32| {
            let mut clocks = Clocks { wall, steady };
            clocks.slept(wall + by_wall * second, steady + awake * second)
        };
        assert!(!slept(2, 2));
        assert!(!slept(600, 600), "busy, or stopped");
        assert!(!slept(7, 2), "a clock that was set right");
        assert!(slept(8, 2));
        assert!(slept(8 * 3600, 2));
    }

    #[test]
    fn one_sleep_is_told_once_and_a_clock_set_back_is_none() {
        let second = Duration::from_secs(1);
        let (wall, steady) = (SystemTime::UNIX_EPOCH + 1000 * second, Instant::now());
        let mut clocks = Clocks { wall, steady };
        assert!(clocks.slept(wall + 60 * second, steady + 2 * second));
        assert!(!clocks.slept(wall + 62 * second, steady + 4 * second));
        assert!(!clocks.slept(wall, steady + 6 * second));
        assert!(!clocks.slept(wall + 2 * second, steady + 8 * second));
    }
}
