//! The file that holds a user's crontab, where `crontab(1)` is missing or may not be used: on Debian
//! in `crontabs`, on SUSE in `tabs`, elsewhere in `/var/spool/cron` itself, on Alpine in
//! `/etc/crontabs`. Only root may read them.

use super::{UserCronJobList, UserCronOf};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, cron::next::clock_script,
};

/// No folder at all: there is no cron. A folder and no file: there is no table.
const SCRIPT: &str = clock_script!(
    r#"user=${1:-$(id -un)}
code=127
for folder in /var/spool/cron/crontabs /var/spool/cron/tabs /etc/crontabs /var/spool/cron; do
  [ -d "$folder" ] || continue
  [ -x "$folder" ] || { echo "$folder: Permission denied" >&2; exit 1; }
  [ -f "$folder/$user" ] && exec cat -- "$folder/$user"
  code=0
done
[ "$code" -eq 0 ] || echo "there is no folder of crontabs" >&2
exit "$code""#
);

pub(super) const VARIANT: Variant<UserCronOf, UserCronJobList> = Variant {
    name: "spool",
    needs: Needs::NOTHING,
    source: |args| Source::Command(Command::script(SCRIPT).value_or_empty(args.user.as_ref())),
    reads: &["cat|grep|head|less|more|tail /var/spool/cron/*|/etc/crontabs/*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UserCronJobList>, ParseError> {
    raw.expect_exit(&[0]).map_err(|error| match error {
        ParseError::Shape(detail) if detail.contains("No such file") => ParseError::Absent(detail),
        error => error,
    })?;
    let mut paths = raw
        .typed
        .iter()
        .skip(1)
        .filter(|word| word.starts_with('/'));
    let file = match (paths.next(), paths.next()) {
        (Some(path), None) => Some(path.as_str()),
        _ => None,
    };
    super::read(raw, file)
}
