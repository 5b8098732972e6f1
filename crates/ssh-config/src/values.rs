//! The forms that single values have: yes and no, numbers, times, ports, and sets of words.

/// What a keyword takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// One of these words, in any case, each with the word that is kept for it.
    Words(&'static [(&'static str, &'static str)]),
    /// Any one argument.
    Text,
    /// The rest of the line as it is, quotes and all.
    Command,
    /// A whole number from 0.
    Number,
    /// Seconds, or a time like `1h30m`; or `none`, which leaves it unset.
    Time,
    /// A port, or the name of a service.
    Port,
    /// Any number of arguments, or `none` alone; at most this many.
    List(usize),
    /// Read by a function of its own.
    Own,
    /// Anything at all.
    Anything,
}

pub(crate) const FLAG: Form = Form::Words(&[
    ("true", "yes"),
    ("false", "no"),
    ("yes", "yes"),
    ("no", "no"),
]);
pub(crate) const FLAG_OR_ASK: Form = Form::Words(&[
    ("true", "yes"),
    ("false", "no"),
    ("yes", "yes"),
    ("no", "no"),
    ("ask", "ask"),
]);
pub(crate) const STRICT: Form = Form::Words(&[
    ("true", "yes"),
    ("false", "no"),
    ("yes", "yes"),
    ("no", "no"),
    ("ask", "ask"),
    ("off", "no"),
    ("accept-new", "accept-new"),
]);
pub(crate) const FAMILY: Form =
    Form::Words(&[("inet", "inet"), ("inet6", "inet6"), ("any", "any")]);
pub(crate) const COMPRESSION: Form = Form::Words(&[("yes", "yes"), ("no", "no")]);
pub(crate) const MASTER: Form = Form::Words(&[
    ("true", "yes"),
    ("yes", "yes"),
    ("false", "no"),
    ("no", "no"),
    ("auto", "auto"),
    ("ask", "ask"),
    ("autoask", "autoask"),
]);
pub(crate) const TUNNEL: Form = Form::Words(&[
    ("ethernet", "ethernet"),
    ("point-to-point", "point-to-point"),
    ("true", "yes"),
    ("yes", "yes"),
    ("false", "no"),
    ("no", "no"),
]);
pub(crate) const TERMINAL: Form = Form::Words(&[
    ("true", "yes"),
    ("yes", "yes"),
    ("false", "no"),
    ("no", "no"),
    ("force", "force"),
    ("auto", "auto"),
]);
pub(crate) const SESSION: Form = Form::Words(&[
    ("none", "none"),
    ("subsystem", "subsystem"),
    ("default", "default"),
]);
pub(crate) const CANONICAL: Form = Form::Words(&[
    ("true", "yes"),
    ("false", "no"),
    ("yes", "yes"),
    ("no", "no"),
    ("always", "always"),
]);
pub(crate) const PUBLIC_KEY: Form = Form::Words(&[
    ("true", "yes"),
    ("false", "no"),
    ("yes", "yes"),
    ("no", "no"),
    ("unbound", "unbound"),
    ("host-bound", "host-bound"),
]);
pub(crate) const LOG_LEVEL: Form = Form::Words(&[
    ("silent", "quiet"),
    ("quiet", "quiet"),
    ("fatal", "fatal"),
    ("error", "error"),
    ("info", "info"),
    ("verbose", "verbose"),
    ("debug", "debug"),
    ("debug1", "debug"),
    ("debug2", "debug2"),
    ("debug3", "debug3"),
]);
pub(crate) const LOG_FACILITY: Form = Form::Words(&[
    ("daemon", "daemon"),
    ("user", "user"),
    ("auth", "auth"),
    ("authpriv", "authpriv"),
    ("local0", "local0"),
    ("local1", "local1"),
    ("local2", "local2"),
    ("local3", "local3"),
    ("local4", "local4"),
    ("local5", "local5"),
    ("local6", "local6"),
    ("local7", "local7"),
]);
pub(crate) const FINGERPRINT: Form = Form::Words(&[
    ("md5", "md5"),
    ("sha1", "sha1"),
    ("sha256", "sha256"),
    ("sha384", "sha384"),
    ("sha512", "sha512"),
]);

/// Names of services that a port may be given by. ssh asks the computer's own list; these are the
/// ones that a person may have meant.
const SERVICES: &[(&str, u16)] = &[
    ("ssh", 22),
    ("http", 80),
    ("https", 443),
    ("socks", 1080),
    ("mysql", 3306),
    ("postgresql", 5432),
];

/// A port from 0 to 65535.
pub(crate) fn port(text: &str) -> Option<u16> {
    let known = |(name, port): &(&str, u16)| (*name == text).then_some(*port);
    number(text)
        .and_then(|number| u16::try_from(number).ok())
        .or_else(|| SERVICES.iter().find_map(known))
}

/// A whole number from 0 to the largest of C's `int`.
pub(crate) fn number(text: &str) -> Option<u32> {
    // As C's strtoll: white space and a sign may come before the digits.
    let text = text.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
    let (digits, negative) = match text.strip_prefix('-') {
        Some(digits) => (digits, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let number = digits_only(digits)?.parse::<u64>().ok()?;
    u32::try_from(number)
        .ok()
        .filter(|number| *number <= i32::MAX.unsigned_abs() && (!negative || *number == 0))
}

/// Seconds of a time such as `90`, `1m30s` or `2h`.
pub(crate) fn seconds(text: &str) -> Option<u32> {
    let most = i32::MAX.unsigned_abs();
    let mut total: u32 = 0;
    let mut rest = text;
    if text.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        let number: u32 = digits_only(digits)?.parse().ok()?;
        let mut characters = after.chars();
        let unit = match characters.next() {
            None | Some('s' | 'S') => 1,
            Some('m' | 'M') => 60,
            Some('h' | 'H') => 60 * 60,
            Some('d' | 'D') => 24 * 60 * 60,
            Some('w' | 'W') => 7 * 24 * 60 * 60,
            Some(_) => return None,
        };
        rest = characters.as_str();
        total = total
            .checked_add(number.checked_mul(unit)?)
            .filter(|total| *total <= most)?;
    }
    Some(total)
}

fn digits_only(text: &str) -> Option<&str> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_and_without_units() {
        assert_eq!(seconds("90"), Some(90));
        assert_eq!(seconds("1h30M5"), Some(5405));
        assert_eq!(seconds("1w"), Some(604_800));
        for wrong in ["", "m", "1x", "-1", "1.5", "99999999999", "4000w", " 1"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ports_are_numbers_or_services() {
        assert_eq!(port("65535"), Some(65535));
        assert_eq!(port("ssh"), Some(22));
        assert_eq!(port("+22"), Some(22));
        for wrong in ["65536", "-1", "22x", "", "no-service"] {
            assert_eq!(port(wrong), None, "{wrong}");
        }
    }
}
