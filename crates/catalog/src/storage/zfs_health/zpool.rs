//! `zpool status`: of each pool some paragraphs, each behind its key, and a tree of its devices.

use super::{ZfsDevice, ZfsHealthList, ZfsPoolHealth};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    units::{Letters, bytes},
};

pub(super) const VARIANT: Variant<NoArgs, ZfsHealthList> = Variant {
    name: "zpool",
    needs: Needs::programs(&["zpool"]),
    source: |_| Source::Command(Command::new("zpool").word("status")),
    reads: &["zpool status"],
    parse,
};

/// The paragraph that a line which is set in goes on with.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Status,
    Action,
    Scan,
    Config,
    Errors,
    Other,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ZfsHealthList>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut part = Part::Other;
    // Without a pool it says so on standard error.
    let mut is_none = raw.error_text().contains("no pools available");
    let parsed = raw.read_lines(ZfsHealthList::default(), |list, line| {
        // `zpool status -x` says so of pools without trouble.
        if matches!(
            line.trim_end(),
            "no pools available" | "all pools are healthy"
        ) {
            is_none = true;
            return Some(());
        }
        if let Some(inner) = line.strip_prefix('\t') {
            return go_on(list.pools.last_mut()?, part, inner);
        }
        let (key, text) = line.split_once(':')?;
        let text = text.trim();
        if key.trim() == "pool" {
            list.pools.push(ZfsPoolHealth {
                name: text.to_owned(),
                ..ZfsPoolHealth::default()
            });
            return Some(());
        }
        let pool = list.pools.last_mut()?;
        let (next, place) = match key.trim() {
            "state" => {
                text.clone_into(&mut pool.state);
                part = Part::Other;
                return Some(());
            }
            "status" => (Part::Status, &mut pool.status),
            "action" => (Part::Action, &mut pool.action),
            // ZFS before 2010 calls it so.
            "scan" | "scrub" => (Part::Scan, &mut pool.scan),
            "errors" => (Part::Errors, &mut pool.errors),
            "config" => {
                part = Part::Config;
                return Some(());
            }
            "see" | "remove" | "checkpoint" | "dedup" => {
                part = Part::Other;
                return Some(());
            }
            _ => return None,
        };
        part = next;
        *place = Some(text.to_owned());
        Some(())
    });
    if parsed.value.pools.is_empty() && !is_none {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no pool of `zpool status`")));
    }
    Ok(parsed)
}

/// Reads a line that goes on with a paragraph.
fn go_on(pool: &mut ZfsPoolHealth, part: Part, line: &str) -> Option<()> {
    let (paragraph, between) = match part {
        Part::Status => (&mut pool.status, ' '),
        Part::Action => (&mut pool.action, ' '),
        Part::Scan => (&mut pool.scan, '\n'),
        Part::Errors => (&mut pool.errors, '\n'),
        Part::Other => return Some(()),
        Part::Config => {
            if !line.starts_with("NAME ") {
                pool.devices.push(device(line)?);
            }
            return Some(());
        }
    };
    let paragraph = paragraph.as_mut()?;
    paragraph.push(between);
    paragraph.push_str(line.trim());
    Some(())
}

/// Reads `    /dev/sda1   ONLINE       0     0     0  (resilvering)`; each step in is two spaces.
fn device(line: &str) -> Option<ZfsDevice> {
    let indent = line.len().checked_sub(line.trim_start().len())?;
    let mut words = line.split_ascii_whitespace();
    let name = words.next()?.to_owned();
    let state = words.next().map(str::to_owned);
    let rest: Vec<&str> = words.collect();
    let count = |text: &&str| bytes(text, Letters::Binary);
    let (counts, note) = match rest.split_at_checked(3) {
        Some((counts, note)) if counts.iter().all(|text| count(text).is_some()) => (counts, note),
        _ => (&[][..], rest.as_slice()),
    };
    let mut counts = counts.iter().map(count);
    let mut next = || counts.next().flatten();
    Some(ZfsDevice {
        name,
        depth: u32::try_from(indent / 2).ok()?,
        state,
        read_errors: next(),
        write_errors: next(),
        checksum_errors: next(),
        note: (!note.is_empty()).then(|| note.join(" ")),
    })
}
