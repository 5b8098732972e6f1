//! `chronyc sources` of chrony, between commas (`-c`) and as people run it.

use super::{TimeSource, TimeSourceList, TimeSourceMode, TimeSourceState};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text::figure,
};

pub(super) const VARIANT: Variant<NoArgs, TimeSourceList> = Variant {
    name: "chronyc",
    needs: Needs::programs(&["chronyc"]),
    source: |_| Source::Command(Command::new("chronyc").words(&["-c", "-n", "sources"])),
    reads: &["chronyc sources"],
    parse,
};

/// What `-c` prints of a source that never answered, as its last answer's age.
const NEVER: u64 = 4_294_967_295;

fn parse(raw: RawOutput<'_>) -> Result<Parsed<TimeSourceList>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut begun = raw.typed.is_empty();
    let parsed = raw.read_lines(TimeSourceList::default(), |list, line| {
        if line.starts_with("MS Name/IP address") {
            begun = true;
            return Some(());
        }
        if line.starts_with("====") || is_legend(line) {
            return Some(());
        }
        let source = match line.get(1..2) {
            Some(",") => of_fields(line)?,
            _ => of_words(line)?,
        };
        list.sources.push(source);
        Some(())
    });
    if !begun && parsed.value.sources.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("not the sources of chronyc")));
    }
    Ok(parsed)
}

/// The explanations that `-v` draws above the table.
fn is_legend(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &["  .-- ", " / .- ", "| /   ", "||   "];
    BEGINNINGS
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

fn mode(sign: &str) -> Option<TimeSourceMode> {
    Some(match sign {
        "^" => TimeSourceMode::Server,
        "=" => TimeSourceMode::Peer,
        "#" => TimeSourceMode::LocalClock,
        _ => return None,
    })
}

fn state(sign: &str) -> Option<TimeSourceState> {
    Some(match sign {
        "*" => TimeSourceState::Selected,
        "+" => TimeSourceState::Combined,
        "-" => TimeSourceState::NotCombined,
        "x" => TimeSourceState::Wrong,
        "~" => TimeSourceState::TooVariable,
        "?" => TimeSourceState::Unusable,
        _ => return None,
    })
}

/// The poll interval is told as a power of two, the answers as an octal number.
fn poll_and_reach(poll: &str, reach: &str) -> Option<(f64, u8)> {
    let power: i32 = poll.parse().ok()?;
    let reached = u8::from_str_radix(reach, 8).ok()?;
    ((-10..=24).contains(&power)).then(|| (2_f64.powi(power), reached))
}

/// Reads `^,*,127.0.0.1,8,0,377,1,0.000001075,0.000001116,0.000003207`.
fn of_fields(line: &str) -> Option<TimeSource> {
    let fields: Vec<&str> = line.trim_end().split(',').collect();
    let [
        sign,
        mark,
        name,
        stratum,
        poll,
        reach,
        age,
        offset,
        _,
        error,
    ] = fields.as_slice()
    else {
        return None;
    };
    let (poll_seconds, reached) = poll_and_reach(poll, reach)?;
    let age: u64 = age.parse().ok()?;
    let answered = age != NEVER;
    let (offset, error) = (figure(offset)?, figure(error)?);
    Some(TimeSource {
        name: (*name).to_owned(),
        mode: mode(sign)?,
        state: state(mark)?,
        stratum: stratum.parse().ok()?,
        poll_seconds,
        reached,
        last_answer_seconds: answered.then_some(age),
        offset_seconds: answered.then_some(offset),
        error_seconds: answered.then_some(error),
    })
}

/// Reads `^* 127.0.0.1      8   0   377     1  +1075ns[+1116ns] +/- 3207ns`.
fn of_words(line: &str) -> Option<TimeSource> {
    let (sign, rest) = line.split_at_checked(1)?;
    let (mark, rest) = rest.split_at_checked(1)?;
    let (columns, behind) = rest.split_once('[')?;
    let (_, error) = behind.split_once("+/-")?;
    let words: Vec<&str> = columns.split_ascii_whitespace().collect();
    let [name, stratum, poll, reach, age, offset] = words.as_slice() else {
        return None;
    };
    let (poll_seconds, reached) = poll_and_reach(poll, reach)?;
    let last_answer_seconds = match *age {
        "-" => None,
        age => Some(age_seconds(age)?),
    };
    let (offset, error) = (seconds(offset)?, seconds(error.trim())?);
    let answered = last_answer_seconds.is_some();
    Some(TimeSource {
        name: (*name).to_owned(),
        mode: mode(sign)?,
        state: state(mark)?,
        stratum: stratum.parse().ok()?,
        poll_seconds,
        reached,
        last_answer_seconds,
        offset_seconds: answered.then_some(offset),
        error_seconds: answered.then_some(error),
    })
}

/// `17`, `12m`, `3h`, `2d`, rounded as it is shown.
fn age_seconds(text: &str) -> Option<u64> {
    let (number, factor) = match text.strip_suffix(['m', 'h', 'd', 'y']) {
        None => (text, 1),
        Some(number) if text.ends_with('m') => (number, 60),
        Some(number) if text.ends_with('h') => (number, 3600),
        Some(number) if text.ends_with('d') => (number, 86_400),
        Some(number) => (number, 31_536_000),
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

/// `+1075ns`, `-54us`, `3ms`, `2s`, exactly as it is written.
fn seconds(text: &str) -> Option<f64> {
    let end = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at_checked(end)?;
    let number = number.trim_start_matches('+');
    number.parse::<i64>().ok()?;
    let power = match unit {
        "ns" => "e-9",
        "us" => "e-6",
        "ms" => "e-3",
        "s" => "",
        _ => return None,
    };
    figure(&format!("{number}{power}"))
}
