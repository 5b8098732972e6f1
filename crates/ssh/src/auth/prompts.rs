//! Keyboard-interactive authentication (RFC 4256): the server asks what it likes, in rounds.
//!
//! Invariant: rounds and questions are bounded; a round without a question is answered at once.

use russh::client::{AuthResult, KeyboardInteractiveAuthResponse as Reply, Prompt as Wire};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Login, Outcome};
use crate::{ConnectError, Prompt, PromptsQuestion, error::one_line, progress::Stage};

/// Rounds of questions in one attempt, and questions in one round.
const ROUNDS: usize = 8;

impl Login<'_> {
    /// One attempt.
    pub(super) async fn interact(&mut self) -> Result<Outcome, ConnectError> {
        self.tried("keyboard-interactive");
        let retry = self.has_refused();
        self.spent.dialogues += 1;
        self.progress.enter(Stage::Authentication);
        let user = self.target.user.as_str();
        let mut reply = self
            .handle
            .authenticate_keyboard_interactive_start(user, None::<String>)
            .await;
        let mut dialogue = Dialogue::default();
        for _ in 0..ROUNDS {
            let (title, instruction, prompts) = match reply {
                Ok(Reply::Success) => return Ok(Outcome::In),
                Ok(Reply::Failure {
                    remaining_methods,
                    partial_success,
                }) => {
                    self.spent.dialogues_for_password += u32::from(dialogue.is_for_password());
                    self.spent.asks_nothing = dialogue.questions == 0;
                    if !dialogue.unshown.is_empty() {
                        self.remark(format!("the server said {:?}", dialogue.unshown.join(" ")));
                    }
                    let failure = AuthResult::Failure {
                        remaining_methods,
                        partial_success,
                    };
                    return self.note(Ok(failure)).await;
                }
                Ok(Reply::InfoRequest {
                    name,
                    instructions,
                    prompts,
                }) => (one_line(&name), one_line(&instructions), prompts),
                Err(error) => return self.note(Err(error)).await,
            };
            if prompts.len() > ROUNDS {
                return Err(self.protocol("it asks too many questions at once"));
            }
            let instruction = dialogue.instruction(&title, instruction, prompts.is_empty());
            let question = PromptsQuestion {
                user: self.target.user.clone(),
                host: self.target.host.clone(),
                host_key: self.host_key.clone(),
                title,
                instruction,
                prompts: dialogue.read(&prompts),
                retry: retry && dialogue.rounds == 1,
            };
            let answers = self.answers(question, &mut dialogue).await?;
            self.progress.enter(Stage::Authentication);
            reply = self
                .handle
                .authenticate_keyboard_interactive_respond(answers)
                .await;
        }
        Err(self.protocol("it asks one question after the other"))
    }

    /// The answers, which russh takes in plain and does not wipe.
    async fn answers(
        &mut self,
        question: PromptsQuestion,
        dialogue: &mut Dialogue,
    ) -> Result<Vec<String>, ConnectError> {
        let secrets = match question.prompts.as_slice() {
            // Words without a question; there is nothing to wait for.
            [] => Vec::new(),
            [only] if only.is_password => vec![self.ask_password(question.retry).await?],
            _ => {
                dialogue.unshown.clear();
                self.ask(self.ask.prompts(question)).await?
            }
        };
        let plain = |secret: &SecretString| secret.expose_secret().to_owned();
        let answers: Vec<String> = secrets.iter().map(plain).collect();
        // Each has its length before it.
        self.gives(answers.iter().map(|answer| 4 + answer.len()).sum());
        Ok(answers)
    }
}

/// What was asked in one attempt.
#[derive(Default)]
struct Dialogue {
    rounds: usize,
    questions: usize,
    passwords: usize,
    /// What the server said without a question, until somebody sees it.
    unshown: Vec<String>,
}

impl Dialogue {
    /// The instruction with what was said before it. Where nothing is asked, it is kept for later.
    fn instruction(&mut self, title: &str, instruction: String, asks_nothing: bool) -> String {
        let words = [title, instruction.as_str()];
        if asks_nothing {
            let words = words.into_iter().filter(|word| !word.is_empty());
            self.unshown.extend(words.map(str::to_owned));
            return instruction;
        }
        let words = self.unshown.iter().map(String::as_str);
        one_line(
            &words
                .chain([instruction.as_str()])
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    fn read(&mut self, prompts: &[Wire]) -> Vec<Prompt> {
        self.rounds += usize::from(!prompts.is_empty());
        self.questions += prompts.len();
        let read = |prompt: &Wire| {
            let is_password = self.passwords == 0 && asks_for_password(prompt);
            self.passwords += usize::from(is_password);
            Prompt {
                text: one_line(&prompt.prompt),
                echo: prompt.echo,
                is_password,
            }
        };
        prompts.iter().map(read).collect()
    }

    /// Whether the user's password was asked for, and nothing else.
    fn is_for_password(&self) -> bool {
        self.passwords > 0 && self.passwords == self.questions
    }
}

/// Whether the user's password is wanted, as far as the words tell: not a code from elsewhere, such
/// as the `One-time password` of `pam_oath`.
fn asks_for_password(prompt: &Wire) -> bool {
    let words = prompt.prompt.to_lowercase();
    !prompt.echo && words.contains("password") && !words.contains("one-time")
}
