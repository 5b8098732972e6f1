//! The lists of `sudo -l` and `sudo -ll`, told apart line by line. Their headings are in the user's
//! language, so what counts is how far a line is set in and what it begins with: four spaces before
//! an entry, eight before the rest of one that was wrapped, a tab before a command of a long list.

use super::{SudoRule, SudoRuleList, rule};
use crate::{ParseError, Parsed, RawOutput, text};

pub(super) fn read(raw: RawOutput<'_>) -> Result<Parsed<SudoRuleList>, ParseError> {
    let text = raw.text();
    let asked = other_user(raw.typed);
    let mut parsed = Parsed::whole(SudoRuleList {
        user: asked.map(str::to_owned),
        rules: Vec::new(),
        defaults: Vec::new(),
        command_defaults: Vec::new(),
    });
    if let Some(user) = refused(&text, &raw.error_text(), asked) {
        parsed.value.user = Some(user);
        return Ok(parsed);
    }
    raw.expect_exit(&[0]).map_err(|error| match error {
        ParseError::Shape(detail) if detail.contains("unknown user") => {
            ParseError::Unavailable(detail)
        }
        error => error,
    })?;
    let mut reader = Reader {
        file: None,
        is_long: false,
    };
    for (index, line) in whole_lines(&text) {
        if reader.line(&line, &mut parsed.value).is_none() {
            let is_headed = asked.is_some_and(|user| line.contains(user)) && !line.starts_with(' ');
            if !is_headed {
                parsed.leave_unread(index, &line);
            }
        }
    }
    if let Some((index, line)) = text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    // A paragraph that was cut before its commands is no rule.
    let is_whole = |rule: &SudoRule| !rule.commands.is_empty();
    parsed.value.rules.retain(is_whole);
    if parsed.value.rules.is_empty() {
        let no_rows = || ParseError::shape("sudo printed no rules");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

/// The user that a person asked about by `-U`.
fn other_user(typed: &[String]) -> Option<&str> {
    let is_option = |word: &String| word == "-U" || word == "--other-user" || word.ends_with("lU");
    let at = typed.iter().position(is_option)?;
    typed.get(at.checked_add(1)?).map(String::as_str)
}

/// The user who may run nothing, where that is all that is said.
fn refused(text: &str, errors: &str, asked: Option<&str>) -> Option<String> {
    for said in [text, errors] {
        let mut lines = text::lines(said).map(|(_, line)| line);
        let Some(first) = lines.next() else { continue };
        let is_said = |phrase: &str| first.contains(phrase);
        if is_said("is not allowed to run sudo on") || is_said("may not run sudo on") {
            let (_, user) = first.split_once("ser ")?;
            return user.split(' ').next().map(str::to_owned);
        }
    }
    // In another language it is the only sentence, and it names the user.
    let mut lines = text::lines(text).map(|(_, line)| line);
    let first = lines.next()?;
    let is_heading = first.trim_end().ends_with([':', '：']) || text::cut_line(text).is_some();
    let is_sentence = !first.starts_with([' ', '\t', '/']) && first.contains(' ') && !is_heading;
    let is_only = lines.all(|line| line.starts_with("        "));
    let user = asked.filter(|user| first.contains(user))?;
    (is_sentence && is_only).then(|| user.to_owned())
}

/// The lines with those that were wrapped put together again; the last one that was cut is left
/// out, and so is what it belongs to.
fn whole_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (index, line) in text::lines(text) {
        match (lines.last_mut(), line.strip_prefix("        ")) {
            (Some((_, last)), Some(rest)) => {
                last.push(' ');
                last.push_str(rest.trim_start());
            }
            _ => lines.push((index, line.to_owned())),
        }
    }
    let is_rest = |line: &str| line.starts_with("        ") || line.trim().is_empty();
    if text::cut_line(text).is_some_and(|(_, line)| is_rest(line)) {
        lines.pop();
    }
    lines
}

struct Reader {
    /// The file of the rule that is read.
    file: Option<String>,
    /// Whether it is a paragraph of a long list.
    is_long: bool,
}

impl Reader {
    /// Reads a line; `None`: it is none of a list.
    fn line(&mut self, line: &str, list: &mut SudoRuleList) -> Option<()> {
        if let Some(command) = line.strip_prefix('\t') {
            let rule = list.rules.last_mut().filter(|_| self.is_long)?;
            rule.commands.push(command.trim().to_owned());
            return Some(());
        }
        let Some(entry) = line.strip_prefix("    ") else {
            return self.heading(line, list);
        };
        if entry.starts_with('(') {
            list.rules.extend(rule::short(entry)?);
        } else if entry.starts_with("Defaults") {
            list.command_defaults.push(entry.trim().to_owned());
        } else if let Some((label, value)) = labelled(entry) {
            if label.contains("RunAs") && !self.is_long {
                self.is_long = true;
                list.rules.push(rule::of(list_of(value), self.file.take()));
            } else {
                let rule = list.rules.last_mut().filter(|_| self.is_long)?;
                rule::set(rule, label, value);
            }
        } else {
            let settings = rule::items(entry.trim().trim_end_matches(','));
            list.defaults.extend(settings);
        }
        Some(())
    }

    /// `User ann may run the following commands on host:`, `Sudoers entry: /etc/sudoers.d/ann`.
    fn heading(&mut self, line: &str, list: &mut SudoRuleList) -> Option<()> {
        self.is_long = false;
        self.file = None;
        let line = line.trim_end();
        if let Some((_, file)) = line.split_once([':', '：'])
            && !file.is_empty()
        {
            let file = file.trim();
            file.starts_with('/').then_some(())?;
            self.file = Some(file.to_owned());
            return Some(());
        }
        if let Some((user, rest)) = line
            .strip_prefix("User ")
            .and_then(|rest| rest.split_once(' '))
            && rest.starts_with("may run the following commands on ")
        {
            list.user = Some(user.to_owned());
        }
        line.ends_with([':', '：']).then_some(())
    }
}

/// `Label: value` of a long list. A setting of the defaults has its `:` behind a backslash or a `=`.
fn labelled(entry: &str) -> Option<(&str, &str)> {
    let (label, value) = entry.split_once([':', '：'])?;
    let is_label = !label.contains(['=', '\\', ',', '/', '"', '!']);
    is_label.then(|| (label.trim(), value.trim()))
}

/// The items of `root, ann`.
fn list_of(value: &str) -> Vec<String> {
    rule::items(value)
}
