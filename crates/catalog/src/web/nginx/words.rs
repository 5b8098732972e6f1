//! The words of a configuration of nginx: in quotes or not, with comments, over several lines.

/// A mark that is no word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `;`
    End,
    /// `{`
    Open,
    /// `}`
    Close,
}

/// What was read: words of a directive, and the mark behind them.
pub(super) enum Token {
    Word(String),
    Mark(Mark),
}

/// Where in a word the reading is.
#[derive(Default)]
pub(super) struct Words {
    /// The quote that is open.
    quote: Option<char>,
    word: Option<String>,
}

impl Words {
    /// Whether a quote is open.
    pub(super) fn is_quoted(&self) -> bool {
        self.quote.is_some()
    }

    /// Reads a line; what a quote holds goes on in the next.
    pub(super) fn read(&mut self, line: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            if let Some(quote) = self.quote {
                let word = self.word.get_or_insert_default();
                match c {
                    c if c == quote => self.quote = None,
                    '\\' => match chars.next() {
                        Some(next @ ('"' | '\'' | '\\')) => word.push(next),
                        next => word.extend(std::iter::once(c).chain(next)),
                    },
                    c => word.push(c),
                }
                continue;
            }
            match c {
                '#' if self.word.is_none() => break,
                '"' | '\'' if self.word.is_none() => {
                    self.quote = Some(c);
                    self.word = Some(String::new());
                }
                '\\' => {
                    let word = self.word.get_or_insert_default();
                    word.push(c);
                    word.extend(chars.next());
                }
                // A variable: `${name}`.
                '$' if chars.peek() == Some(&'{') => {
                    let word = self.word.get_or_insert_default();
                    word.push(c);
                    for c in chars.by_ref() {
                        word.push(c);
                        if c == '}' {
                            break;
                        }
                    }
                }
                ';' | '{' | '}' => {
                    self.end(&mut tokens);
                    tokens.push(Token::Mark(match c {
                        ';' => Mark::End,
                        '{' => Mark::Open,
                        _ => Mark::Close,
                    }));
                }
                c if c.is_whitespace() => self.end(&mut tokens),
                c => self.word.get_or_insert_default().push(c),
            }
        }
        match self.quote {
            Some(_) => self.word.get_or_insert_default().push('\n'),
            None => self.end(&mut tokens),
        }
        tokens
    }

    fn end(&mut self, tokens: &mut Vec<Token>) {
        tokens.extend(self.word.take().map(Token::Word));
    }
}
