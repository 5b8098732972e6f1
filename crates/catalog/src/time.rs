//! Moments as tools print them, made into UTC. A moment whose zone is not certain is none.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// What systemd's tools print: `Mon 2026-11-23 04:45:00 UTC`, as under `TZ=UTC0`. A zone that has
/// no letters is shown as its offset, `-03`, and counts too; of one with letters nobody can tell
/// the offset.
pub(crate) fn of_systemd(text: &str) -> Option<DateTime<Utc>> {
    let (_weekday, rest) = text.split_once(' ')?;
    let (plain, zone) = rest.rsplit_once(' ')?;
    let east_seconds = if zone == "UTC" {
        0
    } else {
        offset_seconds(zone)?
    };
    let moment = NaiveDateTime::parse_from_str(plain, "%Y-%m-%d %H:%M:%S%.f").ok()?;
    let east = chrono::TimeDelta::seconds(east_seconds);
    Some(moment.checked_sub_signed(east)?.and_utc())
}

/// The seconds east of Greenwich of `+0530`, `+05:30`, `-03`, `Z`.
pub(crate) fn offset_seconds(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let number = |text: &str| {
        let is_two = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_two.then(|| text.parse::<i64>().ok()).flatten()
    };
    let minutes = if digits.len() == 2 {
        0
    } else {
        number(minutes)?
    };
    let hours = number(hours).filter(|hours| *hours <= 26)?;
    Some(sign * (hours * 3600 + minutes * 60))
}

/// Seconds since 1970 with their decimals, at most nine: `1795913417.476119`.
pub(crate) fn of_epoch(text: &str) -> Option<DateTime<Utc>> {
    let (seconds, decimals) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(seconds) || !is_number(decimals) || decimals.len() > 9 {
        return None;
    }
    let nanoseconds = format!("{decimals:0<9}").parse().ok()?;
    DateTime::from_timestamp(seconds.parse().ok()?, nanoseconds)
}

/// What docker prints: `2026-11-23 04:54:14 +0000 UTC`; the zone's name behind the offset is of no
/// use.
pub(crate) fn of_docker(text: &str) -> Option<DateTime<Utc>> {
    let mut words = text.split_ascii_whitespace();
    let (date, time, offset) = (words.next()?, words.next()?, words.next()?);
    let moment = format!("{date} {time} {offset}");
    let moment = DateTime::parse_from_str(&moment, "%Y-%m-%d %H:%M:%S%.f %z").ok()?;
    Some(moment.to_utc())
}

/// A UTC date without its year, `Nov 23`, and a time, `04:45` or `04:45:12`: the latest such
/// moment that is not after `now`, by more than the day that clocks may differ.
pub(crate) fn without_year(
    month: &str,
    day: &str,
    time: &str,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let month = month_number(month)?;
    let day = day.parse().ok()?;
    let time = of_day(time)?;
    let latest = now.checked_add_signed(chrono::TimeDelta::days(1))?;
    // Eight years hold at least one 29th of February.
    (0..8).find_map(|years_ago| {
        let date = NaiveDate::from_ymd_opt(now.year().checked_sub(years_ago)?, month, day)?;
        Some(date.and_time(time).and_utc()).filter(|moment| *moment <= latest)
    })
}

/// A date in one of the forms `2026-11-23`, `11/23/2026` (month first) and `Nov 23, 2026`, the month
/// in any language that [`month_number`] knows.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    let by_form = ["%Y-%m-%d", "%m/%d/%Y"]
        .into_iter()
        .find_map(|form| NaiveDate::parse_from_str(text, form).ok());
    by_form.or_else(|| {
        let words: Vec<&str> = text
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .collect();
        let [month, day, year] = words.as_slice() else {
            return None;
        };
        NaiveDate::from_ymd_opt(year.parse().ok()?, month_number(month)?, day.parse().ok()?)
    })
}

/// The number of a month by its short name as the C library writes it (`%b`), with a dot behind it
/// or not, in English and the languages around it, or `11月`. A short name means the same month in
/// all of them.
pub(crate) fn month_number(name: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &[
            "jan", "ene", "gen", "ian", "janv", "led", "oca", "sty", "tammi", "ιαν", "січ", "янв",
        ],
        &[
            "feb", "febr", "fev", "févr", "helmi", "lut", "úno", "şub", "φεβ", "лют", "фев",
        ],
        &[
            "mar", "bře", "maalis", "mars", "mrt", "márc", "mär", "μαρ", "бер", "мар",
        ],
        &[
            "apr", "abr", "april", "avril", "dub", "huhti", "kwi", "nis", "ápr", "απρ", "апр",
            "кві",
        ],
        &[
            "may", "kvě", "mag", "mai", "maj", "mei", "máj", "touko", "μαΐ", "мая", "май", "тра",
        ],
        &[
            "jun", "cze", "giu", "haz", "iun", "juin", "juni", "jún", "kesä", "čen", "ιουν", "июн",
            "чер",
        ],
        &[
            "jul", "heinä", "iul", "juil", "juli", "júl", "lip", "lug", "tem", "čec", "ιουλ",
            "июл", "лип",
        ],
        &[
            "aug", "ago", "août", "ağu", "elo", "sie", "srp", "αυγ", "авг", "сер",
        ],
        &[
            "sep", "eyl", "sept", "set", "syys", "szept", "wrz", "zář", "σεπ", "вер", "сен",
        ],
        &[
            "oct", "eki", "loka", "okt", "ott", "out", "paź", "říj", "οκτ", "жов", "окт",
        ],
        &["nov", "kas", "lis", "marras", "νοε", "лис", "ноя"],
        &[
            "dec", "ara", "des", "dez", "dic", "déc", "gru", "joulu", "pro", "δεκ", "гру", "дек",
        ],
    ];
    if let Some(number) = name.strip_suffix(['月', '월']) {
        return number.parse().ok().filter(|month| (1..=12).contains(month));
    }
    let name = name.trim_end_matches('.').to_lowercase();
    let at = MONTHS
        .iter()
        .position(|names| names.contains(&name.as_str()))?;
    u32::try_from(at).ok()?.checked_add(1)
}

/// A UTC date with its year, `2026-11-23`, and a time.
pub(crate) fn with_year(date: &str, time: &str) -> Option<DateTime<Utc>> {
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    Some(date.and_time(of_day(time)?).and_utc())
}

/// `04:45` or `04:45:12`.
pub(crate) fn of_day(text: &str) -> Option<NaiveTime> {
    ["%H:%M:%S", "%H:%M"]
        .into_iter()
        .find_map(|form| NaiveTime::parse_from_str(text, form).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(moment: Option<DateTime<Utc>>) -> Option<String> {
        moment.map(|moment| moment.to_rfc3339())
    }

    #[test]
    fn only_a_certain_zone_counts() {
        let expected = Some("2026-11-23T04:45:00+00:00".to_owned());
        assert_eq!(shown(of_systemd("Mon 2026-11-23 04:45:00 UTC")), expected);
        assert_eq!(of_systemd("Mon 2026-11-23 05:45:00 CET"), None);
        let printed = |zone: &str| shown(of_systemd(&format!("Mon 2026-11-23 {zone}")));
        assert_eq!(printed("01:45:00 -03"), expected);
        assert_eq!(printed("10:15:00 +0530"), expected);
        assert_eq!(shown(of_epoch("1795409100")), expected);
        assert_eq!(of_epoch("1795409100.4761191234"), None);
        assert_eq!(of_epoch("-1"), None);
        assert_eq!(shown(of_docker("2026-11-23 05:45:00 +0100 CET")), expected);
        assert_eq!(of_docker("2026-11-23 05:45:00"), None);
    }

    #[test]
    fn months_have_names_in_many_languages() {
        for (name, expected) in [
            ("Nov", Some(11)),
            ("mär", Some(3)),
            ("Okt.", Some(10)),
            ("нояб", None),
            ("ноя", Some(11)),
            ("Şub", Some(2)),
            ("11月", Some(11)),
            ("13月", None),
            ("", None),
        ] {
            assert_eq!(month_number(name), expected, "{name}");
        }
    }

    #[test]
    fn the_year_is_the_latest_possible() {
        let now = with_year("2027-01-02", "00:10").unwrap();
        let found = |month, day| shown(without_year(month, day, "04:45", now));
        assert_eq!(
            found("Nov", "23"),
            Some("2026-11-23T04:45:00+00:00".to_owned())
        );
        assert_eq!(
            found("Jan", "2"),
            Some("2027-01-02T04:45:00+00:00".to_owned())
        );
        assert_eq!(
            found("Feb", "29"),
            Some("2024-02-29T04:45:00+00:00".to_owned())
        );
        assert_eq!(found("Feb", "30"), None);
        assert_eq!(found("Foo", "1"), None);
    }
}
