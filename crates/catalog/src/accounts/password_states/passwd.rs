//! `passwd -S` of shadow-utils (`L`, `NP`, `P`) and of Fedora's old passwd (`LK`, `NP`, `PS`), one
//! account a line. The date was written month first before shadow 4.9. busybox has no such option.

use chrono::NaiveDate;

use super::{PasswordKind, PasswordState, PasswordStateList, days};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, accounts::database,
    arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, PasswordStateList> = Variant {
    name: "passwd",
    needs: Needs::programs(&["passwd"]),
    source: |_| Source::Command(Command::new("passwd").words(&["-S", "-a"])),
    reads: &["passwd -S*|--status|-a*|--all"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PasswordStateList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let none = PasswordStateList {
        passwords: Vec::new(),
    };
    let parsed = raw.read_lines(none, |list, line| {
        list.passwords.push(password(line)?);
        Some(())
    });
    let is_empty = parsed.value.passwords.is_empty();
    database::expect_rows(raw, parsed, is_empty)
}

/// Reads `name state change min max warn inactive`, with a remark in brackets behind it or not; an
/// account without a line in the shadow file has a name and a state alone.
fn password(line: &str) -> Option<PasswordState> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let (name, state, rest) = match words.as_slice() {
        [name, state, rest @ ..] => (name, state, rest),
        _ => return None,
    };
    let mut password = PasswordState::of(database::name(name)?);
    password.state = Some(match *state {
        "L" | "LK" => PasswordKind::Locked,
        "NP" => PasswordKind::None,
        "P" | "PS" => PasswordKind::Set,
        _ => return None,
    });
    let (change, min, max, warn, inactive) = match rest {
        [] => return Some(password),
        [change, min, max, warn, inactive] => (change, min, max, warn, inactive),
        [change, min, max, warn, inactive, remark, ..] if remark.starts_with('(') => {
            (change, min, max, warn, inactive)
        }
        _ => return None,
    };
    password.change(match *change {
        "never" => None,
        date => Some(
            ["%Y-%m-%d", "%m/%d/%Y"]
                .into_iter()
                .find_map(|form| NaiveDate::parse_from_str(date, form).ok())?,
        ),
    });
    password.min_days = days(min)?;
    password.max_days = days(max)?;
    password.warn_days = days(warn)?;
    password.inactive_days = days(inactive)?;
    password.expire();
    Some(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_other_forms_are_read() {
        let old = password("ann P 05/20/2025 0 90 7 -1").unwrap();
        assert_eq!(old.last_change, NaiveDate::from_ymd_opt(2025, 5, 20));
        assert_eq!(old.password_expires, NaiveDate::from_ymd_opt(2025, 8, 18));
        let fedora = password("ann LK 1970-01-01 -1 -1 -1 -1 (Password locked.)").unwrap();
        assert_eq!(fedora.state, Some(PasswordKind::Locked));
        assert_eq!(fedora.must_change, Some(true));
        assert_eq!(fedora.min_days, None);
        for line in [
            "ann X 2025-05-20 0 90 7 -1",
            "ann P 2025-05-20 0 90 7",
            "ann P never",
        ] {
            assert_eq!(password(line), None, "{line}");
        }
    }
}
