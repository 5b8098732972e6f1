//! `pstree(1)` of psmisc with ids (`-p`), drawn with ASCII or Unicode: children begin in the column
//! behind their parent, and those of one parent begin in the same column.

use super::{ProcessBranch, ProcessTree};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, ProcessTree> = Variant {
    name: "pstree",
    needs: Needs::programs(&["pstree"]),
    source: |_| Source::Command(Command::new("pstree").words(&["-A", "-l", "-p"])),
    reads: &["pstree"],
    parse,
};

/// What stands between a process and its first child.
const JOINS: &[&str] = &["---", "-+-", "───", "─┬─"];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ProcessTree>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    // The columns in which those begin that a later one may hang below.
    let mut above: Vec<(usize, u32)> = Vec::new();
    let parsed = raw.read_lines(ProcessTree::default(), |tree, line| {
        let branches = line_of(line, &mut above)?;
        tree.processes.extend(branches);
        Some(())
    });
    if parsed.value.processes.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("pstree printed no processes with their ids")));
    }
    Ok(parsed)
}

/// Reads all processes of a line; `None`: one of them cannot be read, and so none is.
fn line_of(line: &str, above: &mut Vec<(usize, u32)>) -> Option<Vec<ProcessBranch>> {
    let mut rest = art(line)?;
    let before = line.len().checked_sub(rest.len())?;
    let mut column = line.get(..before)?.chars().count();
    let mut branches = Vec::new();
    loop {
        let (mut branch, length) = process(rest)?;
        above.retain(|(other, _)| *other < column);
        branch.parent_pid = above.last().map(|(_, pid)| *pid);
        branch.depth = u32::try_from(above.len()).ok()?;
        above.push((column, branch.pid));
        branches.push(branch);
        let (shown, after) = rest.split_at_checked(length)?;
        if after.trim_end().is_empty() {
            return Some(branches);
        }
        rest = JOINS.iter().find_map(|join| after.strip_prefix(join))?;
        column = column.checked_add(shown.chars().count())?.checked_add(3)?;
    }
}

/// Leaves out the lines that lead to the first process.
fn art(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches([' ', '|', '│']);
    let led = line.get(..line.len().checked_sub(rest.len())?)?;
    if let Some(rest) = rest.strip_prefix("├─").or_else(|| rest.strip_prefix("└─")) {
        return Some(rest);
    }
    match rest.strip_prefix("`-") {
        Some(rest) => Some(rest),
        // A name may begin with a dash.
        None if led.ends_with('|') => rest.strip_prefix('-'),
        None => led.is_empty().then_some(rest),
    }
}

/// Reads `name(123)`, `name(123,user)`, `{name}(123)` at the beginning, and how long that is. A name
/// may hold parentheses itself.
fn process(text: &str) -> Option<(ProcessBranch, usize)> {
    let mut from: usize = 0;
    loop {
        let open = from.checked_add(text.get(from..)?.find('(')?)?;
        let inside = text.get(open.checked_add(1)?..)?;
        let close = inside.find(')')?;
        let end = open.checked_add(close)?.checked_add(2)?;
        let mut words = inside.get(..close)?.split(',');
        let pid = words.next()?.parse::<u32>();
        let after = text.get(end..)?;
        let ends = after.trim_end().is_empty() || JOINS.iter().any(|join| after.starts_with(join));
        if let (Ok(pid), true, true) = (pid, ends, open > 0) {
            let name = text.get(..open)?;
            let thread = name
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'));
            let branch = ProcessBranch {
                pid,
                name: thread.unwrap_or(name).to_owned(),
                is_thread: thread.is_some(),
                user: words.next().map(str::to_owned),
                ..ProcessBranch::default()
            };
            return Some((branch, end));
        }
        from = open.checked_add(1)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_be_odd() {
        let read = |text| process(text).map(|(branch, length)| (branch.name, branch.pid, length));
        assert_eq!(
            read("(sd-pam)(408)"),
            Some(("(sd-pam)".to_owned(), 408, 13))
        );
        assert_eq!(read("-bash(7)---x(8)"), Some(("-bash".to_owned(), 7, 8)));
        assert_eq!(read("a (1) b(9,root)"), Some(("a (1) b".to_owned(), 9, 15)));
        for text in ["init", "(5)", "init(x)", "init(5)x", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
