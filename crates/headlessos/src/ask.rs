//! Questions of a connection, put to the person at the terminal.
//!
//! Invariant: what a server says is printed without control characters, and never as if we said it.

use std::io::{self, IsTerminal, Write};

use catalog::text::is_unseen;
use engine::{Answer, Keeping, Prompt, Question};
use secrecy::SecretString;

/// Asks; where there is no terminal to ask at, the answer is to stop. Blocks.
pub(crate) fn at_terminal(question: &Question) -> Answer {
    match question {
        // Without a terminal nobody can be asked; who names this computer as root has agreed to it.
        Question::RunAsRoot { .. } => {
            let warning = "headlessos runs as root, so this computer is looked at as root.";
            eprintln!("{}", red(warning));
            if io::stdin().is_terminal() {
                confirm("Go on?")
            } else {
                Answer::Trust { trust: true }
            }
        }
        Question::HostKey { .. } => {
            eprintln!("{}", host_key(question));
            confirm("Compare it with what the server's administrator tells you. Trust it?")
        }
        Question::Password {
            user,
            host,
            retry,
            hop,
            keeping,
            ..
        } => {
            let words = format!("{}Password of {user} on {host}: ", on_the_way(hop.as_ref()));
            one_secret(*retry, &words, keeping)
        }
        Question::Prompts {
            host,
            title,
            instruction,
            prompts,
            retry,
            hop,
            ..
        } => {
            refused(*retry);
            for words in [title, instruction] {
                if !words.trim().is_empty() {
                    eprintln!("{host} says: {}", plain(words));
                }
            }
            let way = on_the_way(hop.as_ref());
            let answers: Option<Vec<_>> = prompts
                .iter()
                .map(|prompt| answer_to(prompt, &format!("{way}{host}")))
                .collect();
            match answers {
                Some(secrets) => Answer::Secrets { secrets },
                None => nobody(),
            }
        }
        Question::Passphrase {
            path,
            retry,
            hop,
            keeping,
            ..
        } => {
            let words = format!("{}Passphrase of {path}: ", on_the_way(hop.as_ref()));
            one_secret(*retry, &words, keeping)
        }
    }
}

/// A password for administrator access; `None`: there is nobody to ask.
pub(crate) fn password(refused: bool, prompt: &str) -> Option<SecretString> {
    self::refused(refused);
    rpassword::prompt_password(prompt)
        .ok()
        .map(SecretString::from)
}

/// The key that is asked about, and who vouches for it.
fn host_key(question: &Question) -> String {
    let Question::HostKey {
        host,
        port,
        algorithm,
        fingerprint,
        randomart,
        known_as,
        hop,
        ..
    } = question
    else {
        return String::new();
    };
    let vouches = if known_as.is_empty() {
        "Nobody vouches for this key yet.".to_owned()
    } else {
        let names: Vec<_> = known_as.iter().map(|name| plain(name)).collect();
        format!("This same key is known for: {}", names.join(", "))
    };
    let way = on_the_way(hop.as_ref());
    format!(
        "{way}The key of {host} port {port} is not known yet.\n{algorithm} {fingerprint}\n{randomart}\n{vouches}"
    )
}

/// Which host on the way asks; empty: the server itself does.
fn on_the_way(hop: Option<&String>) -> String {
    hop.map_or_else(String::new, |hop| {
        format!("On the way, jump host {}: ", plain(hop))
    })
}

/// A server's words in one line.
fn plain(words: &str) -> String {
    words.replace(is_unseen, " ")
}

/// The answer to one prompt of a server; read visibly where it says so.
fn answer_to(prompt: &Prompt, host: &str) -> Option<SecretString> {
    let words = format!("{host} asks: {} ", plain(&prompt.text));
    if prompt.echo {
        line(&words).map(SecretString::from)
    } else {
        let secret = rpassword::prompt_password(words).ok()?;
        Some(SecretString::from(secret))
    }
}

fn confirm(prompt: &str) -> Answer {
    let Some(line) = line(&format!("{prompt} [yes/no] ")) else {
        eprintln!("headlessos: there is no terminal to ask at, so the answer is no");
        return Answer::Trust { trust: false };
    };
    Answer::Trust {
        trust: line.trim() == "yes",
    }
}

/// A line that is typed visibly; `None`: there is no terminal, or it was closed.
pub(crate) fn line(prompt: &str) -> Option<String> {
    if !io::stdin().is_terminal() {
        return None;
    }
    eprint!("{prompt}");
    io::stderr().flush().ok()?;
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

/// A password or passphrase. It is kept where the profile says so.
fn one_secret(retry: bool, prompt: &str, keeping: &Keeping) -> Answer {
    refused(retry);
    let keep = keeping.chosen && keeping.problem.is_none();
    if keeping.chosen
        && let Some(problem) = &keeping.problem
    {
        eprintln!("It stays in memory: {problem}.");
    }
    match rpassword::prompt_password(prompt) {
        Ok(secret) => Answer::Secret {
            secret: SecretString::from(secret),
            keep,
        },
        Err(_) => nobody(),
    }
}

fn refused(retry: bool) {
    if retry {
        eprintln!("That was refused.");
    }
}

fn nobody() -> Answer {
    eprintln!("headlessos: there is no terminal to ask at");
    Answer::Cancel
}

fn red(text: &str) -> String {
    if io::stderr().is_terminal() {
        format!("\x1b[31m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(known_as: &[&str], hop: Option<&str>) -> String {
        host_key(&Question::HostKey {
            id: "q0".to_owned(),
            host: "web1".to_owned(),
            port: 22,
            algorithm: "ssh-ed25519".to_owned(),
            fingerprint: "SHA256:x".to_owned(),
            randomart: "+--+".to_owned(),
            known_as: known_as.iter().map(|&name| name.to_owned()).collect(),
            hop: hop.map(str::to_owned),
        })
    }

    #[test]
    fn a_new_key_says_who_vouches_for_it_and_which_host_on_the_way_it_is() {
        let alone = key(&[], None);
        assert!(alone.starts_with("The key of web1 port 22"), "{alone}");
        assert!(alone.ends_with("Nobody vouches for this key yet."));
        let known = key(
            &["old", "10.0.0.1\u{1b}[2J\u{202e}"],
            Some("ops@bastion:22"),
        );
        assert!(
            known.starts_with("On the way, jump host ops@bastion:22: "),
            "{known}"
        );
        assert!(known.ends_with("This same key is known for: old, 10.0.0.1 [2J "));
    }
}
