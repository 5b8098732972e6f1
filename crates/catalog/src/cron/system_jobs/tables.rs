//! All the system's tables with their names, and the clock before them. Debian's cron takes no file
//! of `/etc/cron.d` with a dot or the like in its name; no cron takes an editor's or a package
//! manager's copies.

use super::{SystemCronJobList, expect_lines, read};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    cron::next::{Clock, clock_script},
};

const SCRIPT: &str = clock_script!(
    r#"for file in /etc/crontab /etc/cron.d/* /etc/anacrontab; do
  [ -f "$file" ] || continue
  case ${file##*/} in
    *~ | *.rpmsave | *.rpmorig | *.rpmnew | *.swp) continue ;;
    *[!A-Za-z0-9_-]*) [ -e /etc/debian_version ] && continue ;;
  esac
  printf '==> %s <==\n' "$file"
  cat -- "$file" && echo
done
exit 0"#
);

pub(super) const VARIANT: Variant<NoArgs, SystemCronJobList> = Variant {
    name: "tables",
    needs: Needs::NOTHING,
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["cat|grep|head|less|more|tail /etc/crontab|/etc/anacrontab|/etc/cron.d/*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SystemCronJobList>, ParseError> {
    raw.expect_exit(&[0]).map_err(|error| match error {
        ParseError::Shape(detail) if detail.contains("No such file") => ParseError::Absent(detail),
        error => error,
    })?;
    let mut parsed = Parsed::whole(SystemCronJobList::none());
    if raw.typed.is_empty() {
        let text = raw.text();
        let clock = text.lines().next().and_then(Clock::read);
        let clock = clock.ok_or_else(|| ParseError::shape("the server printed no clock"))?;
        let has_names = read(raw, &mut parsed, None, Some(&clock));
        // All tables may be out of reach for who asks.
        if !has_names && let Some(complaint) = raw.complaint() {
            return Err(complaint);
        }
        return expect_lines(raw, parsed);
    }
    let mut paths = raw
        .typed
        .iter()
        .skip(1)
        .filter(|word| word.starts_with('/'));
    let file = match (paths.next(), paths.next()) {
        (Some(path), None) if !path.contains(['*', '?', '[', '{']) => Some(path.as_str()),
        _ => None,
    };
    read(raw, &mut parsed, file, None);
    expect_lines(raw, parsed)
}
