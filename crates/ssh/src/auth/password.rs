//! Password and keyboard-interactive authentication.

use russh::{
    MethodKind,
    client::{AuthResult, KeyboardInteractiveAuthResponse as Reply, Prompt as Wire},
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Login, Outcome, REFUSALS};
use crate::{
    ConnectError, PasswordQuestion, Prompt, PromptsQuestion, error::one_line, progress::Stage,
};

/// A wrong password is asked for again this many times.
const RETRIES: usize = 2;
/// Rounds of questions in one keyboard-interactive attempt, and questions in one round.
const ROUNDS: usize = 8;

impl Login<'_> {
    /// Asks for the password until it is right, at most three times, on the same connection.
    pub(super) async fn try_password(&mut self) -> Result<Outcome, ConnectError> {
        for attempt in 0..=RETRIES {
            if self.refusals >= REFUSALS {
                break;
            }
            let retry = attempt > 0;
            let outcome = if self.offered.contains(&MethodKind::Password) {
                self.tried("password");
                let password = self.ask_password(retry).await?;
                self.progress.enter(Stage::Authentication);
                let password = password.expose_secret();
                let result = self
                    .handle
                    .authenticate_password(self.target.user.as_str(), password)
                    .await;
                self.note(result)?
            } else if self.offered.contains(&MethodKind::KeyboardInteractive) {
                self.tried("keyboard-interactive");
                self.interact(retry).await?
            } else {
                break;
            };
            if outcome == Outcome::In {
                return Ok(Outcome::In);
            }
        }
        Ok(Outcome::Out)
    }

    /// One keyboard-interactive attempt (RFC 4256).
    async fn interact(&mut self, retry: bool) -> Result<Outcome, ConnectError> {
        self.progress.enter(Stage::Authentication);
        let user = self.target.user.as_str();
        let mut reply = self
            .handle
            .authenticate_keyboard_interactive_start(user, None::<String>)
            .await;
        let mut password_given = false;
        for _ in 0..ROUNDS {
            let (title, instruction, prompts) = match reply {
                Ok(Reply::Success) => return Ok(Outcome::In),
                Ok(Reply::Failure {
                    remaining_methods,
                    partial_success,
                }) => {
                    return self.note(Ok(AuthResult::Failure {
                        remaining_methods,
                        partial_success,
                    }));
                }
                Ok(Reply::InfoRequest {
                    name,
                    instructions,
                    prompts,
                }) => (one_line(&name), one_line(&instructions), prompts),
                Err(error) => return self.note(Err(error)),
            };
            let question = PromptsQuestion {
                user: self.target.user.clone(),
                host: self.target.host.clone(),
                title,
                instruction,
                prompts: read(&prompts, &mut password_given),
                retry,
            };
            let answers = self.answers(question).await?;
            self.progress.enter(Stage::Authentication);
            reply = self
                .handle
                .authenticate_keyboard_interactive_respond(answers)
                .await;
        }
        Err(self.protocol("it asks one question after the other"))
    }

    /// The answers, which russh takes in plain; it wipes none of them.
    async fn answers(&self, question: PromptsQuestion) -> Result<Vec<String>, ConnectError> {
        let secrets = match question.prompts.as_slice() {
            // Words without a question, to be shown; there is nothing to wait for.
            [] => Vec::new(),
            [only] if only.is_password => vec![self.ask_password(question.retry).await?],
            all if all.len() > ROUNDS => {
                return Err(self.protocol("it asks too many questions at once"));
            }
            _ => self.ask(self.ask.prompts(question)).await?,
        };
        let plain = |secret: &SecretString| secret.expose_secret().to_owned();
        Ok(secrets.iter().map(plain).collect())
    }

    async fn ask_password(&self, retry: bool) -> Result<SecretString, ConnectError> {
        let question = PasswordQuestion {
            user: self.target.user.clone(),
            host: self.target.host.clone(),
            retry,
        };
        self.ask(self.ask.password(question)).await
    }

    fn tried(&mut self, method: &str) {
        if self.tried.last().is_none_or(|last| last != method) {
            self.tried.push(method.to_owned());
        }
    }
}

/// One more than may be asked at once is enough to see that there are too many.
fn read(prompts: &[Wire], password_given: &mut bool) -> Vec<Prompt> {
    let read = |prompt: &Wire| {
        let is_password = !*password_given && asks_for_password(prompt);
        *password_given |= is_password;
        Prompt {
            text: one_line(&prompt.prompt),
            echo: prompt.echo,
            is_password,
        }
    };
    prompts.iter().take(ROUNDS + 1).map(read).collect()
}

/// Whether the user's password is wanted, as far as the words tell: not a code from elsewhere, such
/// as the `One-time password` of `pam_oath`.
fn asks_for_password(prompt: &Wire) -> bool {
    let words = prompt.prompt.to_lowercase();
    !prompt.echo && words.contains("password") && !words.contains("one-time")
}
