//! One reading of the files for one host, line by line, as ssh does it: every line is checked, and
//! those of the blocks that apply are kept.

use crate::{
    Asked, Outside, Trouble,
    criteria::{self, Outcome},
    expand::Tokens,
    files::{Line, Section},
    keywords::{self, Keyword},
    patterns::{self, Verdict},
    special,
    state::State,
    values::{self, Form},
    words,
};

/// How many wrong lines are counted before the rest is left unread.
const MOST_FAULTS: usize = 100;

/// A reading under way.
pub(crate) struct Pass<'a> {
    pub(crate) asked: &'a Asked,
    pub(crate) outside: &'a Outside<'a>,
    /// What `Host` is compared with: as asked, and in the last pass the name after `HostName`.
    pub(crate) host: &'a str,
    pub(crate) home: &'a str,
    /// Whether `Match final` applies.
    pub(crate) is_last: bool,
    /// Whether one more pass is asked for.
    pub(crate) wants_last: bool,
    pub(crate) state: &'a mut State,
    faults: Vec<Trouble>,
}

impl<'a> Pass<'a> {
    pub(crate) fn new(
        asked: &'a Asked,
        outside: &'a Outside<'a>,
        host: &'a str,
        home: &'a str,
        state: &'a mut State,
    ) -> Self {
        Self {
            asked,
            outside,
            host,
            home,
            is_last: false,
            wants_last: false,
            state,
            faults: Vec::new(),
        }
    }

    /// Reads one file of the top.
    pub(crate) fn read(&mut self, section: &Section) -> Result<(), Trouble> {
        let mut applies = true;
        self.section(section, &mut applies, false)
    }

    /// `applies`: whether the block that the file stands in applies. `never`: no block of it can,
    /// since it is included where nothing applies.
    fn section(
        &mut self,
        section: &Section,
        applies: &mut bool,
        never: bool,
    ) -> Result<(), Trouble> {
        let before = self.faults.len();
        for line in &section.lines {
            if let Err(fault) = self.line(line, applies, never)? {
                self.faults.push(Trouble::at(&line.place, fault));
            }
            if self.faults.len() > MOST_FAULTS {
                break;
            }
        }
        if self.faults.len() == before {
            return Ok(());
        }
        let others = self.faults.len() - 1;
        let first = self.faults.drain(..).next();
        Err(first.map_or_else(
            || Trouble::of(&section.file, "has lines that are wrong"),
            |first| Trouble { others, ..first },
        ))
    }

    /// The outer error ends the reading, the inner one is that of this line.
    fn line(
        &mut self,
        line: &Line,
        applies: &mut bool,
        never: bool,
    ) -> Result<Result<(), String>, Trouble> {
        let Some(rest) = line.rest.as_deref().filter(|rest| !rest.is_empty()) else {
            return Ok(Err(format!("nothing follows {:?}", line.keyword)));
        };
        let name = line.keyword.to_ascii_lowercase();
        let Some(keyword) = keywords::find(&name) else {
            let ignored = self.state.text("ignoreunknown").is_some_and(|list| {
                patterns::fits_list(&name, &list.to_ascii_lowercase()) == Verdict::Yes
            });
            return Ok(match words::arguments(rest) {
                Some(_) if ignored => Ok(()),
                _ => Err(format!("{:?} is no option that ssh knows", line.keyword)),
            });
        };
        let Some(arguments) = words::arguments(rest) else {
            return Ok(Err("a quote is not closed".to_owned()));
        };
        match keyword.name {
            "host" => Ok(self.host_line(&arguments, applies, never)),
            "match" => self.match_line(line, rest, &arguments, applies, never),
            "include" => self.include_line(line, *applies),
            _ => {
                if *applies && line.garbled {
                    self.state.unsupported(line, "the line is not UTF-8 text");
                }
                Ok(self.option(keyword, line, rest, arguments, *applies))
            }
        }
    }

    fn host_line(
        &self,
        arguments: &[String],
        applies: &mut bool,
        never: bool,
    ) -> Result<(), String> {
        *applies = false;
        for argument in arguments {
            if argument.is_empty() {
                return Err("an argument is empty".to_owned());
            }
            if never {
                break;
            }
            let (pattern, negated) = match argument.strip_prefix('!') {
                Some(pattern) => (pattern, true),
                None => (argument.as_str(), false),
            };
            if patterns::fits(self.host, pattern) {
                *applies = !negated;
                if negated {
                    break;
                }
            }
        }
        Ok(())
    }

    fn match_line(
        &mut self,
        line: &Line,
        rest: &str,
        arguments: &[String],
        applies: &mut bool,
        never: bool,
    ) -> Result<Result<(), String>, Trouble> {
        let mut rest = Some(rest.to_owned());
        let outcome =
            criteria::read(self, &mut rest, never).map_err(|why| Trouble::at(&line.place, why))?;
        let Outcome { holds, unanswered } = match outcome {
            Ok(outcome) => outcome,
            Err(fault) => return Ok(Err(fault)),
        };
        if !never && let Some(why) = unanswered {
            self.state.unsupported(line, why);
        }
        *applies = holds && !never;
        let is_read = rest.is_none_or(|rest| rest.is_empty()) || arguments.is_empty();
        Ok(if is_read { Ok(()) } else { Err(extra()) })
    }

    fn include_line(&mut self, line: &Line, applies: bool) -> Result<Result<(), String>, Trouble> {
        if applies && line.unfollowed.is_some() {
            self.state
                .unsupported(line, "tokens and variables in Include are not replaced");
        }
        for section in &line.included {
            // What the file says about blocks ends with it.
            let mut inner = applies;
            self.section(section, &mut inner, !applies)?;
        }
        Ok(line.fault.clone().map_or(Ok(()), Err))
    }

    fn option(
        &mut self,
        keyword: &'static Keyword,
        line: &Line,
        rest: &str,
        arguments: Vec<String>,
        applies: bool,
    ) -> Result<(), String> {
        let values = match keyword.form {
            Form::Own => {
                return special::read(
                    self.state,
                    self.outside,
                    keyword,
                    line,
                    rest,
                    arguments,
                    applies,
                );
            }
            Form::Anything => {
                if applies {
                    self.state.say(keyword, arguments, line);
                }
                return Ok(());
            }
            Form::Command => {
                let command = rest.trim_start_matches([' ', '\t', '\r', '\n', '=']);
                vec![command.to_owned()]
            }
            Form::List(most) => {
                check_none(&arguments)?;
                if arguments.len() > most && applies {
                    return Err(format!("more than {most} files"));
                }
                // Words behind a `#` alone leave nothing.
                if arguments.is_empty() {
                    return Ok(());
                }
                arguments
            }
            form => {
                let mut arguments = arguments.into_iter();
                let argument = some(arguments.next())?;
                let value = single(form, &argument)?;
                if arguments.next().is_some() {
                    // ssh keeps the value before it complains; nothing comes of it.
                    return Err(extra());
                }
                match value {
                    Some(value) => vec![value],
                    None => return Ok(()),
                }
            }
        };
        if applies {
            self.state.say(keyword, values, line);
        }
        Ok(())
    }

    /// The tokens as they stand in the middle of a reading.
    pub(crate) fn tokens(&self) -> Result<Tokens, String> {
        let state = &*self.state;
        let host = match state.text("hostname") {
            Some(name) if !self.is_last => Tokens {
                host: self.host.to_owned(),
                ..Tokens::default()
            }
            .percent(name, "h")?,
            Some(name) => name.to_owned(),
            None => self.host.to_owned(),
        };
        let here = &self.asked.here;
        Ok(Tokens {
            key_alias: state.text("hostkeyalias").unwrap_or(&host).to_owned(),
            host,
            asked: self.asked.host.clone(),
            port: state
                .text("port")
                .and_then(|port| port.parse().ok())
                .unwrap_or(22),
            user: state.text("user").unwrap_or(&here.user).to_owned(),
            jump: state.last_jump(),
            local_user: here.user.clone(),
            local_id: here.user_id.clone(),
            local_host: here.host_name.clone(),
            home: self.home.to_owned(),
        })
    }
}

/// The value of a form that takes one argument; `None`: it leaves the keyword unset.
fn single(form: Form, argument: &str) -> Result<Option<String>, String> {
    let value = match form {
        Form::Words(words) => words
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(argument))
            .map(|(_, kept)| (*kept).to_owned()),
        Form::Number => values::number(argument).map(|number| number.to_string()),
        Form::Time if argument == "none" => return Ok(None),
        Form::Time => values::seconds(argument).map(|seconds| seconds.to_string()),
        Form::Port => values::port(argument)
            .filter(|port| *port > 0)
            .map(|port| port.to_string()),
        _ => Some(argument.to_owned()),
    };
    value
        .map(Some)
        .ok_or_else(|| format!("{argument:?} is not a value that it can have"))
}

/// The argument, which must not be empty.
pub(crate) fn some(argument: Option<String>) -> Result<String, String> {
    argument
        .filter(|argument| !argument.is_empty())
        .ok_or_else(|| "the value is missing".to_owned())
}

/// `none` stands alone, and nothing is empty.
pub(crate) fn check_none(arguments: &[String]) -> Result<(), String> {
    if arguments.iter().any(String::is_empty) {
        return Err("an argument is empty".to_owned());
    }
    let none = arguments
        .iter()
        .any(|argument| argument.eq_ignore_ascii_case("none"));
    if none && arguments.len() > 1 {
        return Err("\"none\" must stand alone".to_owned());
    }
    Ok(())
}

pub(crate) fn extra() -> String {
    "there is more on the line than it can have".to_owned()
}
