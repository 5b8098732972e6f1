//! `networkctl list` of systemd; it is translated nowhere.

use super::{NetworkdLink, NetworkdLinkList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::common::{why_no_row, words},
};

pub(super) const VARIANT: Variant<NoArgs, NetworkdLinkList> = Variant {
    name: "networkctl",
    needs: Needs::programs(&["networkctl"]),
    source: |_| {
        let words = ["--no-pager", "--no-legend", "list"];
        Source::Command(Command::new("networkctl").words(&words))
    },
    reads: &["networkctl"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkdLinkList>, ParseError> {
    let parsed = raw.read_lines(NetworkdLinkList::default(), |value, line| {
        let words = words(line);
        match words.as_slice() {
            ["IDX", "LINK", ..] | [_, "links" | "link", "listed."] => {}
            [index, name, kind, operational, setup] => value.links.push(NetworkdLink {
                index: index.parse().ok()?,
                name: (*name).to_owned(),
                kind: (*kind).to_owned(),
                operational_state: known(operational),
                setup_state: known(setup),
            }),
            _ => return None,
        }
        Some(())
    });
    if parsed.value.links.is_empty() {
        return Err(why_no_row(&raw, "no list of networkctl"));
    }
    Ok(parsed)
}

/// A state; `-` and `n/a` stand where there is none.
fn known(text: &str) -> Option<String> {
    (!matches!(text, "-" | "n/a")).then(|| text.to_owned())
}
