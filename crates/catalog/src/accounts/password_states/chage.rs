//! `chage -l` of shadow-utils: seven lines about one account, each a label in the user's language, a
//! colon and a value. They are known by their order: four dates and three numbers of days.

use chrono::NaiveDate;

use super::{PasswordState, PasswordStateList, days};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text, time,
};

/// Any user may ask for the own account.
const SCRIPT: &str = r#"user=$(id -un) || exit
printf 'user=%s\n' "$user"
exec chage -l "$user""#;

pub(super) const VARIANT: Variant<NoArgs, PasswordStateList> = Variant {
    name: "chage",
    needs: Needs::programs(&["chage"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["chage -l*|--list|-i*|--iso8601"],
    parse,
};

/// What stands for "password must be changed" in the languages that shadow is translated to.
const MUST_CHANGE: &[&str] = &[
    "password must be changed",
    "passwort muss geändert werden",
    "le mot de passe doit être changé",
    "se debe cambiar la contraseña",
    "senha modificada",
    "a palavra-passe tem de ser alterada",
    "пароль должен быть изменён",
    "пароль змінено",
    "パスワードは変更しなければなりません",
    "密码必须更改",
    "必須變更密碼",
    "암호를 바꿔야 합니다",
    "parola değiştirilmeli",
    "la password deve essere cambiata",
    "wachtwoord moet veranderd worden",
    "hasło musi zostać zmienione",
    "heslo musí být změněno",
    "lösenordet måste ändras",
    "adgangskoden skal ændres",
    "passordet må endres",
    "salasana täytyy vaihtaa",
    "jelszóváltás kötelező",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PasswordStateList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let text = raw.text();
    let lines: Vec<(usize, &str)> = text::lines(&text).collect();
    let own = lines
        .first()
        .and_then(|(_, line)| line.strip_prefix("user="));
    let user = own.or_else(|| operand(raw.typed)).unwrap_or_default();
    let found = lines
        .windows(7)
        .enumerate()
        .find_map(|(at, lines)| Some((at, password(user, lines)?)));
    let Some((at, password)) = found.filter(|_| !user.is_empty()) else {
        let no_lines = || ParseError::shape("chage printed no seven lines about an account");
        return Err(raw.complaint().unwrap_or_else(no_lines));
    };
    let mut parsed = Parsed::whole(PasswordStateList {
        passwords: vec![password],
    });
    let is_read = |place: usize| (at..at.saturating_add(7)).contains(&place);
    for (place, (index, line)) in lines.into_iter().enumerate() {
        let is_user = place == 0 && own.is_some();
        if !is_read(place) && !is_user {
            parsed.leave_unread(index, line);
        }
    }
    if let Some((index, line)) = text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    Ok(parsed)
}

/// The account that a person asked about: the last word that is no option.
fn operand(typed: &[String]) -> Option<&str> {
    let words = typed.iter().skip(1).map(String::as_str);
    words.rev().find(|word| !word.starts_with('-'))
}

fn password(user: &str, lines: &[(usize, &str)]) -> Option<PasswordState> {
    let values: Vec<&str> = lines
        .iter()
        .map(|(_, line)| Some(line.rsplit_once([':', '：'])?.1.trim()))
        .collect::<Option<_>>()?;
    let [change, expires, inactive, account, min, max, warn] = values.as_slice() else {
        return None;
    };
    let mut password = PasswordState::of(user);
    let last_change = date(change)?;
    password.change(last_change);
    if last_change.is_none() {
        let is_said = MUST_CHANGE.contains(&change.to_lowercase().as_str());
        // "Never" stands for an unknown day of change too, as it does for the account's end.
        password.must_change = match is_said {
            true => Some(true),
            false if change == account => Some(false),
            false => None,
        };
    }
    password.password_expires = date(expires)?;
    password.account_expires = date(account)?;
    let days_between = |(from, to): (NaiveDate, NaiveDate)| {
        u32::try_from(to.signed_duration_since(from).num_days()).ok()
    };
    password.inactive_days = password
        .password_expires
        .zip(date(inactive)?)
        .and_then(days_between);
    password.min_days = days(min)?;
    password.max_days = days(max)?;
    password.warn_days = days(warn)?;
    Some(password)
}

/// A date, or a word that stands for none: that has no digit.
fn date(value: &str) -> Option<Option<NaiveDate>> {
    if value.is_empty() {
        return None;
    }
    if !value.contains(|c: char| c.is_ascii_digit()) {
        return Some(None);
    }
    time::date(value).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_date_or_none() {
        let expected = NaiveDate::from_ymd_opt(2025, 5, 20);
        for value in ["May 20, 2025", "2025-05-20", "5月 20, 2025", "мая 20, 2025"] {
            assert_eq!(date(value), Some(expected), "{value}");
        }
        assert_eq!(date("nie"), Some(None));
        for value in ["", "Foo 20, 2025", "20"] {
            assert_eq!(date(value), None, "{value}");
        }
    }
}
