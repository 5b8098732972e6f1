//! Values that are secret by the name before them: `NAME=value`, `name: value`, `"name": "value"`,
//! `<name>value</name>`, `--name value`, and the options of single programs.
//!
//! Invariant: the name stays, the value goes; each byte is looked at a bounded number of times.

use std::ops::Range;

use super::{
    bytes::{at, before, begins, end_of, is_blank, is_quote, quoted_end},
    names,
    programs::{Programs, Word},
    values::{self, Extent, is_name},
};

/// Adds the places of all such values.
pub(super) fn find(text: &str, found: &mut Vec<Range<usize>>) {
    let mut scan = Scan {
        text,
        found,
        programs: Programs::default(),
        line_begin: 0,
        is_begin: true,
        is_dockerfile: false,
        kind_of_key: None,
    };
    let mut place = 0;
    while place < text.len() {
        place = scan.step(place);
    }
}

struct Scan<'a> {
    text: &'a str,
    found: &'a mut Vec<Range<usize>>,
    /// The program that this command runs.
    programs: Programs,
    line_begin: usize,
    /// Whether nothing but blanks, dashes and the like stood in this line.
    is_begin: bool,
    /// Whether `ENV` or `ARG` stood in this line.
    is_dockerfile: bool,
    /// Where a word ended that makes a secret of `key` behind it.
    kind_of_key: Option<usize>,
}

impl Scan<'_> {
    /// Looks at what stands at a place, and gives the next one to look at.
    fn step(&mut self, place: usize) -> usize {
        let byte = at(self.text, place);
        if is_name(byte) && (byte >= b'A' || byte == b'-' || byte.is_ascii_digit()) {
            return self.name(place);
        }
        match byte {
            b'\n' => {
                self.line_begin = place.saturating_add(1);
                self.is_begin = true;
                self.is_dockerfile = false;
                // The words of a command in JSON may have a line each.
                if !matches!(before(self.text, place), b',' | b'[' | b'\\') {
                    self.programs.end();
                }
            }
            b'|' | b';' | b'&' => {
                self.programs.end();
                self.is_begin = false;
            }
            byte if byte.is_ascii_whitespace() || b"#\"'{\\".contains(&byte) => {}
            _ => self.is_begin = false,
        }
        place.saturating_add(1)
    }

    fn name(&mut self, begin: usize) -> usize {
        let end = end_of(self.text, begin, is_name);
        let name = self.text.get(begin..end).unwrap_or_default();
        let was_begin = self.is_begin;
        self.is_begin &= matches!(name, "-" | "export" | "set" | "setenv" | "Environment");
        self.is_dockerfile |= matches!(name, "ENV" | "ARG");
        let secret = self
            .assigned(begin, end, name, was_begin)
            .or_else(|| self.optional(begin, end, name));
        if matches!(
            name,
            "private" | "preshared" | "pre-shared" | "secret" | "shared"
        ) {
            self.kind_of_key = Some(end);
        }
        let Some(secret) = secret else {
            return end;
        };
        // Of an option's value in JSON it is not certain that it is one: `"--password", "token": "x"`.
        let next = self.last_name(&secret).max(end);
        if secret.start < secret.end
            && !values::is_none(self.text.get(secret.clone()).unwrap_or_default())
        {
            self.found.push(secret);
        }
        next
    }

    /// Where the name begins with which a value ends, for what follows may be that name's own value; the
    /// value's end if it ends with none.
    fn last_name(&self, value: &Range<usize>) -> usize {
        let bytes = self.text.as_bytes().get(value.clone()).unwrap_or_default();
        let name = bytes.iter().rev().take_while(|byte| is_name(**byte));
        value.end.saturating_sub(name.count())
    }

    /// `NAME=value`, `name: value`, `"name": "value"`, `<name>value`, `name "value"`.
    fn assigned(
        &self,
        begin: usize,
        end: usize,
        name: &str,
        is_begin: bool,
    ) -> Option<Range<usize>> {
        let text = self.text;
        let outer = values::quote_before(text, begin);
        let slashes = end_of(text, end, |byte| byte == b'\\');
        let is_quoted = outer.is_some_and(|(quote, _)| at(text, slashes) == quote);
        let closed = if is_quoted {
            slashes.saturating_add(1)
        } else {
            end
        };
        let sign = end_of(text, closed, is_blank);
        let has_blank = sign > closed;
        let is_parameter = matches!(before(text, begin), b'?' | b'&');
        let is_capital = !name.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_option = name.starts_with('-');
        match at(text, sign) {
            b'=' if at(text, sign.saturating_add(1)) != b'=' => {
                let arrow = usize::from(at(text, sign.saturating_add(1)) == b'>');
                let value = end_of(text, sign.saturating_add(1).saturating_add(arrow), is_blank);
                if !has_blank && arrow == 0 && value > sign.saturating_add(1) {
                    // `NAME= other`: nothing is assigned.
                    return None;
                }
                let is_secret = names::anywhere(name)
                    || ((is_parameter || is_capital || is_option) && names::of_setting(name))
                    || (is_parameter
                        && matches!(
                            name,
                            "key" | "code" | "sig" | "signature" | "X-Amz-Credential"
                        ))
                    || (is_begin && has_blank && names::of_setting(name));
                let extent = match () {
                    () if is_parameter => Extent::Parameter,
                    () if self.is_dockerfile && !has_blank => Extent::Name,
                    () if is_begin && (is_capital || has_blank) => Extent::Line,
                    () => Extent::Word,
                };
                let outer = outer.filter(|_| !is_quoted && !has_blank);
                is_secret.then(|| values::value(text, value, extent, outer))
            }
            b':' => self.behind_colon(begin, sign, name, is_quoted, is_begin),
            b'>' if before(text, begin) == b'<' && names::anywhere(name) => {
                let value = sign.saturating_add(1);
                Some(value..end_of(text, value, |byte| byte != b'<' && byte != b'\n'))
            }
            quote if has_blank && is_quote(quote) && names::anywhere(name) && quote != b'`' => {
                // `password "x"` of a configuration, not `no password 'x'` within a sentence.
                is_begin.then(|| values::value(text, sign, Extent::Word, None))
            }
            _ => None,
        }
    }

    fn behind_colon(
        &self,
        begin: usize,
        sign: usize,
        name: &str,
        is_quoted: bool,
        is_begin: bool,
    ) -> Option<Range<usize>> {
        let text = self.text;
        let value = end_of(text, sign.saturating_add(1), is_blank);
        let outer = values::quote_before(text, begin);
        let is_apart =
            value > sign.saturating_add(1) || is_quote(at(text, value)) || at(text, value) == b'\\';
        if !is_apart && !is_quoted && !is_begin {
            return None;
        }
        // `'x.secret': Permission denied` is a sentence.
        let is_value_quoted = is_quote(at(text, end_of(text, value, |byte| byte == b'\\')));
        let is_sentence = outer.is_some_and(|(quote, _)| quote != b'"') && !is_value_quoted;
        if is_quoted && is_sentence {
            return None;
        }
        if is_header(name) && (!is_quoted || is_value_quoted) {
            return Some(self.header(value, outer.filter(|_| !is_quoted)));
        }
        let is_key = name.eq_ignore_ascii_case("key")
            && self
                .kind_of_key
                .is_some_and(|end| end.saturating_add(1) == begin);
        let is_auth = is_quoted && name == "auth" && is_quote(at(text, value));
        let is_secret =
            names::anywhere(name) || is_key || is_auth || (is_begin && is_some_community(name));
        if !is_secret
            || matches!(at(text, value), b'{' | b'[' | b'&' | b':')
            || begins(text, value, "//")
        {
            return None;
        }
        let indent = begin.saturating_sub(self.line_begin);
        if let Some(block) = values::block(text, value, indent) {
            return Some(block);
        }
        let extent = match (is_quoted, is_begin || is_key) {
            (true, _) => Extent::Field,
            (false, true) => Extent::Line,
            (false, false) => Extent::Word,
        };
        Some(values::value(text, value, extent, None))
    }

    /// A header's value, without the word that says its kind: `Bearer`, `Basic`.
    fn header(&self, from: usize, outer: Option<(u8, usize)>) -> Range<usize> {
        let value = values::value(self.text, from, Extent::Line, outer);
        // A header in a sentence or in a command of which the quotes are gone: the line is all.
        let kind = end_of(self.text, value.start, |byte| byte.is_ascii_alphabetic());
        let kind_word = self.text.get(value.start..kind).unwrap_or_default();
        let is_kind = ["bearer", "basic", "digest", "token", "negotiate"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(kind_word));
        if is_kind && at(self.text, kind) == b' ' && kind < value.end {
            return kind.saturating_add(1)..value.end;
        }
        value
    }

    /// `--password value`, `-pvalue` of mysql; in JSON the value is the next string.
    fn optional(&mut self, begin: usize, end: usize, name: &str) -> Option<Range<usize>> {
        let text = self.text;
        if !matches!(
            before(text, begin),
            0 | b' ' | b'\t' | b'\n' | b'"' | b'\'' | b'/' | b'(' | b'=' | b'|' | b';' | b'&'
        ) {
            return None;
        }
        let outer = values::quote_before(text, begin);
        // A password may hold more than a name does, and stand in quotes behind its option.
        let quote = outer
            .is_none()
            .then(|| at(text, end))
            .filter(|byte| is_quote(*byte));
        let word = match (name.starts_with('-'), quote) {
            (false, _) => begin..end,
            (true, Some(quote)) => begin..quoted_end(text, end.saturating_add(1), quote, 0),
            (true, None) => values::value(text, begin, Extent::Word, outer),
        };
        let before_secret = match self.programs.take(text.get(word.clone()).unwrap_or(name)) {
            Word::SecretFrom(at) => {
                let quote = usize::from(quote.is_some());
                return Some(begin.saturating_add(at).saturating_add(quote)..word.end);
            }
            Word::BeforeSecret => true,
            Word::Other => name.starts_with('-') && word.end == end && names::of_setting(name),
        };
        if !before_secret {
            return None;
        }
        let closed = match outer {
            Some((quote, _)) => {
                let slashes = end_of(text, end, |byte| byte == b'\\');
                let quote_end = slashes.saturating_add(usize::from(at(text, slashes) == quote));
                end_of(text, quote_end, |byte| byte == b',')
            }
            None => end,
        };
        let value = match outer {
            Some(_) => end_of(text, closed, |byte| byte.is_ascii_whitespace()),
            None => end_of(text, closed, is_blank),
        };
        let is_option = at(text, value) == b'-';
        let is_list =
            outer.is_some() && !is_quote(at(text, end_of(text, value, |byte| byte == b'\\')));
        if value == end || is_option || is_list {
            return None;
        }
        Some(values::value(text, value, Extent::Word, None))
    }
}

/// Headers of HTTP that carry a proof.
fn is_header(name: &str) -> bool {
    const HEADERS: &[&str] = &[
        "authorization",
        "proxy-authorization",
        "cookie",
        "set-cookie",
        "x-api-key",
        "x-amz-security-token",
    ];
    HEADERS
        .iter()
        .any(|header| header.eq_ignore_ascii_case(name))
}

/// SNMP's word for its password.
fn is_some_community(name: &str) -> bool {
    matches!(name, "community" | "snmp_community" | "Community")
}
