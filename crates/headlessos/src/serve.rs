//! `headlessos serve`: the desktop on the loopback addresses.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, Result};
use engine::Engine;
use headlessos_http::{Access, Loopback};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::{
    arguments::{Common, Serve},
    assemble, identity, launch, left, running,
};

/// How long it takes until a change of the SSH configuration is seen.
const LOOK_AGAIN: std::time::Duration = std::time::Duration::from_secs(2);

/// Serves until Ctrl+C or a termination signal, then ends all connections.
///
/// # Errors
/// The database cannot be opened or no port is free.
pub(crate) fn run(common: &Common, serve: &Serve) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("the runtime cannot be started")?;
    let loopback = runtime.block_on(until_stopped(common, serve))?;
    // The journal's last lines are still on their way.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    // Until now nobody else could have the port.
    drop(loopback);
    Ok(ExitCode::SUCCESS)
}

/// Gives the port, which is held until nothing of the program is left that a page could take it for.
async fn until_stopped(common: &Common, serve: &Serve) -> Result<Loopback> {
    // Whatever is left from here on is put away, however early the end is asked for.
    let stop = stop_signal();
    let engine = assemble::engine(common)?;
    let loopback = Loopback::bind(serve.port)
        .await
        .with_context(|| format!("no port is free from {} on", serve.port))?;
    let data = assemble::data_dir(common)?;
    // Held until the sockets are closed.
    let running = running::announce(&data, loopback.port())
        .inspect_err(|error| tracing::warn!("`headlessos unlock` will not find this one: {error}"));
    let kept = identity::of(&data)?;
    let take_left = move |secret: &_| left::take(&data, secret);
    let (access, secret) =
        Access::new(&kept, loopback.port(), take_left).context("the system has no random bits")?;
    let url = loopback.url();
    let launch_url = format!("{url}#launch={}", secret.expose_secret());
    let wanted = serve.port;
    let port = loopback.port();
    announce(serve, &url, &launch_url)?;
    if wanted != 0 && port != wanted {
        tracing::info!("port {wanted} is taken, so this is port {port}");
    }
    let page = if serve.no_open {
        None
    } else {
        launch::open(common, &launch_url)
    };
    let access = Arc::new(access);
    tokio::select! {
        () = headlessos_http::serve(&loopback, Arc::clone(&engine), Arc::clone(&access)) => {}
        () = stop => {}
        () = watch_ssh_settings(&engine) => {}
    }
    // Before the port is anybody else's, each page knows that it has lost us.
    access.end_all();
    drop((page, running));
    tokio::select! {
        () = engine.disconnect_all() => {}
        () = loopback.turn_away() => {}
    }
    Ok(loopback)
}

/// Shows what is changed in the SSH configuration while the program runs. Never ends.
async fn watch_ssh_settings(engine: &Engine) {
    let mut time = tokio::time::interval(LOOK_AGAIN);
    loop {
        time.tick().await;
        engine.look_at_ssh_settings();
    }
}

/// Tells where the desktop is, for people or for programs.
fn announce(serve: &Serve, url: &str, launch_url: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    if serve.json {
        writeln!(out, "{}", json!({ "url": url, "launchUrl": launch_url }))?;
    } else {
        let (bold, plain) = if out.is_terminal() {
            ("\x1b[1m", "\x1b[0m")
        } else {
            ("", "")
        };
        writeln!(
            out,
            "HeadlessOS is ready. Open this address, once:\n\n  {bold}{launch_url}{plain}\n"
        )?;
        writeln!(
            out,
            "If the browser shows nothing, or may not read the file, open that address yourself. Ctrl+C ends it and all its connections."
        )?;
    }
    out.flush()?;
    Ok(())
}

/// Ctrl+C, the system's wish for an end, or the end of the terminal, from now on.
#[cfg(unix)]
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{Signal, SignalKind, signal};

    async fn received(signal: Option<Signal>) {
        match signal {
            Some(mut signal) => drop(signal.recv().await),
            None => std::future::pending().await,
        }
    }
    let interrupt = signal(SignalKind::interrupt()).ok();
    let terminate = signal(SignalKind::terminate()).ok();
    let hangup = match ignores_hangup() {
        true => None,
        false => signal(SignalKind::hangup()).ok(),
    };
    async {
        tokio::select! {
            () = received(interrupt) => {}
            () = received(terminate) => {}
            () = received(hangup) => {}
        }
    }
}

/// Whether it was started to go on without its terminal, as by nohup(1): see proc_pid_status(5). Where the
/// system does not say, it is taken for so.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    const SIGHUP_BIT: u64 = 1;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_none_or(|mask| mask & SIGHUP_BIT != 0)
}

/// Ctrl+C.
#[cfg(not(unix))]
async fn stop_signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
