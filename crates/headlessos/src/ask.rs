//! Questions of a connection, put to the person at the terminal.

use std::io::{self, IsTerminal, Write};

use engine::{Answer, Question};
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
        Question::HostKey {
            host,
            port,
            algorithm,
            fingerprint,
            randomart,
            ..
        } => {
            eprintln!("The key of {host} port {port} is not known yet.");
            eprintln!("{algorithm} {fingerprint}\n{randomart}");
            confirm("Compare it with what the server's administrator tells you. Trust it?")
        }
        Question::Password {
            user, host, retry, ..
        } => secret(*retry, &format!("Password of {user} on {host}: ")),
        Question::Prompts {
            host,
            title,
            instruction,
            prompts,
            retry,
            ..
        } => {
            for words in [title, instruction] {
                if !words.is_empty() {
                    eprintln!("{host} says: {words}");
                }
            }
            let mut secrets = Vec::new();
            for (at, prompt) in prompts.iter().enumerate() {
                let words = format!("{host} asks: {} ", prompt.text);
                match secret(*retry && at == 0, &words) {
                    Answer::Secret { secret } => secrets.push(secret),
                    other => return other,
                }
            }
            Answer::Secrets { secrets }
        }
        Question::Passphrase { path, retry, .. } => {
            secret(*retry, &format!("Passphrase of {path}: "))
        }
    }
}

/// A password for administrator access; `None`: there is nobody to ask.
pub(crate) fn password(refused: bool, prompt: &str) -> Option<SecretString> {
    match secret(refused, prompt) {
        Answer::Secret { secret } => Some(secret),
        _ => None,
    }
}

fn confirm(prompt: &str) -> Answer {
    if !io::stdin().is_terminal() {
        eprintln!("headlessos: there is no terminal to ask at, so the answer is no");
        return Answer::Trust { trust: false };
    }
    eprint!("{prompt} [yes/no] ");
    let mut line = String::new();
    let read = io::stderr()
        .flush()
        .and_then(|()| io::stdin().read_line(&mut line));
    Answer::Trust {
        trust: read.is_ok() && line.trim() == "yes",
    }
}

fn secret(retry: bool, prompt: &str) -> Answer {
    if retry {
        eprintln!("That was refused.");
    }
    match rpassword::prompt_password(prompt) {
        Ok(secret) => Answer::Secret {
            secret: SecretString::from(secret),
        },
        Err(_) => {
            eprintln!("headlessos: there is no terminal to ask at");
            Answer::Cancel
        }
    }
}

fn red(text: &str) -> String {
    if io::stderr().is_terminal() {
        format!("\x1b[31m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}
