//! Values that are secret by the name before them: `NAME=value`, `name: value`, `"name": "value"`,
//! `<name>value</name>`, `--name value`, and the options of single programs.
//!
//! Invariant: the name stays, the value goes; each byte is looked at a bounded number of times.

use std::ops::Range;

use super::{
    bytes::{
        at, backslashes, before, begins, end_of, ends, escape_end, hexadecimal_quote_end, is_blank,
        is_quote,
    },
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
        label: None,
        named: None,
        escape: 0,
        escaped: 0,
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
    /// Where the last `name` or `key` ended.
    label: Option<usize>,
    /// Where a secret's name ended that was the value of such a one.
    named: Option<usize>,
    /// Where the last escape ended, if a name stood directly behind its backslash.
    escape: usize,
    /// How many backslashes the escape had with which this line began within its string; 0 if it did
    /// not.
    escaped: usize,
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
                self.escaped = 0;
                self.is_dockerfile = false;
                // The words of a command in JSON may have a line each.
                if !matches!(before(self.text, place), b',' | b'[' | b'\\') {
                    self.programs.end();
                }
            }
            b'|' | b';' | b'&' => {
                // In `?x=1&y=2` no command ends.
                let next = at(self.text, place.saturating_add(1));
                if next <= b' ' || matches!(next, b'|' | b'&') {
                    self.programs.end();
                }
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
        if let Some(behind) = self.behind_escape(begin, end, name) {
            return behind;
        }
        let was_begin = self.is_begin;
        self.is_begin &= matches!(name, "-" | "export" | "set" | "setenv" | "Environment");
        self.is_dockerfile |= matches!(name, "ENV" | "ARG");
        if let Some(text) = element(self.text, begin, end) {
            self.add(text, name);
        }
        let secret = self
            .assigned(begin, end, name, was_begin)
            .or_else(|| self.optional(begin, end, name));
        if matches!(
            name,
            "private" | "preshared" | "pre-shared" | "secret" | "shared"
        ) {
            self.kind_of_key = Some(end);
        }
        if name.eq_ignore_ascii_case("name") || name.eq_ignore_ascii_case("key") {
            self.label = Some(end);
        } else if is_between(self.text, self.label, begin, b"\"'\\:= ") && names::of_variable(name)
        {
            self.named = Some(end);
        }
        let Some(secret) = secret else {
            return end;
        };
        // Of an option's value in JSON it is not certain that it is one: `"--password", "token": "x"`.
        let next = self.last_name(&secret).max(end);
        self.add(secret, name);
        next
    }

    fn add(&mut self, secret: Range<usize>, name: &str) {
        let value = self.text.get(secret.clone()).unwrap_or_default();
        let is_folder = name.eq_ignore_ascii_case("pwd") && values::is_path(value);
        if !value.is_empty() && !is_folder && !values::is_none(value) {
            self.found.push(secret);
        }
    }

    /// The place behind the escape whose letters a name begins with, `\nDB_PASS`; none if only with them it
    /// is a secret's name, `\token`.
    fn behind_escape(&mut self, begin: usize, end: usize, name: &str) -> Option<usize> {
        if before(self.text, begin) != b'\\' {
            return None;
        }
        let escape = escape_end(self.text, begin)?;
        let rest = self.text.get(escape..end)?;
        let is_only_whole = |is_secret: fn(&str) -> bool| is_secret(name) && !is_secret(rest);
        if is_only_whole(names::of_setting) || is_only_whole(names::anywhere) {
            return None;
        }
        if matches!(at(self.text, begin), b'n' | b'r') {
            self.is_begin = true;
            self.escaped = backslashes(self.text, begin);
            self.line_begin = escape;
        }
        self.escape = escape;
        Some(escape)
    }

    /// Whether this is `value` behind a secret's name: `name: DB_PASSWORD`, `value: x`.
    fn is_named(&self, begin: usize, name: &str) -> bool {
        name.eq_ignore_ascii_case("value")
            && is_between(self.text, self.named, begin, b"\"'\\,nr \t\r\n")
    }

    /// How a value stands that is the last of its line.
    fn line(&self) -> Extent {
        match self.escaped {
            0 => Extent::Line,
            slashes => Extent::Escaped(slashes),
        }
    }

    /// Where the name begins with which a value ends, for what follows may be that name's own value; the
    /// value's end if it ends with none.
    fn last_name(&self, value: &Range<usize>) -> usize {
        let bytes = self.text.as_bytes().get(value.clone()).unwrap_or_default();
        let mut bytes = bytes.iter().rev().peekable();
        let mut length: usize = 0;
        while bytes.next_if(|byte| b":=".contains(byte)).is_some() {
            length = length.saturating_add(1);
        }
        let name = bytes.take_while(|byte| is_name(**byte));
        value
            .end
            .saturating_sub(length.saturating_add(name.count()))
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
        let is_closed = outer.is_some_and(|(quote, _)| at(text, slashes) == quote);
        let closed = match hexadecimal_quote_end(text, slashes.saturating_sub(1).max(end)) {
            Some(closed) => closed,
            None if is_closed => slashes.saturating_add(1),
            None => end,
        };
        let is_quoted = closed > end;
        let sign = end_of(text, closed, is_blank);
        let has_blank = sign > closed;
        let is_parameter = ["?", "&", "\\u0026", "&amp;"]
            .iter()
            .any(|sign| ends(text, begin, sign));
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
                    || ((is_quoted || !has_blank) && names::of_pass(name))
                    || self.is_named(begin, name)
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
                    () if is_begin && (is_capital || has_blank || self.escaped > 0) => self.line(),
                    // A file of settings: the value may hold blanks.
                    () if is_begin => Extent::Name,
                    () => Extent::Word,
                };
                let outer = outer.filter(|_| !is_quoted && !has_blank);
                is_secret.then(|| values::value(text, value, extent, outer))
            }
            b':' => self.behind_colon(begin, sign, name, is_quoted, is_begin),
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
        let mut value = end_of(text, sign.saturating_add(1), is_blank);
        let outer = values::quote_before(text, begin);
        let is_apart = value > sign.saturating_add(1)
            || is_quote(at(text, value))
            || at(text, value) == b'\\'
            || (outer.is_some() && is_header(name) && at(text, value) != b':');
        if !is_apart && !is_quoted && !is_begin {
            return None;
        }
        match at(text, value) {
            b'[' if is_quoted && is_header(name) => {
                value = end_of(text, value.saturating_add(1), |byte| {
                    byte.is_ascii_whitespace()
                });
            }
            // Python's `u'x'` and `b'x'`.
            b'u' | b'b' if is_quoted && is_quote(at(text, value.saturating_add(1))) => {
                value = value.saturating_add(1);
            }
            // YAML's `&anchor x`.
            b'&' if is_begin && !is_header(name) => {
                let anchor = end_of(text, value.saturating_add(1), is_name);
                let behind = end_of(text, anchor, is_blank);
                value = if behind > anchor { behind } else { value };
            }
            _ => {}
        }
        // `'x.secret': Permission denied` is a sentence.
        let slashes = end_of(text, value, |byte| byte == b'\\');
        let is_value_quoted = is_quote(at(text, slashes))
            || hexadecimal_quote_end(text, slashes.saturating_sub(1)).is_some();
        let number = end_of(text, value, |byte| byte.is_ascii_digit());
        let is_number = number.saturating_sub(value) > 3 && matches!(at(text, number), b',' | b'}');
        let is_sentence =
            outer.is_some_and(|(quote, _)| quote != b'"') && !is_value_quoted && !is_number;
        if is_quoted && is_sentence {
            return None;
        }
        // `/etc/passwd: Permission denied`.
        if !is_quoted && name.eq_ignore_ascii_case("passwd") {
            return None;
        }
        if is_header(name) && (!is_quoted || is_value_quoted) {
            let extent = match is_begin {
                true => self.line(),
                false => Extent::Line,
            };
            return Some(self.header(value, extent, outer.filter(|_| !is_quoted)));
        }
        let is_key = name.eq_ignore_ascii_case("key")
            && self
                .kind_of_key
                .is_some_and(|end| end.saturating_add(1) == begin);
        let is_auth = is_quoted && name == "auth" && is_quote(at(text, value));
        // The word alone counts tests that passed, `PASS: 3`, and nginx has `"pass": "http://x"`.
        let is_pass = names::of_pass(name)
            && ((is_quoted && is_value_quoted) || (is_begin && !name.eq_ignore_ascii_case("pass")))
            && !values::is_address(text, value);
        let is_secret = names::anywhere(name)
            || ((is_quoted || is_begin) && names::of_variable(name))
            || is_pass
            || self.is_named(begin, name)
            || is_key
            || is_auth
            || (is_begin && is_some_community(name));
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
            (false, true) if is_begin => self.line(),
            (false, true) => Extent::Line,
            (false, false) => Extent::Word,
        };
        Some(values::value(text, value, extent, None))
    }

    /// A header's value, without the word that says its kind: `Bearer`, `Basic`.
    fn header(&self, from: usize, extent: Extent, outer: Option<(u8, usize)>) -> Range<usize> {
        let value = values::value(self.text, from, extent, outer);
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
        let is_apart = begin == self.escape
            || matches!(before(text, begin), 0 | b' ' | b'\t' | b'\n')
            || b"\"'`/([{=|;&".contains(&before(text, begin));
        if !is_apart {
            return None;
        }
        let outer = values::quote_before(text, begin);
        let slashes = end_of(text, end, |byte| byte == b'\\');
        let is_quoted = outer.is_some_and(|(quote, _)| at(text, slashes) == quote);
        let is_whole = is_quoted || at(text, end) <= b' ';
        let before_secret = match self.programs.take(name, is_whole) {
            Word::SecretFrom(at) => {
                let from = begin.saturating_add(at);
                return Some(values::value(text, from, Extent::Word, outer));
            }
            Word::BeforeSecret => true,
            Word::Other => name.starts_with('-') && is_whole && names::of_setting(name),
        };
        if !before_secret {
            return None;
        }
        let closed = match is_quoted {
            true => end_of(text, slashes.saturating_add(1), |byte| byte == b','),
            false => end,
        };
        let line = end_of(text, closed, is_blank);
        let next = end_of(text, line, |byte| byte.is_ascii_whitespace());
        // YAML's list with a line for each word.
        let dash = begin.saturating_sub(outer.map_or(0, |(_, slashes)| slashes.saturating_add(1)));
        if line < next && begins(text, next, "- ") && ends(text, dash, "- ") {
            let value = end_of(text, next.saturating_add(1), is_blank);
            return Some(values::value(text, value, Extent::Line, None));
        }
        let value = if is_quoted { next } else { line };
        let is_option = at(text, value) == b'-';
        let is_list = is_quoted && !is_quote(at(text, end_of(text, value, |byte| byte == b'\\')));
        if value == end || is_option || is_list {
            return None;
        }
        Some(values::value(text, value, Extent::Word, None))
    }
}

/// The text of an element of XML, `<password type="x">text`, also if its name has a prefix.
fn element(text: &str, begin: usize, end: usize) -> Option<Range<usize>> {
    const FARTHEST: usize = 200;
    const LONGEST_PREFIX: usize = 20;
    const CDATA: &str = "<![CDATA[";
    let tag = match before(text, begin) {
        b':' => {
            let prefix = begin.saturating_sub(1);
            let bytes = text.as_bytes().get(..prefix)?.iter().rev();
            let length = bytes
                .take(LONGEST_PREFIX)
                .take_while(|byte| is_name(**byte));
            prefix.saturating_sub(length.count())
        }
        _ => begin,
    };
    let attributes = text.as_bytes().get(end..)?;
    let is_end = |byte: &u8| matches!(byte, b'<' | b'>' | b'\n');
    if before(text, tag) != b'<' || !names::anywhere(text.get(begin..end)?) {
        return None;
    }
    let length = attributes.iter().take(FARTHEST).position(is_end)?;
    let tag_end = end.saturating_add(length);
    // `<Token, Error>` of a program's types is none.
    let attributes = attributes.get(..length)?;
    let is_tag = attributes.trim_ascii().is_empty() || attributes.contains(&b'=');
    if !is_tag || at(text, tag_end) != b'>' || before(text, tag_end) == b'/' {
        return None;
    }
    let from = tag_end.saturating_add(1);
    let value = match begins(text, from, CDATA) {
        true => from.saturating_add(CDATA.len()),
        false => from,
    };
    Some(value..end_of(text, value, |byte| byte != b'<' && byte != b'\n'))
}

/// Whether two names stand apart by a few bytes of these alone.
fn is_between(text: &str, from: Option<usize>, to: usize, bytes: &[u8]) -> bool {
    const MOST: usize = 100;
    from.filter(|from| to.saturating_sub(*from) <= MOST)
        .and_then(|from| text.as_bytes().get(from..to))
        .is_some_and(|between| between.iter().all(|byte| bytes.contains(byte)))
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
