//! `atq(1)`, which is `at -l`: number, tab, `Mon Nov 30 03:00:00 2026 a root`, or with `2026-11-30 03:00` in
//! old versions; in local time, never translated.

use chrono::NaiveDateTime;

use super::{AtJob, AtJobList, queue};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, AtJobList> = Variant {
    name: "atq",
    needs: Needs::programs(&["atq"]),
    source: |_| Source::Command(Command::new("env").words(&["TZ=UTC0", "atq"])),
    reads: &["atq", "at -l*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<AtJobList>, ParseError> {
    raw.expect_exit(&[0]).map_err(|error| match error {
        ParseError::Shape(detail) if detail.contains("do not have permission") => {
            ParseError::Denied(detail)
        }
        error => error,
    })?;
    let is_utc = raw.typed.is_empty();
    let none = AtJobList { jobs: Vec::new() };
    let parsed = raw.read_lines(none, |list, line| {
        list.jobs.push(job(line, is_utc)?);
        Some(())
    });
    if parsed.value.jobs.is_empty() && !parsed.unread.is_empty() {
        let no_rows = || ParseError::shape("atq printed no jobs");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

fn job(line: &str, is_utc: bool) -> Option<AtJob> {
    let (id, rest) = line.split_once('\t')?;
    let words: Vec<&str> = rest.split_ascii_whitespace().collect();
    let [moment @ .., letter, user] = words.as_slice() else {
        return None;
    };
    let moment = moment.join(" ");
    let moment = ["%a %b %e %H:%M:%S %Y", "%Y-%m-%d %H:%M"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&moment, form).ok())?;
    let (queue, is_running) = queue(letter)?;
    Some(AtJob {
        id: id.trim().parse().ok()?,
        runs_at: is_utc.then(|| moment.and_utc()),
        queue,
        user: Some((*user).to_owned()),
        is_running,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let new = job("7\tMon Nov 30 03:00:00 2026 a root", true).unwrap();
        let old = job("7\t2026-11-30 03:00 a root", true).unwrap();
        assert_eq!(new, old);
        assert!(job("7\t2026-11-30 03:00 = root", true).unwrap().is_running);
        for line in [
            "7 2026-11-30 03:00 a root",
            "7\tsoon a root",
            "7\t2026-11-30 03:00 ab root",
        ] {
            assert_eq!(job(line, true), None, "{line}");
        }
    }
}
