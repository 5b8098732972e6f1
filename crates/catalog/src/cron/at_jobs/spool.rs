//! The files of at's queue, where `atq(1)` is missing: each one's owner, and its name, which is made
//! of the queue's letter, five digits for the number and eight for the minutes since 1970, both
//! hexadecimal. Only root may list them.

use chrono::DateTime;

use super::{AtJob, AtJobList, queue};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const SCRIPT: &str = r#"code=127
for folder in /var/spool/cron/atjobs /var/spool/atjobs /var/spool/at; do
  [ -d "$folder" ] || continue
  [ -r "$folder" ] || { echo "$folder: Permission denied" >&2; exit 1; }
  code=0
  for file in "$folder"/*; do
    [ -f "$file" ] && stat -c '%U %n' -- "$file"
  done
done
[ "$code" -eq 0 ] || echo "there is no queue of at" >&2
exit "$code""#;

pub(super) const VARIANT: Variant<NoArgs, AtJobList> = Variant {
    name: "spool",
    needs: Needs::programs(&["stat"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<AtJobList>, ParseError> {
    raw.expect_exit(&[0])?;
    let none = AtJobList { jobs: Vec::new() };
    let parsed = raw.read_lines(none, |list, line| {
        // The last number that was given is a file beside the jobs.
        if !line.ends_with("/.SEQ") {
            list.jobs.push(job(line)?);
        }
        Some(())
    });
    if parsed.value.jobs.is_empty() && !parsed.unread.is_empty() {
        return Err(ParseError::shape("these are no files of at's queue"));
    }
    Ok(parsed)
}

fn job(line: &str) -> Option<AtJob> {
    let (user, path) = line.split_once(' ')?;
    let name = path.rsplit('/').next()?;
    let (letter, digits) = name.split_at_checked(1)?;
    let (id, minutes) = digits.split_at_checked(5)?;
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    (digits.len() == 13 && is_hexadecimal).then_some(())?;
    let minutes = i64::from_str_radix(minutes, 16).ok()?;
    let (queue, is_running) = queue(letter)?;
    Some(AtJob {
        id: u32::from_str_radix(id, 16).ok()?,
        runs_at: Some(DateTime::from_timestamp(minutes.checked_mul(60)?, 0)?),
        queue,
        user: Some(user.to_owned()).filter(|user| user != "UNKNOWN"),
        is_running,
    })
}
