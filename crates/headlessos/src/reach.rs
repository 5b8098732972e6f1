//! The way to a server from the command line: by the name it is saved under, or by its address.

use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use engine::{
    AdministratorAnswer, AdministratorSwitch, Asker, ConnectionState, Engine, ErrorBody, NewServer,
    Server, asked_by,
};

use crate::{ask, ls::shown, show::Refused};

pub(crate) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
}

/// Does what the command line asks for, and is written down as that.
///
/// # Errors
/// Its own, or the runtime cannot be started.
pub(crate) fn by_command_line<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    runtime()?.block_on(asked_by(Asker::Cli, work))
}

/// A saved server by id or name, else one by its address.
pub(crate) fn find_server(engine: &Arc<Engine>, wanted: &str) -> Result<Server> {
    let saved = engine.servers()?;
    let by_id = saved.iter().find(|server| server.profile.id == wanted);
    if let Some(server) =
        by_id.or_else(|| saved.iter().find(|server| server.profile.name == wanted))
    {
        return Ok(server.clone());
    }
    let Some((user, address)) = wanted.rsplit_once('@') else {
        bail!(Refused(format!(
            "there is no saved server called {wanted:?}, and it is not user@host[:port]"
        )));
    };
    let (host, port) =
        split_port(address).ok_or_else(|| Refused(format!("{address:?} is not host[:port]")))?;
    let new = NewServer {
        host: host.to_owned(),
        port,
        user: user.to_owned(),
        ..NewServer::default()
    };
    engine
        .add_unsaved(new)
        .map_err(|error| anyhow!(Refused(error.to_string())))
}

/// `host`, `host:port`, `[v6]`, `[v6]:port`, or a bare IPv6 address. `None`: the port is none.
fn split_port(address: &str) -> Option<(&str, Option<u16>)> {
    if let Some(rest) = address.strip_prefix('[') {
        let (host, port) = rest.split_once(']')?;
        return match port.strip_prefix(':') {
            Some(port) => Some((host, Some(port.parse().ok()?))),
            None => port.is_empty().then_some((host, None)),
        };
    }
    match address.split_once(':') {
        Some((host, port)) if !port.contains(':') => Some((host, Some(port.parse().ok()?))),
        _ => Some((address, None)),
    }
}

/// Connects; questions are put to the person at the terminal.
pub(crate) async fn connect(engine: &Engine, id: &str) -> Result<()> {
    let mut changes = engine.changes();
    engine.connect(id)?;
    loop {
        changes.mark_unchanged();
        match engine.server(id)?.state {
            ConnectionState::Connected { .. } => return Ok(()),
            ConnectionState::Failed { error } => return Err(worded(&error)),
            ConnectionState::Question { question } => {
                let question_id = question.id().to_owned();
                let answer =
                    tokio::task::spawn_blocking(move || ask::at_terminal(&question)).await?;
                engine.answer(id, &question_id, answer)?;
            }
            _ => changes.changed().await?,
        }
    }
}

/// Becomes root on a connected server; a password that it takes is asked for at the terminal, up to
/// three times.
pub(crate) async fn become_administrator(engine: &Engine, id: &str) -> Result<()> {
    let (mut way, mut secret) = (None, None);
    for left in (0..=3).rev() {
        let switch = AdministratorSwitch {
            on: true,
            way,
            secret: secret.take(),
            // As long as the command runs.
            seconds: Some(0),
        };
        let answer = engine.administrator(id, switch).await;
        let (ways, refused) = match answer.map_err(|error| worded(&error.body()))? {
            AdministratorAnswer::Password { ways, refused } => (ways, refused),
            AdministratorAnswer::On | AdministratorAnswer::Limited => return Ok(()),
        };
        let Some(first) = ways.first().filter(|_| left > 0) else {
            break;
        };
        way = Some(first.way);
        let server = engine.server(id)?.profile.name;
        let prompt = format!("Password of {} on {server}, to become root: ", first.user);
        let asked = tokio::task::spawn_blocking(move || ask::password(refused, &prompt));
        secret = asked.await?;
        if secret.is_none() {
            bail!("no password was given, so nothing was done as root");
        }
    }
    bail!("the password was refused")
}

pub(crate) fn worded(error: &ErrorBody) -> anyhow::Error {
    // A name in it may hold line feeds too.
    let message = shown(&error.message);
    match &error.hint {
        Some(hint) => anyhow!("{message}\n{hint}"),
        None => anyhow!("{message}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_moves_no_cursor_and_keeps_its_hint_on_a_line_of_its_own() {
        let error = engine::Error::Invalid("a\u{1b}[2J\nb\u{9b}".to_owned());
        let body = ErrorBody {
            hint: Some("Try".to_owned()),
            ..error.body()
        };
        let said = format!("{:#}", worded(&body));
        assert!(said.ends_with("a\\u{1b}[2J\\nb\\u{9b}\nTry"), "{said:?}");
    }

    #[test]
    fn addresses_split_into_host_and_port() {
        assert_eq!(split_port("web"), Some(("web", None)));
        assert_eq!(split_port("web:2222"), Some(("web", Some(2222))));
        assert_eq!(
            split_port("[fe80::1%eth0]:2222"),
            Some(("fe80::1%eth0", Some(2222)))
        );
        assert_eq!(split_port("2001:db8::1"), Some(("2001:db8::1", None)));
        assert_eq!(split_port("web:port"), None);
        assert_eq!(split_port("[::1]x"), None);
    }
}
