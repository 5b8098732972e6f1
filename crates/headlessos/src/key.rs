//! `headlessos key`: the keys of this computer, a new one, one put on a server.

use std::{
    io::{IsTerminal as _, Read as _, Write as _},
    process::ExitCode,
};

use anyhow::{Result, anyhow, bail};
use engine::{Engine, KeyInfo, KeyToInstall, KeyType, NewKey};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    arguments::{Common, Key, KeyKind, KeyVerb},
    assemble,
    ls::{in_json, shown},
    reach::{by_command_line, connect, find_server, worded},
    show::Refused,
};

/// Longer than any passphrase.
const LONGEST_PASSPHRASE: u64 = 4096;

/// Lists, makes or installs.
///
/// # Errors
/// The database cannot be opened, the server cannot be reached, or what was asked is refused.
pub(crate) fn run(common: &Common, wanted: &Key) -> Result<ExitCode> {
    by_command_line(async {
        let engine = assemble::engine(common)?;
        match &wanted.verb {
            KeyVerb::List { json } => list(&engine, *json).await?,
            KeyVerb::New {
                kind,
                comment,
                path,
                no_passphrase,
            } => {
                let passphrase = if *no_passphrase {
                    None
                } else {
                    Some(passphrase()?)
                };
                let new = NewKey {
                    kind: match kind {
                        KeyKind::Ed25519 => KeyType::Ed25519,
                        KeyKind::Rsa4096 => KeyType::Rsa4096,
                        KeyKind::Ecdsa => KeyType::Ecdsa,
                    },
                    comment: comment.clone(),
                    passphrase,
                    path: path.clone(),
                };
                let made = engine.make_key(new).await;
                let made = made.map_err(|error| worded(&error.body()))?;
                let mut out = std::io::stdout().lock();
                writeln!(
                    out,
                    "{}\n{}\n{}",
                    made.path, made.fingerprint, made.public_key
                )?;
            }
            KeyVerb::Install { server, key } => install(&engine, server, key.as_deref()).await?,
        }
        Ok(ExitCode::SUCCESS)
    })
}

async fn list(engine: &Engine, json: bool) -> Result<()> {
    let keys = engine.keys().await.map_err(|error| worded(&error.body()))?;
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", in_json(serde_json::to_string_pretty(&keys)?))?;
        return Ok(());
    }
    for key in keys.keys {
        let locked = match key.encrypted {
            Some(true) => "with a passphrase",
            Some(false) => "without a passphrase",
            None => "only the public half",
        };
        let KeyInfo {
            path,
            kind,
            fingerprint,
            comment,
            ..
        } = key;
        let path = shown(&path);
        writeln!(out, "{path}\t{kind}\t{fingerprint}\t{locked}\t{comment}")?;
    }
    Ok(())
}

async fn install(engine: &std::sync::Arc<Engine>, server: &str, key: Option<&str>) -> Result<()> {
    let path = match key {
        Some(key) => full_path(key)?,
        None => only_key(engine).await?,
    };
    let id = find_server(engine, server)?.profile.id;
    let installing = async {
        connect(engine, &id).await?;
        let key = KeyToInstall {
            path: Some(path),
            text: None,
        };
        let installed = engine.install_key(&id, key).await;
        installed.map_err(|error| worded(&error.body()))
    };
    let installed = tokio::select! {
        installed = installing => installed,
        _ = tokio::signal::ctrl_c() => Err(anyhow!("stopped")),
    };
    engine.disconnect_all().await;
    let installed = installed?;
    for warning in &installed.warnings {
        eprintln!("headlessos: {}", shown(warning));
    }
    let said = if installed.added {
        "added to"
    } else {
        "was already in"
    };
    let mut out = std::io::stdout().lock();
    let path = shown(&installed.path);
    writeln!(out, "{} {said} {path}", installed.fingerprint)?;
    Ok(())
}

/// The key's file in full, as the engine takes it.
fn full_path(key: &str) -> Result<String> {
    if key.starts_with("~/") {
        return Ok(key.to_owned());
    }
    let path = std::path::absolute(key)?;
    let path = path.into_os_string().into_string();
    path.map_err(|path| anyhow!(Refused(format!("{} is no text", path.display()))))
}

/// The one key that there is.
async fn only_key(engine: &Engine) -> Result<String> {
    let keys = engine.keys().await.map_err(|error| worded(&error.body()))?;
    match keys.keys.as_slice() {
        [only] => Ok(only.path.clone()),
        [] => bail!(Refused(format!(
            "{} holds no key; make one with `headlessos key new`",
            keys.folder
        ))),
        _ => bail!(Refused(format!(
            "{} holds more than one key; name the one to install",
            keys.folder
        ))),
    }
}

/// Asked for twice, or the first line of a pipe. Empty: none.
fn passphrase() -> Result<SecretString> {
    if !std::io::stdin().is_terminal() {
        let mut text = String::new();
        let mut input = std::io::stdin().lock().take(LONGEST_PASSPHRASE);
        input.read_to_string(&mut text)?;
        let first = text.lines().next().unwrap_or_default();
        let first = SecretString::from(first);
        zeroize::Zeroize::zeroize(&mut text);
        return Ok(first);
    }
    let first = rpassword::prompt_password("Passphrase of the new key (empty: none): ")?;
    let first = SecretString::from(first);
    let second = SecretString::from(rpassword::prompt_password("The same again: ")?);
    if first.expose_secret() != second.expose_secret() {
        bail!(Refused("the two passphrases differ".to_owned()));
    }
    Ok(first)
}
