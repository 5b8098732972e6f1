//! The command in a line that a person typed: its words, without what only runs it.

use super::NotRead;

/// The words of the command that printed: of a pipe the first, without what only runs it, and the
/// program without its folder.
///
/// # Errors
/// [`NotRead::NoCommand`].
pub fn words(command: &str) -> Result<Vec<String>, NotRead> {
    let no_command = || NotRead::NoCommand(command.chars().take(200).collect());
    let mut words: Vec<String> = shell_words(command).ok_or_else(no_command)?;
    let begin = without_runners(&words);
    words.drain(..begin);
    let program = words.first_mut().ok_or_else(no_command)?;
    // The id of a query, and a path, stay what they are.
    if let Some((_, name)) = program.rsplit_once('/') {
        *program = name.to_owned();
    }
    Ok(words)
}

/// How many words stand before the program: assignments, and programs that run another, with their
/// options.
fn without_runners(words: &[String]) -> usize {
    const RUNNERS: &[&str] = &[
        "sudo", "doas", "env", "command", "busybox", "nice", "ionice", "nohup", "time", "timeout",
        "watch", "stdbuf", "exec",
    ];
    // Options of these that take the next word.
    const WITH_VALUE: &[&str] = &[
        "-u", "-g", "-n", "-k", "-s", "-c", "-h", "-C", "--user", "--group",
    ];
    let is_assignment = |word: &str| {
        word.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
    };
    let mut at: usize = 0;
    let mut runner = "";
    let mut runner_at = None;
    while let Some(word) = words.get(at) {
        let name = word.rsplit('/').next().unwrap_or(word);
        let takes_value = |option: &str| match (runner, option) {
            // These take no value where they stand: `sudo -n`, `busybox`.
            ("sudo", "-n" | "-k" | "-s" | "-h") => false,
            _ => WITH_VALUE.contains(&option),
        };
        if RUNNERS.contains(&name) {
            runner = name;
            runner_at = Some(at);
        } else if !runner.is_empty() && word.starts_with('-') {
            if takes_value(word) {
                at = at.saturating_add(1);
            }
        } else if !(is_assignment(word) || (runner == "timeout" && is_duration(word))) {
            break;
        }
        at = at.saturating_add(1);
    }
    let begin = match runner_at {
        // It runs nothing, so what is printed is its own: `env`, `time`.
        Some(runner_at) if at >= words.len() => runner_at,
        _ => at.min(words.len()),
    };
    sudo_itself(words)
        .filter(|sudo| *sudo < begin)
        .unwrap_or(begin)
}

/// How many words stand before a `sudo` that runs nothing but lists what it would (`sudo -l`); `None`:
/// there is none.
fn sudo_itself(words: &[String]) -> Option<usize> {
    const WITH_VALUE: &[&str] = &[
        "-u",
        "-U",
        "-g",
        "-h",
        "-p",
        "-C",
        "-D",
        "-R",
        "-T",
        "-r",
        "-t",
        "--user",
        "--other-user",
        "--group",
        "--host",
    ];
    let is_sudo = |word: &String| word.rsplit('/').next() == Some("sudo");
    let at = words.iter().position(is_sudo)?;
    let mut options = words.get(at.saturating_add(1)..)?.iter();
    while let Some(option) = options.next().filter(|word| word.starts_with('-')) {
        if option == "--list" || (!option.starts_with("--") && option.contains('l')) {
            return Some(at);
        }
        if WITH_VALUE.contains(&option.as_str()) {
            options.next();
        }
    }
    None
}

fn is_duration(word: &str) -> bool {
    word.trim_end_matches(['s', 'm', 'h', 'd'])
        .parse::<f64>()
        .is_ok()
}

/// The words of a line's first command by the rules of a POSIX shell, without any expansion, up to
/// what an operator begins (a pipe, a redirection); `None`: a quote is not closed.
fn shell_words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => words.extend(word.take()),
            '|' | ';' | '&' | '>' | '<' => {
                // The number before a redirection belongs to it.
                let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
                let redirects = matches!(c, '>' | '<');
                words.extend(word.take().filter(|word| !(redirects && is_number(word))));
                break;
            }
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        '\'' => break,
                        c => word.push(c),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        '"' => break,
                        '\\' => match chars.next()? {
                            c @ ('"' | '\\' | '$' | '`') => word.push(c),
                            c => word.extend(['\\', c]),
                        },
                        c => word.push(c),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(chars.next()?),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(line: &str) -> Vec<String> {
        words(line).unwrap()
    }

    #[test]
    fn the_command_that_printed_is_found() {
        assert_eq!(words_of("df -h"), ["df", "-h"]);
        assert_eq!(
            words_of("sudo -u root LC_ALL=C /bin/df -P | head -3"),
            ["df", "-P"]
        );
        assert_eq!(words_of("sudo -n env TZ=UTC0 who"), ["who"]);
        assert_eq!(
            words_of("timeout -k 5 10s docker ps -a 2>&1"),
            ["docker", "ps", "-a"]
        );
        assert_eq!(words_of("df -h|tail -n +2"), ["df", "-h"]);
        assert_eq!(words_of("df -h 2>/dev/null"), ["df", "-h"]);
        assert_eq!(words_of("sudo env"), ["env"]);
        assert_eq!(
            words_of("docker ps --format '{{.ID}} x'"),
            ["docker", "ps", "--format", "{{.ID}} x"]
        );
        assert_eq!(words_of(r#"a "b \"c" d\ e"#), ["a", "b \"c", "d e"]);
        assert_eq!(
            words_of("LC_ALL=C sudo -U ann -l"),
            ["sudo", "-U", "ann", "-l"]
        );
        assert_eq!(words_of("sudo -u ann ls -l"), ["ls", "-l"]);
        assert_eq!(words_of("grep sudo -l x"), ["grep", "sudo", "-l", "x"]);
        for line in ["", "echo 'a", "LC_ALL=C"] {
            assert!(
                matches!(words(line), Err(NotRead::NoCommand(_))),
                "{line:?}"
            );
        }
    }
}
