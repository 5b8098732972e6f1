//! `netstat(8)` of net-tools, in any language, and of busybox. `-p` and `-W` are not known to every
//! busybox.

use std::collections::BTreeSet;

use super::{NetworkSocket, NetworkSocketList, SocketProcess, SocketState, address, state::state};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::{IpFamily, common::why_no_row},
    text,
};

const SCRIPT: &str = "netstat -tuwanpeW 2>/dev/null || exec netstat -tuwan";

pub(super) const VARIANT: Variant<NoArgs, NetworkSocketList> = Variant {
    name: "netstat",
    needs: Needs::programs(&["netstat"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["netstat"],
    parse,
};

/// How wide an address is printed; a longer one is cut, but for `-W`.
const ADDRESS_WIDTH: usize = 23;

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkSocketList>, ParseError> {
    // Titles are translated; each stands above headings that begin alike in all languages.
    let text = raw.text();
    let mut titles = BTreeSet::new();
    let mut above = "";
    let mut wide = false;
    for (_, line) in text::lines(&text) {
        if is_heading(line) {
            titles.insert(above);
        }
        wide |= fields(line).is_some_and(|(_, local, peer, _)| {
            local.len() > ADDRESS_WIDTH || peer.len() > ADDRESS_WIDTH
        });
        above = line;
    }
    let mut headed = false;
    let mut left_out = false;
    let parsed = raw.read_lines(NetworkSocketList::default(), |value, line| {
        if is_heading(line) {
            headed |= !line.contains("RefCnt");
            return Some(());
        }
        if titles.contains(line) {
            return Some(());
        }
        let protocol = line.split_ascii_whitespace().next()?;
        if protocol == "unix" {
            // Cut after its name it is told by its brackets.
            left_out |= line.contains('[');
            return line.contains('[').then_some(());
        }
        value.sockets.push(row(line, wide)?);
        Some(())
    });
    if parsed.value.sockets.is_empty() {
        if left_out && !headed {
            return Err(ParseError::shape("these are no network sockets"));
        }
        if !headed {
            return Err(why_no_row(&raw, "no socket of netstat"));
        }
    }
    Ok(parsed)
}

fn is_heading(line: &str) -> bool {
    line.starts_with("Proto ")
}

/// The protocol, both addresses, and what stands from the column of the state on.
fn fields(line: &str) -> Option<([&str; 3], &str, &str, &str)> {
    let mut rest = line;
    let mut next = || {
        let trimmed = rest.trim_start();
        let (word, behind) =
            trimmed.split_at_checked(trimmed.find(' ').unwrap_or(trimmed.len()))?;
        rest = behind;
        (!word.is_empty()).then_some(word)
    };
    let first = [next()?, next()?, next()?];
    let local = next()?;
    let peer = next()?;
    // The peer's column is filled with spaces, and one more.
    let column = ADDRESS_WIDTH.saturating_sub(peer.len()).saturating_add(1);
    let behind = rest.get(column..).unwrap_or(rest);
    Some((first, local, peer, behind))
}

fn row(line: &str, wide: bool) -> Option<NetworkSocket> {
    let ([protocol, received, sent], local, peer, behind) = fields(line)?;
    let (name, family) = match protocol.strip_suffix('6') {
        Some(name) => (name, IpFamily::Ipv6),
        None => (protocol, IpFamily::Ipv4),
    };
    let name = match name {
        "tcp" | "udp" | "raw" | "sctp" | "dccp" | "udplite" => name,
        "udpl" => "udplite",
        _ => return None,
    };
    let (receive_queue, send_queue) = (received.parse().ok()?, sent.parse().ok()?);
    let end = |text: &str| {
        let (mut end, interface) = address::end(text)?;
        // One that fills its column may have been cut.
        if !wide && text.len() >= ADDRESS_WIDTH {
            end.address = None;
        }
        Some((end, interface.map(str::to_owned)))
    };
    let (local, interface) = end(local)?;
    let (peer, _) = end(peer)?;
    let mut rest = behind;
    let mut known = None;
    // Where there is no state its column is empty: so it is with `udp`.
    if rest.starts_with(|c: char| c != ' ') {
        let (word, behind) = rest.split_at_checked(rest.find(' ').unwrap_or(rest.len()))?;
        known = Some(state(word)?);
        rest = behind;
    } else if matches!(name, "udp" | "udplite" | "raw") {
        known = Some(SocketState::Unconnected);
    }
    let particulars = particulars(rest);
    Some(NetworkSocket {
        protocol: Some(name.to_owned()),
        family: Some(family),
        state: known,
        receive_queue,
        send_queue,
        local,
        peer,
        interface,
        processes: particulars.process.into_iter().collect(),
        user: particulars.user,
        inode: particulars.inode,
    })
}

#[derive(Default)]
struct Particulars {
    user: Option<String>,
    inode: Option<u64>,
    process: Option<SocketProcess>,
}

/// Reads `[user inode] [pid/program] [timer]`, of which each may be missing.
fn particulars(text: &str) -> Particulars {
    let mut found = Particulars::default();
    let mut rest = text.trim();
    let is_program = |text: &str| {
        let pid = text.split_once('/').map(|(pid, _)| pid);
        text == "-" || text.starts_with("- ") || pid.is_some_and(|pid| pid.parse::<u32>().is_ok())
    };
    if !is_program(rest) {
        let mut words = rest.split_ascii_whitespace();
        if let (Some(user), Some(Ok(inode))) = (words.next(), words.next().map(str::parse::<u64>)) {
            // 0 is said of those that no program holds any more.
            if inode != 0 {
                (found.user, found.inode) = (Some(user.to_owned()), Some(inode));
            }
            let behind = rest.strip_prefix(user).map(str::trim_start);
            let behind = behind.and_then(|behind| behind.split_once(' '));
            rest = behind.map_or("", |(_, behind)| behind.trim());
        }
    }
    if is_program(rest)
        && let Some((pid, name)) = rest.split_once('/')
        && let Ok(pid) = pid.parse()
    {
        // A timer stands far behind the name: `off (0.00/0/0)`.
        let timer = [
            "off (",
            "on (",
            "keepalive (",
            "timewait (",
            "probe (",
            "unkn-",
        ];
        let begin = timer.iter().filter_map(|timer| name.find(timer)).min();
        let name = begin.and_then(|begin| name.get(..begin)).unwrap_or(name);
        found.process = Some(SocketProcess {
            name: name.trim().to_owned(),
            pid,
            fd: None,
        });
    }
    found
}
