//! Shares of the time between two samples. The ticks are their own clock, so the time that went by
//! on this side does not count.

use std::{collections::BTreeMap, time::Duration};

use super::{CpuTicks, CpuUsage, CpuUse};
use crate::percent::share;

/// Fills the shares of `current`; a processor that `previous` does not know stays without.
pub(super) fn fill(previous: &CpuUse, current: &mut CpuUse, _elapsed: Duration) {
    fill_one(previous.total.ticks.as_ref(), &mut current.total);
    let earlier: BTreeMap<u32, &CpuTicks> = previous
        .cores
        .iter()
        .filter_map(|core| Some((core.core, core.usage.ticks.as_ref()?)))
        .collect();
    for core in &mut current.cores {
        fill_one(earlier.get(&core.core).copied(), &mut core.usage);
    }
}

fn fill_one(previous: Option<&CpuTicks>, usage: &mut CpuUsage) {
    let (Some(previous), Some(now)) = (previous, usage.ticks.as_ref()) else {
        return;
    };
    let passed = (
        now.user_ticks.checked_sub(previous.user_ticks),
        now.system_ticks.checked_sub(previous.system_ticks),
        now.steal_ticks.checked_sub(previous.steal_ticks),
    );
    let (Some(user), Some(system), Some(steal)) = passed else {
        return;
    };
    // These two may go back by a few ticks without a reset (proc_stat(5)).
    let idle = now.idle_ticks.saturating_sub(previous.idle_ticks);
    let iowait = now.iowait_ticks.saturating_sub(previous.iowait_ticks);
    let busy = user.saturating_add(system).saturating_add(steal);
    let all = busy.saturating_add(idle).saturating_add(iowait);
    usage.busy_percent = share(busy, all);
    usage.user_percent = share(user, all);
    usage.system_percent = share(system, all);
    usage.iowait_percent = share(iowait, all);
    usage.steal_percent = share(steal, all);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::CoreUsage;

    fn sample(user: u64, system: u64, idle: u64, iowait: u64, cores: &[u32]) -> CpuUse {
        let usage = CpuUsage {
            ticks: Some(CpuTicks {
                user_ticks: user,
                system_ticks: system,
                idle_ticks: idle,
                iowait_ticks: iowait,
                steal_ticks: 0,
            }),
            ..CpuUsage::default()
        };
        let of = |core: &u32| CoreUsage {
            core: *core,
            usage: usage.clone(),
        };
        CpuUse {
            total: usage.clone(),
            cores: cores.iter().map(of).collect(),
        }
    }

    fn filled(previous: &CpuUse, mut current: CpuUse) -> CpuUse {
        fill(previous, &mut current, Duration::ZERO);
        current
    }

    #[test]
    fn shares_add_up() {
        let now = filled(
            &sample(100, 50, 800, 50, &[]),
            sample(130, 60, 855, 55, &[]),
        );
        assert_eq!(now.total.busy_percent, Some(40.0));
        assert_eq!(now.total.user_percent, Some(30.0));
        assert_eq!(now.total.system_percent, Some(10.0));
        assert_eq!(now.total.iowait_percent, Some(5.0));
        assert_eq!(now.total.steal_percent, Some(0.0));
    }

    #[test]
    fn iowait_that_goes_back_is_none_at_all_and_a_reset_leaves_no_share() {
        let before = sample(100, 50, 800, 50, &[]);
        let now = filled(&before, sample(150, 50, 850, 40, &[]));
        assert_eq!(now.total.iowait_percent, Some(0.0));
        assert_eq!(now.total.busy_percent, Some(50.0));
        assert_eq!(
            filled(&before, sample(1, 1, 1, 0, &[])).total.busy_percent,
            None
        );
    }

    #[test]
    fn no_time_between_the_samples_leaves_no_share() {
        let before = sample(100, 50, 800, 50, &[]);
        assert_eq!(filled(&before, before.clone()).total.busy_percent, None);
    }

    #[test]
    fn a_new_core_waits_for_its_second_sample() {
        let now = filled(&sample(0, 0, 0, 0, &[0, 2]), sample(1, 0, 1, 0, &[0, 1, 2]));
        let busy: Vec<_> = now
            .cores
            .iter()
            .map(|core| core.usage.busy_percent)
            .collect();
        assert_eq!(busy, [Some(50.0), None, Some(50.0)]);
    }

    #[test]
    fn shares_that_the_tool_gave_stay() {
        let mut given = sample(0, 0, 0, 0, &[]);
        given.total.ticks = None;
        given.total.busy_percent = Some(12.5);
        let now = filled(&sample(9, 9, 9, 9, &[]), given.clone());
        assert_eq!(now, given);
    }
}
