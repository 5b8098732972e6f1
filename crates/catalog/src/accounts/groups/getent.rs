//! `getent(1)` of the C library: the groups of files and of whatever else `nsswitch.conf(5)`
//! names. It ends with 2 where a group that was asked for does not exist, and with 3 where the
//! database cannot be listed. busybox has a `getent` of its own on Alpine, which is a script.

use super::GroupAccountList;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, accounts::database,
    arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, GroupAccountList> = Variant {
    name: "getent",
    needs: Needs::programs(&["getent"]),
    source: |_| Source::Command(Command::new("getent").word("group")),
    reads: &["getent group"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<GroupAccountList>, ParseError> {
    database::expect_exit(raw, &[0, 2])?;
    super::read(raw)
}
