//! `/etc/passwd`, see `passwd(5)`: the server's own accounts, not those of a directory.

use super::UserAccountList;
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, accounts::database,
    arguments::NoArgs,
};

const PASSWD: FixedPath = FixedPath::new("/etc/passwd");

pub(super) const VARIANT: Variant<NoArgs, UserAccountList> = Variant {
    name: "passwd",
    needs: Needs::NOTHING,
    source: |_| Source::Files(&[PASSWD]),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UserAccountList>, ParseError> {
    super::read(database::of_file(raw, PASSWD.as_str())?)
}
