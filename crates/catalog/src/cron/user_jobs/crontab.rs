//! `crontab -l` of Vixie's cron, cronie and busybox. It ends with 1 where there is no table.

use super::{UserCronJobList, UserCronOf};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, cron::next::clock_script,
};

const SCRIPT: &str = clock_script!(r#"exec crontab -l ${1:+-u "$1"}"#);

pub(super) const VARIANT: Variant<UserCronOf, UserCronJobList> = Variant {
    name: "crontab",
    needs: Needs::programs(&["crontab"]),
    source: |args| Source::Command(Command::script(SCRIPT).value_or_empty(args.user.as_ref())),
    reads: &["crontab -l*|--list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UserCronJobList>, ParseError> {
    // busybox looks for a file of the user's name.
    let said = raw.error_text();
    let is_none = said.contains("no crontab for")
        || (said.contains("crontab: can't open '") && said.contains("No such file"));
    if raw.exit_code == Some(1) && is_none {
        return Ok(Parsed::whole(UserCronJobList::none()));
    }
    raw.expect_exit(&[0]).map_err(|error| match error {
        ParseError::Shape(detail)
            if detail.contains("not allowed") || detail.contains("must be privileged") =>
        {
            ParseError::Denied(detail)
        }
        ParseError::Shape(detail)
            if detail.contains("unknown") || detail.contains("does not exist") =>
        {
            ParseError::Unavailable(detail)
        }
        error => error,
    })?;
    super::read(raw, None)
}
