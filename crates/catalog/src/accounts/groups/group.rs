//! `/etc/group`, see `group(5)`: the server's own groups, not those of a directory.

use super::GroupAccountList;
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, accounts::database,
    arguments::NoArgs,
};

const GROUP: FixedPath = FixedPath::new("/etc/group");

pub(super) const VARIANT: Variant<NoArgs, GroupAccountList> = Variant {
    name: "group",
    needs: Needs::NOTHING,
    source: |_| Source::Files(&[GROUP]),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<GroupAccountList>, ParseError> {
    super::read(database::of_file(raw, GROUP.as_str())?)
}
