//! Password authentication (RFC 4252, 8).

use secrecy::{ExposeSecret as _, SecretString};

use super::{Login, Outcome};
use crate::{ConnectError, PasswordQuestion, progress::Stage};

impl Login<'_> {
    /// Asks for the password once.
    pub(super) async fn try_password(&mut self) -> Result<Outcome, ConnectError> {
        self.tried("password");
        let password = self.ask_password(self.has_refused()).await?;
        self.spent.passwords += 1;
        self.progress.enter(Stage::Authentication);
        self.gives(password.expose_secret().len());
        // russh wipes its copy.
        let result = self
            .handle
            .authenticate_password(self.target.user.as_str(), password.expose_secret())
            .await;
        drop(password);
        self.note(result).await
    }

    pub(super) async fn ask_password(&self, retry: bool) -> Result<SecretString, ConnectError> {
        let question = PasswordQuestion {
            user: self.target.user.clone(),
            host: self.target.host.clone(),
            host_key: self.host_key.clone(),
            retry,
        };
        self.ask(self.ask.password(question)).await
    }

    /// Whether answers of a person were refused just now.
    pub(super) fn has_refused(&self) -> bool {
        self.spent.passwords + self.spent.dialogues > 0
    }
}
