//! `headlessos unlock`: lets a locked page, or another browser, into the program that runs.
//!
//! Invariant: it proves nothing but that it can write in the data folder, and leads only to a port that
//! the program itself holds.

use std::{
    io::Write,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use secrecy::ExposeSecret;

use crate::{
    arguments::{Common, Unlock},
    assemble, launch, left, running,
};

/// How often is looked whether the browser has taken the secret.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Leaves a launch secret for the program and opens the address that holds it.
///
/// # Errors
/// No program runs over this data folder, or more than one and none was named.
pub(crate) fn run(common: &Common, unlock: &Unlock) -> Result<ExitCode> {
    let data = assemble::data_dir(common)?;
    let running = running::ports(&data).unwrap_or_default();
    let port = match (unlock.port, running.as_slice()) {
        (None, []) => bail!("HeadlessOS does not run; start it with `headlessos`"),
        (Some(port), all) if !all.contains(&port) => {
            bail!("no HeadlessOS of this user runs on port {port}")
        }
        (Some(port), _) => port,
        (None, [port]) => *port,
        (None, all) => {
            let all: Vec<String> = all.iter().map(u16::to_string).collect();
            bail!(
                "more than one runs: choose by --port, of {}",
                all.join(", ")
            )
        }
    };
    let secret = headlessos_http::draw_secret().context("the system has no random bits")?;
    let left = left::leave(&data, &secret).context("the data folder cannot be written to")?;
    let url = format!("http://127.0.0.1:{port}/#launch={}", secret.expose_secret());
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "Open this address, once, within a minute:\n\n  {url}\n"
    )?;
    out.flush()?;
    let page = match unlock.no_open {
        true => None,
        false => launch::open(common, &url),
    };
    if page.is_none() {
        left.keep();
        return Ok(ExitCode::SUCCESS);
    }
    // The page is there for the browser, and gone when it has been there.
    let end = Instant::now() + headlessos_http::ASKED_FOR;
    while !left.is_taken() {
        if Instant::now() > end {
            bail!(
                "the browser did not open the address in time. Run this again, and open the address \
                 that it prints yourself"
            );
        }
        std::thread::sleep(LOOK_AGAIN);
    }
    Ok(ExitCode::SUCCESS)
}
