//! `systemctl(1) list-sockets` as a table. An address may hold spaces, so a row is read from its
//! end: the socket's name is the last word that ends as one.

use super::{ServiceSocket, ServiceSocketList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    services::listing::{self, Seen},
};

const WORDS: &[&str] = &[
    "list-sockets",
    "--all",
    "--show-types",
    "--full",
    "--no-pager",
];

pub(super) const VARIANT: Variant<NoArgs, ServiceSocketList> = Variant {
    name: "systemctl_text",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| Source::Command(Command::new("systemctl").words(WORDS)),
    reads: &["systemctl list-sockets"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServiceSocketList>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut seen = Seen::default();
    let mut has_type = None;
    let mut columns = None;
    let empty = ServiceSocketList {
        sockets: Vec::new(),
    };
    let parsed = raw.read_lines(empty, |list, line| {
        if line.starts_with("LISTEN ") {
            seen.header = true;
            let is_typed = line.split_ascii_whitespace().nth(1) == Some("TYPE");
            has_type = Some(is_typed);
            let names: &[&str] = if is_typed {
                &["LISTEN", "TYPE", "UNIT", "ACTIVATES"]
            } else {
                &["LISTEN", "UNIT", "ACTIVATES"]
            };
            columns = listing::columns(line, names);
        } else if let Some(socket) =
            ellipsized(line, columns.as_deref()).or_else(|| socket(line, has_type))
        {
            list.sockets.push(socket);
        } else if listing::is_count(line, "sockets") {
            seen.counted = true;
        } else if !listing::is_legend(line) {
            return None;
        }
        Some(())
    });
    listing::expect_list(&raw, &parsed, parsed.value.sockets.len(), &seen)?;
    Ok(parsed)
}

/// The types there are, for a table without a header.
const TYPES: &[&str] = &[
    "Stream",
    "Datagram",
    "SequentialPacket",
    "FIFO",
    "Special",
    "Netlink",
    "MessageQueue",
    "USBFunction",
];

/// Reads a row of which a narrow terminal cut something: by its columns.
fn ellipsized(line: &str, columns: Option<&[usize]>) -> Option<ServiceSocket> {
    if !listing::is_ellipsized(line) {
        return None;
    }
    let cells = listing::cells(line, columns?)?;
    let (listen, kind, unit, activates) = match cells.as_slice() {
        [listen, kind, unit, activates] => (listen, listing::some_word(kind), unit, activates),
        [listen, unit, activates] => (listen, None, unit, activates),
        _ => return None,
    };
    let is_name = |name: &str| !name.is_empty() && !name.contains(' ');
    let activates = listing::some_word(activates);
    if listen.is_empty() || !is_name(unit) || !activates.as_deref().is_none_or(is_name) {
        return None;
    }
    Some(ServiceSocket {
        listen: (*listen).to_owned(),
        r#type: kind,
        unit: (*unit).to_owned(),
        activates: activates.into_iter().collect(),
    })
}

/// Reads `address [type] unit activates`; `has_type` is what the header says, where there is one.
fn socket(line: &str, has_type: Option<bool>) -> Option<ServiceSocket> {
    let line = line.trim();
    let unit_begin = line
        .match_indices(".socket")
        .filter(|(at, suffix)| {
            let behind = at.checked_add(suffix.len()).and_then(|end| line.get(end..));
            behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(' '))
        })
        .last()
        .map(|(at, _)| at)
        .and_then(|at| line.get(..at)?.rfind(' '))?;
    let (before, rest) = line.split_at_checked(unit_begin)?;
    let mut words = rest.split_ascii_whitespace();
    let unit = words.next()?.to_owned();
    let names = words.map(|name| name.trim_end_matches(','));
    let activates: Vec<String> = names.filter_map(listing::some_word).collect();
    let before = before.trim_end();
    let typed = before.rsplit_once(' ');
    let (listen, kind) = match (has_type, typed) {
        (Some(true), None) => return None,
        (Some(true), Some((listen, kind))) => (listen.trim_end(), Some(kind.to_owned())),
        (None, Some((listen, kind))) if TYPES.contains(&kind) => {
            (listen.trim_end(), Some(kind.to_owned()))
        }
        _ => (before, None),
    };
    // A name has a suffix; what has none is a part of something else.
    if listen.is_empty() || !activates.iter().all(|name| name.contains(['.', '…'])) {
        return None;
    }
    Some(ServiceSocket {
        listen: listen.to_owned(),
        r#type: kind,
        unit,
        activates,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_hold_spaces() {
        let found = socket(
            "/run/my own.socket   Stream my.socket  my.service",
            Some(true),
        )
        .unwrap();
        assert_eq!(found.listen, "/run/my own.socket");
        assert_eq!(found.r#type.as_deref(), Some("Stream"));
        assert_eq!(
            (found.unit.as_str(), found.activates.len()),
            ("my.socket", 1)
        );
        let alone = socket("audit 1 a.socket -", None).unwrap();
        assert_eq!(
            (alone.listen.as_str(), alone.activates.len()),
            ("audit 1", 0)
        );
        assert_eq!(socket("a.socket b.service", None), None);
    }
}
