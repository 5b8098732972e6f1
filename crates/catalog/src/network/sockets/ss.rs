//! `ss(8)` of iproute2, with any of its options; it is translated nowhere.

use super::{NetworkSocket, NetworkSocketList, SocketState, address, state::state, users::users};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    network::common::why_no_row,
};

pub(super) const VARIANT: Variant<NoArgs, NetworkSocketList> = Variant {
    name: "ss",
    needs: Needs::programs(&["ss"]),
    source: |_| Source::Command(Command::new("ss").words(&["-tuwanpe"])),
    reads: &["ss"],
    parse,
};

const PROTOCOLS: &[&str] = &[
    "tcp", "udp", "raw", "sctp", "dccp", "mptcp", "udplite", "icmp6",
];

/// Sockets that do not leave the server, and others without a port.
const LEFT_OUT: &[&str] = &[
    "u_str", "u_dgr", "u_seq", "nl", "p_raw", "p_dgr", "tipc", "ti_rd", "ti_dg", "ti_st", "ti_sq",
    "v_str", "v_dgr", "xdp", "???",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkSocketList>, ParseError> {
    let asked = asked_for(&raw);
    let mut headed = false;
    let mut left_out: usize = 0;
    // Below a row of `-i`, `-m` and `-e` stand its particulars, set in.
    let mut has_row = false;
    let parsed = raw.read_lines(NetworkSocketList::default(), |value, line| {
        if line.starts_with(['\t', ' ']) && has_row {
            if let Some(socket) = value.sockets.last_mut().filter(|_| left_out == 0) {
                particulars(socket, line.trim());
            }
            return Some(());
        }
        let words = || line.split_ascii_whitespace();
        if line.contains(" Address:Port") && words().any(|word| word == "Recv-Q") {
            headed = true;
            return Some(());
        }
        has_row = false;
        if words().next().is_some_and(|word| LEFT_OUT.contains(&word)) {
            left_out = left_out.saturating_add(1);
            has_row = true;
            return Some(());
        }
        value.sockets.push(row(line, asked)?);
        has_row = true;
        left_out = 0;
        Some(())
    });
    if parsed.value.sockets.is_empty() {
        if left_out > 0 {
            return Err(ParseError::shape("these are no network sockets"));
        }
        if !headed {
            return Err(why_no_row(&raw, "no socket of ss"));
        }
    }
    Ok(parsed)
}

/// The one protocol that a person asked for: then it is not printed.
fn asked_for(raw: &RawOutput<'_>) -> Option<&'static str> {
    const OPTIONS: &[(char, &str, &str)] = &[
        ('t', "tcp", "tcp"),
        ('u', "udp", "udp"),
        ('w', "raw", "raw"),
        ('S', "sctp", "sctp"),
        ('d', "dccp", "dccp"),
        ('M', "mptcp", "mptcp"),
    ];
    let mut asked = OPTIONS
        .iter()
        .filter(|(letter, name, _)| raw.typed_option(*letter, name));
    let (_, _, only) = asked.next()?;
    asked.next().is_none().then_some(*only)
}

/// Reads `[protocol] [state] received sent local peer particulars`.
fn row(line: &str, asked: Option<&str>) -> Option<NetworkSocket> {
    let mut rest = line;
    let mut word = word(&mut rest)?;
    let mut next = || self::word(&mut rest);
    let mut protocol = asked;
    if PROTOCOLS.contains(&word) {
        protocol = Some(word);
        word = next()?;
    }
    let mut known = None;
    // `ss state established` leaves the state out.
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        known = Some(state(word)?);
        word = next()?;
    }
    let receive_queue = word.parse().ok()?;
    let send_queue = next()?.parse().ok()?;
    let (local, on) = address::end(next()?)?;
    let (peer, to) = address::end(next()?)?;
    let mut socket = NetworkSocket {
        protocol: protocol.map(str::to_owned),
        family: address::family(&local, &peer),
        state: known,
        receive_queue,
        send_queue,
        local,
        peer,
        interface: on.or(to).map(str::to_owned),
        processes: Vec::new(),
        user: None,
        inode: None,
    };
    particulars(&mut socket, rest.trim());
    Some(socket)
}

/// Takes the programs, the user and the node out of what is told of a socket besides.
fn particulars(socket: &mut NetworkSocket, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((processes, behind)) = users(rest) {
            socket.processes = processes;
            rest = behind.trim_start();
            continue;
        }
        let Some(word) = word(&mut rest) else { return };
        if let Some(inode) = word.strip_prefix("ino:") {
            // 0 is said of those that no program holds any more.
            socket.inode = inode.parse().ok().filter(|inode| *inode != 0);
        } else if let Some(user) = word.strip_prefix("uid:") {
            socket.user = Some(user.to_owned());
        }
        rest = rest.trim_start();
    }
    // `-e` names the user unless it is root.
    if socket.inode.is_some()
        && socket.user.is_none()
        && socket.state != Some(SocketState::TimeWait)
    {
        socket.user = Some("0".to_owned());
    }
}

/// Takes the next word off a text.
fn word<'a>(text: &mut &'a str) -> Option<&'a str> {
    let trimmed = text.trim_start();
    let end = trimmed
        .find(|c: char| c.is_ascii_whitespace())
        .unwrap_or(trimmed.len());
    let (word, rest) = trimmed.split_at_checked(end)?;
    *text = rest;
    (!word.is_empty()).then_some(word)
}
