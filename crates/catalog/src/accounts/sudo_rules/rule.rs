//! A rule of sudo, from the short list's one line or the long list's paragraph.

use super::SudoRule;

/// A rule without commands yet.
pub(super) fn of(run_as_users: Vec<String>, file: Option<String>) -> SudoRule {
    SudoRule {
        run_as_users,
        run_as_groups: Vec::new(),
        asks_password: None,
        options: Vec::new(),
        commands: Vec::new(),
        file,
    }
}

/// Takes a labelled line of a long list's paragraph. The labels of groups, options and commands are
/// translated: one of `RunAs` is the groups', the others of an unknown name are the options'.
pub(super) fn set(rule: &mut SudoRule, label: &str, value: &str) {
    const SETTINGS: &[&str] = &[
        "Cwd",
        "Chroot",
        "Timeout",
        "NotBefore",
        "NotAfter",
        "Role",
        "Type",
        "Privs",
        "LimitPrivs",
        "AppArmor Profile",
    ];
    if label.contains("RunAs") {
        rule.run_as_groups = items(value);
    } else if SETTINGS.contains(&label) {
        let name = label.to_ascii_lowercase().replace(' ', "_");
        rule.options.push(format!("{name}={value}"));
    } else {
        for option in items(value) {
            add(rule, &option);
        }
    }
}

/// Reads `(users : groups) TAGS: command, command, TAGS: command`: a rule for each set of tags. The
/// tags hold for the commands behind them until others take their place.
pub(super) fn short(entry: &str) -> Option<Vec<SudoRule>> {
    let (run_as, mut rest) = entry.strip_prefix('(')?.split_once(')')?;
    let (users, groups) = run_as.split_once(" : ").unwrap_or((run_as, ""));
    let mut rule = of(items(users), None);
    rule.run_as_groups = items(groups);
    let mut rules: Vec<SudoRule> = Vec::new();
    let mut digests = String::new();
    rest = rest.trim();
    for item in items(rest) {
        let mut command = item.as_str();
        let mut has_tags = false;
        while let Some((option, behind)) = option(command) {
            has_tags = true;
            add(&mut rule, &option);
            command = behind;
        }
        if is_digest(command) {
            digests.push_str(command);
            digests.push_str(", ");
            continue;
        }
        if command.is_empty() {
            return None;
        }
        let command = [std::mem::take(&mut digests).as_str(), command].concat();
        match rules.last_mut().filter(|_| !has_tags) {
            Some(last) => last.commands.push(command),
            None => {
                let mut next = rule.clone();
                next.commands.push(command);
                rules.push(next);
            }
        }
    }
    (!rules.is_empty() && digests.is_empty()).then_some(rules)
}

/// A tag or a setting at the beginning of a command, as an option, and what is behind it.
fn option(text: &str) -> Option<(String, &str)> {
    const SETTINGS: &[&str] = &[
        "CWD",
        "CHROOT",
        "TIMEOUT",
        "NOTBEFORE",
        "NOTAFTER",
        "ROLE",
        "TYPE",
        "PRIVS",
        "LIMITPRIVS",
        "APPARMOR_PROFILE",
    ];
    let (word, behind) = text.split_once(' ')?;
    if let Some((name, value)) = word.split_once('=') {
        let is_setting = SETTINGS.contains(&name);
        return is_setting.then(|| (format!("{}={value}", name.to_ascii_lowercase()), behind));
    }
    let tag = word.strip_suffix(':')?;
    let is_tag = !tag.is_empty()
        && tag
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    is_tag.then_some(())?;
    let option = match tag {
        "NOPASSWD" => "!authenticate".to_owned(),
        "PASSWD" => "authenticate".to_owned(),
        "NOEXEC" => "noexec".to_owned(),
        "EXEC" => "!noexec".to_owned(),
        tag => match tag.strip_prefix("NO") {
            Some(tag) => format!("!{}", tag.to_ascii_lowercase()),
            None => tag.to_ascii_lowercase(),
        },
    };
    Some((option, behind.trim_start()))
}

/// Adds an option in the place of its opposite.
fn add(rule: &mut SudoRule, option: &str) {
    let bare = |option: &str| option.trim_start_matches('!').to_owned();
    rule.options.retain(|other| bare(other) != bare(option));
    rule.options.push(option.to_owned());
    match option {
        "authenticate" => rule.asks_password = Some(true),
        "!authenticate" => rule.asks_password = Some(false),
        _ => {}
    }
}

/// `sha256:` and what follows it, of which there may be several before a command.
fn is_digest(text: &str) -> bool {
    text.starts_with("sha") && text.contains(':') && !text.contains([' ', '/'])
}

/// The items between commas that stand before a space; a comma of an item has a backslash before it,
/// or stands within quotes.
pub(super) fn items(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut is_quoted = false;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' && before != '\\' {
            is_quoted = !is_quoted;
        }
        let is_end = c == ',' && before != '\\' && !is_quoted && chars.peek() == Some(&' ');
        if is_end {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(c);
        }
        before = c;
    }
    let items = items.into_iter().map(|item| item.trim().to_owned());
    items.filter(|item| !item.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_hold_until_others_come() {
        let rules =
            short(r"(root, ann : adm) NOPASSWD: SETENV: /bin/a x\, y, !/bin/b, PASSWD: /bin/c")
                .unwrap();
        let [first, second] = rules.as_slice() else {
            panic!("{rules:?}");
        };
        assert_eq!(first.run_as_users, ["root", "ann"]);
        assert_eq!(first.run_as_groups, ["adm"]);
        assert_eq!(first.commands, [r"/bin/a x\, y", "!/bin/b"]);
        assert_eq!(first.options, ["!authenticate", "setenv"]);
        assert_eq!(second.options, ["setenv", "authenticate"]);
        assert_eq!(second.asks_password, Some(true));
        for line in ["(root)", "(root) NOPASSWD:", "root ALL"] {
            assert_eq!(
                short(line).filter(|rules| rules.iter().any(|rule| rule.commands != ["NOPASSWD:"])),
                None,
                "{line}"
            );
        }
    }

    #[test]
    fn digests_stay_with_their_command() {
        let rules = short("(root) sha224:a==, sha256:b== /bin/cat").unwrap();
        assert_eq!(rules.len(), 1);
        assert_eq!(
            rules.first().unwrap().commands,
            ["sha224:a==, sha256:b== /bin/cat"]
        );
    }
}
