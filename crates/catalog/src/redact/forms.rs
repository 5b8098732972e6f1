//! Secrets that are known by their form alone: tokens of services, and hashes of passwords.
//!
//! Invariant: each form says how it begins, what it is made of and how long it is at least, so
//! that a word of a language or the name of a file is none.

use std::ops::Range;

use super::bytes::{at, before, begins, end_of, is_behind_escape};

/// How a token begins, which bytes follow, how many at least, and what they must hold.
struct Form {
    begin: &'static str,
    body: fn(u8) -> bool,
    least: usize,
    holds: fn(&[u8]) -> bool,
}

const fn form(begin: &'static str, body: fn(u8) -> bool, least: usize) -> Form {
    Form {
        begin,
        body,
        least,
        holds: anything,
    }
}

fn anything(_body: &[u8]) -> bool {
    true
}

fn alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn url_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn dotted(byte: u8) -> bool {
    url_safe(byte) || byte == b'.'
}

fn token(byte: u8) -> bool {
    dotted(byte) || matches!(byte, b'+' | b'/' | b'=')
}

fn crypt(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"./$=,+-_".contains(&byte)
}

/// Only capitals and digits, of exactly this length: the ids of AWS.
fn sixteen_capitals(body: &[u8]) -> bool {
    body.len() == 16 && !body.iter().any(u8::is_ascii_lowercase)
}

/// What is drawn at random holds figures and capitals; `sk-ecdsa-sha2-nistp256` is a kind of key.
fn random(body: &[u8]) -> bool {
    body.iter().any(u8::is_ascii_digit)
        && (body.iter().any(u8::is_ascii_uppercase) || (body.len() >= 32 && !body.contains(&b'-')))
}

/// MySQL's hash: `*` and forty capital hexadecimal figures; PostgreSQL's: `md5` and 32 small ones.
fn forty_hexadecimal(body: &[u8]) -> bool {
    body.len() == 40
        && body
            .iter()
            .all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(byte))
}

fn thirty_two_hexadecimal(body: &[u8]) -> bool {
    body.len() == 32
        && body
            .iter()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte))
}

/// A form's body is looked at no farther than this, so that all of it is linear.
const FARTHEST: usize = 64;

const FORMS: &[Form] = &[
    Form {
        begin: "AKIA",
        body: alphanumeric,
        least: 16,
        holds: sixteen_capitals,
    },
    Form {
        begin: "ASIA",
        body: alphanumeric,
        least: 16,
        holds: sixteen_capitals,
    },
    form("AIza", url_safe, 30),
    form("ya29.", url_safe, 20),
    form("GOCSPX-", url_safe, 20),
    form("ghp_", alphanumeric, 20),
    form("gho_", alphanumeric, 20),
    form("ghu_", alphanumeric, 20),
    form("ghs_", alphanumeric, 20),
    form("ghr_", alphanumeric, 20),
    form("github_pat_", url_safe, 20),
    form("glpat-", dotted, 16),
    form("gldt-", dotted, 16),
    form("glrt-", dotted, 16),
    form("glcbt-", dotted, 16),
    form("glptt-", dotted, 16),
    form("xoxa-", url_safe, 10),
    form("xoxb-", url_safe, 10),
    form("xoxe.", dotted, 10),
    form("xoxe-", url_safe, 10),
    form("xoxo-", url_safe, 10),
    form("xoxp-", url_safe, 10),
    form("xoxr-", url_safe, 10),
    form("xoxs-", url_safe, 10),
    form("xapp-", url_safe, 10),
    form("sk_live_", alphanumeric, 10),
    form("sk_test_", alphanumeric, 10),
    form("rk_live_", alphanumeric, 10),
    form("rk_test_", alphanumeric, 10),
    form("whsec_", token, 16),
    Form {
        begin: "sk-",
        body: url_safe,
        least: 20,
        holds: random,
    },
    form("npm_", alphanumeric, 30),
    form("pypi-AgE", url_safe, 16),
    form("hf_", alphanumeric, 30),
    form("hvs.", url_safe, 20),
    form("hvb.", url_safe, 20),
    form("dop_v1_", alphanumeric, 32),
    form("dckr_pat_", url_safe, 16),
    form("shpat_", alphanumeric, 20),
    form("glsa_", url_safe, 20),
    form("tskey-", url_safe, 16),
    form("SG.", dotted, 40),
    form("AGE-SECRET-KEY-1", alphanumeric, 30),
    form("eyJ", token, 16),
    Form {
        begin: "md5",
        body: alphanumeric,
        least: 32,
        holds: thirty_two_hexadecimal,
    },
    Form {
        begin: "*",
        body: alphanumeric,
        least: 40,
        holds: forty_hexadecimal,
    },
    form("$1$", crypt, 20),
    form("$2a$", crypt, 20),
    form("$2b$", crypt, 20),
    form("$2x$", crypt, 20),
    form("$2y$", crypt, 20),
    form("$5$", crypt, 20),
    form("$6$", crypt, 20),
    form("$7$", crypt, 20),
    form("$y$", crypt, 20),
    form("$gy$", crypt, 20),
    form("$P$", crypt, 20),
    form("$H$", crypt, 20),
    form("$sm3$", crypt, 20),
    form("$md5", crypt, 20),
    form("$sha1$", crypt, 20),
    form("$apr1$", crypt, 20),
    form("$argon2", crypt, 20),
    form("$scrypt$", crypt, 20),
    form("$pbkdf2", crypt, 20),
    form("pbkdf2_sha256$", crypt, 20),
    form("SCRAM-SHA-256$", crypt, 20),
    form("{SHA", hash_in_braces, 20),
    form("{SSHA", hash_in_braces, 20),
    form("{SMD5}", hash_in_braces, 16),
    form("{MD5}", hash_in_braces, 16),
    form("{CRYPT}", hash_in_braces, 12),
    form("{crypt}", hash_in_braces, 12),
];

fn hash_in_braces(byte: u8) -> bool {
    token(byte) || matches!(byte, b'}' | b'$')
}

/// Adds the places of all that has one of the forms, and of what follows `Bearer` and `Basic`.
pub(super) fn find(text: &str, found: &mut Vec<Range<usize>>) {
    let mut place = 0;
    while place < text.len() {
        match token_end(text, place).or_else(|| scheme_end(text, place)) {
            Some(token) => {
                place = token.end;
                found.push(token);
            }
            None => place += 1,
        }
    }
}

fn token_end(text: &str, place: usize) -> Option<Range<usize>> {
    let first = at(text, place);
    let is_inside = before(text, place).is_ascii_alphanumeric() && first.is_ascii_alphanumeric();
    if !b"AGSaghxrswpndtemM*${".contains(&first) || (is_inside && !is_behind_escape(text, place)) {
        return None;
    }
    let fits = |form: &&Form| {
        let from = place.saturating_add(form.begin.len());
        if !begins(text, place, form.begin) {
            return false;
        }
        let farthest = text.len().min(from.saturating_add(FARTHEST));
        let body = text.as_bytes().get(from..farthest).unwrap_or_default();
        let length = body.iter().position(|byte| !(form.body)(*byte));
        let body = body.get(..length.unwrap_or(body.len())).unwrap_or_default();
        body.len() >= form.least && (form.holds)(body)
    };
    let form = FORMS.iter().find(fits)?;
    let from = place.saturating_add(form.begin.len());
    Some(place..end_of(text, from, form.body))
}

/// `Bearer TOKEN` and `Basic BASE64`, told from the words of a sentence.
fn scheme_end(text: &str, place: usize) -> Option<Range<usize>> {
    if !b"bB".contains(&at(text, place))
        || (before(text, place).is_ascii_alphanumeric() && !is_behind_escape(text, place))
    {
        return None;
    }
    let word = |word: &str| {
        let end = place.saturating_add(word.len());
        let is_word = text
            .get(place..end)
            .is_some_and(|text| text.eq_ignore_ascii_case(word));
        is_word.then_some(end)
    };
    let (from, least, is_basic) = match (word("bearer "), word("basic ")) {
        (Some(from), _) => (from, 8, false),
        (None, Some(from)) => (from, 8, true),
        (None, None) => return None,
    };
    let end = end_of(text, from, |byte| token(byte) || byte == b'~');
    let body = text.as_bytes().get(from..end).unwrap_or_default();
    let has_figure = body
        .iter()
        .any(|byte| byte.is_ascii_digit() || *byte == b'=');
    let has_inner_capital = body.iter().skip(1).any(u8::is_ascii_uppercase);
    let has_small = body.iter().any(u8::is_ascii_lowercase);
    let is_token = match is_basic {
        true => body.len().is_multiple_of(4) && (has_figure || (has_inner_capital && has_small)),
        false => has_figure || body.len() >= 20,
    };
    (body.len() >= least && is_token).then_some(from..end)
}
