//! `getent(1)` of the C library: the accounts of files and of whatever else `nsswitch.conf(5)`
//! names. It ends with 2 where an account that was asked for does not exist, and with 3 where the
//! database cannot be listed. busybox has a `getent` of its own on Alpine, which is a script.

use super::UserAccountList;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, accounts::database,
    arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, UserAccountList> = Variant {
    name: "getent",
    needs: Needs::programs(&["getent"]),
    source: |_| Source::Command(Command::new("getent").word("passwd")),
    reads: &["getent passwd"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UserAccountList>, ParseError> {
    database::expect_exit(raw, &[0, 2])?;
    super::read(raw)
}
