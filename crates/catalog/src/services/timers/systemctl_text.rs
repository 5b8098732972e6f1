//! `systemctl(1) list-timers` as a table. Its columns are found by what is in them, as some
//! versions set them to the left and some to the right: a moment, a length of time, and these
//! again, then the names. Under `TZ=UTC0` its moments are in UTC.

use chrono::{DateTime, Utc};

use super::{ServiceTimer, ServiceTimerList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    services::listing::{self, Seen},
    time, units,
};

const WORDS: &[&str] = &[
    "TZ=UTC0",
    "systemctl",
    "list-timers",
    "--all",
    "--full",
    "--no-pager",
];

pub(super) const VARIANT: Variant<NoArgs, ServiceTimerList> = Variant {
    name: "systemctl_text",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| Source::Command(Command::new("env").words(WORDS)),
    reads: &["systemctl list-timers"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServiceTimerList>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut seen = Seen::default();
    let mut columns = None;
    let empty = ServiceTimerList { timers: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        if line.starts_with("NEXT ") {
            seen.header = true;
            columns = listing::columns(line, &["NEXT", "LAST", "UNIT", "ACTIVATES"]);
        } else if let Some(timer) = ellipsized(line, columns.as_deref()).or_else(|| timer(line)) {
            list.timers.push(timer);
        } else if listing::is_count(line, "timers") {
            seen.counted = true;
        } else if !listing::is_legend(line) {
            return None;
        }
        Some(())
    });
    listing::expect_list(&raw, &parsed, parsed.value.timers.len(), &seen)?;
    Ok(parsed)
}

/// Reads a row of which a narrow terminal cut something: the columns that are set to the left in
/// all versions hold a moment and a length of time, the same again, and the names.
fn ellipsized(line: &str, columns: Option<&[usize]>) -> Option<ServiceTimer> {
    if !listing::is_ellipsized(line) {
        return None;
    }
    let cells = listing::cells(line, columns?)?;
    let [next, last, name, activates] = cells.as_slice() else {
        return None;
    };
    let pair = |cell: &str| {
        let words: Vec<&str> = cell.split_ascii_whitespace().collect();
        let mut rest = words.as_slice();
        let moment = match moment(&mut rest) {
            Some(moment) => moment,
            // The moment is cut: up to the word that says so it is shown, and not known.
            None => {
                let length = rest.iter().position(|word| listing::is_ellipsized(word))?;
                let (shown, after) = rest.split_at_checked(length.checked_add(1)?)?;
                rest = after;
                (None, Some(shown.join(" ")))
            }
        };
        // A length of time that is cut is none.
        let seconds = if rest.iter().any(|word| listing::is_ellipsized(word)) {
            None
        } else {
            let seconds = span(&mut rest)?;
            rest.is_empty().then_some(seconds)?
        };
        Some((moment, seconds))
    };
    let ((next, next_shown), left_seconds) = pair(next)?;
    let ((last, last_shown), passed_seconds) = pair(last)?;
    if name.is_empty() || name.contains(' ') || activates.contains(' ') {
        return None;
    }
    Some(ServiceTimer {
        name: (*name).to_owned(),
        activates: listing::some_word(activates).into_iter().collect(),
        next,
        next_shown,
        left_seconds,
        last,
        last_shown,
        passed_seconds: passed_seconds.map(|seconds| -seconds),
    })
}

/// Reads `next left last passed unit activates`.
fn timer(line: &str) -> Option<ServiceTimer> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let mut rest = words.as_slice();
    let (next, next_shown) = moment(&mut rest)?;
    let left_seconds = span(&mut rest)?;
    let (last, last_shown) = moment(&mut rest)?;
    let passed_seconds = span(&mut rest)?;
    let (name, activates) = rest.split_first()?;
    if !name.contains('.') && !name.contains('…') {
        return None;
    }
    let names = activates.iter().map(|name| name.trim_end_matches(','));
    Some(ServiceTimer {
        name: (*name).to_owned(),
        activates: names.filter_map(listing::some_word).collect(),
        next,
        next_shown,
        left_seconds,
        last,
        last_shown,
        // It is told as a length before now.
        passed_seconds: passed_seconds.map(|seconds| -seconds),
    })
}

type Moment = (Option<DateTime<Utc>>, Option<String>);

/// Takes `Sun 2026-11-29 01:00:00 UTC`, `@1795914000`, or what stands where there is no moment.
fn moment(rest: &mut &[&str]) -> Option<Moment> {
    match rest {
        ["-" | "n/a", after @ ..] => {
            *rest = after;
            Some((None, None))
        }
        [epoch, after @ ..] if epoch.starts_with('@') => {
            let moment = time::of_epoch(epoch.strip_prefix('@')?)?;
            let shown = (*epoch).to_owned();
            *rest = after;
            Some((Some(moment), Some(shown)))
        }
        [weekday, date, clock, zone, after @ ..] => {
            // It is one whatever the zone, or it is none.
            time::of_systemd(&format!("{weekday} {date} {clock} UTC"))?;
            let shown = format!("{weekday} {date} {clock} {zone}");
            *rest = after;
            Some((time::of_systemd(&shown), Some(shown)))
        }
        _ => None,
    }
}

/// Takes a length of time from now on: `5min left`, `1 day 10h`, `2h ago` (below 0), or what
/// stands where there is none.
fn span(rest: &mut &[&str]) -> Option<Option<f64>> {
    if let ["-" | "n/a", after @ ..] = rest {
        *rest = after;
        return Some(None);
    }
    if let ["now", after @ ..] = rest {
        *rest = after;
        return Some(Some(0.0));
    }
    let is_part = |word: &&&str| {
        let is_unit = matches!(
            **word,
            "year" | "years" | "month" | "months" | "week" | "weeks" | "day" | "days"
        );
        is_unit || word.starts_with(|c: char| c.is_ascii_digit())
    };
    let length = rest.iter().take_while(is_part).count();
    let (parts, mut after) = rest.split_at_checked(length)?;
    let seconds = units::span_seconds(&parts.join(" "))?;
    let seconds = match after {
        ["ago", behind @ ..] => {
            after = behind;
            -seconds
        }
        ["left", behind @ ..] => {
            after = behind;
            seconds
        }
        _ => seconds,
    };
    *rest = after;
    Some(Some(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_by_what_is_in_it() {
        let found = timer(
            "Sun 2026-11-29 01:00:00 CET 1 day 10h left Sat 2026-11-28 01:00:00 CET 4min 21s ago a.timer a.service",
        )
        .unwrap();
        assert_eq!((found.next, found.left_seconds), (None, Some(122_400.0)));
        assert_eq!(
            found.next_shown.as_deref(),
            Some("Sun 2026-11-29 01:00:00 CET")
        );
        assert_eq!(found.passed_seconds, Some(261.0));
        let overdue = timer("Sun 2026-11-29 01:00:00 UTC 2s ago n/a n/a a.timer").unwrap();
        assert_eq!(overdue.left_seconds, Some(-2.0));
        assert!(overdue.activates.is_empty());
        assert_eq!(timer("Sun 2026-11-29 01:00:00 UTC 2s ago n/a n/a"), None);
        assert_eq!(timer("- - - 2 parsecs ago a.timer"), None);
    }
}
