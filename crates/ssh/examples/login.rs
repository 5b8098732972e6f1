//! Logs in to one server and takes the first look at it, for measurements: says when it has done each.

use std::{error::Error, path::PathBuf, sync::Arc, time::Duration};

use catalog::ServerFacts;
use futures::{FutureExt as _, future::BoxFuture};
use secrecy::SecretString;
use serde::Deserialize;
use ssh::{
    Ask, AuthMethod, Hop, HostKeyQuestion, KnownHosts, Limits, PassphraseQuestion,
    PasswordQuestion, PromptsQuestion, Target,
};

#[derive(Deserialize)]
struct Task {
    host: String,
    port: u16,
    user: String,
    identity: PathBuf,
}

#[tokio::main(flavor = "multi_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let task = std::env::args().nth(1).ok_or("where to, as JSON?")?;
    let task: Task = serde_json::from_str(&task)?;
    let folder = tempfile::tempdir()?;
    let target = Target {
        server: task.host.clone(),
        host: task.host,
        port: task.port,
        user: task.user,
    };
    let known_hosts = KnownHosts::of_files(folder.path().join("known_hosts"), Vec::new());
    let hop = Hop::new(target, AuthMethod::KeyFile(task.identity), known_hosts);
    let connection = ssh::connect(&hop, None, Arc::new(Trusting)).await?;
    let connection = connection.witnessed(testkit::anyone());
    println!("logged in");
    let limits = Limits {
        timeout: Duration::from_secs(60),
        output_bytes: 1 << 20,
    };
    // As the engine does.
    let probe = ServerFacts::probe();
    let (looked, _) = tokio::join!(
        connection.exec(&probe, None, &limits),
        connection.has_sftp()
    );
    looked?;
    println!("looked");
    connection.close().await;
    Ok(())
}

/// Trusts every key and knows no secret.
struct Trusting;

impl Ask for Trusting {
    fn host_key(&self, _question: HostKeyQuestion) -> BoxFuture<'_, bool> {
        async { true }.boxed()
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
