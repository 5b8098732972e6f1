//! Opens the browser on the launch address.
//!
//! Invariant: the launch secret is in no process's argument list, which other users could read.
//! The browser is given a page in the data folder that only this user can read, and the page leads
//! to the address.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{arguments::Common, assemble};

/// The page, for as long as it may be needed; dropping removes it.
pub(crate) struct Page(PathBuf);

impl Drop for Page {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::debug!(%error, "the launch page was not removed");
        }
    }
}

/// Opens the browser; `None`, and a word in the log, where that cannot be done.
pub(crate) fn open(common: &Common, launch_url: &str) -> Option<Page> {
    let opened = assemble::data_dir(common).and_then(|folder| {
        let page = Page(folder.join(format!("launch-{}.html", std::process::id())));
        write_private(&page.0, &html(launch_url))?;
        open::that_detached(&page.0)?;
        Ok(page)
    });
    match opened {
        Ok(page) => Some(page),
        Err(error) => {
            tracing::info!("the browser was not opened ({error}); open the address yourself");
            None
        }
    }
}

/// The address holds letters, digits and `:/.#=` only, so it needs no escaping.
fn html(launch_url: &str) -> String {
    format!(
        "<!doctype html><meta charset=utf-8><title>HeadlessOS</title>\
         <meta name=referrer content=no-referrer><meta http-equiv=refresh content=\"0;url={launch_url}\">\
         <p><a href=\"{launch_url}\">Open HeadlessOS</a>"
    )
}

/// Writes a file that this user alone can read; what was there goes first.
///
/// # Errors
/// The folder cannot be written to.
pub(crate) fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    if path.exists() {
        fs::remove_file(path)?;
    }
    io::Write::write_all(&mut options.open(path)?, text.as_bytes())
}
