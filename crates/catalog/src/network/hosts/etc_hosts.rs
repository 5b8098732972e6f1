//! `/etc/hosts`, see `hosts(5)`.

use super::{NetworkHostList, host};
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const PATH: &str = "/etc/hosts";

const FILES: &[FixedPath] = &[FixedPath::new(PATH)];

pub(super) const VARIANT: Variant<NoArgs, NetworkHostList> = Variant {
    name: "etc_hosts",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkHostList>, ParseError> {
    let content = raw.required_file(PATH)?;
    let mut parsed = Parsed::whole(NetworkHostList::default());
    let mut has_comment = false;
    // People's files often lack the last line feed: what is there counts.
    for (index, line) in content.lines().enumerate() {
        let (told, comment) = match line.split_once('#') {
            Some((told, _)) => (told.trim(), true),
            None => (line.trim(), false),
        };
        has_comment |= comment;
        if told.is_empty() {
            continue;
        }
        match host(told) {
            Some(host) => parsed.value.hosts.push(host),
            None => parsed.leave_unread(index, line),
        }
    }
    if parsed.value.hosts.is_empty() && !has_comment && !parsed.unread.is_empty() {
        return Err(ParseError::shape("no host and its names"));
    }
    Ok(parsed)
}
