//! `getent hosts`, see `getent(1)`: what the name services list; most list the file alone.

use super::{NetworkHostList, host};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::common::{is_silent, why_no_row},
};

/// A name that is not known.
const NOT_FOUND: i32 = 2;

pub(super) const VARIANT: Variant<NoArgs, NetworkHostList> = Variant {
    name: "getent",
    needs: Needs::programs(&["getent"]),
    source: |_| Source::Command(Command::new("getent").word("hosts")),
    reads: &["getent hosts"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkHostList>, ParseError> {
    let parsed = raw.read_lines(NetworkHostList::default(), |value, line| {
        value.hosts.push(host(line)?);
        Some(())
    });
    let not_found =
        raw.exit_code == Some(NOT_FOUND) && raw.stdout.is_empty() && raw.stderr.is_empty();
    if parsed.value.hosts.is_empty() && !not_found && !is_silent(&raw) {
        return Err(why_no_row(&raw, "no host and its names"));
    }
    Ok(parsed)
}
