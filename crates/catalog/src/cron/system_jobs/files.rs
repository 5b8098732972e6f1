//! `/etc/crontab` and `/etc/anacrontab` alone, without the clock: no next run is known.

use super::{ANACRONTAB, SystemCronJobList, expect_lines, read};
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const FILES: &[FixedPath] = &[FixedPath::new("/etc/crontab"), FixedPath::new(ANACRONTAB)];

pub(super) const VARIANT: Variant<NoArgs, SystemCronJobList> = Variant {
    name: "files",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SystemCronJobList>, ParseError> {
    if raw.files.is_empty() {
        return Err(ParseError::Absent(
            "neither /etc/crontab nor /etc/anacrontab can be read".to_owned(),
        ));
    }
    let mut parsed = Parsed::whole(SystemCronJobList::none());
    for file in raw.files {
        let of_file = RawOutput {
            stdout: file.bytes,
            ..raw
        };
        read(of_file, &mut parsed, Some(file.path), None);
    }
    expect_lines(raw, parsed)
}
