//! A connection to a lab host, made and used as the product makes and uses its own.

use std::{env, error::Error, fs, process, sync::Arc, time::Duration};

use catalog::{RawOutput, ServerFacts, Source, files};
use futures::{FutureExt, future::BoxFuture};
use secrecy::SecretString;
use ssh::{
    Ask, AuthMethod, Connection, ExecOutput, Hop, HostKeyQuestion, KnownHosts, Limits,
    PassphraseQuestion, PasswordQuestion, PromptsQuestion, Target,
};

use crate::lab::{Host, Lab};

const LIMITS: Limits = Limits {
    timeout: Duration::from_secs(60),
    output_bytes: 16 << 20,
};

/// A lab host that is logged in to.
pub struct Client(Connection);

impl Client {
    /// Logs in with the lab's key. The host key is the one that the lab names.
    ///
    /// # Errors
    /// The host does not let this user in.
    pub async fn connect(lab: &Lab, host: &Host, user: &str) -> Result<Self, Box<dyn Error>> {
        let folder = env::temp_dir().join(format!(
            "headlessos-client-{}-{}-{user}",
            process::id(),
            host.name
        ));
        fs::create_dir_all(&folder)?;
        let named = folder.join("lab");
        fs::write(&named, format!("{}\n", host.known_hosts_line))?;
        let known_hosts = KnownHosts::of_files(folder.join("own"), vec![named]);
        let target = Target {
            server: host.name.clone(),
            host: host.address.clone(),
            port: host.port,
            user: user.to_owned(),
        };
        let method = AuthMethod::KeyFile(lab.identity.clone());
        let hop = Hop::new(target, method, known_hosts);
        let connection = ssh::connect(&hop, None, Arc::new(Nobody)).await;
        fs::remove_dir_all(&folder)?;
        Ok(Self(connection?.witnessed(crate::anyone())))
    }

    /// What the product would know of the host.
    ///
    /// # Errors
    /// The first look failed.
    pub async fn facts(&self) -> Result<ServerFacts, Box<dyn Error>> {
        let output = self.0.exec(&ServerFacts::probe(), None, &LIMITS).await?;
        let raw = RawOutput {
            stdout: &output.stdout,
            stderr: &output.stderr,
            exit_code: output.exit_code,
            files: &[],
            typed: &[],
        };
        Ok(ServerFacts::parse(raw)?)
    }

    /// Runs a variant's source; files are printed as they are where there is no SFTP.
    ///
    /// # Errors
    /// It did not run, or took longer than a minute.
    pub async fn run(&self, source: &Source) -> Result<ExecOutput, Box<dyn Error>> {
        Ok(match source {
            Source::Command(command) => self.0.exec(command, None, &LIMITS).await?,
            Source::Files(paths) => ExecOutput {
                // `grep` ends with 1 or 2 where a file is missing; reading files has no exit code.
                exit_code: Some(0),
                stderr: Vec::new(),
                ..self.0.exec(&files::print(paths), None, &LIMITS).await?
            },
        })
    }
}

/// Trusts nothing new and knows no password: the lab's key and host keys are enough.
struct Nobody;

impl Ask for Nobody {
    fn host_key(&self, _question: HostKeyQuestion) -> BoxFuture<'_, bool> {
        async { false }.boxed()
    }

    fn password(&self, _question: PasswordQuestion) -> BoxFuture<'_, Option<SecretString>> {
        async { None }.boxed()
    }

    fn prompts(&self, _question: PromptsQuestion) -> BoxFuture<'_, Option<Vec<SecretString>>> {
        async { None }.boxed()
    }

    fn passphrase(&self, _question: PassphraseQuestion) -> BoxFuture<'_, Option<SecretString>> {
        async { None }.boxed()
    }
}
