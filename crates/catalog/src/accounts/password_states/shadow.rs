//! `/etc/shadow`, see `shadow(5)`: the hashes are replaced on the server, before anything of the
//! file leaves it. What people print of it with `cat` or `getent(1)` is read too, without the hash.

use chrono::{NaiveDate, TimeDelta};

use super::{PasswordKind, PasswordState, PasswordStateList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, accounts::database,
    arguments::NoArgs,
};

/// Any line that is none of the file's becomes a `?`.
const SCRIPT: &str = r"exec sed -e 's/^\([^:]*\)::/\1:(none):/' -e t \
 -e 's/^\([^:]*\):[!*][^:]*:/\1:(locked):/' -e t \
 -e 's/^\([^:]*\):[^:]*:/\1:(set):/' -e t -e 's/.*/?/' /etc/shadow";

pub(super) const VARIANT: Variant<NoArgs, PasswordStateList> = Variant {
    name: "shadow",
    needs: Needs::programs(&["sed"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["cat|grep|head|less|more|tail /etc/shadow", "getent shadow"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PasswordStateList>, ParseError> {
    database::expect_exit(raw, &[0, 2]).map_err(|error| match error {
        // An absent file ends sed with 2 of GNU, 1 of busybox.
        ParseError::Shape(detail) if detail.contains("No such file") => ParseError::Absent(detail),
        error => error,
    })?;
    if raw.stdout.is_empty() {
        raw.complaint().map_or(Ok(()), Err)?;
    }
    let none = PasswordStateList {
        passwords: Vec::new(),
    };
    let parsed = database::read_lines(raw, none, |list, line| {
        list.passwords.push(password(line)?);
        Some(())
    });
    let is_empty = parsed.value.passwords.is_empty();
    database::expect_rows(raw, parsed, is_empty)
}

/// Reads `name:hash:change:min:max:warn:inactive:expire:reserved`, days counted from 1970.
fn password(line: &str) -> Option<PasswordState> {
    let fields: Vec<&str> = line.split(':').collect();
    let [
        name,
        hash,
        change,
        min,
        max,
        warn,
        inactive,
        expire,
        _reserved,
    ] = fields.as_slice()
    else {
        return None;
    };
    let number = |field: &str| match field {
        "" => Some(None),
        field => super::days(field),
    };
    let mut password = PasswordState::of(database::name(name)?);
    password.state = Some(match *hash {
        "" | "(none)" => PasswordKind::None,
        "(set)" => PasswordKind::Set,
        "(locked)" => PasswordKind::Locked,
        hash if hash.starts_with(['!', '*']) => PasswordKind::Locked,
        _ => PasswordKind::Set,
    });
    password.change(match number(change)? {
        Some(days) => Some(date(days)?),
        None => None,
    });
    password.min_days = number(min)?;
    password.max_days = number(max)?;
    password.warn_days = number(warn)?;
    password.inactive_days = number(inactive)?;
    password.account_expires = match number(expire)? {
        Some(days) => Some(date(days)?),
        None => None,
    };
    password.expire();
    Some(password)
}

fn date(days: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_signed(TimeDelta::days(i64::from(days)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hash_is_in_the_answer() {
        let stdout = b"ann:$6$salt$secret:19000:0:90:7:14:20000:\nbroken:$6$salt$secret:x\n$6$cut";
        let raw = RawOutput {
            stdout,
            exit_code: Some(0),
            ..RawOutput::default()
        };
        let parsed = parse(raw).unwrap();
        let [ann] = parsed.value.passwords.as_slice() else {
            panic!("{parsed:?}");
        };
        assert_eq!(ann.state, Some(PasswordKind::Set));
        assert_eq!(ann.last_change, NaiveDate::from_ymd_opt(2022, 1, 8));
        assert_eq!(ann.password_expires, NaiveDate::from_ymd_opt(2022, 4, 8));
        assert_eq!(ann.account_expires, NaiveDate::from_ymd_opt(2024, 10, 4));
        assert!(!format!("{parsed:?}").contains("salt"), "{parsed:?}");
        assert!(!format!("{parsed:?}").contains("$6$"), "{parsed:?}");
        let failed = parse(RawOutput {
            exit_code: Some(1),
            ..raw
        });
        assert!(!format!("{failed:?}").contains("salt"), "{failed:?}");
    }

    #[test]
    fn the_first_day_of_all_asks_for_a_change() {
        let password = password("ann::0:0:99999:7:::").unwrap();
        assert_eq!(password.must_change, Some(true));
        assert_eq!(password.last_change, None);
        assert_eq!(password.state, Some(PasswordKind::None));
    }
}
