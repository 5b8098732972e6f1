//! `headlessos forward`: ports of this computer that lead through a server, until Ctrl+C.

use std::{io::Write, process::ExitCode, time::Duration};

use anyhow::{Result, anyhow};
use catalog::arguments::{HostName, Port};
use engine::{ConnectionState, Engine, ForwardInfo, ForwardTarget, NewForward};

use crate::{
    arguments::{Common, Forward},
    ask, assemble,
    reach::{by_command_line, connect, find_server, worded},
    show::Refused,
};

/// Between two looks at what failed.
const LOOK: Duration = Duration::from_secs(1);

/// Connects, forwards and prints the addresses; what goes wrong later goes to standard error.
///
/// # Errors
/// A port is not right or taken, or the server cannot be reached or allows no forwarding.
pub(crate) fn run(common: &Common, wanted: &Forward) -> Result<ExitCode> {
    let ports = wanted.local.iter().map(|way| read_way(way));
    let socks = wanted.dynamic.iter().map(|port| {
        Ok(NewForward {
            to: ForwardTarget::Socks,
            local_port: Some(*port),
        })
    });
    let all = ports.chain(socks).collect::<Result<Vec<_>>>()?;
    by_command_line(async {
        let engine = assemble::engine(common)?;
        let server = find_server(&engine, &wanted.server)?;
        let id = server.profile.id;
        let forwarded = async {
            connect(&engine, &id).await?;
            for new in all {
                let opened = engine.open_forward(&id, new).await;
                print(&opened.map_err(|error| worded(&error.body()))?)?;
            }
            hold(&engine, &id).await
        };
        let code = tokio::select! {
            code = forwarded => code,
            _ = tokio::signal::ctrl_c() => Ok(ExitCode::SUCCESS),
        };
        engine.disconnect_all().await;
        code
    })
}

/// Tells what fails, and answers what the server asks when it is connected to anew.
async fn hold(engine: &Engine, id: &str) -> Result<ExitCode> {
    let mut changes = engine.changes();
    let mut told = Vec::new();
    loop {
        changes.mark_unchanged();
        match engine.server(id)?.state {
            ConnectionState::Failed { error } => return Err(worded(&error)),
            ConnectionState::Question { question } => {
                let question_id = question.id().to_owned();
                let asking = tokio::task::spawn_blocking(move || ask::at_terminal(&question));
                engine.answer(id, &question_id, asking.await?)?;
            }
            _ => {}
        }
        for forward in engine.forwards(id)? {
            if let Some(failure) = forward.last_failure
                && !told.contains(&(forward.id.clone(), failure.at.clone()))
            {
                eprintln!("headlessos: {}", worded(&failure.error));
                told.retain(|(other, _)| *other != forward.id);
                told.push((forward.id, failure.at));
            }
        }
        // Either a change or the next look.
        let _ = tokio::time::timeout(LOOK, changes.changed()).await;
    }
}

fn print(forward: &ForwardInfo) -> Result<()> {
    let address = &forward.local_address;
    let port = forward.local_port;
    let local = if address.contains(':') {
        format!("[{address}]:{port}")
    } else {
        format!("{address}:{port}")
    };
    let way = match &forward.to {
        ForwardTarget::Port { host, port } => format!("{} port {}", host.as_str(), port.get()),
        ForwardTarget::Socks => "wherever a SOCKS client asks for".to_owned(),
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{local} leads to {way}")?;
    out.flush()?;
    Ok(())
}

/// `[port:]host:port`, or a port of the server itself; an IPv6 address stands in brackets.
fn read_way(text: &str) -> Result<NewForward> {
    let refuse = |why: &str| anyhow!(Refused(format!("{text:?} is not [port:]host:port: {why}")));
    let number = |text: &str| text.parse::<u16>().ok();
    let (rest, port) = match text.rsplit_once(':') {
        Some((rest, port)) => (Some(rest), port),
        None => (None, text),
    };
    let port = number(port)
        .and_then(|port| Port::try_from(i64::from(port)).ok())
        .ok_or_else(|| refuse("the last part is no port"))?;
    let (local, host) = match rest {
        None => (None, "localhost"),
        Some(rest) => match rest.split_once(':') {
            _ if rest.starts_with('[') => (None, rest),
            Some((local, host)) => (Some(local), host),
            None => (None, rest),
        },
    };
    let local_port = match local {
        None => None,
        Some(local) => Some(number(local).ok_or_else(|| {
            refuse("the first part is no port; it is always a loopback address that is listened on")
        })?),
    };
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let host = HostName::try_from(bare.to_owned()).map_err(|error| refuse(&error.to_string()))?;
    Ok(NewForward {
        to: ForwardTarget::Port { host, port },
        local_port,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<u16>, String, u16)> {
        let new = read_way(text).ok()?;
        let ForwardTarget::Port { host, port } = new.to else {
            return None;
        };
        Some((new.local_port, host.as_str().to_owned(), port.get()))
    }

    #[test]
    fn a_way_is_read_as_ssh_does() {
        let way = |local, host: &str, port| Some((local, host.to_owned(), port));
        assert_eq!(read("80"), way(None, "localhost", 80));
        assert_eq!(read("db:5432"), way(None, "db", 5432));
        assert_eq!(read("8080:db:5432"), way(Some(8080), "db", 5432));
        assert_eq!(read("0:[::1]:80"), way(Some(0), "::1", 80));
        assert_eq!(read("[fe80::1%eth0]:80"), way(None, "fe80::1%eth0", 80));
        for bad in [
            "",
            "x",
            "0",
            "db:",
            ":80",
            "0.0.0.0:80:db:80",
            "*:80:db:80",
            "1:2:3:4",
            "::1:80",
        ] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
