//! How a line falls into words. ssh has two ways, and both are needed: one for the keyword and for
//! what `Match` asks, where `=` separates too, and one for all other arguments.

/// What ssh takes for white space.
pub(crate) const WHITE: [char; 4] = [' ', '\t', '\r', '\n'];

/// Takes the next word: up to white space or one `=`, with a part in double quotes taken as it is.
/// `rest` becomes `None` at the end of the text, and where a quote is not closed.
pub(crate) fn next_word(rest: &mut Option<String>) -> Option<String> {
    let text = rest.take()?;
    let Some(at) = text.find([' ', '\t', '\r', '\n', '"', '=']) else {
        return Some(text);
    };
    let (word, after) = text.split_at(at);
    if let Some(quoted) = after.strip_prefix('"') {
        let (quoted, after) = quoted.split_once('"')?;
        *rest = Some(after.trim_start_matches(WHITE).to_owned());
        return Some(format!("{word}{quoted}"));
    }
    let mut characters = after.chars();
    let separator = characters.next();
    let mut after = characters.as_str().trim_start_matches(WHITE);
    if separator != Some('=')
        && let Some(behind) = after.strip_prefix('=')
    {
        after = behind.trim_start_matches(WHITE);
    }
    *rest = Some(after.to_owned());
    Some(word.to_owned())
}

/// The arguments of a line: separated by blanks and tabs, quoted with `'` or `"`, up to a `#` that
/// begins a word. A backslash counts before a quote, a backslash, and a blank outside of quotes.
/// `None`: a quote is not closed.
pub(crate) fn arguments(text: &str) -> Option<Vec<String>> {
    let mut arguments = Vec::new();
    let mut characters = text.chars().peekable();
    loop {
        while characters.next_if(|c| matches!(c, ' ' | '\t')).is_some() {}
        if matches!(characters.peek(), None | Some('#')) {
            return Some(arguments);
        }
        let mut argument = String::new();
        let mut quote = None;
        while let Some(&c) = characters.peek() {
            match (c, quote) {
                (' ' | '\t', None) => break,
                ('\\', _) => {
                    characters.next();
                    let escaped = characters.next_if(|next| {
                        matches!(next, '\'' | '"' | '\\') || (*next == ' ' && quote.is_none())
                    });
                    argument.push(escaped.unwrap_or('\\'));
                    continue;
                }
                ('"' | '\'', None) => quote = Some(c),
                (c, Some(open)) if c == open => quote = None,
                (c, _) => argument.push(c),
            }
            characters.next();
        }
        if quote.is_some() {
            return None;
        }
        arguments.push(argument);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut rest = Some(text.to_owned());
        std::iter::from_fn(|| next_word(&mut rest)).collect()
    }

    #[test]
    fn a_word_ends_at_white_space_or_at_one_equals_sign() {
        assert_eq!(words("Port 22"), ["Port", "22"]);
        assert_eq!(words("Port=22"), ["Port", "22"]);
        assert_eq!(words("Port \t= 22"), ["Port", "22"]);
        assert_eq!(words("Port==22"), ["Port", "", "22"]);
        assert_eq!(
            words("exec \"test -f = x\" user a"),
            ["exec", "test -f = x", "user", "a"]
        );
        assert_eq!(words("exec \"open"), ["exec"]);
    }

    #[test]
    fn arguments_are_quoted_and_escaped_as_ssh_does() {
        let split = |text| arguments(text).unwrap();
        assert_eq!(split("a 'b c' \"d 'e\" # f"), ["a", "b c", "d 'e"]);
        assert_eq!(
            split(r#"a\ b c\\d \"e 'f\'g' h\n"#),
            ["a b", r"c\d", "\"e", "f'g", r"h\n"]
        );
        assert_eq!(split("a#b ''"), ["a#b", ""]);
        assert_eq!(arguments("a 'b"), None);
        assert_eq!(split("  "), Vec::<String>::new());
    }
}
