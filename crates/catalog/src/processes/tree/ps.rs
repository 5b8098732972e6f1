//! `ps` of procps and of busybox with the parents' ids, of which the tree is made. What people ask
//! `ps` for is read by `processes.list`, which knows the parents too.

use std::collections::BTreeMap;

use super::{ProcessBranch, ProcessTree};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// `-A` is all of POSIX; busybox shows all anyway.
const SCRIPT: &str = "ps -A -o pid,ppid,comm 2>/dev/null || exec ps -o pid,ppid,comm";

pub(super) const VARIANT: Variant<NoArgs, ProcessTree> = Variant {
    name: "ps",
    needs: Needs::programs(&["ps"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ProcessTree>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut begun = false;
    let read = raw.read_lines(Vec::new(), |rows: &mut Vec<ProcessBranch>, line| {
        if !begun {
            begun = line.split_ascii_whitespace().eq(["PID", "PPID", "COMMAND"]);
            return begun.then_some(());
        }
        let (pid, rest) = line.trim_start().split_once(' ')?;
        let (parent, name) = rest.trim_start().split_once(' ')?;
        let parent: u32 = parent.parse().ok()?;
        rows.push(ProcessBranch {
            pid: pid.parse().ok()?,
            parent_pid: Some(parent).filter(|parent| *parent != 0),
            name: name.trim().to_owned(),
            ..ProcessBranch::default()
        });
        Some(())
    });
    if read.value.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("ps printed no processes")));
    }
    Ok(Parsed {
        value: ProcessTree {
            processes: in_order(read.value),
        },
        unread: read.unread,
    })
}

/// Puts each behind its parent. One whose parent is not listed, or that would be its own ancestor,
/// stands at the top.
fn in_order(rows: Vec<ProcessBranch>) -> Vec<ProcessBranch> {
    let places: BTreeMap<u32, usize> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| (row.pid, place))
        .collect();
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut tops = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let parent = row.parent_pid.and_then(|pid| places.get(&pid));
        match parent.filter(|parent| **parent != place) {
            Some(parent) => children.entry(*parent).or_default().push(place),
            None => tops.push(place),
        }
    }
    let mut left: Vec<Option<ProcessBranch>> = rows.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(left.len());
    // A ring of parents hangs below no top; it begins with its first member.
    let all = 0..left.len();
    for top in tops.into_iter().chain(all) {
        let mut waiting = vec![(top, 0_u32)];
        while let Some((place, depth)) = waiting.pop() {
            let Some(mut row) = left.get_mut(place).and_then(Option::take) else {
                continue;
            };
            row.depth = depth;
            if depth == 0 {
                row.parent_pid = None;
            }
            ordered.push(row);
            let below = children.get(&place).into_iter().flatten().rev();
            waiting.extend(below.map(|child| (*child, depth.saturating_add(1))));
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_and_an_orphan_are_lost_to_nobody() {
        let row = |pid, parent| ProcessBranch {
            pid,
            parent_pid: Some(parent),
            ..ProcessBranch::default()
        };
        let rows = vec![
            row(2, 1),
            row(1, 0),
            row(5, 6),
            row(6, 5),
            row(9, 8),
            row(3, 2),
        ];
        let ordered = in_order(rows);
        let found: Vec<_> = ordered.iter().map(|row| (row.pid, row.depth)).collect();
        assert_eq!(found, [(1, 0), (2, 1), (3, 2), (9, 0), (5, 0), (6, 1)]);
    }
}
